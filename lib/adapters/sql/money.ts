import { sql } from "kysely";
import type { LedgerRow, MoneyStore, OpenCallRow, ReconciledRow } from "#lib/runtime/ports.ts";
import type { Dialect } from "./dialect.ts";
import { given, pageSize } from "./json.ts";
import type { Db } from "./tables.ts";

const DAY_MS = 86_400_000;
type N = number | string | null;
const n = (value: N | undefined): number => Number(value ?? 0);

/** Sums over the ledger. A call counts where its run was paid; what the simulator did is counted apart. */
export const money = ({ db }: Dialect): MoneyStore => ({
  async byDay(since) {
    const rows = await paid(db, since)
      .select(sql<number>`cast(call.created_at / ${sql.lit(DAY_MS)} as integer)`.as("day"))
      .select(SUMS)
      .where("run.simulated", "=", 0)
      .groupBy("day")
      .orderBy("day")
      .execute();
    return rows.map(({ day, spent, calls }) => ({ day: n(day), spentMicro: n(spent), calls: n(calls) }));
  },

  async simulated(since) {
    const row = await paid(db, since)
      .select([sql<N>`count(*)`.as("calls"), sql<N>`count(distinct call.run_id)`.as("runs")])
      .where("run.simulated", "=", 1)
      .executeTakeFirst();
    return { calls: n(row?.calls), runs: n(row?.runs) };
  },

  async byGraph(since, limit) {
    const rows = await paid(db, since)
      .select(["run.graph_id as graphId", sql<string>`max(run.graph_name)`.as("name")])
      .select(SHARED)
      .groupBy("run.graph_id")
      .orderBy("spent", "desc")
      .orderBy("simulatedCalls", "desc")
      .orderBy("run.graph_id")
      .limit(pageSize(limit))
      .execute();
    return rows.map(({ graphId, name, runs, ...row }) => ({ graphId, name, runs: n(runs), ...shared(row) }));
  },

  async byModel(since, limit) {
    const rows = await paid(db, since)
      .select("call.model")
      .select(SHARED)
      .groupBy("call.model")
      .orderBy("spent", "desc")
      .orderBy("simulatedCalls", "desc")
      .orderBy("call.model")
      .limit(pageSize(limit))
      .execute();
    return rows.map(({ model, runs: _runs, ...row }) => ({ model, ...shared(row) }));
  },

  async byBatch(since, limit) {
    const rows = await paid(db, since)
      .leftJoin("batch", "batch.id", "run.batch_id")
      .select(["run.batch_id as batchId", sql<string>`coalesce(max(batch.name), max(run.graph_name))`.as("name")])
      .select(SHARED)
      .where("run.batch_id", "is not", null)
      .groupBy("run.batch_id")
      .orderBy("spent", "desc")
      .orderBy("simulatedCalls", "desc")
      .limit(pageSize(limit))
      .execute();
    return rows.map(({ batchId, name, runs, ...row }) => ({
      batchId: batchId ?? "",
      name,
      runs: n(runs),
      ...shared(row),
    }));
  },

  async openSums() {
    const rows = await db
      .selectFrom("call")
      .select(["state", sql<N>`sum(reserved_micro)`.as("reserved"), sql<N>`count(*)`.as("calls")])
      .where(sql<boolean>`state in ('intent', 'accepted', 'in_doubt')`)
      .groupBy("state")
      .execute();
    const sum = (of: typeof rows) => ({
      reservedMicro: of.reduce((all, row) => all + n(row.reserved), 0),
      calls: of.reduce((all, row) => all + n(row.calls), 0),
    });
    return {
      open: sum(rows.filter(({ state }) => state !== "in_doubt")),
      inDoubt: sum(rows.filter(({ state }) => state === "in_doubt")),
    };
  },

  async openCalls(kind, limit) {
    const rows = await db
      .selectFrom("call")
      .innerJoin("run", "run.id", "call.run_id")
      .select(["call.key", "call.run_id", "run.graph_name", "call.node_id", "call.model", "call.state"])
      .select(["call.reserved_micro", "call.created_at", "run.status"])
      .where(
        kind === "open" ? sql<boolean>`call.state in ('intent', 'accepted')` : sql<boolean>`call.state in ('in_doubt')`,
      )
      .orderBy("call.created_at", "desc")
      .orderBy("call.key")
      .limit(pageSize(limit))
      .execute();
    return rows.map((row) => ({
      key: row.key,
      runId: row.run_id,
      graphName: row.graph_name,
      nodeId: row.node_id,
      model: row.model,
      state: row.state as OpenCallRow["state"],
      reservedMicro: row.reserved_micro,
      createdAt: row.created_at,
      runStatus: row.status,
    }));
  },

  async reconciled(since, limit) {
    const rows = await settledCalls(db, since)
      .select(["run.id", "run.graph_id", "run.graph_name", "run.created_at"])
      .select([RESERVED, PAID])
      .select([sql<N>`count(*)`.as("calls"), sql<N>`sum(call.estimated)`.as("unknown")])
      .groupBy("run.id")
      .orderBy("run.created_at", "desc")
      .orderBy("run.id", "desc")
      .limit(pageSize(limit))
      .execute();
    return rows.map(
      (row): ReconciledRow => ({
        runId: row.id,
        graphId: row.graph_id,
        graphName: row.graph_name,
        createdAt: row.created_at,
        calls: n(row.calls),
        reservedMicro: n(row.reserved),
        costMicro: n(row.paid),
        unknownCalls: n(row.unknown),
      }),
    );
  },

  async reconciledSum(since) {
    const row = await settledCalls(db, since).select([RESERVED, PAID]).executeTakeFirst();
    return { reservedMicro: n(row?.reserved), costMicro: n(row?.paid) };
  },

  async ledger({ since, until }, limit, after) {
    let query = db
      .selectFrom("call")
      .innerJoin("run", "run.id", "call.run_id")
      .select(["call.key", "call.created_at", "call.settled_at", "call.run_id", "call.node_id", "call.provider"])
      .select(["call.lane", "call.model", "call.state", "call.reserved_micro", "call.cost_micro", "call.spent_micro"])
      .select(["call.estimated", "call.response_id", "run.graph_id", "run.graph_name", "run.batch_id"])
      .where("call.created_at", ">=", since)
      .where("call.created_at", "<", until)
      .orderBy("call.created_at")
      .orderBy("call.key")
      .limit(pageSize(limit));
    if (after)
      query = query.where((eb) =>
        eb(eb.refTuple("call.created_at", "call.key"), ">", eb.tuple(eb.val(after.createdAt), eb.val(after.key))),
      );
    return (await query.execute()).map(
      (row): LedgerRow => ({
        key: row.key,
        createdAt: row.created_at,
        settledAt: given(row.settled_at),
        runId: row.run_id,
        graphId: row.graph_id,
        graphName: row.graph_name,
        batchId: given(row.batch_id),
        nodeId: row.node_id,
        provider: row.provider,
        lane: row.lane,
        model: row.model,
        state: row.state,
        reservedMicro: row.reserved_micro,
        costMicro: row.cost_micro,
        spentMicro: row.spent_micro,
        estimated: row.estimated === 1,
        responseId: given(row.response_id),
      }),
    );
  },
});

const SUMS = [sql<N>`sum(call.spent_micro)`.as("spent"), sql<N>`count(*)`.as("calls")] as const;
const SHARED = [
  sql<N>`sum(case when run.simulated = 0 then call.spent_micro else 0 end)`.as("spent"),
  sql<N>`sum(1 - run.simulated)`.as("calls"),
  sql<N>`sum(run.simulated)`.as("simulatedCalls"),
  sql<N>`count(distinct call.run_id)`.as("runs"),
] as const;
const RESERVED = sql<N>`sum(call.reserved_micro)`.as("reserved");
/** Where the provider did not tell the usage, what the caps count stands for it. */
const PAID = sql<N>`sum(case when call.estimated = 1 then call.spent_micro else call.cost_micro end)`.as("paid");

const shared = (row: { spent: N; calls: N; simulatedCalls: N }) => ({
  spentMicro: n(row.spent),
  calls: n(row.calls),
  simulatedCalls: n(row.simulatedCalls),
});

const paid = (db: Db, since: number) =>
  db.selectFrom("call").innerJoin("run", "run.id", "call.run_id").where("call.created_at", ">=", since);

/** Calls that were carried out and paid. */
const settledCalls = (db: Db, since: number) =>
  paid(db, since).where("run.simulated", "=", 0).where("call.state", "=", "completed");
