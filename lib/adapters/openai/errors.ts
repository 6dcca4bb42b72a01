import { APIError } from "openai";
import { DEFAULTS, familyOf, imageModel, textModel } from "../../protocol/models.ts";
import type { MicroUsd } from "../../protocol/money.ts";
import { ProviderError, type ProviderErrorKind, type ProviderRequest } from "../../runtime/ports.ts";
import { cleanMessage, requestIdOf } from "./clean-message.ts";
import { retryAfterMs } from "./rate-headers.ts";
import { Expired } from "./time-box.ts";
import { TransportError } from "./transport.ts";

/** What is needed to word an error: where the provider is, what must never be shown, and what was asked. `now` in epoch ms. */
export type ErrorContext = {
  baseUrl: string;
  secrets: readonly string[];
  now(): number;
  request?: ProviderRequest;
};

/** The provider's error object, as found in an error answer, an event, a failed response or a failed item. */
export type WireError = {
  code?: unknown;
  type?: unknown;
  message?: unknown;
  param?: unknown;
  moderation_details?: { moderation_stage?: unknown; categories?: unknown };
};

const QUOTA = new Set([
  "insufficient_quota",
  "credit_balance_exhausted",
  "organization_spend_limit_exceeded",
  "project_spend_limit_exceeded",
  "organization_usage_limit_exceeded",
  "billing_hard_limit_reached",
  "billing_not_active",
]);
const MODERATION = new Set([
  "moderation_blocked",
  "content_policy_violation",
  "image_content_policy_violation",
  "bio_policy",
  "misalignment_policy_violation",
]);
const RATE = new Set(["rate_limit_exceeded", "slow_down"]);

/** A short word of the provider's, made fit to be shown. */
const word = (value: unknown, { secrets }: ErrorContext): string | undefined => {
  const text = rawWord(value);
  return text && cleanMessage(text, secrets);
};
const rawWord = (value: unknown): string | undefined =>
  typeof value === "string" && value ? value : typeof value === "number" ? String(value) : undefined;

/** What the error object alone says, whatever its status. */
function kindOfObject(error: WireError): ProviderErrorKind | undefined {
  const code = rawWord(error.code) ?? "";
  if (QUOTA.has(code) || error.type === "insufficient_quota") return "quota";
  if (MODERATION.has(code) || error.moderation_details) return "refused";
  return undefined;
}

function kindOfStatus(status: number): ProviderErrorKind {
  if (status === 402) return "quota";
  if (status === 429) return "rate_limit";
  if (status === 503) return "unavailable";
  if (status === 408 || status >= 500) return "uncertain";
  return status >= 400 ? "rejected" : "protocol";
}

function moderationDetails(error: WireError, context: ErrorContext): Record<string, unknown> {
  const { moderation_stage: stage, categories } = error.moderation_details ?? {};
  return {
    ...(rawWord(stage) ? { stage: word(stage, context) } : {}),
    ...(Array.isArray(categories)
      ? { categories: categories.filter((each) => typeof each === "string").map((each) => word(each, context)) }
      : {}),
    ...(rawWord(error.code) ? { providerCode: word(error.code, context) } : {}),
  };
}

/** A model the provider does not know (any more), and what to use instead. */
function suggestion(error: WireError, message: string, request: ProviderRequest | undefined): string | undefined {
  if (!request) return undefined;
  const image =
    request.lane === "oneshot"
      ? request.imageModel
      : request.lane === "conversation"
        ? request.tool?.imageModel
        : undefined;
  const text = request.lane === "oneshot" ? undefined : request.model;
  const about =
    image && (text === undefined || message.includes(image) || String(error.param).startsWith("tools")) ? image : text;
  if (!about) return undefined;
  const replacement =
    about === image
      ? (imageModel(about)?.replacement ?? DEFAULTS.image)
      : (textModel(about)?.replacement ?? DEFAULTS.text);
  return replacement === familyOf(about) ? undefined : replacement;
}

/** Builds the error for a wire error object of a known kind. */
function worded(
  kind: ProviderErrorKind,
  error: WireError,
  fallback: { code: string; message: string },
  context: ErrorContext,
  more: { status?: number; requestId?: string; retryAfterMs?: number; costMicro?: MicroUsd },
): ProviderError {
  let message = cleanMessage(rawWord(error.message) ?? fallback.message, context.secrets);
  let code = word(error.code, context) ?? word(error.type, context) ?? fallback.code;
  const details: Record<string, unknown> = {
    ...(more.status === undefined ? {} : { status: more.status }),
    ...(rawWord(error.type) ? { type: word(error.type, context) } : {}),
    ...(rawWord(error.param) ? { param: word(error.param, context) } : {}),
  };
  if (kind === "refused") {
    Object.assign(details, moderationDetails(error, context));
    code = "moderation";
  }
  const lostTurn = error.param === "previous_response_id" && /not found/i.test(message);
  if (kind === "rejected" && lostTurn) code = "previous_response_not_found";
  if (kind === "rejected" && code === "model_not_found") {
    const better = suggestion(error, message, context.request);
    if (better) {
      details.suggestion = better;
      message = `${message} Use ${better} instead.`;
    }
  }
  const { requestId, costMicro } = more;
  return new ProviderError(kind, code, message, {
    retryAfterMs: more.retryAfterMs,
    requestId,
    costMicro,
    ...(Object.keys(details).length > 0 ? { details } : {}),
  });
}

/** An answer with an error status (the contract's table, row by row). */
export function fromStatus(error: APIError, context: ErrorContext): ProviderError {
  const status = error.status ?? 0;
  const body =
    typeof error.error === "object" && error.error !== null ? (error.error as WireError) : { message: error.error };
  const named = kindOfObject(body);
  const kind = named && (status < 500 || named === "quota") ? named : kindOfStatus(status);
  const fallback = {
    code: kind === "protocol" ? "UPSTREAM_PROTOCOL" : kind === "rate_limit" ? "rate_limit_exceeded" : `http_${status}`,
    message: `${context.baseUrl} answered HTTP ${status} without saying why.`,
  };
  return worded(kind, body, fallback, context, {
    status,
    requestId: requestIdOf(error.headers, context.secrets),
    retryAfterMs: retryAfterMs(error.headers, context.now()),
  });
}

/** An error object inside an answer with status 200. `otherwise` = the kind when the object alone does not say. */
export function fromObject(
  error: WireError,
  otherwise: ProviderErrorKind,
  context: ErrorContext,
  more: { requestId?: string; costMicro?: MicroUsd } = {},
): ProviderError {
  const kind = kindOfObject(error) ?? (RATE.has(rawWord(error.code) ?? "") ? "rate_limit" : otherwise);
  return worded(kind, error, { code: "UPSTREAM_ERROR", message: "The provider gave no reason." }, context, more);
}

/** An answer that is not this protocol's: a portal's page, an empty body. Nothing of ours can have been done with it. */
export const protocolError = (what: string, context: ErrorContext, requestId?: string): ProviderError =>
  new ProviderError(
    "protocol",
    "UPSTREAM_PROTOCOL",
    cleanMessage(`${context.baseUrl} ${what}. Is the base URL right, and nothing in between?`, context.secrets),
    { requestId },
  );

/** Anything thrown while a request was under way and no response id was known. */
export function fromThrown(error: unknown, context: ErrorContext, requestId?: string): ProviderError {
  if (error instanceof ProviderError) return error;
  if (error instanceof Expired) {
    if (error.why === "caller") return new ProviderError("aborted", "aborted", "Stopped by our side.", { requestId });
    const message =
      error.why === "silence"
        ? "The provider fell silent before it named the response."
        : "The provider did not answer in time.";
    return new ProviderError("uncertain", "TIMEOUT", message, { requestId });
  }
  if (error instanceof APIError && error.status !== undefined) return fromStatus(error, context);
  const inner = error instanceof APIError && error.cause instanceof TransportError ? error.cause : error;
  if (inner instanceof TransportError) {
    const message = cleanMessage(`${context.baseUrl}: ${inner.message} (${inner.code})`, context.secrets);
    return new ProviderError(inner.nothingSent ? "unavailable" : "uncertain", inner.code, message, { requestId });
  }
  const message = error instanceof Error ? error.message : String(error);
  return new ProviderError("uncertain", "UPSTREAM_ERROR", cleanMessage(message, context.secrets), { requestId });
}
