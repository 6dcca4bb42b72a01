import type { Journal } from "#lib/runtime/ports.ts";
import type { Dialect } from "./dialect.ts";
import { pageSize } from "./json.ts";
import { fromNewRun, toRunRow } from "./run-rows.ts";
import type { Tx } from "./tables.ts";

type Runs = Pick<Journal, "createRun" | "runOfKey" | "getRun" | "listRuns" | "countRuns">;
type NewRun = Parameters<Journal["createRun"]>[0];

/** Creating, reading and listing runs. A row of a batch and an idempotency key each make a run once, however often they are sent. */
export const runs = ({ db, now, lock }: Dialect): Runs => ({
  createRun: (run, idempotencyKey) =>
    db.transaction().execute(async (tx) => {
      if (idempotencyKey !== undefined) {
        const claimed = await tx
          .insertInto("idempotency")
          .values({ key: idempotencyKey, run_id: run.id, created_at: await now(tx) })
          .onConflict((oc) => oc.column("key").doNothing())
          .returning("run_id")
          .executeTakeFirst();
        if (!claimed) {
          const first = await tx.selectFrom("idempotency").select("run_id").where("key", "=", idempotencyKey).execute();
          return { runId: first[0]!.run_id, created: false };
        }
      }
      if (run.batchId !== undefined) await lock(tx, `row ${run.batchId} ${run.rowIndex ?? 0}`);
      const known = await rowOfBatch(tx, run);
      if (known === undefined) await tx.insertInto("run").values(fromNewRun(run)).execute();
      else if (idempotencyKey !== undefined)
        await tx.updateTable("idempotency").set({ run_id: known }).where("key", "=", idempotencyKey).execute();
      return { runId: known ?? run.id, created: known === undefined };
    }),

  async runOfKey(key) {
    const row = await db.selectFrom("idempotency").select("run_id").where("key", "=", key).executeTakeFirst();
    return row?.run_id;
  },

  async getRun(id) {
    const row = await db.selectFrom("run").selectAll().where("id", "=", id).executeTakeFirst();
    return row && toRunRow(row);
  },

  async listRuns({ limit, before, status, graphId, templateId, batch }) {
    let query = db.selectFrom("run").selectAll().orderBy("created_at", "desc").orderBy("id", "desc");
    if (status) query = query.where("status", "=", status);
    if (graphId !== undefined) query = query.where("graph_id", "=", graphId);
    if (templateId !== undefined) query = query.where("template_id", "=", templateId);
    if (batch === "none") query = query.where("batch_id", "is", null);
    else if (batch !== undefined) query = query.where("batch_id", "=", batch);
    if (before !== undefined) {
      const cursor = await db
        .selectFrom("run")
        .select(["created_at", "id"])
        .where("id", "=", before)
        .executeTakeFirst();
      if (!cursor) return [];
      query = query.where((eb) =>
        eb(eb.refTuple("created_at", "id"), "<", eb.tuple(eb.val(cursor.created_at), eb.val(cursor.id))),
      );
    }
    return (await query.limit(pageSize(limit)).execute()).map(toRunRow);
  },

  async countRuns(status) {
    const row = await db
      .selectFrom("run")
      .select((eb) => eb.fn.countAll<number>().as("n"))
      .where("status", "=", status)
      .executeTakeFirstOrThrow();
    return Number(row.n);
  },
});

async function rowOfBatch(tx: Tx, run: NewRun): Promise<string | undefined> {
  if (run.batchId === undefined) return undefined;
  const known = await tx
    .selectFrom("run")
    .select("id")
    .where("batch_id", "=", run.batchId)
    .where("row_index", "=", run.rowIndex ?? 0)
    .executeTakeFirst();
  return known?.id;
}
