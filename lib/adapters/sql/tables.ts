import type { Kysely, Transaction } from "kysely";
import type { PauseReason, RunStatus, StepState } from "#lib/protocol/run.ts";
import type { CallState } from "#lib/runtime/ports.ts";
import type { ArchiveTables } from "./archive-tables.ts";
import type { BatchTables } from "./batch-tables.ts";
import type { LibraryTables } from "./library-tables.ts";
import type { TemplateRevisionTable, TemplateTable } from "./template-tables.ts";
import type { WaysInTables } from "./ways-in-tables.ts";

/*
 * The tables as the code sees them. Portable on purpose: times are epoch ms, money is integer micro-USD, booleans are 0/1 and JSON is text,
 * so the same rows read the same from every database. What a column means is said beside the port's type; only what the port does not
 * have is explained here.
 */
type Flag = 0 | 1;
type Json = string;

export type GraphVersionTable = { hash: string; graph_id: string; json: Json; created_at: number };
/** One editable graph. `revision` only ever grows, also past a deletion, so that an old etag never fits again. */
export type GraphTable = { id: string; revision: number; deleted: Flag };
export type GraphRevisionTable = {
  id: string;
  revision: number;
  etag: string;
  hash: string;
  name: string;
  json: Json;
  created_at: number;
};
export type RunTable = {
  id: string;
  graph_hash: string;
  graph_id: string;
  graph_name: string;
  params: Json;
  status: RunStatus;
  reason: PauseReason | null;
  priority: number;
  epoch: number;
  lease_owner: string | null;
  /** 0 = nobody holds it. */
  lease_until: number;
  cancel_requested_at: number | null;
  last_seq: number;
  budget_micro: number | null;
  simulated: Flag;
  error: Json | null;
  batch_id: string | null;
  row_index: number | null;
  /** The template of `params`, where it can be searched for. */
  template_id: string | null;
  created_at: number;
  started_at: number | null;
  ended_at: number | null;
};
export type IdempotencyTable = { key: string; run_id: string; created_at: number };
export type StepTable = {
  run_id: string;
  node_id: string;
  pass: number;
  state: StepState;
  cached: Flag;
  why: string;
  items: Json;
  outputs: Json | null;
  question: Json | null;
  answer: Json | null;
  error: Json | null;
  warnings: Json | null;
  rehydrated: Flag | null;
  calls: number;
  cost_micro: number;
  started_at: number | null;
  ended_at: number | null;
  made_by: Json | null;
  due_at: number | null;
  otherwise: Json | null;
  /** Written by the decision itself, never by a worker. */
  answered_at: number | null;
  answered_by: string | null;
};
/** `body` is the event without run, seq and time. */
export type EventTable = { run_id: string; seq: number; at: number; type: string; body: Json };
export type CallTable = {
  key: string;
  run_id: string;
  node_id: string;
  pass: number;
  item: number;
  item_key: string;
  slot: number;
  attempt: number;
  epoch: number;
  provider: string;
  lane: string;
  model: string;
  request_hash: string;
  request: Json;
  reserved_micro: number;
  cost_micro: number;
  /** What the caps count: the reservation while its fate is open or its usage unknown, else the cost. */
  spent_micro: number;
  estimated: Flag;
  state: CallState;
  response_id: string | null;
  request_id: string | null;
  answer: Json | null;
  error: Json | null;
  created_at: number;
  accepted_at: number | null;
  settled_at: number | null;
  /** The batch whose row it was made for. */
  batch_id: string | null;
};
export type ResultTable = {
  key: string;
  outputs: Json;
  warnings: Json | null;
  rehydrated: Flag | null;
  run_id: string;
  node_id: string;
  cost_micro: number;
  created_at: number;
};
export type TurnTable = {
  response_id: string;
  parent_id: string | null;
  provider: string;
  prompt: string;
  spec_text: string | null;
  spec_name: string | null;
  asset: string | null;
  stored: Flag;
  turn: Json;
  created_at: number;
};
export type AssetTable = {
  asset: string;
  bytes: number;
  media_type: string;
  width: number | null;
  height: number | null;
};
export type NodeMemoryTable = { graph_id: string; node_id: string; run_id: string; parts: Json };
export type ArchiveEntryTable = {
  id: string;
  run_id: string;
  node_id: string;
  pass: number;
  item: number;
  position: number;
  name: string;
  asset: string;
  media_type: string;
  collection: string | null;
  title: string | null;
  alt: string | null;
  tags: Json;
  record: Json;
  /** Everything a person may look for, in lower case. */
  words: string;
  created_at: number;
};
/** `tat` = theoretical arrival time of the token bucket, epoch ms with a fraction. */
export type RateBucketTable = { key: string; tat: number };
export type ItemClaimTable = { key: string; run_id: string; epoch: number };
export type NoteTable = { kind: string; id: string; value: Json };

export type Tables = BatchTables &
  ArchiveTables &
  WaysInTables &
  LibraryTables & {
    graph_version: GraphVersionTable;
    graph: GraphTable;
    graph_revision: GraphRevisionTable;
    run: RunTable;
    idempotency: IdempotencyTable;
    step: StepTable;
    event: EventTable;
    call: CallTable;
    result: ResultTable;
    turn: TurnTable;
    asset: AssetTable;
    node_memory: NodeMemoryTable;
    archive_entry: ArchiveEntryTable;
    rate_bucket: RateBucketTable;
    item_claim: ItemClaimTable;
    note: NoteTable;
    template: TemplateTable;
    template_revision: TemplateRevisionTable;
  };

export type Db = Kysely<Tables>;
/** An open write transaction. */
export type Tx = Transaction<Tables>;
