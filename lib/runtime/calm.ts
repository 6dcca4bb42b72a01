import type { CallSlots } from "./call-slots.ts";
import type { Clock } from "./ports.ts";

/** For so long after a call got its slot, others are likely to be on their way out (ms): answers of one size arrive in waves. */
const CALM_MS = 6;
/** Longest anything waits for that (ms): less than a picture's way over a network. */
const AT_MOST_MS = 60;

/** Resolves when no calls are being sent: the provider works while we do what is left, but not while it waits for us. */
export function createCalm(
  slots: Pick<CallSlots, "takenAt">,
  clock: Pick<Clock, "monotonic" | "sleep">,
): () => Promise<void> {
  return async () => {
    const until = clock.monotonic() + AT_MOST_MS;
    for (let now = clock.monotonic(); now < until; now = clock.monotonic()) {
      const left = slots.takenAt + CALM_MS - now;
      if (left <= 0) return;
      await clock.sleep(Math.min(Math.ceil(left), until - now));
    }
  };
}
