import type { Clock, Journal } from "./ports.ts";

/** A step of the wall clock against the monotonic one that is not believed at once (ms). */
const JUMP_MS = 60_000;
/** How long a clock must have gone on steadily since it jumped (ms). */
const STEADY_MS = 600_000;

/**
 * Decides waiting steps whose time is up, each once, as if a person had given the answer that was set for it; gives the runs that go on. Nothing is
 * kept in memory for a wait: it may outlive any number of processes. Times lie days ahead, so they are wall-clock times; a clock that has just
 * jumped is not believed until it has gone on steadily for ten minutes, so that a passing error decides nothing.
 */
export function createWaitingSweep(journal: Journal, clock: Clock): (runId?: string) => Promise<string[]> {
  let last: { wall: number; monotonic: number } | undefined;
  let believedFrom = Number.NEGATIVE_INFINITY;
  return async (runId) => {
    const now = { wall: clock.now(), monotonic: clock.monotonic() };
    const jump = last ? now.wall - last.wall - (now.monotonic - last.monotonic) : 0;
    last = now;
    if (Math.abs(jump) > JUMP_MS) believedFrom = now.monotonic + STEADY_MS;
    if (now.monotonic < believedFrom) return [];
    const decided: string[] = [];
    for (const due of await journal.dueSteps(now.wall, runId)) {
      const outcome = await journal.answerStep(due.runId, due.nodeId, due.pass, due.otherwise, "the time limit");
      if (outcome === "answered") decided.push(due.runId);
    }
    return decided;
  };
}
