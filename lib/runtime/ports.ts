import type { EventBody, RunEvent } from "../protocol/events.ts";
import type { Failure } from "../protocol/failure.ts";
import type { Graph, InputValues } from "../protocol/graph.ts";
import type { MicroUsd } from "../protocol/money.ts";
import type { PauseReason, RunStatus, StepItem, StepState } from "../protocol/run.ts";
import type { AssetId, Outputs, Turn } from "../protocol/values.ts";
import type { Encoding, Grade, MaskShape, Overlay, ResizeTarget } from "../sdk/image-tools.ts";

// ───────────────────────────── time and chance ─────────────────────────────
/** Wall clock in epoch ms for records; `monotonic` in ms for every timeout and lease check. */
export type Clock = { now(): number; monotonic(): number; sleep(ms: number, signal?: AbortSignal): Promise<void> };

// ───────────────────────────── assets ─────────────────────────────
export type AssetInfo = { asset: AssetId; bytes: number; mediaType: string; width?: number; height?: number };

/**
 * Immutable bytes by SHA-256. `put` returns only after the bytes are durable (fsync, rename, fsync of the folder); putting known bytes is free
 * and says `known: true`. `get` throws AssetMissing; it never returns bytes whose hash differs from the name (checked on read).
 */
export type AssetStore = {
  put(bytes: Uint8Array): Promise<{ asset: AssetId; known: boolean }>;
  get(asset: AssetId): Promise<Buffer>;
  has(asset: AssetId): Promise<boolean>;
  /** Absolute path for a local file when the store has one. */
  path(asset: AssetId): string | undefined;
  list(): AsyncIterable<{ asset: AssetId; bytes: number; modifiedAt: number }>;
  delete(asset: AssetId): Promise<void>;
  /** Removes temp files older than `olderThanMs`; returns how many. */
  sweep(olderThanMs: number): Promise<number>;
};
export class AssetMissing extends Error {
  readonly asset: string;
  constructor(asset: string, why = "is not in the store") {
    super(`Asset ${asset} ${why}.`);
    this.name = "AssetMissing";
    this.asset = asset;
  }
}

// ───────────────────────────── journal ─────────────────────────────
export type InDoubtPolicy = "hold" | "retry" | "give-up";
export type RunParams = {
  inputs: InputValues;
  to?: string[];
  takes?: Record<string, number>;
  inDoubt: InDoubtPolicy;
  concurrency?: number;
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
  question?: unknown;
  answer?: unknown;
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
export type ReserveRefusal = { refused: "budget"; cap: "run" | "day"; capMicro: MicroUsd; spentMicro: MicroUsd };

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
  deleteGraph(id: string): Promise<boolean>;

  // runs
  /** Same `idempotencyKey` again returns the first run's id with `created: false`. */
  createRun(
    run: Omit<RunRow, "epoch" | "lastSeq" | "leaseOwner" | "leaseUntil">,
    idempotencyKey?: string,
  ): Promise<{ runId: string; created: boolean }>;
  getRun(id: string): Promise<RunRow | undefined>;
  listRuns(page: { limit: number; before?: string; status?: RunStatus }): Promise<RunRow[]>;
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
  /** Records a decision on a waiting step and requeues its run. `already` when it was decided before. */
  answerStep(
    runId: string,
    nodeId: string,
    pass: number,
    answer: unknown,
  ): Promise<"answered" | "already" | "not-waiting" | "unknown">;

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
  openCalls(): Promise<CallRow[]>;
  spentToday(dayStart: number): Promise<MicroUsd>;

  /** Single flight over processes: true when this run now owns the item key (or owned it already); a dead run's claim is taken over. */
  claimItem(itemKey: string, runId: string, epoch: number): Promise<boolean>;
  releaseItems(runId: string, itemKeys: readonly string[]): Promise<void>;

  /** Token bucket on the shared clock. Returns 0 when taken, else how many ms to wait. `T` = ms per unit, `burst` units. */
  takeRate(key: string, units: number, msPerUnit: number, burst: number): Promise<number>;
  /** Pauses a bucket for everybody. */
  pauseRate(key: string, ms: number, msPerUnit: number, burst: number): Promise<void>;

  // archive catalogue
  entries(query: { text?: string; runId?: string; limit: number; before?: string }): Promise<ArchiveRow[]>;
  entry(id: string): Promise<ArchiveRow | undefined>;

  // settings and small records (spec sheets, prices learned, health marks)
  getNote(kind: string, id: string): Promise<Record<string, unknown> | undefined>;
  putNote(kind: string, id: string, value: Record<string, unknown>): Promise<void>;
  listNotes(kind: string): Promise<{ id: string; value: Record<string, unknown> }[]>;

  /** Wakes when a run may have been queued or changed; polling in other processes is the dispatcher's business. */
  check(): Promise<{ ok: boolean; problems: string[] }>;
  backup(file: string): Promise<void>;
  close(): Promise<void>;
};

// ───────────────────────────── provider ─────────────────────────────
export type Part = { type: "text"; text: string } | { type: "image"; asset: AssetId };

/** The image tool of a conversation turn, in our words; what the model does not support is left undefined. */
export type DrawTool = {
  imageModel: string;
  action: "auto" | "edit" | "generate";
  size: string;
  quality: string;
  background: string;
  format: "png" | "jpeg" | "webp";
  compression?: number;
  moderation: string;
  partials: number;
  /** Provider-ready mask: PNG, alpha 0 = change. */
  mask?: AssetId;
};

/** One paid request in our own words; the adapter turns it into the wire's. Hashed (without `callKey`) as the request hash. */
export type ProviderRequest =
  | {
      lane: "conversation";
      callKey: string;
      model: string;
      instructions?: string;
      previousResponseId?: string;
      parts: Part[];
      tool?: DrawTool;
    }
  | {
      lane: "oneshot";
      callKey: string;
      op: "generate" | "edit";
      imageModel: string;
      prompt: string;
      images: AssetId[];
      mask?: AssetId;
      n: number;
      size: string;
      quality: string;
      background: string;
      format: "png" | "jpeg" | "webp";
      compression?: number;
      moderation: string;
      partials: number;
    }
  | {
      lane: "judge";
      callKey: string;
      model: string;
      instructions: string;
      parts: Part[];
      name: string;
      schema: Record<string, unknown>;
    };

export type DrawnPicture = { bytes: Buffer; callId?: string; revisedPrompt?: string; given?: Record<string, unknown> };

/** What a settled request gave. `costMicro` undefined when usage was missing. */
export type ProviderAnswer = {
  responseId?: string;
  requestId?: string;
  pictures: DrawnPicture[];
  text?: string;
  json?: unknown;
  model?: string;
  usage?: Record<string, unknown>;
  costMicro?: MicroUsd;
};

/**
 * How a request went wrong; the runtime decides by `kind` alone (contract.md, rules for paid calls).
 * rate_limit: wait and repeat · quota: never again, pause · refused: moderation · rejected: other 4xx · unavailable: nothing was accepted ·
 * uncertain: may have been accepted · gone: a stored response is not there any more · failed: the provider settled it as failed ·
 * protocol: the answer is not this protocol's · aborted: our own signal.
 */
export type ProviderErrorKind =
  | "rate_limit"
  | "quota"
  | "refused"
  | "rejected"
  | "unavailable"
  | "uncertain"
  | "gone"
  | "failed"
  | "protocol"
  | "aborted";
export class ProviderError extends Error {
  readonly kind: ProviderErrorKind;
  readonly code: string;
  readonly retryAfterMs?: number;
  readonly requestId?: string;
  readonly details?: Record<string, unknown>;
  /** Spend the provider reported all the same. */
  readonly costMicro?: MicroUsd;
  constructor(
    kind: ProviderErrorKind,
    code: string,
    message: string,
    more: { retryAfterMs?: number; requestId?: string; details?: Record<string, unknown>; costMicro?: MicroUsd } = {},
  ) {
    super(message);
    this.name = "ProviderError";
    this.kind = kind;
    this.code = code;
    this.retryAfterMs = more.retryAfterMs;
    this.requestId = more.requestId;
    this.details = more.details;
    this.costMicro = more.costMicro;
  }
}

export type ProviderHooks = {
  signal: AbortSignal;
  /** Called as soon as the provider names the response; the adapter awaits it before reading on. */
  accepted(ids: { responseId: string; requestId?: string }): Promise<void>;
  partial(bytes: Buffer, index: number): void;
};

/** The model's provider. Never retries by itself. Throws ProviderError only. */
export type Provider = {
  /** `openai` or `simulator`: which world a turn lives in. */
  readonly name: string;
  readonly simulated: boolean;
  /** Upper bound of what the request may cost; throws ProviderError rejected/NO_PRICE for a model without a price. */
  estimate(request: ProviderRequest): MicroUsd;
  send(request: ProviderRequest, hooks: ProviderHooks): Promise<ProviderAnswer>;
  /** Waits for a response that was accepted before and gives its answer; never creates anything. */
  fetch(responseId: string, request: ProviderRequest, hooks: ProviderHooks): Promise<ProviderAnswer>;
  /** Asks to stop; returns the answer when it had completed all the same, undefined when it was cancelled. */
  cancel(responseId: string, request: ProviderRequest): Promise<ProviderAnswer | undefined>;
};

// ───────────────────────────── pictures ─────────────────────────────
export type PictureInfo = {
  width: number;
  height: number;
  mediaType: "image/png" | "image/jpeg" | "image/webp";
  hasAlpha: boolean;
};
export type Picture = { bytes: Buffer; width: number; height: number; mediaType: string };
/** `undefined` where not a single pixel would change. */
export type Changed = Picture | undefined;

/** Pixel work on bytes, by value; hardened against hostile files. Throws StepError with IMAGE_* codes. */
export type ImageOps = {
  /** Header, chunk and full-decode checks of foreign bytes; no pixels kept. Codes: EMPTY_FILE, UNSUPPORTED_IMAGE_TYPE, IMAGE_TOO_MANY_PIXELS, IMAGE_SIDE_TOO_LONG, IMAGE_CORRUPT, IMAGE_METADATA_TOO_LARGE. */
  inspect(bytes: Uint8Array): Promise<PictureInfo>;
  /** An upload made safe: oriented, 8-bit sRGB(A), re-encoded by us, metadata dropped. PNG/JPEG/WebP in, same family out. */
  normalise(bytes: Uint8Array): Promise<Picture>;
  resize(bytes: Buffer, targets: ResizeTarget[]): Promise<Changed[]>;
  upscale(
    bytes: Buffer,
    to: { width: number; height: number; kernel: "lanczos3" | "mitchell" | "nearest" },
  ): Promise<Changed>;
  grade(bytes: Buffer, grade: Omit<Grade, "match" | "lut">, more: { match?: Buffer; lut?: string }): Promise<Changed>;
  overlay(bytes: Buffer, overlay: Omit<Overlay, "logo">, logo?: Buffer): Promise<Changed>;
  /** 8-bit greyscale PNG of the picture's size, 255 = change. */
  mask(bytes: Buffer, shape: Omit<MaskShape, "asset">, maskBytes?: Buffer): Promise<Picture>;
  keepRegion(base: Buffer, from: Buffer, mask: Buffer, feather: number): Promise<Changed>;
  lock(original: Buffer, drawn: Buffer, mask: Buffer, feather: number): Promise<{ picture: Changed; drift: number }>;
  /** Greyscale mask → provider-ready PNG (alpha 0 = change), < 4 MB. */
  alphaMask(mask: Buffer): Promise<Buffer>;
  encode(bytes: Buffer, encoding: Encoding): Promise<Picture & { extension: string }>;
  /** A small preview (webp), longest side `width`. */
  thumbnail(bytes: Buffer, width: number): Promise<Picture>;
};
