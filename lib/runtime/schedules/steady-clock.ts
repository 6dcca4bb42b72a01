import type { Clock } from "../ports.ts";

/** A step of the wall clock against the monotonic one that is not believed at once (ms). */
const JUMP_MS = 60_000;
/** How long a clock must have gone on steadily since it jumped (ms). */
const STEADY_MS = 600_000;

/**
 * The wall clock for those who act on it: undefined for ten minutes after it jumped, so that a passing error starts nothing. Asked every few seconds, it
 * sees a jump as the difference of the two clocks.
 */
export function createSteadyClock(clock: Clock): () => number | undefined {
  let last: { wall: number; monotonic: number } | undefined;
  let believedFrom = Number.NEGATIVE_INFINITY;
  return () => {
    const now = { wall: clock.now(), monotonic: clock.monotonic() };
    const jump = last ? now.wall - last.wall - (now.monotonic - last.monotonic) : 0;
    last = now;
    if (Math.abs(jump) > JUMP_MS) believedFrom = now.monotonic + STEADY_MS;
    return now.monotonic < believedFrom ? undefined : now.wall;
  };
}
