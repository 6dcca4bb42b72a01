import { HttpError } from "./http-problem.ts";

/** How often somebody may ask. */
export type RateLimit = {
  /** Counts one request. Throws HttpError 429 with Retry-After when there were too many. */
  count(who: string): void;
};

/** Names that are remembered; beyond that the one that asked longest ago is forgotten, which by then has its full allowance again. */
const MOST = 2000;

/** A token bucket per name: `burst` requests at once, `perSecond` from then on. `now` in ms. */
export function createRateLimit(options: { burst: number; perSecond: number; now: () => number }): RateLimit {
  const { burst, perSecond, now } = options;
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    count(who) {
      const known = buckets.get(who) ?? { left: burst, at: now() };
      const left = Math.min(burst, known.left + (Math.max(0, now() - known.at) / 1000) * perSecond);
      buckets.delete(who);
      buckets.set(who, { left: Math.max(0, left - 1), at: now() });
      if (buckets.size > MOST) buckets.delete(buckets.keys().next().value as string);
      if (left >= 1) return;
      const seconds = Math.ceil((1 - left) / perSecond);
      throw new HttpError(429, "TOO_MANY", `Too many requests. Try again in ${seconds} s.`, {
        headers: { "retry-after": String(seconds) },
      });
    },
  };
}
