import { expect, test } from "vitest";
import { aboutCost, countWords, leftWords, pauseWords, rateWords } from "#lib/client/table/batch-words.ts";
import { BATCH_PAUSES } from "#lib/protocol/batches.ts";

test("counts are told in words, without those nobody is in", () => {
  expect(countWords({ succeeded: 9, failed: 1, empty: 0, queued: 9_990 } as never)).toBe(
    "9 done · 1 failed · 9,990 queued",
  );
});

test("rate and time left are as exact as anybody can know them", () => {
  expect([rateWords(14.2), rateWords(1), rateWords(0.1)]).toEqual([
    "14 rows a minute",
    "1 row a minute",
    "6 rows an hour",
  ]);
  expect([leftWords(900), leftWords(150_000), leftWords(3_700_000)]).toEqual([
    "less than a minute left",
    "about 3 min left",
    "about 1 h 1 min left",
  ]);
});

test("every pause says what happened and what to press; a table that never ran is not called paused", () => {
  const counts = { empty: 3, succeeded: 4 } as never;
  for (const reason of BATCH_PAUSES) expect(pauseWords({ reason, counts, total: 7 }).next.length).toBeGreaterThan(20);
  expect(pauseWords({ reason: "person", counts, total: 3 }).title).toBe("Nothing has run yet.");
});

test("rows cost about what those cost that are done; before the first nobody says anything", () => {
  expect(aboutCost({ counts: { succeeded: 4 } as never, costUsd: 2 }, 10)).toBe(5);
  expect(aboutCost({ counts: { succeeded: 0 } as never, costUsd: 0 }, 10)).toBeUndefined();
});
