import { describe, expect, test } from "vitest";
import { cronOf, momentIn, timingOf, timingWords, USUAL } from "#lib/client/ways-in/rhythm.ts";

describe("a timing", () => {
  test.each([
    [{ rhythm: "hour", time: "00:15" }, "15 * * * *", "Every hour, 15 minutes past, UTC"],
    [{ rhythm: "day", time: "06:30" }, "30 6 * * *", "Every day at 06:30, UTC"],
    [{ rhythm: "weekdays", time: "18:00" }, "0 18 * * 1-5", "Monday to Friday at 18:00, UTC"],
    [{ rhythm: "week", time: "09:05", weekday: 0 }, "5 9 * * 0", "Every Sunday at 09:05, UTC"],
    [{ rhythm: "month", time: "00:00", monthday: 28 }, "0 0 28 * *", "On day 28 of every month at 00:00, UTC"],
    [{ rhythm: "own", own: " */5 8-18 * * 1,3 " }, "*/5 8-18 * * 1,3", "*/5 8-18 * * 1,3, UTC"],
  ] as const)("%o is %s, and comes back as it was", (given, cron, words) => {
    expect(cronOf({ ...USUAL, ...given })).toBe(cron);
    expect(timingWords(cron, "UTC")).toBe(words);
    expect(cronOf(timingOf(cron))).toBe(cron);
    expect(timingOf(cron).rhythm).toBe(given.rhythm);
  });

  test.each(["0 9 31 * *", "0 9 1 1 *", "0 9 1 * 1", "* * * * *", "0 9 * * 1-3", "nonsense", ""])(
    "%j is nobody's but its own",
    (cron) => {
      expect(timingOf(cron)).toMatchObject({ rhythm: "own", own: cron });
    },
  );

  test("a moment is told in the schedule's own zone", () => {
    expect(momentIn(Date.UTC(2026, 10, 23, 8), "Europe/Berlin")).toBe("Mon, 23 Nov 2026, 09:00");
  });
});
