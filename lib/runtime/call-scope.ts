import type { MicroUsd } from "../protocol/money.ts";
import type { AssetId } from "../protocol/values.ts";
import type { CallSlots } from "./call-slots.ts";
import type { Omitted } from "./describe-request.ts";
import type { Pace } from "./pace.ts";
import type { AssetStore, Clock, ImageOps, InDoubtPolicy, Journal, KnownSizes, Provider, TurnRow } from "./ports.ts";

/** A picture of a settled call, as the ledger keeps it. */
export type KeptPicture = {
  asset: AssetId;
  width: number;
  height: number;
  mediaType: string;
  callId?: string;
  revisedPrompt?: string;
  given?: Record<string, unknown>;
};
/** A settled answer: enough to build the node's result without the provider. */
export type KeptAnswer = {
  responseId?: string;
  requestId?: string;
  pictures: KeptPicture[];
  text?: string;
  json?: unknown;
  model?: string;
  usage?: Record<string, unknown>;
  costMicro: MicroUsd;
  estimated: boolean;
  /** True when the request stood for a lost thread. */
  rehydrated?: boolean;
  sentAt: number;
};

export type LedgerPorts = {
  journal: Journal;
  provider: Provider;
  assets: AssetStore;
  ops: ImageOps;
  slots: CallSlots;
  pace: Pace;
  clock: Clock;
  /** A few finished calls are stored at a time: sending the next ones goes first. */
  storing<T>(work: () => Promise<T>): Promise<T>;
  /** Throws DiskFull while there is too little room for what would be paid for. */
  room(): Promise<void>;
  dayCapMicro: MicroUsd | null;
};

/** Which item of which step of which run is asking, and how it may be stopped. */
export type CallScope = {
  runId: string;
  epoch: number;
  nodeId: string;
  pass: number;
  item: number;
  itemKey: string;
  policy: InDoubtPolicy;
  runCapMicro: MicroUsd | null;
  /** Aborted with a StopReason when the run stops. */
  stop: AbortSignal;
  /** Throws Fenced when the lease may have been lost. */
  checkLease(): void;
  /** Set once the provider refused for quota: no other call of the run is sent. */
  quota: { hit: boolean };
  partial(slot: number, index: number, bytes: Buffer): void;
  /**
   * Waits for a completed call's commit, or leaves that to the commit of the step that follows at once: the journal writes in order, so a
   * step that is on the disk has its calls there too, and a crash before finds the call accepted.
   */
  committed(commit: Promise<void>): Promise<void>;
  /** Counts what this run spent on the item. */
  spent(costMicro: MicroUsd): void;
};

export type PaidCall = { slot: number; request: Omitted; known?: KnownSizes; turn?(answer: KeptAnswer): TurnRow };
