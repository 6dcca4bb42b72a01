/** Every way an answer can go wrong (and `ok`). Paid work is counted at acceptance, so the word "before" or "after" in a name says whether it is. */
export const FAULTS = [
  "ok",
  "slow",
  "401",
  "403",
  "429",
  "429-quota",
  "slow_down",
  "500-before",
  "500-after",
  "503",
  "reset-before",
  "reset-after",
  "refused",
  "hang",
  "html200",
  "empty200",
  "204",
  "truncate-json",
  "truncate-sse",
  "sse-silent",
  "sse-error",
  "sse-failed",
  "null-result",
  "text-only",
  "two-images",
  "moderation-400",
  "moderation-in-200",
  "prev-404",
  "prev-400",
  "expired-background",
  "wrong-mime",
  "huge-b64",
  "not-an-image",
  "bad-usage",
  "missing-usage",
  "incomplete",
  "cancel-completed",
] as const;

/** The name of a fault. */
export type FaultName = (typeof FAULTS)[number];

/** Settings of a fault; each is used by the faults named. */
export type FaultArgs = {
  /** slow, hang, sse-silent: milliseconds. */
  ms?: number;
  /** 429, slow_down, 503: seconds for Retry-After; null leaves the header out. */
  retryAfter?: number | null;
  /** 429: send Retry-After as an HTTP date. */
  httpDate?: boolean;
  /** 500-before, 500-after: another status, such as 502 or 504. */
  status?: number;
  /** Error code to use in place of the usual one. */
  code?: string;
  /** truncate-sse: how the stream ends [clean]. */
  mode?: "clean" | "reset" | "mid-event";
  /** sse-error: shape of the event [flat]. */
  shape?: "flat" | "nested";
  /** truncate-sse, sse-silent, sse-error: after how many events; otherwise after the first partial picture, or the third event. truncate-json: after how many characters. */
  after?: number;
  /** huge-b64: bytes of padding [48 MiB]. */
  bytes?: number;
  /** moderation-…: categories [["violence"]]. */
  categories?: string[];
  /** bad-usage: which nonsense [negative]. */
  kind?: "negative" | "huge" | "text";
  /** html200, empty200, 204: whether the work was accepted all the same [false]; sse-error: what the response settles as [ok]. */
  accepted?: boolean;
  outcome?: "ok" | "failed";
};

/** A fault that shapes a stored answer. */
export type AnswerFault = { name: FaultName; args: FaultArgs };

/** Which requests a rule is about; everything given must hold. */
export type FaultMatch = {
  /** Part of the path after /v1. Without path and method a rule is about paid POSTs only. */
  path?: string;
  method?: string;
  promptIncludes?: string;
  /** plain, stream or background (background wins when both are asked for). */
  lane?: "plain" | "stream" | "background";
  model?: string;
  metadata?: Record<string, string>;
};

/** One line of a script: the first line that matches and is at its turn applies. */
export type FaultRule = {
  match?: FaultMatch;
  /** Applies to the nth matching request(s) only, counted from 1. */
  nth?: number | readonly number[];
  fault: FaultName;
  args?: FaultArgs;
};

/** What goes wrong, and when. */
export type FaultScript = readonly FaultRule[];
