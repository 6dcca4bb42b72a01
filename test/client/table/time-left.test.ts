import { expect, test } from "vitest";
import { paceOf, type Sample, withSample } from "#lib/client/table/time-left.ts";

const after = (samples: [at: number, ended: number][]) =>
  samples.reduce<readonly Sample[]>((all, [at, ended]) => withSample(all, { at, ended }), []);

test("the rate follows the last two minutes, and the time left follows the rate", () => {
  expect(
    paceOf(
      after([
        [0, 0],
        [60_000, 10],
      ]),
      30,
    ),
  ).toEqual({ perMinute: 10, leftMs: 180_000 });
  const slow = after(Array.from({ length: 200 }, (_, i) => [i * 3_000, i < 100 ? i * 10 : 1_000 + i]));
  expect(paceOf(slow, 20)?.perMinute).toBeCloseTo(20, 0);
  expect(slow.length).toBeLessThan(70);
});

test("nothing is said before it is known, and nothing old after rows run again", () => {
  expect(paceOf([], 5)).toBeUndefined();
  expect(
    paceOf(
      after([
        [0, 0],
        [500, 5],
      ]),
      5,
    ),
  ).toBeUndefined();
  expect(
    after([
      [0, 10],
      [5_000, 20],
      [6_000, 3],
    ]),
  ).toEqual([{ at: 6_000, ended: 3 }]);
});
