import { Cron } from "croner";
import type { CronReader } from "../../runtime/ports.ts";

/**
 * Expressions of five fields (minute, hour, day, month, weekday) in an IANA time zone. Where a clock goes forward, a time that is not there is due when the
 * hour is over; where it goes back, a time of day is due once and an expression of every hour every hour (measured with croner 11).
 */
export const cronReader: CronReader = {
  problem(cron, timeZone) {
    if (!isZone(timeZone)) return `"${timeZone}" is no time zone. Write one like Europe/Berlin, or UTC.`;
    if (cron.trim().split(/\s+/).length !== 5)
      return "Write five fields: minute, hour, day of month, month, day of week. Every Monday at nine is 0 9 * * 1.";
    try {
      return this.next(cron, timeZone, 0) === undefined ? "There is no such day, so it would never be due." : undefined;
    } catch (error) {
      const [, said = "it cannot be read"] = /^CronPattern: (.*)$/.exec((error as Error).message) ?? [];
      return `This is not a cron expression: ${said.slice(0, 120)}.`;
    }
  },
  next(cron, timeZone, after) {
    const due = new Cron(cron.trim(), { timezone: timeZone, paused: true }).nextRun(new Date(after));
    return due?.getTime();
  },
};

function isZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return true;
  } catch {
    return false;
  }
}
