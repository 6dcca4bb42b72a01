import { sql } from "kysely";
import type { BatchRecord, BatchStore, NewRowRun } from "#lib/runtime/ports.ts";
import { toBatch, toBatchRow } from "./batch-rows.ts";
import { followById, settleBatch } from "./batch-state.ts";
import type { Dialect } from "./dialect.ts";
import { inChunks, toJson } from "./json.ts";
import { fromNewRun } from "./run-rows.ts";
import type { Tx } from "./tables.ts";

type Moves = Pick<BatchStore, "start" | "fail" | "follow" | "choose" | "hold" | "cancel" | "edit">;

/** What becomes of rows by somebody's decision; what their runs do to them, `batch-state.ts` says. */
export const batchMoves = (dialect: Dialect): Moves => {
  const change = <R>(id: string, work: (tx: Tx, at: number, batch: BatchRecord) => Promise<R>) =>
    dialect.db.transaction().execute(async (tx): Promise<R | undefined> => {
      const row = await tx
        .updateTable("batch")
        .set((eb) => ({ last_seq: eb("last_seq", "+", 1) }))
        .where("id", "=", id)
        .returningAll()
        .executeTakeFirst();
      if (!row) return undefined;
      const at = await dialect.now(tx);
      const result = await work(tx, at, toBatch(row));
      await settleBatch(tx, id, at);
      return result;
    });

  return {
    start: async (id, index, revision, run) =>
      (await change(id, (tx, _at, batch) => startRow(tx, batch, index, revision, run))) ?? false,

    fail: async (id, index, revision, error) =>
      (await change(id, async (tx, _at, { lastSeq }) => {
        const failed = await startable(tx, id, index, revision)
          .set({ status: "failed", todo: 0, error: JSON.stringify(error), reason: null, edited: 0, seq: lastSeq })
          .returning("row_index")
          .executeTakeFirst();
        return failed !== undefined;
      })) ?? false,

    follow: async (id, index) => {
      await change(id, async (tx, at) => {
        const row = await tx
          .selectFrom("batch_row")
          .select("run_id")
          .where("batch_id", "=", id)
          .where("row_index", "=", index)
          .executeTakeFirst();
        if (row?.run_id) await followById(tx, row.run_id, at);
      });
    },

    choose: (id, which, { budgetMicro, inDoubt, graphHash }) =>
      change(id, async (tx, _at, batch) => {
        const asked = graphHash !== undefined && graphHash !== batch.graphHash;
        await tx
          .updateTable("batch")
          .set({
            hold: null,
            cancel_requested_at: null,
            in_doubt: inDoubt ?? "hold",
            ...(budgetMicro !== undefined && { budget_micro: budgetMicro }),
            ...(asked && { graph_hash: graphHash }),
          })
          .where("id", "=", id)
          .execute();
        await setGoing(tx, batch, which, asked);
        const { due } = await tx
          .selectFrom("batch_row")
          .select((eb) => eb.fn.countAll<number>().as("due"))
          .where("batch_id", "=", id)
          .where(sql<boolean>`todo <> 0`)
          .executeTakeFirstOrThrow();
        return Number(due);
      }),

    async hold(id, why) {
      const held = await change(id, async (tx) => {
        await tx.updateTable("batch").set({ hold: why }).where("id", "=", id).execute();
        return true;
      });
      return held ? await batchOf(dialect, id) : undefined;
    },

    async cancel(id) {
      const runs = await change(id, (tx, at, batch) => cancelBatch(tx, batch, at));
      const batch = runs && (await batchOf(dialect, id));
      return batch && { batch, runs };
    },

    edit: async (id, index, to) =>
      (await change(id, async (tx, _at, batch) => {
        const before = await tx
          .selectFrom("batch_row")
          .selectAll()
          .where("batch_id", "=", id)
          .where("row_index", "=", index)
          .executeTakeFirst();
        if (!before) return "unknown" as const;
        if (before.todo === 0 && (before.status === "queued" || before.status === "running")) return "busy" as const;
        const never = before.run_id === null && (before.status === "empty" || before.status === "queued");
        const going = to.run || before.todo !== 0;
        const row = await tx
          .updateTable("batch_row")
          .set((eb) => ({
            cells: JSON.stringify(to.cells),
            pictures: toJson(to.pictures),
            status: going ? "queued" : never ? "empty" : "stale",
            todo: going ? 1 : 0,
            edited: never ? 0 : 1,
            reason: null,
            error: null,
            revision: eb("revision", "+", 1),
            seq: batch.lastSeq,
          }))
          .where("batch_id", "=", id)
          .where("row_index", "=", index)
          .returningAll()
          .executeTakeFirstOrThrow();
        if (to.run) await tx.updateTable("batch").set({ cancel_requested_at: null }).where("id", "=", id).execute();
        return { row: toBatchRow(row) };
      })) ?? "unknown",
  };
};

const batchOf = async ({ db }: Dialect, id: string) => {
  const row = await db.selectFrom("batch").selectAll().where("id", "=", id).executeTakeFirst();
  return row && toBatch(row);
};

/** The row, while it has the cells somebody read and a run is still to be made for it. */
const startable = (tx: Tx, id: string, index: number, revision: number) =>
  tx
    .updateTable("batch_row")
    .where("batch_id", "=", id)
    .where("row_index", "=", index)
    .where("revision", "=", revision)
    .where("todo", "=", 1);

async function startRow(tx: Tx, batch: BatchRecord, index: number, revision: number, run: NewRowRun): Promise<boolean> {
  const begun = await startable(tx, batch.id, index, revision)
    .set({ status: "queued", todo: 0, run_id: run.id, reason: null, error: null, edited: 0, seq: batch.lastSeq })
    .returning("row_index")
    .executeTakeFirst();
  if (!begun) return false;
  await tx.insertInto("run").values(fromNewRun(run)).execute();
  return true;
}

/** Marks rows to be started (a new run) or resumed (their run goes on). */
async function setGoing(
  tx: Tx,
  batch: BatchRecord,
  which: Parameters<BatchStore["choose"]>[1],
  anew: boolean,
): Promise<void> {
  const mark = () =>
    tx
      .updateTable("batch_row")
      .set({
        // A run goes on with what it has; cells that changed, a run that succeeded and another graph need a new one.
        todo:
          anew || which === "all"
            ? 1
            : sql<
                0 | 1 | 2
              >`case when run_id is null or edited = 1 or status in ('stale', 'empty', 'succeeded') then 1 else 2 end`,
        status: "queued",
        seq: batch.lastSeq,
      })
      .where("batch_id", "=", batch.id)
      .where("todo", "=", 0)
      .where("status", "not in", ["queued", "running"]);
  if (typeof which !== "string") {
    for (const chunk of inChunks(which, 400)) await mark().where("row_index", "in", chunk).execute();
    return;
  }
  if (which === "all") return void (await mark().execute());
  const statuses = {
    failed: ["failed"],
    stale: ["stale"],
    empty: ["empty", "cancelled", "paused"],
    unfinished: ["failed", "cancelled", "paused"],
  } as const;
  await mark().where("status", "in", statuses[which]).execute();
  if (which !== "unfinished") return;
  const any = await tx
    .selectFrom("batch_row")
    .select("row_index")
    .where("batch_id", "=", batch.id)
    .where(sql<boolean>`todo <> 0`)
    .limit(1)
    .executeTakeFirst();
  if (!any) await mark().where("status", "in", ["empty", "stale"]).execute();
}

async function cancelBatch(tx: Tx, batch: BatchRecord, at: number): Promise<string[]> {
  const of = () => tx.updateTable("batch_row").where("batch_id", "=", batch.id);
  await of()
    .set({ status: "stale", todo: 0, seq: batch.lastSeq })
    .where(sql<boolean>`todo <> 0`)
    .where("edited", "=", 1)
    .execute();
  await of().set({ status: "cancelled", todo: 0, seq: batch.lastSeq }).where(sql<boolean>`todo <> 0`).execute();
  const open = await tx
    .selectFrom("batch_row")
    .select(["run_id", "status"])
    .where("batch_id", "=", batch.id)
    .where("status", "in", ["queued", "running", "waiting", "paused"])
    .where("run_id", "is not", null)
    .orderBy("status")
    .execute();
  const moving = ({ status }: (typeof open)[number]) => status === "queued" || status === "running";
  const flying = open.filter(moving);
  // In this transaction, so that whoever has them stops them even when nobody is left to ask.
  for (const chunk of inChunks(flying, 200))
    await tx
      .updateTable("run")
      .set((eb) => ({ cancel_requested_at: eb.fn.coalesce("cancel_requested_at", eb.val(at)) }))
      .where(
        "id",
        "in",
        chunk.map((row) => row.run_id as string),
      )
      .where("status", "in", ["queued", "running"])
      .execute();
  await tx.updateTable("batch").set({ cancel_requested_at: at, hold: null }).where("id", "=", batch.id).execute();
  return [...flying, ...open.filter((row) => !moving(row))].map((row) => row.run_id as string);
}
