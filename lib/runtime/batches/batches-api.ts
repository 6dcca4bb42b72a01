import type {
  BatchDocument,
  BatchEstimate,
  BatchEvent,
  BatchHead,
  BatchPause,
  Combine,
  RowChoice,
  RowStatus,
} from "../../protocol/batches.ts";
import type { InputValues } from "../../protocol/graph.ts";
import type { MicroUsd } from "../../protocol/money.ts";
import type { RunStatus } from "../../protocol/run.ts";
import type { Table } from "../../protocol/table/table.ts";
import type { TemplateRef } from "../../protocol/templates.ts";
import type { AssetId } from "../../protocol/values.ts";
import type { InDoubtPolicy } from "../ports.ts";

/** What to run, row by row. `graph` is any JSON value: it is read and checked here. Money in micro-USD; null = no cap. */
export type CreateBatch = {
  graph: unknown;
  template?: TemplateRef;
  table: Table;
  /** Column → input; null = not used. Columns that are not named go to the input of the same name. */
  map?: Record<string, string | null>;
  /** The same for all rows. */
  inputs?: InputValues;
  combine?: Combine;
  /** Rows that run now (from 0 on); left out = all. An empty list starts none. */
  only?: readonly number[];
  name?: string;
  to?: string[];
  takes?: Record<string, number>;
  /** Cap over all rows; undefined = none. */
  budgetMicro?: MicroUsd | null;
  /** Cap of each row; undefined = the default cap of a run. */
  rowBudgetMicro?: MicroUsd | null;
  inDoubt?: InDoubtPolicy;
  /** Rows at once. */
  concurrency?: number;
  idempotencyKey?: string;
  /** Pictures that cells of image columns name by something else than an asset or an address, by the cell's text. */
  pictures?: ReadonlyMap<string, AssetId>;
};

export type ResumeBatch = {
  budgetMicro?: MicroUsd | null;
  inDoubt?: InDoubtPolicy;
  only?: RowChoice;
  rows?: readonly number[];
  /** Rows that get a new run get it of this graph from now on. */
  graph?: unknown;
};

export type BatchState = { batchId: string; status: RunStatus; reason?: BatchPause };

/** Many runs of one graph, one per row of a table. Throws InvalidError for tables and requests that cannot be, naming row and column. */
export type Batches = {
  /** Checks every cell, then stores the table and queues its rows. The same key, or the same request within a second, gives the batch it made. */
  create(request: CreateBatch): Promise<{ batchId: string; total: number; created: boolean }>;
  /** What the rows would cost together. Nothing is started or fetched. */
  estimate(request: CreateBatch): Promise<BatchEstimate>;
  /** What a request is: equal for equal graphs, tables and options, whatever the money. */
  planHash(request: CreateBatch): Promise<string>;
  head(batchId: string): Promise<BatchHead | undefined>;
  /** The batch with one page of its rows. */
  get(batchId: string, page: { from: number; limit: number; status?: RowStatus }): Promise<BatchDocument | undefined>;
  list(page: { limit: number; before?: string; graphId?: string }): Promise<{ batches: BatchHead[]; next?: string }>;
  /** The newest batch of this graph (by id) and table. */
  latest(graphId: string, table: Table, combine?: Combine): Promise<string | undefined>;
  /** Changes after `seq`, then live ones, until the batch rests or the signal aborts. Works for batches that another process runs. */
  events(batchId: string, afterSeq: number, signal?: AbortSignal): AsyncIterable<BatchEvent>;
  /** Starts no more rows; what runs goes on to its end. */
  pause(batchId: string): Promise<BatchState | undefined>;
  /** Starts no more rows and cancels those that run. */
  cancel(batchId: string): Promise<BatchState | undefined>;
  /** Sets rows going; `rows` = how many. */
  resume(batchId: string, change: ResumeBatch): Promise<(BatchState & { rows: number }) | undefined>;
  /** New cells for a row, by column: it becomes stale, and runs when asked to. Throws StepError ROW_BUSY while it runs. */
  edit(batchId: string, row: number, cells: Record<string, string>, run: boolean): Promise<"edited" | "unknown">;
  /** Executes the batch's rows in this process until it rests. Aborting interrupts it: it is paused and can be resumed. */
  drive(batchId: string, signal?: AbortSignal, options?: { concurrency?: number }): Promise<BatchState>;
  /** The result table as text, page by page: all rows in input order. `filesOf`: names where files were written; left out = as in files.zip. */
  csv(batchId: string, filesOf?: (row: number) => readonly string[]): AsyncIterable<string>;
  /** The bytes of files.zip: every row's files in a folder of its own, and rows.csv. */
  zip(batchId: string): AsyncIterable<Uint8Array>;
  /** Writes every finished row's files below `folder`, each in a folder of its own, and rows.csv. Gives absolute paths: per row, and the table's. */
  exportFiles(
    batchId: string,
    folder: string,
    onRow?: (row: number, files: readonly string[]) => void,
  ): Promise<{ table: string; files: number }>;
};
