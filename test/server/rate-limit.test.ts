import { expect, it } from "vitest";
import { createRateLimit } from "#lib/server/rate-limit.ts";

const tries = (limit: ReturnType<typeof createRateLimit>, who: string, times: number): number => {
  let admitted = 0;
  for (let i = 0; i < times; i += 1) {
    try {
      limit.count(who);
      admitted += 1;
    } catch (error) {
      expect(error).toMatchObject({ status: 429, headers: { "retry-after": expect.stringMatching(/^\d+$/) } });
    }
  }
  return admitted;
};

it("lets a burst in, then as many as time allows, and each name by itself", () => {
  let now = 0;
  const limit = createRateLimit({ burst: 5, perSecond: 2, now: () => now });
  expect(tries(limit, "a", 9)).toBe(5);
  expect(tries(limit, "b", 9)).toBe(5);
  now += 1000;
  expect(tries(limit, "a", 9)).toBe(2);
  now += 3_600_000;
  expect(tries(limit, "a", 9)).toBe(5);
});

it("a clock that is set back gives nothing away and takes nothing", () => {
  let now = 10_000;
  const limit = createRateLimit({ burst: 3, perSecond: 1, now: () => now });
  expect(tries(limit, "a", 2)).toBe(2);
  now = 0;
  expect(tries(limit, "a", 9)).toBe(1);
  now = 1000;
  expect(tries(limit, "a", 9)).toBe(1);
});

it("remembers a bounded number of names", () => {
  const limit = createRateLimit({ burst: 1, perSecond: 0.001, now: () => 0 });
  for (let i = 0; i < 5000; i += 1) expect(tries(limit, `name-${i}`, 1)).toBe(1);
  expect(tries(limit, "name-4999", 1)).toBe(0);
  expect(tries(limit, "name-0", 1)).toBe(1);
});
