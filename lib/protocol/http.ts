import * as z from "zod";
import { GraphNode } from "./graph.ts";
import { SheetUseNow } from "./library.ts";
import { LIMITS } from "./limits.ts";
import { Problem } from "./problems.ts";
import { RUN_STATUSES, RunDocument } from "./run.ts";
import { AssetId } from "./values.ts";

/** RFC 9457 problem document. Every answer that is not a success is one. `status` is the word "invalid" where `problems` explain a 422. */
export const ProblemDocument = z.object({
  type: z.string(),
  title: z.string(),
  status: z.union([z.int(), z.literal("invalid")]),
  detail: z.string(),
  /** Stable, UPPER_SNAKE; programs test against it. */
  code: z.string(),
  problems: z.array(Problem).optional(),
});
export type ProblemDocument = z.infer<typeof ProblemDocument>;

const Usd = z.number().min(0).max(1_000_000);
/** A node inside a subgraph is named `node/inner`, as deep as graphs go. */
const NodeId = GraphNode.shape.id.regex(/^[^/]{1,64}(?:\/[^/]{1,64}){0,8}$/, "a node is named by its id");
const InDoubt = z.enum(["hold", "retry", "give-up"]);

/** `POST /api/runs` and `POST /api/runs/estimate`. Exactly one of `graph`, `graphId` and `templateId`. */
export const StartRunBody = z
  .strictObject({
    graph: z.unknown().optional().meta({ description: "A graph document (/graph.schema.json)." }),
    graphId: z.string().min(1).max(100).optional(),
    templateId: z.string().min(1).max(100).optional(),
    revision: z.int().min(1).optional().meta({
      description: "With graphId: this revision instead of the newest; with templateId: instead of the current one.",
    }),
    inputs: z.record(z.string(), z.unknown()).optional().meta({
      description:
        'By key. An image is { "asset": "sha256:…" }, or { "url": "https://…" }, which is fetched and stored before the run starts.',
    }),
    to: z
      .union([NodeId, z.array(NodeId).max(LIMITS.nodes)])
      .optional()
      .meta({ description: "Only these nodes and what they need." }),
    takes: z.record(z.string(), z.int().min(1).max(1_000_000)).optional(),
    budgetUsd: Usd.nullable().optional().meta({ description: "Cap of this run; null = none; left out = the default." }),
    inDoubt: InDoubt.optional(),
    concurrency: z.int().min(1).max(1024).optional(),
  })
  .refine((b) => [b.graph, b.graphId, b.templateId].filter((x) => x !== undefined).length === 1, {
    path: ["graph"],
    message: "Give exactly one of graph, graphId and templateId.",
  });
export type StartRunBody = z.infer<typeof StartRunBody>;

export const ResumeBody = z.strictObject({ budgetUsd: Usd.nullable().optional(), inDoubt: InDoubt.optional() });
export type ResumeBody = z.infer<typeof ResumeBody>;

export const RunStarted = z.object({ runId: z.string() });
export const RunChanged = z.object({ runId: z.string(), status: z.string() });
export const RunSummary = RunDocument.pick({
  runId: true,
  status: true,
  reason: true,
  graphId: true,
  graphName: true,
  template: true,
  batch: true,
  costUsd: true,
  simulated: true,
  createdAt: true,
  startedAt: true,
  endedAt: true,
  error: true,
});
export type RunSummary = z.infer<typeof RunSummary>;
export const RunList = z.object({ runs: z.array(RunSummary), next: z.string().optional() });
export type RunList = z.infer<typeof RunList>;

/** Page sizes are 1 to 200; anything else is refused rather than cut. */
export const PageSize = z.coerce.number().int().min(1).max(LIMITS.listPage).default(50);
const Cursor = z.string().min(1).max(200).optional();
export const RunsQuery = z.strictObject({
  limit: PageSize,
  before: Cursor,
  status: z.enum(RUN_STATUSES).optional(),
  graphId: z.string().min(1).max(100).optional().meta({ description: "Only runs of this graph." }),
  templateId: z.string().min(1).max(100).optional().meta({ description: "Only runs of this template." }),
  batch: z.string().min(1).max(100).optional().meta({
    description: "Only rows of this batch; none: only runs that are no row of a batch.",
  }),
});
export const TakesQuery = z.strictObject({
  limit: PageSize.meta({ description: "How many runs are looked through." }),
  before: Cursor,
  node: NodeId.optional().meta({ description: "Only results of this node." }),
});
export const GraphsQuery = z.strictObject({ limit: PageSize, after: Cursor });
export const RevisionQuery = z.strictObject({ revision: z.coerce.number().int().min(1).optional() });
export const GraphQuery = RevisionQuery.extend({
  absent: z
    .literal("ok")
    .optional()
    .meta({ description: "Answer 204 where there is no such graph or revision: that is no mistake of whoever asks." }),
});
export const EstimateQuery = z.strictObject({
  unrunnable: z
    .literal("ok")
    .optional()
    .meta({ description: "Answer 200 with `runnable: false` and every problem for a graph that cannot run yet." }),
});
export const EventsQuery = z.strictObject({ after: z.coerce.number().int().min(0).optional() });
export const AssetQuery = z.strictObject({
  w: z.coerce.number().int().min(16).max(2048).optional().meta({ description: "Longest side of a WebP preview." }),
  download: z.string().max(200).optional().meta({ description: "Answer as a download under this name." }),
});

export const EstimateAnswer = z.object({
  costUsd: z.number(),
  calls: z.int(),
  cachedNodes: z.int(),
  nodes: z.array(
    z.object({
      nodeId: z.string(),
      title: z.string(),
      cachedItems: z.int(),
      items: z.int(),
      calls: z.int(),
      costUsd: z.number(),
    }),
  ),
  simulated: z.boolean(),
  problems: z.array(Problem),
  /** False where it was asked of a graph that cannot run (`unrunnable=ok`): `problems` say why. */
  runnable: z.literal(false).optional(),
  /** Which sheets of the library it would use, and the newest versions there are. */
  sheets: z.array(SheetUseNow).optional(),
});
export type EstimateAnswer = z.infer<typeof EstimateAnswer>;

export const GraphSummary = z.object({
  id: z.string(),
  name: z.string(),
  revision: z.int(),
  etag: z.string(),
  updatedAt: z.number(),
});
export const GraphList = z.object({ graphs: z.array(GraphSummary), next: z.string().optional() });
export const RevisionsQuery = z.strictObject({ limit: PageSize, before: z.coerce.number().int().min(1).optional() });
/** One save of a graph without its document; `savedAt` in epoch milliseconds, `nodes` how many it has. */
export const RevisionSummary = z.object({
  revision: z.int(),
  etag: z.string(),
  name: z.string(),
  nodes: z.int(),
  savedAt: z.number(),
  /** What somebody called this save: "before client review". */
  label: z.string().optional(),
});
/** `PUT /api/graphs/:id/revisions/:revision/label`; an empty one takes the name away. */
export const RevisionLabel = z.strictObject({ label: z.string().max(120) });
export type RevisionSummary = z.infer<typeof RevisionSummary>;
export const RevisionList = z.object({ revisions: z.array(RevisionSummary), next: z.int().optional() });
export type RevisionList = z.infer<typeof RevisionList>;
export const GraphSaved = z.object({ id: z.string(), name: z.string(), revision: z.int(), etag: z.string() });

const StoredImage = { asset: AssetId, width: z.int(), height: z.int(), mediaType: z.string() };
/** `name` is display text only. `assets` is there when a form brought several files. */
export const AssetStored = z.object({
  ...StoredImage,
  name: z.string().optional(),
  assets: z.array(z.object({ ...StoredImage, name: z.string().optional() })).optional(),
});

/** `POST /api/assets/luts`: a look-up table, as it was stored. */
export const LutStored = z.object({
  asset: AssetId,
  cubic: z.boolean(),
  size: z.int(),
  name: z.string().optional(),
});
export type LutStored = z.infer<typeof LutStored>;

/** `POST /api/assets/from-url`: a picture on the public internet. */
export const PictureAddress = z.strictObject({ url: z.string().min(1).max(LIMITS.urlChars) });

export const NodeList = z.object({ nodes: z.array(z.looseObject({ type: z.string() })) });

export const HealthAnswer = z.object({
  status: z.enum(["ok", "degraded"]),
  simulated: z.boolean(),
  queued: z.int(),
  running: z.int(),
  version: z.string(),
});
export type HealthAnswer = z.infer<typeof HealthAnswer>;
