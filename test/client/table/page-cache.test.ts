import { describe, expect, test } from "vitest";
import { createPageCache } from "#lib/client/table/page-cache.ts";

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A table of 10,000 rows whose answers come when they are let. */
function stage() {
  const asked: number[] = [];
  const answers: (() => void)[] = [];
  const failures: unknown[] = [];
  let edition = 0;
  let broken = false;
  const cache = createPageCache<string>({
    size: 100,
    keep: 4,
    load: (offset, limit) =>
      new Promise((resolve, reject) => {
        asked.push(offset / limit);
        const mine = edition;
        answers.push(() =>
          broken
            ? reject(new Error("away"))
            : resolve(Array.from({ length: limit }, (_, i) => `${offset + i} v${mine}`)),
        );
      }),
    changed: () => {},
    failed: (error) => failures.push(error),
  });
  return {
    cache,
    asked,
    failures,
    newEdition: () => {
      edition += 1;
    },
    breakIt: (now: boolean) => {
      broken = now;
    },
    async answer() {
      answers.shift()?.();
      await settled();
    },
    async all() {
      while (answers.length > 0) await this.answer();
    },
  };
}

describe("pages of a long table", () => {
  test("are asked for when they are looked at, one at a time, and rows are there afterwards", async () => {
    const s = stage();
    s.cache.look(90, 210);
    expect(s.cache.row(95)).toBeUndefined();
    expect(s.asked).toEqual([0]);
    await s.answer();
    expect(s.cache.row(95)).toBe("95 v0");
    expect(s.asked).toEqual([0, 1]);
  });

  test("somebody who scrolls past a hundred pages fetches where they stop, not all between", async () => {
    const s = stage();
    for (let row = 0; row < 9_900; row += 100) s.cache.look(row, row + 30);
    await s.all();
    expect(s.asked).toEqual([0, 98]);
    expect(s.cache.row(9_820)).toBe("9820 v0");
  });

  test("only a bounded number stays; what is shown always does", async () => {
    const s = stage();
    for (const row of [0, 100, 200, 300, 400, 500]) {
      s.cache.look(row, row + 20);
      await s.all();
    }
    expect([0, 100, 200, 300, 400, 500].map((row) => s.cache.row(row) !== undefined)).toEqual([
      false,
      false,
      true,
      true,
      true,
      true,
    ]);
  });

  test("old rows are shown until newer ones come, and only what is looked at is fetched again", async () => {
    const s = stage();
    s.cache.look(0, 20);
    await s.all();
    s.cache.look(100, 120);
    await s.all();
    s.newEdition();
    s.cache.stale([3, 104]);
    expect(s.cache.row(104)).toBe("104 v0");
    await s.all();
    expect(s.asked).toEqual([0, 1, 1]);
    expect(s.cache.row(104)).toBe("104 v1");
    s.cache.look(0, 20);
    await s.all();
    expect(s.cache.row(3)).toBe("3 v1");
  });

  test("what turns old while its answer is on its way is asked for again", async () => {
    const s = stage();
    s.cache.look(0, 20);
    s.newEdition();
    s.cache.stale([5]);
    await s.all();
    expect(s.asked).toEqual([0, 0]);
    expect(s.cache.row(5)).toBe("5 v1");
  });

  test("a failure is told and does not stop the next look", async () => {
    const s = stage();
    s.breakIt(true);
    s.cache.look(0, 20);
    await s.all();
    expect(s.failures).toHaveLength(1);
    s.breakIt(false);
    s.cache.look(0, 20);
    await s.all();
    expect(s.cache.row(0)).toBe("0 v0");
  });

  test("a newer row takes its place at once; after closing nothing is asked", async () => {
    const s = stage();
    s.cache.look(0, 20);
    await s.all();
    s.cache.put(4, "mine");
    s.cache.put(4_000, "nowhere");
    expect([s.cache.row(4), s.cache.row(4_000)]).toEqual(["mine", undefined]);
    s.cache.close();
    s.cache.look(500, 520);
    await s.all();
    expect(s.asked).toEqual([0]);
  });
});
