import { pause } from "../http/pause.ts";
import { Refusal } from "../http/refusal.ts";
import { ConnectionReset, type Reply } from "../http/reply.ts";
import { moderationRefusal } from "../requests/moderate.ts";
import type { AnswerFault } from "./fault-script.ts";

/** Answers that come instead of any work: nothing is accepted and nothing is paid. Null when this fault is not one of them. */
export function answerBeforeWork(fault: AnswerFault, nowMs: number): Reply | null {
  const { name, args } = fault;
  const error = (status: number, type: string, code: string | null, message: string, param: string | null = null) =>
    new Refusal(status, { message, type, param, code: args.code ?? code }, retryAfter(fault, nowMs));
  switch (name) {
    case "401":
      throw error(401, "invalid_request_error", "invalid_api_key", "Incorrect API key provided.");
    case "403":
      throw error(403, "invalid_request_error", null, "Your organization must be verified to use this model.");
    case "429":
      throw error(429, "requests", "rate_limit_exceeded", "Rate limit reached for images per minute.");
    case "429-quota":
      throw error(
        429,
        "insufficient_quota",
        "insufficient_quota",
        "You exceeded your current quota, please check your plan and billing details.",
      );
    case "slow_down":
      throw error(503, "service_unavailable_error", "slow_down", "Slow down.");
    case "503":
      throw error(503, "server_error", null, "The engine is currently overloaded, please try again later.");
    case "500-before":
      throw error(
        args.status ?? 500,
        "server_error",
        "server_error",
        "The server had an error while processing your request.",
      );
    case "moderation-400":
      throw moderationRefusal(args.categories ?? ["violence"]);
    case "prev-404":
    case "prev-400":
      throw error(
        name === "prev-404" ? 404 : 400,
        "invalid_request_error",
        "previous_response_not_found",
        "Previous response not found.",
        "previous_response_id",
      );
    case "expired-background":
      throw error(404, "invalid_request_error", null, "Response not found.");
    case "reset-before":
      throw new ConnectionReset();
    case "refused":
      throw new ConnectionReset("ECONNREFUSED");
    default:
      return args.accepted ? null : strangeReply(fault);
  }
}

/** Answers that no part of the provider would send: a proxy's page, nothing at all. */
export function strangeReply({ name }: AnswerFault): Reply | null {
  if (name === "html200")
    return {
      status: 200,
      headers: { "content-type": "text/html" },
      body: "<!doctype html><title>Gateway</title><h1>Sign in to continue</h1>",
    };
  if (name === "empty200") return { status: 200, headers: { "content-type": "application/json" }, body: "" };
  if (name === "204") return { status: 204, headers: {}, body: null };
  return null;
}

/** Silence until the client gives up, or until the time is over and the connection breaks. */
export async function hang(ms: number | undefined, signal: AbortSignal | null): Promise<never> {
  await pause(ms ?? 600_000, signal);
  throw new ConnectionReset();
}

function retryAfter({ name, args }: AnswerFault, nowMs: number): Record<string, string> {
  const usual = name === "429" ? 1 : null;
  const seconds = args.retryAfter === undefined ? usual : args.retryAfter;
  if (seconds === null || !["429", "slow_down", "503"].includes(name)) return {};
  return { "retry-after": args.httpDate ? new Date(nowMs + seconds * 1000).toUTCString() : String(seconds) };
}
