import type { CallSlots } from "./call-slots.ts";
import type { Clock } from "./ports.ts";
import { createTurnstile } from "./turnstile.ts";

/** For so long after a call got its slot, others are likely to be on their way out (ms): answers of one size arrive in waves. */
const CALM_MS = 6;
/** Longest a finished call waits for that (ms): less than a picture's way over a network. */
const AT_MOST_MS = 60;

/** Stores finished calls, `size` at a time, when no calls are being sent: the provider works while we store, but not while it waits for us. */
export function createStoring(
  size: number,
  slots: Pick<CallSlots, "takenAt">,
  clock: Pick<Clock, "monotonic" | "sleep">,
): <T>(work: () => Promise<T>) => Promise<T> {
  const oneOfFew = createTurnstile(size);
  const calm = async () => {
    const until = clock.monotonic() + AT_MOST_MS;
    for (let now = clock.monotonic(); now < until; now = clock.monotonic()) {
      const left = slots.takenAt + CALM_MS - now;
      if (left <= 0) return;
      await clock.sleep(Math.min(Math.ceil(left), until - now));
    }
  };
  return async (work) => {
    await calm();
    return await oneOfFew(work);
  };
}
