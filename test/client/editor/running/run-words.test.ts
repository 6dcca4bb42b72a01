import { describe, expect, it } from "vitest";
import { blocking, costOf, priceLabel, resultSentence } from "#lib/client/editor/running/run-words.ts";
import { aDocument, aGraph, anEstimate, aView } from "./a-run.ts";

const node = (nodeId: string, calls: number, costUsd: number, cached = false) => ({
  nodeId,
  title: nodeId,
  items: cached ? 0 : 1,
  cachedItems: cached ? 1 : 0,
  calls,
  costUsd,
});

describe("the price on the button", () => {
  const estimate = anEstimate({
    nodes: [node("words", 0, 0, true), node("hero", 1, 0.1), node("dusk", 1, 0.02), node("winter", 1, 0.3)],
  });

  it("is of everything, or of what the selection needs", () => {
    expect(costOf(aGraph(), estimate, new Set())).toEqual({ costUsd: 0.42, calls: 3, cached: 1, steps: 4 });
    expect(costOf(aGraph(), estimate, new Set(["dusk"]))).toEqual({ costUsd: 0.12, calls: 2, cached: 1, steps: 3 });
  });

  it("is said in words where nothing is paid", () => {
    expect(priceLabel({ costUsd: 0.12, calls: 2, cached: 1 }, false)).toBe("$0.12");
    expect(priceLabel({ costUsd: 0, calls: 2, cached: 1 }, true)).toBe("simulated");
    expect(priceLabel({ costUsd: 0, calls: 0, cached: 3 }, true)).toBe("free, all cached");
    expect(priceLabel({ costUsd: 0, calls: 0, cached: 0 }, false)).toBe("free");
  });
});

it("errors stand in the way only of what needs their node", () => {
  const problems = [
    { level: "error" as const, code: "A", message: "", node: "winter" },
    { level: "warning" as const, code: "B", message: "", node: "hero" },
  ];
  expect(blocking(aGraph(), problems, new Set())).toHaveLength(1);
  expect(blocking(aGraph(), problems, new Set(["dusk"]))).toEqual([]);
  expect(blocking(aGraph(), [{ level: "error", code: "C", message: "" }], new Set(["dusk"]))).toHaveLength(1);
});

describe("how a run ended", () => {
  const step = (nodeId: string, cached: boolean) => ({
    type: "step.cached",
    nodeId,
    pass: 0,
    why: "",
    items: [],
    cached,
  });
  const ended = (status: string, more = {}, ...before: object[]) =>
    resultSentence({
      ...aView([]),
      document: aDocument(),
      live: aView(
        [...before, { type: "run.ended", status, costUsd: 0, ...more }].map(
          (body, i) => ({ seq: i + 1, at: 1, runId: "r", ...body }) as never,
        ),
      ).live,
    });

  it("is said in words, with what was kept", () => {
    expect(ended("succeeded", {}, step("hero", true))).toBe("Done. All 1 step came from the cache, nothing was paid");
    expect(ended("failed")).toContain("What finished is kept");
    expect(ended("cancelled")).toMatch(/^Stopped/);
    for (const reason of ["budget", "quota", "disk", "in_doubt"])
      expect(ended("paused", { reason })).toMatch(/^Paused: /);
  });
});
