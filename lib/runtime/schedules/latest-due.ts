import type { CronReader } from "../ports.ts";

const HOUR_MS = 3_600_000;
/** Looked back over in turn, so that neither an expression of every minute nor one of every year takes many steps. */
const WINDOWS_MS = [HOUR_MS, 24 * HOUR_MS, 32 * 24 * HOUR_MS, 367 * 24 * HOUR_MS];

/** The last due time up to `now`, when `first` was the first one (epoch ms). */
export function latestDue(
  cron: CronReader,
  rule: { cron: string; timeZone: string },
  first: number,
  now: number,
): number {
  for (const window of WINDOWS_MS) {
    const from = Math.max(first, now - window);
    let latest = from === first ? first : undefined;
    let next = cron.next(rule.cron, rule.timeZone, from - (from === first ? 0 : 1));
    while (next !== undefined && next <= now) {
      latest = next;
      next = cron.next(rule.cron, rule.timeZone, next);
    }
    if (latest !== undefined) return latest;
  }
  return first;
}
