import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bestOf, MOST_ALL_PAIRS } from "#lib/sdk/index.ts";

/** Counts who is compared with whom; the pair always comes in the order of the list. */
function counting(better: (a: number, b: number) => number) {
  const pairs: string[] = [];
  const compare = async (a: number, b: number) => {
    expect(a).toBeLessThan(b);
    pairs.push(`${a}/${b}`);
    return better(a, b);
  };
  return { pairs, compare };
}

const sized = fc.integer({ min: 1, max: 24 }).chain((size) =>
  fc.record({
    worth: fc.shuffledSubarray(
      Array.from({ length: size }, (_, i) => i),
      { minLength: size, maxLength: size },
    ),
    count: fc.integer({ min: 1, max: size }),
  }),
);

describe("the best of a list", () => {
  test("are found, best first, whatever the order they stand in", async () => {
    await fc.assert(
      fc.asyncProperty(sized, async ({ worth, count }) => {
        const { compare } = counting((a, b) => (worth[a] ?? 0) - (worth[b] ?? 0));
        const best = await bestOf(worth.length, count, compare);
        const wanted = worth.map((_, place) => place).sort((a, b) => (worth[b] ?? 0) - (worth[a] ?? 0));
        if (count === worth.length) expect(best.toSorted()).toEqual(wanted.toSorted());
        else expect(best).toEqual(wanted.slice(0, count));
      }),
    );
  });

  test("no pair is asked about twice, and there are no more than promised, also where the judge contradicts itself", async () => {
    await fc.assert(
      fc.asyncProperty(sized, fc.integer(), async ({ worth: { length: size }, count }, seed) => {
        const moody = counting((a, b) => ((Math.imul(a * 31 + b, seed | 1) >>> 7) % 3) - 1);
        const best = await bestOf(size, count, moody.compare);
        expect(new Set(best).size).toBe(count);
        expect(new Set(moody.pairs).size).toBe(moody.pairs.length);
        const most =
          count >= size
            ? 0
            : size <= MOST_ALL_PAIRS
              ? (size * (size - 1)) / 2
              : size - 1 + (count - 1) * Math.ceil(Math.log2(size));
        expect(moody.pairs.length).toBeLessThanOrEqual(most);
      }),
    );
  });

  test("where nobody is better than anybody, the order of the list decides", async () => {
    for (const size of [3, 6, 7, 13]) expect(await bestOf(size, 3, async () => 0)).toEqual([0, 1, 2]);
  });
});
