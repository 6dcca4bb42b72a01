import { sql } from "kysely";
import type { MicroUsd } from "#lib/protocol/money.ts";
import { Fenced, type Journal, type ReserveRefusal } from "#lib/runtime/ports.ts";
import { fromIntent, isOpen, OPEN, spentMicro, toCallRow } from "./call-rows.ts";
import type { Dialect } from "./dialect.ts";
import { appendEvents, pass, stored } from "./fence.ts";
import { inChunks, toFlag, toJson } from "./json.ts";
import { ready } from "./ready.ts";
import { putAsset, putTurn } from "./results.ts";
import { ENDED } from "./run-rows.ts";
import type { CallTable, Db, Tx } from "./tables.ts";

type Ledger = Pick<Journal, "reserve" | "accept" | "settle">;

/** The life of a paid call: reserved before it is sent, accepted when the provider names it, settled once. */
export const ledger = ({ db, now, lock }: Dialect): Ledger => ({
  reserve: (runId, epoch, call, caps, events) =>
    db.transaction().execute(async (tx): Promise<"reserved" | ReserveRefusal> => {
      // The day's cap is shared by all runs, so one run's fence is not enough to keep two reservations apart.
      await lock(tx, "spend");
      const refuse = (
        cap: "run" | "batch" | "day",
        capMicro: number | null,
        spent: number,
      ): ReserveRefusal | undefined =>
        capMicro !== null && spent + call.reservedMicro > capMicro
          ? { refused: "budget", cap, capMicro, spentMicro: spent }
          : undefined;
      const [{ batchId, batchMicro } = { batchId: null, batchMicro: null }] = await batchOfRun(tx, { runId });
      const refusal =
        (batchId !== null && batchMicro !== null && refuse("batch", batchMicro, await spentByBatch(tx, batchId))) ||
        (caps.runMicro !== null && refuse("run", caps.runMicro, await spentByRun(tx, runId))) ||
        (caps.dayMicro !== null && refuse("day", caps.dayMicro, await spentSince(tx, caps.dayStart)));
      if (refusal) return refusal;
      const news = stored(events);
      const { seq } = await pass(tx, runId, epoch, news.length);
      await putCall(tx, { ...fromIntent(epoch, call), batch_id: batchId });
      await appendEvents(tx, runId, seq, await now(tx), news);
      return "reserved";
    }),

  async accept(runId, epoch, callKey, ids, events) {
    try {
      await db.transaction().execute(async (tx) => {
        await lock(tx, callKey);
        const at = await now(tx);
        if (!(await nameCall(tx, callKey, ids, at))) return;
        const news = stored(events);
        const { seq } = await pass(tx, runId, epoch, news.length);
        await appendEvents(tx, runId, seq, at, news);
      });
    } catch (error) {
      // The provider took the order of a worker that lost its run: the name is still the only way to fetch what was paid.
      if (error instanceof Fenced)
        await db.transaction().execute(async (tx) => {
          await lock(tx, callKey);
          await nameCall(tx, callKey, ids, await now(tx));
        });
      throw error;
    }
  },

  settle: (callKey, epoch, outcome, events) =>
    db.transaction().execute(async (tx) => {
      await lock(tx, callKey);
      const call = await readCall(tx, callKey);
      const runId = call.run_id;
      const settledAlready = call.state === "completed" || call.state === outcome.state;
      if (settledAlready || (epoch === undefined && !isOpen(call.state))) {
        if (epoch !== undefined) await pass(tx, runId, epoch, 0);
        return;
      }
      const news = stored(events);
      const seq =
        epoch === undefined ? await passBy(tx, runId, news.length) : await pass(tx, runId, epoch, news.length);
      const at = await now(tx);
      await closeCall(tx, {
        key: callKey,
        state: outcome.state,
        cost_micro: outcome.costMicro,
        spent_micro: spentMicro({ ...outcome, reservedMicro: call.reserved_micro }),
        estimated: toFlag(outcome.estimated),
        answer: toJson(outcome.answer),
        error: toJson(outcome.error),
        settled_at: isOpen(outcome.state) ? null : at,
        request_id: outcome.requestId ?? call.request_id,
      });
      if (outcome.turn) await putTurn(tx, outcome.turn);
      for (const info of outcome.assets ?? []) await putAsset(tx, info);
      if (seq) await appendEvents(tx, runId, seq.seq, at, news);
    }),
});

/** What the run has spent or promised so far, micro-USD. */
const spentByRun = async (on: Db | Tx, runId: string): Promise<number> =>
  total(await on.selectFrom("call").select(sumOfSpent).where("run_id", "=", runId).executeTakeFirst());

/** The same over all rows of a batch. */
const spentByBatch = async (on: Db | Tx, batchId: string): Promise<number> =>
  total(await on.selectFrom("call").select(sumOfSpent).where("batch_id", "=", batchId).executeTakeFirst());

const batchOfRun = ready((tx, { runId }: { runId: string }) =>
  tx
    .selectFrom("run")
    .innerJoin("batch", "batch.id", "run.batch_id")
    .select(["batch.id as batchId", "batch.budget_micro as batchMicro"])
    .where("run.id", "=", runId),
);

/** The same over all runs for calls created since `since` (epoch ms). */
const spentSince = async (on: Db | Tx, since: number): Promise<number> =>
  total(await on.selectFrom("call").select(sumOfSpent).where("created_at", ">=", since).executeTakeFirst());

const sumOfSpent = sql<number | string | null>`sum(spent_micro)`.as("spent");
/** What calls cost as they stand: those under way may take what they reserved. */
export const costNow = sql<
  number | string | null
>`sum(case when state in ('intent', 'accepted') then reserved_micro else cost_micro end)`.as("cost");
const total = (row: { spent: number | string | null } | undefined): number => Number(row?.spent ?? 0);

const putCall = ready((tx, call: CallTable) => tx.insertInto("call").values(call));

type Closed = "state" | "cost_micro" | "spent_micro" | "estimated" | "answer" | "error" | "settled_at" | "request_id";
const closeCall = ready((tx, { key, ...change }: Pick<CallTable, "key" | Closed>) =>
  tx.updateTable("call").set(change).where("key", "=", key),
);

const callOf = ready((tx, { key }: { key: string }) =>
  tx
    .selectFrom("call")
    .select(["run_id", "state", "reserved_micro", "response_id", "request_id"])
    .where("key", "=", key),
);

async function readCall(tx: Tx, callKey: string) {
  const [call] = await callOf(tx, { key: callKey });
  if (!call) throw new Error(`There is no call ${callKey} in the ledger.`);
  return call;
}

/** Keeps the provider's name for a call; false when it was known. A call never gets a second name. */
async function nameCall(
  tx: Tx,
  callKey: string,
  ids: { responseId: string; requestId?: string },
  at: number,
): Promise<boolean> {
  const call = await readCall(tx, callKey);
  if (call.response_id === ids.responseId) return false;
  if (call.response_id !== null)
    throw new Error(`Call ${callKey} is known as ${call.response_id}; ${ids.responseId} cannot be the same call.`);
  await acceptCall(tx, {
    key: callKey,
    response_id: ids.responseId,
    request_id: ids.requestId ?? call.request_id,
    accepted_at: at,
    state: isOpen(call.state) ? "accepted" : call.state,
  });
  return true;
}

const acceptCall = ready(
  (tx, { key, ...change }: Pick<CallTable, "key" | "response_id" | "request_id" | "accepted_at" | "state">) =>
    tx.updateTable("call").set(change).where("key", "=", key),
);

/** Takes sequence numbers of a run that somebody else may hold; none when it has ended, because its story is told. */
const passBy = async (tx: Tx, runId: string, count: number): Promise<{ seq: number } | undefined> => {
  const row = await tx
    .updateTable("run")
    .set((eb) => ({ last_seq: eb("last_seq", "+", count) }))
    .where("id", "=", runId)
    .where("status", "not in", ENDED)
    .returning("last_seq")
    .executeTakeFirst();
  return row && { seq: row.last_seq - count };
};

const callsOf = ready((db, { itemKey }: { itemKey: string }) =>
  db.selectFrom("call").selectAll().where("item_key", "=", itemKey).orderBy("attempt").orderBy("slot"),
);

type Reading = Pick<Journal, "callsOfItem" | "callsOfRun" | "costOfRuns" | "openCalls" | "spentToday">;

/** Reading the ledger. */
export const calls = ({ db }: Dialect): Reading => ({
  async callsOfItem(itemKey) {
    return (await callsOf(db, { itemKey })).map(toCallRow);
  },

  async callsOfRun(runId) {
    const rows = await db
      .selectFrom("call")
      .selectAll()
      .where("run_id", "=", runId)
      .orderBy("created_at")
      .orderBy("key")
      .execute();
    return rows.map(toCallRow);
  },

  async costOfRuns(runIds) {
    const costs = new Map<string, MicroUsd>();
    for (const ids of inChunks(runIds, 200)) {
      const rows = await db
        .selectFrom("call")
        .select(["run_id", sql<number | string>`sum(cost_micro)`.as("cost")])
        .where("run_id", "in", ids)
        .groupBy("run_id")
        .execute();
      for (const { run_id, cost } of rows) costs.set(run_id, Number(cost));
    }
    return costs;
  },

  async openCalls() {
    const rows = await db
      .selectFrom("call")
      .selectAll()
      .where(sql<boolean>`state in ${sql`(${sql.join(OPEN.map((state) => sql.lit(state)))})`}`)
      .orderBy("created_at")
      .execute();
    return rows.map(toCallRow);
  },

  spentToday: (dayStart) => spentSince(db, dayStart),
});
