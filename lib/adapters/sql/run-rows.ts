import { type ExpressionBuilder, type Selectable, sql } from "kysely";
import type { Failure } from "#lib/protocol/failure.ts";
import type { RunParams, RunRow } from "#lib/runtime/ports.ts";
import { fromJson, given, toFlag, toJson } from "./json.ts";
import type { RunTable, Tables } from "./tables.ts";

/** The statuses a run never leaves by itself. */
export const ENDED = ["succeeded", "failed", "cancelled"] as const;
export const isEnded = (status: string): boolean => (ENDED as readonly string[]).includes(status);

/** A lease further ahead than this was written before the clock was set back: nobody prolongs it, so it does not count. */
const LONGEST_LEASE_MS = 60 * 60_000;

export const leaseHasRunOut = (leaseUntil: number, at: number): boolean =>
  leaseUntil <= at || leaseUntil > at + LONGEST_LEASE_MS;

/** A status as part of the statement's text, so that the planner can use the index made for it. */
export const isStatus = (eb: ExpressionBuilder<Tables, "run">, status: RunTable["status"]) =>
  eb("run.status", "=", sql.lit(status));

export const toRunRow = (row: Selectable<RunTable>): RunRow => ({
  id: row.id,
  graphHash: row.graph_hash,
  graphId: row.graph_id,
  graphName: row.graph_name,
  params: JSON.parse(row.params) as RunParams,
  status: row.status,
  reason: given(row.reason),
  priority: row.priority,
  epoch: row.epoch,
  leaseOwner: given(row.lease_owner),
  leaseUntil: row.lease_until || undefined,
  cancelRequestedAt: given(row.cancel_requested_at),
  lastSeq: row.last_seq,
  budgetMicro: row.budget_micro,
  simulated: row.simulated === 1,
  error: fromJson<Failure>(row.error),
  batchId: given(row.batch_id),
  rowIndex: given(row.row_index),
  createdAt: row.created_at,
  startedAt: given(row.started_at),
  endedAt: given(row.ended_at),
});

export const fromNewRun = (run: Omit<RunRow, "epoch" | "lastSeq" | "leaseOwner" | "leaseUntil">): RunTable => ({
  id: run.id,
  graph_hash: run.graphHash,
  graph_id: run.graphId,
  graph_name: run.graphName,
  params: JSON.stringify(run.params),
  status: run.status,
  reason: run.reason ?? null,
  priority: run.priority,
  epoch: 0,
  lease_owner: null,
  lease_until: 0,
  cancel_requested_at: run.cancelRequestedAt ?? null,
  last_seq: 0,
  budget_micro: run.budgetMicro,
  simulated: toFlag(run.simulated),
  error: toJson(run.error),
  batch_id: run.batchId ?? null,
  row_index: run.rowIndex ?? null,
  template_id: run.params.template?.id ?? null,
  created_at: run.createdAt,
  started_at: run.startedAt ?? null,
  ended_at: run.endedAt ?? null,
});
