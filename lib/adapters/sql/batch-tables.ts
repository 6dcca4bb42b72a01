import type { BatchPause, RowStatus } from "#lib/protocol/batches.ts";
import type { PauseReason, RunStatus } from "#lib/protocol/run.ts";
import type { InDoubtPolicy } from "#lib/runtime/ports.ts";

type Json = string;

export type BatchTable = {
  id: string;
  name: string;
  graph_hash: string;
  graph_id: string;
  graph_name: string;
  table_hash: string;
  plan_hash: string;
  idempotency_key: string | null;
  columns: Json;
  inputs: Json;
  options: Json;
  in_doubt: InDoubtPolicy;
  budget_micro: number | null;
  status: RunStatus;
  reason: BatchPause | null;
  hold: "person" | "quota" | "disk" | null;
  cancel_requested_at: number | null;
  total: number;
  simulated: 0 | 1;
  last_seq: number;
  created_at: number;
  started_at: number | null;
  ended_at: number | null;
};

/** `todo`: 0 nothing, 1 make a run, 2 let the run go on. */
export type BatchRowTable = {
  batch_id: string;
  row_index: number;
  cells: Json;
  pictures: Json | null;
  status: RowStatus;
  reason: PauseReason | null;
  error: Json | null;
  run_id: string | null;
  todo: 0 | 1 | 2;
  /** 1 = edited since its run was made. */
  edited: 0 | 1;
  revision: number;
  seq: number;
};

export type BatchTables = { batch: BatchTable; batch_row: BatchRowTable };
