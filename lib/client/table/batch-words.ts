import type { BatchHead, BatchPause, RowStatus } from "../../protocol/batches.ts";
import { count, duration } from "../words.ts";

/** What people call the statuses of rows. */
export const ROW_WORDS: Record<RowStatus, string> = {
  empty: "Not run",
  queued: "Queued",
  running: "Running",
  waiting: "Waiting for you",
  paused: "Paused",
  succeeded: "Done",
  failed: "Failed",
  cancelled: "Cancelled",
  stale: "Changed",
};

/** In which order counts are told: what is finished first, then what needs somebody. */
export const TOLD: readonly RowStatus[] = [
  "succeeded",
  "failed",
  "waiting",
  "paused",
  "running",
  "queued",
  "stale",
  "cancelled",
  "empty",
];

/** `9 done · 1 failed · 2 queued`; statuses nobody is in are left out. */
export const countWords = (counts: BatchHead["counts"]): string =>
  TOLD.filter((status) => (counts[status] ?? 0) > 0)
    .map((status) => `${(counts[status] ?? 0).toLocaleString("en")} ${ROW_WORDS[status].toLowerCase()}`)
    .join(" · ");

/** A rate in words: rows a minute, an hour when it is slow. */
export const rateWords = (perMinute: number): string =>
  perMinute >= 1
    ? `${count(Math.round(perMinute), "row")} a minute`
    : `${count(Math.max(1, Math.round(perMinute * 60)), "row")} an hour`;

/** How long is left, as exactly as anybody can know it. */
export const leftWords = (ms: number): string =>
  ms < 60_000
    ? "less than a minute left"
    : ms < 3_600_000
      ? `about ${Math.ceil(ms / 60_000)} min left`
      : `about ${duration(ms)} left`;

const PAUSES: Record<BatchPause, { title: string; next: string }> = {
  person: {
    title: "The batch is paused.",
    next: "Rows under way run to their end; no others start until you press Go on.",
  },
  budget: {
    title: "The budget of this batch is used up.",
    next: "Nothing that is finished is lost. Give it a higher budget and go on; rows that are done are not paid again.",
  },
  quota: {
    title: "The provider takes no more calls on this account.",
    next: "Add credit or raise the limit at the provider, then press Go on. Nothing was sent after its first refusal.",
  },
  disk: {
    title: "The disk is nearly full.",
    next: "Free some space, then press Go on. Every finished picture is safe.",
  },
  in_doubt: {
    title: "A call may have been drawn and paid, and nobody can tell.",
    next: "It is not sent again unless you say so: send it again and perhaps pay twice, or give that row up.",
  },
};

/** Why a batch stands still, and what to press. */
export function pauseWords({ reason, counts, total }: Pick<BatchHead, "reason" | "counts" | "total">): {
  title: string;
  next: string;
} {
  if (neverRan({ counts, total }))
    return { title: "Nothing has run yet.", next: "Run every row, or choose some and press Run selected." };
  return PAUSES[reason ?? "person"];
}

/** True while no row of it was ever asked to run. */
export const neverRan = ({ counts, total }: Pick<BatchHead, "counts" | "total">): boolean => counts.empty === total;

/** What so many rows would cost, judging by those that are done (USD); undefined while nobody can tell. */
export function aboutCost(
  { counts, costUsd }: Pick<BatchHead, "counts" | "costUsd">,
  rows: number,
): number | undefined {
  const done = counts.succeeded ?? 0;
  return done === 0 || costUsd === 0 ? undefined : (costUsd / done) * rows;
}
