import type { BatchPause, RowChoice, RowCounts, RowStatus } from "../../protocol/batches.ts";
import type { Failure } from "../../protocol/failure.ts";
import type { GraphInput, InputValues } from "../../protocol/graph.ts";
import type { MicroUsd } from "../../protocol/money.ts";
import type { PauseReason, RunStatus } from "../../protocol/run.ts";
import type { TemplateRef } from "../../protocol/templates.ts";
import type { AssetId, Outputs } from "../../protocol/values.ts";
import type { InDoubtPolicy, RunRow } from "./journal.ts";

/** How every row of a batch is run. */
export type BatchOptions = {
  /** Column → input, for the columns that are used. */
  map: Record<string, string>;
  /** The same for all rows. */
  shared: InputValues;
  to?: string[];
  takes?: Record<string, number>;
  /** Rows at once; undefined = as many as the process gives to batches. */
  concurrency?: number;
  rowBudgetMicro: MicroUsd | null;
  template?: TemplateRef;
};

/** A batch without its rows. `status` follows from its rows and is always up to date with them. */
export type BatchRecord = {
  id: string;
  name: string;
  graphHash: string;
  graphId: string;
  graphName: string;
  /** Equal for equal tables. */
  tableHash: string;
  /** Equal for equal graphs, tables and options. */
  planHash: string;
  columns: string[];
  inputs: GraphInput[];
  options: BatchOptions;
  inDoubt: InDoubtPolicy;
  /** Cap over all rows; null = none. */
  budgetMicro: MicroUsd | null;
  status: RunStatus;
  reason?: BatchPause;
  /** Why no row is started although some are to be. */
  hold?: "person" | "quota" | "disk";
  total: number;
  simulated: boolean;
  lastSeq: number;
  createdAt: number;
  startedAt?: number;
  endedAt?: number;
};

/** What is to be done for a row: nothing, make a run for it, or let its run go on. */
export type RowTodo = "nothing" | "start" | "resume";

export type NewBatchRow = { cells: string[]; pictures?: Record<string, AssetId>; todo: "nothing" | "start" };

export type BatchRowRecord = {
  index: number;
  cells: string[];
  /** The stored picture of each part of a cell that names one otherwise, by that part. */
  pictures?: Record<string, AssetId>;
  status: RowStatus;
  reason?: PauseReason;
  error?: Failure;
  /** Its newest run. */
  runId?: string;
  todo: RowTodo;
  /** Raised by every edit, so that nobody starts a row from cells it no longer has. */
  revision: number;
  /** Number of the batch's change that last touched the row. */
  seq: number;
};

export type NewRowRun = Omit<RunRow, "epoch" | "lastSeq" | "leaseOwner" | "leaseUntil">;

/**
 * Tables and what became of their rows. A row follows its run: whatever changes a run's status changes its row and its batch in the same
 * transaction. Every method is one transaction; two processes may work on one batch.
 */
export type BatchStore = {
  /**
   * Same key again gives the first batch. Without a key, the same `planHash` within `twinMs` does. Rows with `todo: "start"` are queued, the others
   * empty.
   */
  create(
    batch: Omit<BatchRecord, "status" | "reason" | "hold" | "lastSeq" | "startedAt" | "endedAt" | "total">,
    rows: readonly NewBatchRow[],
    once: { key?: string; twinMs: number },
  ): Promise<{ batchId: string; created: boolean }>;
  get(id: string): Promise<BatchRecord | undefined>;
  list(page: { limit: number; before?: string; graphId?: string }): Promise<BatchRecord[]>;
  /** The newest batch of a graph (by id) and a table. */
  latest(graphId: string, tableHash: string): Promise<BatchRecord | undefined>;
  counts(id: string): Promise<RowCounts>;
  /** What all calls of all its runs cost, reservations of those under way included. */
  cost(id: string): Promise<MicroUsd>;
  /** By run. */
  costs(runIds: readonly string[]): Promise<Map<string, MicroUsd>>;
  rows(id: string, page: { from: number; limit: number; status?: RowStatus }): Promise<BatchRowRecord[]>;
  row(id: string, index: number): Promise<BatchRowRecord | undefined>;
  /** Rows that changed after a place, in the order they changed; rows that changed together by their index. */
  changed(id: string, after: { seq: number; index: number }, limit: number): Promise<BatchRowRecord[]>;
  /** What the named nodes gave, by run and node; all passes concatenated. */
  outputs(runIds: readonly string[], nodeIds: readonly string[]): Promise<Map<string, Map<string, Outputs>>>;

  /** Batches with rows to start and nothing that holds them, oldest first. */
  active(): Promise<BatchRecord[]>;
  /** Runs of a batch that are queued or running. */
  flying(id: string): Promise<string[]>;
  /** Rows with something to do, in order, not those named in `except`. */
  due(id: string, limit: number, except: ReadonlySet<number>): Promise<BatchRowRecord[]>;
  /** Makes a run for a row, unless the row was edited or is not to be started any more. */
  start(id: string, index: number, revision: number, run: NewRowRun): Promise<boolean>;
  /** A row that cannot become a run. Same conditions. */
  fail(id: string, index: number, revision: number, error: Failure): Promise<boolean>;
  /** A row takes the status of its run, whatever it was told to do. */
  follow(id: string, index: number): Promise<void>;

  /** Sets rows going that are not already; also ends a hold and forgets a cancel. Gives how many have something to do now. */
  choose(
    id: string,
    which: RowChoice | "unfinished" | readonly number[],
    change: { budgetMicro?: MicroUsd | null; inDoubt?: InDoubtPolicy; graphHash?: string },
  ): Promise<number | undefined>;
  /** No more rows are started. */
  hold(id: string, why: "person"): Promise<BatchRecord | undefined>;
  /** Rows that were to be started are not; runs under way are told to stop. Gives the runs that must be stopped, those under way first. */
  cancel(id: string): Promise<{ batch: BatchRecord; runs: string[] } | undefined>;
  /** New cells; refused while the row's run is under way. Gives the run that is of no use any more, if it waits or is paused. */
  edit(
    id: string,
    index: number,
    change: { cells: string[]; pictures?: Record<string, AssetId>; run: boolean },
  ): Promise<"unknown" | "busy" | { row: BatchRowRecord }>;
};
