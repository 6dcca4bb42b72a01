import type { Clock } from "./ports.ts";

/** The machine's clocks. Sleeping ends early (by rejecting with the signal's reason) when the signal aborts. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const stop = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener("abort", stop);
        resolve();
      }, ms);
      signal?.addEventListener("abort", stop, { once: true });
    }),
};

/** Midnight UTC of the day `now` lies in: where a day's budget starts. */
export const dayStart = (now: number): number => Math.floor(now / 86_400_000) * 86_400_000;
