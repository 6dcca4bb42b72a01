import type { NodeRun } from "../node-run.ts";

/** What the pill on a card says: a word, a sign and a tone, never colour alone. */
export type CardState =
  | "queued"
  | "running"
  | "done"
  | "cached"
  | "stale"
  | "waiting"
  | "failed"
  | "skipped"
  | "cancelled"
  | "in_doubt"
  | "blocked";

/** The state a card shows of its node's last run; undefined while there is nothing to say. */
export function cardState(run: Pick<NodeRun, "state" | "stale" | "cached"> | undefined): CardState | undefined {
  if (!run) return undefined;
  if (run.state !== "done") return run.state;
  if (run.stale) return "stale";
  return run.cached ? "cached" : "done";
}

/** The words of a state. */
export const STATE_WORDS: Record<CardState, string> = {
  queued: "Queued",
  running: "Running",
  done: "Done",
  cached: "Cached",
  stale: "Changed since",
  waiting: "Waiting for you",
  failed: "Failed",
  skipped: "Skipped",
  cancelled: "Cancelled",
  in_doubt: "In doubt",
  blocked: "Blocked",
};
