import type { RunEvent } from "../protocol/events.ts";
import type { Graph, InputValues } from "../protocol/graph.ts";
import type { SheetUseNow } from "../protocol/library.ts";
import type { MicroUsd } from "../protocol/money.ts";
import type { Problem } from "../protocol/problems.ts";
import type { Continuity, Scorecard, StoryList } from "../protocol/quality.ts";
import type { Review } from "../protocol/reviews.ts";
import type { RunDocument, RunStatus } from "../protocol/run.ts";
import type { NodeTake } from "../protocol/takes.ts";
import type { TemplateRef } from "../protocol/templates.ts";
import type { AssetId } from "../protocol/values.ts";
import type { EntryCatalogue } from "./archive/archive-api.ts";
import type { Batches } from "./batches/batches-api.ts";
import type { Bundles } from "./bundle/bundle-api.ts";
import type { Exports } from "./exports/exports-api.ts";
import type { Hooks } from "./hooks/hooks-api.ts";
import type { Secrets } from "./hooks/secrets.ts";
import type { LibraryDesk } from "./library/library-api.ts";
import type { Money } from "./money/money-api.ts";
import type { ArchiveRow, GraphRevision, InDoubtPolicy, Journal, Picture, RevisionRow } from "./ports.ts";
import type { Schedules } from "./schedules/schedules-api.ts";
import type { Templates } from "./templates/templates-api.ts";

/** `limit` = how many runs are looked through. */
export type TakesPage = { limit: number; before?: string; node?: string };

/**
 * What to run. `graph` is any JSON value: it is read and checked here. An image input may name its picture by address (`{ url }`): it is fetched and
 * stored when the run is created, and only then. Money in micro-USD; null = no cap; undefined = the default cap.
 */
export type StartRun = {
  graph: unknown;
  inputs?: InputValues;
  to?: string[];
  takes?: Record<string, number>;
  budgetMicro?: MicroUsd | null;
  inDoubt?: InDoubtPolicy;
  concurrency?: number;
  idempotencyKey?: string;
  /** How many runs started each other up to this one; left out = 0. */
  depth?: number;
  /** The published revision `graph` is; kept with the run. */
  template?: TemplateRef;
};

export type NodeEstimate = {
  nodeId: string;
  title: string;
  /** Items of this node that would be answered from the cache. */
  cachedItems: number;
  /** Items that would run. */
  items: number;
  calls: number;
  costUsd: number;
};
/** What a run would cost before it is started: an upper bound at list prices; cached parts are free. */
export type Estimate = {
  costUsd: number;
  calls: number;
  cachedNodes: number;
  nodes: NodeEstimate[];
  /** True when no key is set: the run itself would cost nothing. */
  simulated: boolean;
  problems: Problem[];
  /** Which sheets of the library it would use. */
  sheets?: SheetUseNow[];
};

/** A stored look-up table: one row per value of a channel, or a cube of `size` a side. */
export type StoredLut = { asset: AssetId; known: boolean; cubic: boolean; size: number };

export type StoredImage = { asset: AssetId; width: number; height: number; mediaType: string; known: boolean };

export type RunSummary = Pick<
  RunDocument,
  | "runId"
  | "status"
  | "reason"
  | "graphId"
  | "graphName"
  | "costUsd"
  | "simulated"
  | "createdAt"
  | "startedAt"
  | "endedAt"
  | "error"
  | "template"
  | "batch"
>;

export type FsckReport = {
  ok: boolean;
  assets: number;
  bytes: number;
  results: number;
  problems: { code: string; message: string; asset?: string }[];
};

/** The product without a face: what the CLI and the HTTP routes both call. Throws InvalidError for bad documents and requests. */
export type Studio = {
  readonly simulated: boolean;
  /** Every problem of a graph; never throws for a bad one. */
  check(
    graph: unknown,
    options?: { inputs?: InputValues; to?: string[]; takes?: Record<string, number> },
  ): Promise<{ graph?: Graph; problems: Problem[] }>;
  /** Creates a run. Nothing is started and nothing paid when a problem is found (InvalidError names them all). */
  startRun(request: StartRun): Promise<{ runId: string; created: boolean }>;
  /** Executes a queued run in this process until it ends, waits or pauses; watches it when another process has it. Aborting the signal interrupts (ids are kept). */
  drive(runId: string, signal?: AbortSignal): Promise<RunStatus>;
  estimate(request: StartRun): Promise<Estimate>;
  run(runId: string): Promise<RunDocument | undefined>;
  listRuns(page: {
    limit: number;
    before?: string;
    status?: RunStatus;
    graphId?: string;
    templateId?: string;
    /** Only rows of this batch; "none" = only runs that are no row of one. */
    batch?: string;
  }): Promise<{ runs: RunSummary[]; next?: string }>;
  /** Past results of the nodes of a graph, from its newest runs on; of one node when it is named. `next` = where the following page starts. */
  takes(graphId: string, page: TakesPage): Promise<{ takes: NodeTake[]; next?: string }>;
  /** The graph a run was started from, exactly as it was. */
  graphOfRun(runId: string): Promise<Graph | undefined>;
  /** How every judged picture of a run went through its passes. */
  stories(runId: string): Promise<StoryList | undefined>;
  /** How alike the final pictures of a run are. */
  continuity(runId: string): Promise<Continuity | undefined>;
  /** How the newest runs of a graph did, for each state the graph was in. */
  scorecard(graphId: string, page: { limit: number }): Promise<Scorecard>;
  /** Stored events after `afterSeq`, then live ones (transient ones too), until the run ends, waits or pauses. Works for runs of other processes. */
  events(runId: string, afterSeq: number, signal?: AbortSignal): AsyncIterable<RunEvent>;
  /** Durable flag first; then whoever has the run aborts. Undefined = unknown run. */
  cancel(runId: string): Promise<RunStatus | undefined>;
  /** `nothing-left`: it had succeeded. `live`: it is running elsewhere. */
  resume(
    runId: string,
    change: { budgetMicro?: MicroUsd | null; inDoubt?: InDoubtPolicy },
  ): Promise<"queued" | "nothing-left" | "live" | "waiting" | "unknown">;
  /** Decides a waiting step, once; `by` = who, as people are told it. Throws InvalidError for an answer its node type does not take. */
  answer(
    runId: string,
    nodeId: string,
    pass: number,
    answer: unknown,
    by?: string,
  ): Promise<"answered" | "already" | "not-waiting" | "unknown">;
  /** What waits for people, newest first. */
  reviews(page: { limit: number; before?: string }): Promise<{ reviews: Review[]; total: number; next?: string }>;
  /** One step that waits or waited for a person. */
  review(runId: string, nodeId: string, pass: number): Promise<Review | undefined>;
  readonly library: LibraryDesk;
  readonly templates: Templates;
  /** Graphs and templates as files, and back. */
  readonly bundles: Bundles;
  readonly hooks: Hooks;
  readonly schedules: Schedules;
  readonly batches: Batches;
  readonly secrets: Secrets;
  readonly money: Money;
  /** Small records the server keeps with the runs, by kind and id. */
  readonly notes: Pick<Journal, "getNote" | "putNote" | "listNotes">;

  /** Makes an upload safe (re-encoded, oriented, stripped) and stores it. Throws StepError IMAGE_* / EMPTY_FILE … */
  upload(bytes: Uint8Array): Promise<StoredImage>;
  /** The same for a picture on the public internet. Throws StepError SSRF_BLOCKED, URL_* … (PictureFetch) as well. */
  uploadFrom(url: string, signal?: AbortSignal): Promise<StoredImage>;
  /** Stores a look-up table (.cube) byte for byte. Throws StepError EMPTY_FILE, FILE_TOO_LARGE or LUT_INVALID naming the line. */
  uploadLut(bytes: Uint8Array): Promise<StoredLut>;
  /** Stores bytes as they are, without decoding: LUT tables and other non-pictures never served inline. */
  asset(asset: AssetId): Promise<{ bytes: Buffer; mediaType: string } | undefined>;
  assetPath(asset: AssetId): string | undefined;
  thumbnail(asset: AssetId, width: number): Promise<Picture | undefined>;

  saveGraph(
    id: string,
    graph: unknown,
    ifMatch: string | undefined,
  ): Promise<{ saved: GraphRevision; created: boolean } | { conflict: GraphRevision } | { needsMatch: GraphRevision }>;
  graph(id: string, revision?: number): Promise<GraphRevision | undefined>;
  listGraphs(page: {
    limit: number;
    after?: string;
  }): Promise<{ id: string; name: string; revision: number; etag: string; updatedAt: number }[]>;
  /** The saves of a graph, newest first; those before a revision when one is given. Empty for an unknown graph. */
  revisions(id: string, page: { limit: number; before?: number }): Promise<RevisionRow[]>;
  deleteGraph(id: string): Promise<boolean>;

  /** Finished pictures and files: finding, sorting and remaking them. */
  readonly catalogue: EntryCatalogue;
  /** Entries with their records, newest first, those in the bin left out. */
  archive(query: { runId?: string; limit: number; before?: string }): Promise<ArchiveRow[]>;

  /** Pictures as files for other programs. */
  readonly exports: Exports;

  /** Writes a run's leaf images, archive entries and run.json below `folder`; returns absolute paths. No name can leave the folder. `below`: a folder of its own in there. */
  exportRun(runId: string, folder: string, below?: string): Promise<string[]>;

  fsck(): Promise<FsckReport>;
  gc(options: { dryRun: boolean }): Promise<{ deleted: number; bytes: number; kept: number }>;
  health(): Promise<{
    status: "ok" | "degraded";
    problems: string[];
    simulated: boolean;
    queued: number;
    running: number;
  }>;
  /** What is stored: assets and their bytes together. */
  storage(): Promise<{ assets: number; bytes: number }>;
  metrics(): Promise<{ runs: Record<string, number>; spentTodayUsd: number; callsInFlight: number }>;
  /** Starts taking queued runs in this process and sweeping after dead workers. */
  startWorker(): void;
  stop(): Promise<void>;
};
