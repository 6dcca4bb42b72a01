import type { EventBody, RunEvent } from "../../protocol/events.ts";
import type { Failure } from "../../protocol/failure.ts";
import type { Graph, InputValues } from "../../protocol/graph.ts";
import type { SheetUse } from "../../protocol/library.ts";
import type { MicroUsd } from "../../protocol/money.ts";
import type { PauseReason, RunStatus, StepItem, StepState } from "../../protocol/run.ts";
import type { TemplateRef } from "../../protocol/templates.ts";
import type { AssetId, Outputs, Turn } from "../../protocol/values.ts";
import type { ArchiveCatalogue } from "./archive.ts";
import type { AssetInfo } from "./assets.ts";
import type { BatchStore } from "./batches.ts";
import type { SentStore } from "./deliveries.ts";
import type { HookStore } from "./hooks.ts";
import type { Library } from "./library.ts";
import type { MoneyStore } from "./money.ts";
import type { ScheduleStore } from "./schedules.ts";
import type { SecretStore } from "./secrets.ts";
import type { TemplateStore } from "./templates.ts";

export type InDoubtPolicy = "hold" | "retry" | "give-up";
export type RunParams = {
  inputs: InputValues;
  to?: string[];
  takes?: Record<string, number>;
  /** Hashes of the saved graphs that nodes stand for, by `id@revision`: the run keeps what it began with. */
  links?: Record<string, string>;
  inDoubt: InDoubtPolicy;
  concurrency?: number;
  /** How many runs started each other up to this one; left out = 0. */
  depth?: number;
  /** The published revision it was made from. */
  template?: TemplateRef;
  /** The archive entry this run makes again. */
  remakes?: string;
  /** Decisions that were taken before, when the same was made once already: nobody is asked for them again. */
  answers?: { nodeId: string; pass: number; answer: unknown; items: number[] }[];
  /** The sheets of the library it was started with: a run that goes on tomorrow still means these. */
  sheets?: SheetUse[];
};
export type RunRow = {
  id: string;
  graphHash: string;
  graphId: string;
  graphName: string;
  params: RunParams;
  status: RunStatus;
  reason?: PauseReason;
  priority: number;
  epoch: number;
  leaseOwner?: string;
  leaseUntil?: number;
  cancelRequestedAt?: number;
  lastSeq: number;
  budgetMicro: MicroUsd | null;
  simulated: boolean;
  error?: Failure;
  batchId?: string;
  rowIndex?: number;
  createdAt: number;
  startedAt?: number;
  endedAt?: number;
};

/** The parts of a step's key by name, kept so that the next run can say what changed. Values are short hashes. */
export type KeyParts = {
  version: number;
  take: number;
  fields: Record<string, string>;
  inputs: Record<string, string>;
};

export type StepRecord = {
  nodeId: string;
  pass: number;
  state: StepState;
  cached: boolean;
  why: string;
  items: StepItem[];
  outputs?: Outputs;
  /** By output port: which of the items made each value; a port left out: the first made the first, and so on. */
  from?: Record<string, number[]>;
  question?: unknown;
  /** While it waits with a time limit: when it is decided without a person (epoch ms), and how. */
  dueAt?: number;
  otherwise?: unknown;
  answer?: unknown;
  /** When it was answered (epoch ms), and by whom as people are told it. */
  answeredAt?: number;
  answeredBy?: string;
  error?: Failure;
  warnings?: string[];
  rehydrated?: boolean;
  calls: number;
  costMicro: MicroUsd;
  startedAt?: number;
  endedAt?: number;
};

export type CallState = "intent" | "accepted" | "completed" | "failed" | "cancelled" | "in_doubt" | "abandoned";
export type CallRow = {
  /** `<itemKey>/<slot>#<attempt>`; unique for ever; also sent as metadata. */
  key: string;
  runId: string;
  nodeId: string;
  pass: number;
  item: number;
  itemKey: string;
  /** Which of an item's calls (variants, lock passes, a rehydrated repeat). */
  slot: number;
  attempt: number;
  epoch: number;
  provider: string;
  lane: string;
  model: string;
  requestHash: string;
  /** What was asked, readable, without pixels and secrets. */
  request: Record<string, unknown>;
  reservedMicro: MicroUsd;
  costMicro: MicroUsd;
  /** True when usage was missing and the reservation stands for the cost. */
  estimated: boolean;
  state: CallState;
  responseId?: string;
  requestId?: string;
  /** Stored answer (asset ids, texts, usage) once completed: enough to build the result without the provider. */
  answer?: Record<string, unknown>;
  error?: Failure;
  createdAt: number;
  acceptedAt?: number;
  settledAt?: number;
};

/** A settled item by content key, shared by all runs. `calls`/`costMicro` = what making it took. */
export type ResultRow = {
  key: string;
  outputs: Outputs;
  warnings?: string[];
  rehydrated?: boolean;
  runId: string;
  nodeId: string;
  costMicro: MicroUsd;
  createdAt: number;
};

/** What a turn was, kept so that a thread can be rebuilt without the provider. */
export type TurnRow = {
  responseId: string;
  parentId?: string;
  provider: string;
  prompt: string;
  specText?: string;
  specName?: string;
  asset?: AssetId;
  stored: boolean;
  turn: Turn;
  createdAt: number;
};

export type NodeMemory = { nodeId: string; runId: string; parts: KeyParts };

/** One atomic write of a run. Applied in this order in one transaction that first checks the epoch fence. */
export type RunWrite = {
  run?: {
    status?: RunStatus;
    reason?: PauseReason | null;
    error?: Failure | null;
    startedAt?: number;
    endedAt?: number;
    releaseLease?: boolean;
  };
  steps?: StepRecord[];
  deleteSteps?: { nodeId: string; pass: number }[];
  /** Also lets go of this run's claims on the items. */
  results?: ResultRow[];
  turns?: TurnRow[];
  assets?: AssetInfo[];
  memory?: NodeMemory[];
  entries?: ArchiveRow[];
  events?: EventBody[];
};

/** The run was claimed by someone else (or ended); whoever gets this stops at once and writes nothing more. */
export class Fenced extends Error {
  constructor(runId: string) {
    super(`Run ${runId} belongs to another worker now.`);
    this.name = "Fenced";
  }
}

/** Why a call may not be sent now. */
export type ReserveRefusal = {
  refused: "budget";
  cap: "run" | "batch" | "day";
  capMicro: MicroUsd;
  spentMicro: MicroUsd;
};

/** A step that waits for an answer, and since when (epoch ms). */
export type WaitingStep = { since: number; runId: string; nodeId: string; pass: number };

/** A finished asset in the catalogue. */
export type ArchiveRow = {
  id: string;
  runId: string;
  nodeId: string;
  pass: number;
  item: number;
  position: number;
  name: string;
  asset: AssetId;
  mediaType: string;
  collection?: string;
  title?: string;
  alt?: string;
  tags: string[];
  record: Record<string, unknown>;
  createdAt: number;
};

/** One save of a graph without its document. */
export type RevisionRow = { revision: number; etag: string; name: string; nodes: number; savedAt: number };

export type GraphRevision = {
  id: string;
  revision: number;
  etag: string;
  hash: string;
  name: string;
  graph: Graph;
  createdAt: number;
};

/**
 * The truth about runs. Every method is one transaction, durable when its promise resolves. Writes with an `epoch` throw Fenced when the
 * run's epoch moved on. Two processes may use one journal.
 */
export type Journal = {
  // graphs (immutable snapshots by hash) and editable graphs with revisions
  putGraph(graph: Graph, hash: string): Promise<void>;
  getGraph(hash: string): Promise<Graph | undefined>;
  /** `ifMatch` undefined = must be new. Returns the stored revision, or the conflict with the current one. */
  saveGraph(
    graph: Graph,
    hash: string,
    ifMatch: string | undefined,
  ): Promise<{ saved: GraphRevision; created: boolean } | { conflict: GraphRevision }>;
  loadGraph(id: string, revision?: number): Promise<GraphRevision | undefined>;
  listGraphs(page: {
    limit: number;
    after?: string;
  }): Promise<{ id: string; name: string; revision: number; etag: string; updatedAt: number }[]>;
  /** The saves of a graph, newest first; those before a revision when one is given. Empty for an unknown graph. */
  listRevisions(id: string, page: { limit: number; before?: number }): Promise<RevisionRow[]>;
  deleteGraph(id: string): Promise<boolean>;

  // runs
  /** Same `idempotencyKey` again returns the first run's id with `created: false`. */
  createRun(
    run: Omit<RunRow, "epoch" | "lastSeq" | "leaseOwner" | "leaseUntil">,
    idempotencyKey?: string,
  ): Promise<{ runId: string; created: boolean }>;
  /** The run that an idempotency key made, if it made one. */
  runOfKey(idempotencyKey: string): Promise<string | undefined>;
  getRun(id: string): Promise<RunRow | undefined>;
  listRuns(page: {
    limit: number;
    before?: string;
    status?: RunStatus;
    graphId?: string;
    templateId?: string;
    /** Only rows of this batch; "none" = only runs that are no row of one. */
    batch?: string;
  }): Promise<RunRow[]>;
  countRuns(status: RunStatus): Promise<number>;
  /** Claims one run: the named one, else an expired lease, else the next queued. Raises the epoch. */
  claim(owner: string, leaseMs: number, runId?: string): Promise<RunRow | undefined>;
  /** Prolongs the lease; throws Fenced; tells whether a cancel was asked for. */
  heartbeat(runId: string, epoch: number, leaseMs: number): Promise<{ cancelRequested: boolean }>;
  write(runId: string, epoch: number, write: RunWrite): Promise<void>;
  requestCancel(runId: string): Promise<RunRow | undefined>;
  /** Puts a paused, failed, cancelled or expired run back in the queue with changed params; undefined when it is live or unknown. */
  requeue(
    runId: string,
    change: { budgetMicro?: MicroUsd | null; inDoubt?: InDoubtPolicy },
  ): Promise<RunRow | undefined>;
  /** Records a decision on a waiting step and requeues its run. `already` when it was decided before. `by` = who decided, as people are told it. */
  answerStep(
    runId: string,
    nodeId: string,
    pass: number,
    answer: unknown,
    by?: string,
  ): Promise<"answered" | "already" | "not-waiting" | "unknown">;
  /** Steps nobody has answered yet, of runs that can still go on, the one that began to wait last first; `before` = the last of the page before. */
  waitingSteps(page: { limit: number; before?: WaitingStep }): Promise<WaitingStep[]>;
  countWaiting(): Promise<number>;

  /** Waiting steps that nobody answered by `now` (epoch ms), oldest first; of one run when it is named. */
  dueSteps(now: number, runId?: string): Promise<{ runId: string; nodeId: string; pass: number; otherwise: unknown }[]>;

  steps(runId: string): Promise<StepRecord[]>;
  events(runId: string, afterSeq: number, limit: number): Promise<RunEvent[]>;
  memory(graphId: string): Promise<Map<string, NodeMemory>>;

  // results, turns, assets
  results(keys: readonly string[]): Promise<Map<string, ResultRow>>;
  turn(responseId: string): Promise<TurnRow | undefined>;
  assetInfo(asset: AssetId): Promise<AssetInfo | undefined>;
  putAssetInfo(info: AssetInfo): Promise<void>;
  /** Assets named by any result, turn, step, archive entry, saved graph or stored call answer. */
  referencedAssets(): Promise<Set<AssetId>>;
  deleteAssetInfo(asset: AssetId): Promise<void>;
  /** How many assets are known, and their bytes together. */
  assetTotals(): Promise<{ assets: number; bytes: number }>;

  // ledger
  /**
   * Writes the intent of a paid call and reserves its cost, or says why not. Caps in micro-USD, null = none; run spend counts settled + open calls
   * of the run, day spend all calls created since `dayStart`. Also writes events.
   */
  reserve(
    runId: string,
    epoch: number,
    call: Omit<CallRow, "epoch" | "state" | "costMicro" | "estimated">,
    caps: { runMicro: MicroUsd | null; dayMicro: MicroUsd | null; dayStart: number },
    events: EventBody[],
  ): Promise<"reserved" | ReserveRefusal>;
  accept(
    runId: string,
    epoch: number,
    callKey: string,
    ids: { responseId: string; requestId?: string },
    events: EventBody[],
  ): Promise<void>;
  /** Settles a call; without `epoch` (late news from a lost worker, a person's decision) only open or in-doubt calls change. */
  settle(
    callKey: string,
    epoch: number | undefined,
    outcome: {
      state: Exclude<CallState, "intent" | "accepted">;
      costMicro: MicroUsd;
      estimated: boolean;
      answer?: Record<string, unknown>;
      error?: Failure;
      requestId?: string;
      turn?: TurnRow;
      assets?: AssetInfo[];
    },
    events: EventBody[],
  ): Promise<void>;
  callsOfItem(itemKey: string): Promise<CallRow[]>;
  callsOfRun(runId: string): Promise<CallRow[]>;
  /** What the calls of runs cost as they stand; runs without calls are left out. */
  costOfRuns(runIds: readonly string[]): Promise<Map<string, MicroUsd>>;
  openCalls(): Promise<CallRow[]>;
  spentToday(dayStart: number): Promise<MicroUsd>;

  /** Single flight over processes: this run owns the items from now on, except those it gives back, which another live run has. A dead run's claims are taken over. */
  claimItems(itemKeys: readonly string[], runId: string, epoch: number): Promise<string[]>;
  releaseItems(runId: string, itemKeys: readonly string[]): Promise<void>;

  /** Token bucket on the shared clock. Returns 0 when taken, else how many ms to wait. `T` = ms per unit, `burst` units. */
  takeRate(key: string, units: number, msPerUnit: number, burst: number): Promise<number>;
  /** Pauses a bucket for everybody. */
  pauseRate(key: string, ms: number, msPerUnit: number, burst: number): Promise<void>;

  // archive catalogue: entries outside the bin with their records, newest first; one by its id wherever it is
  entries(query: { runId?: string; limit: number; before?: string }): Promise<ArchiveRow[]>;
  entry(id: string): Promise<ArchiveRow | undefined>;
  readonly archive: ArchiveCatalogue;

  // settings and small records (spec sheets, prices learned, health marks)
  getNote(kind: string, id: string): Promise<Record<string, unknown> | undefined>;
  putNote(kind: string, id: string, value: Record<string, unknown>): Promise<void>;
  listNotes(kind: string): Promise<{ id: string; value: Record<string, unknown> }[]>;

  readonly templates: TemplateStore;

  readonly library: Library;

  readonly hooks: HookStore;
  readonly schedules: ScheduleStore;
  readonly secrets: SecretStore;
  readonly sent: SentStore;
  readonly money: MoneyStore;

  /** Tables of rows. */
  readonly batches: BatchStore;

  /** Wakes when a run may have been queued or changed; polling in other processes is the dispatcher's business. */
  check(): Promise<{ ok: boolean; problems: string[] }>;
  backup(file: string): Promise<void>;
  close(): Promise<void>;
};
