import { describe, expect, test } from "vitest";
import { cronReader } from "#lib/adapters/cron/cron-reader.ts";

const next = (cron: string, timeZone: string, from: string, count: number): string[] => {
  const times: string[] = [];
  for (let at = Date.parse(from); times.length < count; ) {
    const due = cronReader.next(cron, timeZone, at);
    if (due === undefined) break;
    times.push(new Date(due).toISOString());
    at = due;
  }
  return times;
};

describe("due times", () => {
  test("CL-003 a time of day that the change to summer time leaves out is due once, when the hour is over", () => {
    expect(next("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", 2)).toEqual([
      "2026-03-29T01:00:00.000Z",
      "2026-03-30T00:30:00.000Z",
    ]);
  });

  test("CL-003 a time of day that the change to winter time brings twice is due once, every hour every hour", () => {
    expect(next("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", 2)).toEqual([
      "2026-10-25T00:30:00.000Z",
      "2026-10-26T01:30:00.000Z",
    ]);
    expect(next("30 * * * *", "Europe/Berlin", "2026-10-24T23:45:00Z", 3)).toEqual([
      "2026-10-25T00:30:00.000Z",
      "2026-10-25T01:30:00.000Z",
      "2026-10-25T02:30:00.000Z",
    ]);
  });

  test.each([
    ["a leap day", "0 0 29 2 *", "UTC", "2026-01-01T00:00:00Z", "2028-02-29T00:00:00.000Z"],
    ["after 2038", "0 9 1 2 *", "UTC", "2038-01-19T04:00:00Z", "2038-02-01T09:00:00.000Z"],
    ["UTC+14", "0 9 * * *", "Pacific/Kiritimati", "2026-01-01T00:00:00Z", "2026-01-01T19:00:00.000Z"],
    ["the end of the year", "59 23 31 12 *", "America/New_York", "2026-12-01T00:00:00Z", "2027-01-01T04:59:00.000Z"],
  ])("CL-003 %s", (_name, cron, zone, from, due) => {
    expect(next(cron, zone, from, 1)).toEqual([due]);
  });

  test.each([
    ["", "five fields"],
    ["* * *", "five fields"],
    ["0 0 9 * * 1", "five fields"],
    ["@daily", "five fields"],
    ["61 * * * *", "minute"],
    ["a b c d e", "cron expression"],
    ["0 0 31 2 *", "never be due"],
  ])("%j is no expression, and says why", (cron, says) => {
    expect(cronReader.problem(cron, "UTC")).toContain(says);
  });

  test("a time zone is one that there is", () => {
    expect(cronReader.problem("* * * * *", "Mars/Olympus")).toContain("no time zone");
    expect(cronReader.problem("*/15 8-18 * * 1-5", "Europe/Berlin")).toBeUndefined();
  });
});
