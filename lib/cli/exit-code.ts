import type { PauseReason, RunStatus } from "#lib/protocol/run.ts";

/** Exit codes of every command (docs: the outward contract). */
export const EXIT = {
  ok: 0,
  failed: 1,
  wrongUse: 2,
  budget: 3,
  waiting: 4,
  held: 5,
  interrupted: 130,
} as const;

/** The exit code that tells a script how a run came to rest. A run that is still queued or running was interrupted. */
export function exitCodeOf(run: { status: RunStatus; reason?: PauseReason }): number {
  switch (run.status) {
    case "succeeded":
      return EXIT.ok;
    case "failed":
      return EXIT.failed;
    case "waiting":
      return EXIT.waiting;
    case "paused":
      return run.reason === "budget" ? EXIT.budget : EXIT.held;
    default:
      return EXIT.interrupted;
  }
}
