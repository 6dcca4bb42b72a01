import type { MicroUsd } from "../../protocol/money.ts";
import type { AssetId } from "../../protocol/values.ts";

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
      /** A transparent PNG of the first image's size, drawn over it as an instruction; never together with `mask`. */
      markup?: AssetId;
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

/** What is known of a request beyond its words, for the estimate alone: it is neither sent nor hashed. What is missing counts as large. */
export type KnownSizes = {
  /** Pixels (width × height) of pictures sent in. */
  pixels: ReadonlyMap<AssetId, number>;
  /** The conversation that is continued: tokens read again, pixels of its largest picture. */
  earlier?: { tokens: number; pixels: number };
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
  estimate(request: ProviderRequest, known?: KnownSizes): MicroUsd;
  send(request: ProviderRequest, hooks: ProviderHooks): Promise<ProviderAnswer>;
  /** Waits for a response that was accepted before and gives its answer; never creates anything. */
  fetch(responseId: string, request: ProviderRequest, hooks: ProviderHooks): Promise<ProviderAnswer>;
  /** Asks to stop; returns the answer when it had completed all the same, undefined when it was cancelled. */
  cancel(responseId: string, request: ProviderRequest): Promise<ProviderAnswer | undefined>;
};
