import * as z from "zod";
import { Failure } from "./failure.ts";
import { GraphInput, GraphNode } from "./graph.ts";
import { LIMITS } from "./limits.ts";
import { Problem } from "./problems.ts";
import { PAUSE_REASONS, RUN_STATUSES } from "./run.ts";
import { Value } from "./values.ts";

/**
 * `empty`: nobody asked for it yet · `queued`: waits for its turn · `stale`: a cell was changed since it ran · the others are its run's.
 */
export const ROW_STATUSES = [
  "empty",
  "queued",
  "running",
  "waiting",
  "paused",
  "succeeded",
  "failed",
  "cancelled",
  "stale",
] as const;
export type RowStatus = (typeof ROW_STATUSES)[number];

/** As for a run. `person`: somebody asked to start no more rows. */
export const BATCH_PAUSES = [...PAUSE_REASONS, "person"] as const;
export type BatchPause = (typeof BATCH_PAUSES)[number];

/** Which rows are to run: those never made, those that failed or were refused, those edited since, or all of them. */
export const ROW_CHOICES = ["all", "empty", "failed", "stale"] as const;
export type RowChoice = (typeof ROW_CHOICES)[number];

/** `zip`: rows as they stand. `product`: every combination of the distinct values of the columns that are used. */
export const COMBINES = ["zip", "product"] as const;
export type Combine = (typeof COMBINES)[number];

const Usd = z.number().min(0).max(1_000_000);
const InDoubt = z.enum(["hold", "retry", "give-up"]);
const NodeId = GraphNode.shape.id.min(1).max(64);
const Cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
/** A row's place in its batch, from 0 on. */
const RowIndex = z
  .int()
  .min(0)
  .max(LIMITS.batchRows - 1);
const RowList = z.array(RowIndex).min(1).max(LIMITS.batchRows);

/**
 * `POST /api/batches` and `POST /api/batches/estimate`. Exactly one of `graph`, `graphId` and `templateId`; the table is `csv`, or `rows` with
 * `columns` (lists of cells) or without (objects by column).
 */
export const CreateBatchBody = z
  .strictObject({
    graph: z.unknown().optional(),
    graphId: z.string().min(1).max(100).optional(),
    templateId: z.string().min(1).max(100).optional(),
    revision: z.int().min(1).optional().meta({ description: "Of the graph or the template; left out: the newest." }),
    csv: z.string().optional().meta({ description: "A table as text: comma, semicolon or tab." }),
    columns: z.array(z.string()).optional(),
    rows: z.array(z.union([z.array(Cell), z.record(z.string(), Cell)])).optional(),
    map: z.record(z.string(), z.string().nullable()).optional().meta({
      description: "Column → input. Null: not used. Columns that are not named go to the input of the same name.",
    }),
    inputs: z.record(z.string(), z.unknown()).optional().meta({ description: "The same for all rows, by input." }),
    combine: z.enum(COMBINES).default("zip"),
    only: RowList.optional().meta({ description: "Run these rows now (from 0 on); the others stay empty." }),
    start: z.boolean().default(true).meta({ description: "False: every row stays empty until asked for." }),
    name: z.string().max(200).optional(),
    to: z
      .union([NodeId, z.array(NodeId).max(LIMITS.nodes)])
      .optional()
      .meta({ description: "Only these nodes and what they need." }),
    takes: z.record(z.string(), z.int().min(1).max(1_000_000)).optional(),
    budgetUsd: Usd.nullable().optional().meta({ description: "Cap over all rows; null or left out = none." }),
    rowBudgetUsd: Usd.nullable().optional().meta({ description: "Cap of each row; left out = the default of a run." }),
    inDoubt: InDoubt.optional(),
    concurrency: z.int().min(1).max(64).optional().meta({ description: "Rows at once." }),
    confirm: z.string().max(200).optional().meta({ description: "The token of CONFIRM_REQUIRED." }),
  })
  .refine((b) => [b.graph, b.graphId, b.templateId].filter((x) => x !== undefined).length === 1, {
    path: ["graph"],
    message: "Give exactly one of graph, graphId and templateId.",
  })
  .refine((b) => (b.csv === undefined) !== (b.rows === undefined), {
    path: ["rows"],
    message: "Give the table as csv or as rows.",
  });
export type CreateBatchBody = z.output<typeof CreateBatchBody>;

export const BatchStarted = z.object({ batchId: z.string(), total: z.int() });
export type BatchStarted = z.infer<typeof BatchStarted>;

/** What a whole table would cost: an upper bound at list prices. Cached rows are free, what rows have in common counts once. */
export const BatchEstimate = z.object({
  rows: z.int(),
  /** Rows that need no paid call. */
  freeRows: z.int(),
  calls: z.int(),
  costUsd: z.number(),
  /** Rows that were looked at one by one; the others are taken to cost what the dearest of these do. */
  lookedAt: z.int(),
  simulated: z.boolean(),
  problems: z.array(Problem),
  /** Over HTTP this many calls or this much money must be confirmed: send it back as `confirm`. */
  confirm: z.string().optional(),
});
export type BatchEstimate = z.infer<typeof BatchEstimate>;

/** Rows by status; every row is in one of them. */
export const RowCounts = z.record(z.enum(ROW_STATUSES), z.int());
export type RowCounts = z.infer<typeof RowCounts>;

/** A batch without its rows. Times in epoch ms. */
export const BatchHead = z.object({
  batchId: z.string(),
  name: z.string(),
  status: z.enum(RUN_STATUSES),
  reason: z.enum(BATCH_PAUSES).optional(),
  graphId: z.string(),
  graphName: z.string(),
  template: z.object({ id: z.string(), revision: z.int() }).optional(),
  total: z.int(),
  counts: RowCounts,
  /** Spent by all runs of all rows, reservations of calls under way included. */
  costUsd: z.number(),
  /** Cap over all rows; null = none. */
  budgetUsd: z.number().nullable(),
  simulated: z.boolean(),
  createdAt: z.number(),
  startedAt: z.number().optional(),
  endedAt: z.number().optional(),
  /** Number of the latest change; `events` go on after it. */
  seq: z.int(),
});
export type BatchHead = z.infer<typeof BatchHead>;
export const BatchList = z.object({ batches: z.array(BatchHead), next: z.string().optional() });
export type BatchList = z.infer<typeof BatchList>;

export const BatchRow = z.object({
  /** From 0 on. */
  index: z.int(),
  /** The row's own cells, in the order of `columns`. */
  cells: z.array(z.string()),
  status: z.enum(ROW_STATUSES),
  reason: z.enum(PAUSE_REASONS).optional(),
  runId: z.string().optional(),
  /** What the graph's last nodes gave, by node and port; while stale, what they gave before the edit. */
  outputs: z.record(z.string(), z.record(z.string(), z.array(Value))),
  /** Names in files.zip and below `--out`. Filled in where files were written; empty otherwise. */
  files: z.array(z.string()),
  costUsd: z.number(),
  error: Failure.optional(),
  /** Number of the row's latest change. */
  seq: z.int(),
});
export type BatchRow = z.infer<typeof BatchRow>;

/** `GET /api/batches/:id`: the batch and one page of its rows. */
export const BatchDocument = BatchHead.extend({
  columns: z.array(z.string()),
  /** Column → input, for the columns that are used. */
  map: z.record(z.string(), z.string()),
  /** The graph's inputs as they were when the batch was made. */
  inputs: z.array(GraphInput),
  /** What all rows have in common, by input. */
  shared: z.record(z.string(), z.unknown()),
  rows: z.array(BatchRow),
  /** `from` of the next page. */
  next: z.int().optional(),
});
export type BatchDocument = z.infer<typeof BatchDocument>;

export const BatchQuery = z.strictObject({
  from: z.coerce.number().int().min(0).default(0).meta({ description: "Rows from this index on." }),
  limit: z.coerce.number().int().min(0).max(LIMITS.listPage).default(100),
  status: z.enum(ROW_STATUSES).optional().meta({ description: "Only rows in this status." }),
});
export const BatchesQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(LIMITS.listPage).default(50),
  before: z.string().min(1).max(200).optional(),
  graphId: z.string().min(1).max(100).optional(),
});

/**
 * `POST /api/batches/:id/resume`. Without `only` and `rows`: everything that was asked for and has not succeeded goes on — refused, cancelled
 * and paused rows too, and, when nothing was asked for yet or nothing is left, the empty and stale ones. Also ends a pause.
 */
export const ResumeBatchBody = z.strictObject({
  budgetUsd: Usd.nullable().optional(),
  inDoubt: InDoubt.optional(),
  only: z.enum(ROW_CHOICES).optional(),
  rows: RowList.optional(),
});
export type ResumeBatchBody = z.output<typeof ResumeBatchBody>;

export const BatchChanged = z.object({
  batchId: z.string(),
  status: z.enum(RUN_STATUSES),
  reason: z.enum(BATCH_PAUSES).optional(),
  /** Rows this set going. */
  rows: z.int().optional(),
});

/** `POST /api/batches/:id/rows/:row`: new cells by column. The row becomes stale; what did not change comes from the cache. */
export const EditRowBody = z.strictObject({
  cells: z.record(z.string(), Cell),
  run: z.boolean().default(false).meta({ description: "Also run the row now." }),
});
export type EditRowBody = z.output<typeof EditRowBody>;

/**
 * The stream of a batch. `row.changed` and `batch.ended` carry a `seq` (the SSE id); a stream that goes on after a seq is told every row that
 * changed since, once, as it is now. `batch.progress` is a snapshot without a number.
 */
export const BatchEvent = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("row.changed"),
    batchId: z.string(),
    seq: z.int(),
    row: z.int(),
    status: z.enum(ROW_STATUSES),
    reason: z.enum(PAUSE_REASONS).optional(),
    runId: z.string().optional(),
    costUsd: z.number(),
    error: Failure.optional(),
  }),
  z.object({
    type: z.literal("batch.progress"),
    batchId: z.string(),
    status: z.enum(RUN_STATUSES),
    reason: z.enum(BATCH_PAUSES).optional(),
    total: z.int(),
    counts: RowCounts,
    costUsd: z.number(),
    budgetUsd: z.number().nullable(),
    /** Milliseconds until the queued rows are through at the present pace; left out while that cannot be told. */
    etaMs: z.number().optional(),
  }),
  z.object({
    type: z.literal("batch.ended"),
    batchId: z.string(),
    seq: z.int(),
    status: z.enum(RUN_STATUSES),
    reason: z.enum(BATCH_PAUSES).optional(),
    counts: RowCounts,
    costUsd: z.number(),
  }),
]);
export type BatchEvent = z.infer<typeof BatchEvent>;
