import type { Omitted } from "./describe-request.ts";
import type { Clock, Journal } from "./ports.ts";

/** Pacing shared by all workers of one journal: waits before a call so that the provider's limits hold. */
export type Pace = {
  take(request: Omitted, signal: AbortSignal): Promise<void>;
  /** Everybody waits `ms`: the provider said so. */
  pause(request: Omitted, ms: number): Promise<void>;
};

const images = (request: Omitted): number =>
  request.lane === "oneshot" ? request.n : request.lane === "conversation" && request.tool ? 1 : 0;

/**
 * `requestsPerMinute` / `imagesPerMinute` undefined = no limit known. A tenth of a minute's allowance may go out at once; `share` of it where the rest is to be left
 * for others: who may take less at once never empties the bucket for those who may take more.
 */
export function createPace(
  journal: Journal,
  clock: Clock,
  limits: { requestsPerMinute?: number; imagesPerMinute?: number },
  provider: string,
  share = 1,
): Pace {
  const buckets = [
    { name: "requests", perMinute: limits.requestsPerMinute, units: () => 1 },
    { name: "images", perMinute: limits.imagesPerMinute, units: images },
  ];
  return {
    async take(request, signal) {
      for (const bucket of buckets) {
        const units = bucket.units(request);
        if (!bucket.perMinute || units === 0) continue;
        const msPerUnit = 60_000 / bucket.perMinute;
        const burst = Math.max(units, (bucket.perMinute / 10) * share);
        for (;;) {
          const wait = await journal.takeRate(`${provider}:${bucket.name}`, units, msPerUnit, burst);
          if (wait <= 0) break;
          await clock.sleep(wait, signal);
        }
      }
    },
    async pause(request, ms) {
      for (const bucket of buckets) {
        if (!bucket.perMinute || bucket.units(request) === 0) continue;
        await journal.pauseRate(
          `${provider}:${bucket.name}`,
          ms,
          60_000 / bucket.perMinute,
          Math.max(1, bucket.perMinute / 10),
        );
      }
    },
  };
}
