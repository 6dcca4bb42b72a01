import { describe, expect, test } from "vitest";
import { callsWords, heights, heldWords, ratioWords, usedOf } from "#lib/client/money/figures.ts";

describe("figures of the money page", () => {
  test("how much of a cap is used", () => {
    expect([usedOf(5, 20), usedOf(30, 20), usedOf(1, null), usedOf(0, 0)]).toEqual([0.25, 1, undefined, 1]);
  });

  test("bars: the highest day is full, a small one still shows, an empty one does not", () => {
    expect(heights([{ spentUsd: 0 }, { spentUsd: 0.001 }, { spentUsd: 10 }])).toEqual([0, 0.04, 1]);
    expect(heights([{ spentUsd: 0 }])).toEqual([0]);
    expect(heights([])).toEqual([]);
  });

  test("a held call says what it waits for and what to do", () => {
    expect(heldWords({ state: "in_doubt", runStatus: "paused" }).todo).toContain("provider's log");
    expect(heldWords({ state: "accepted", runStatus: "running" }).todo).toBe("Settles by itself.");
    expect(heldWords({ state: "intent", runStatus: "cancelled" }).todo).toContain("Resume");
  });

  test("ratios and calls in words", () => {
    expect([ratioWords(0.834), ratioWords(undefined)]).toEqual(["83 %", "–"]);
    expect(callsWords({ calls: 1, simulatedCalls: 1200 })).toBe("1 call, 1,200 simulated");
    expect(callsWords({ calls: 0, simulatedCalls: 0 })).toBe("no calls");
  });
});
