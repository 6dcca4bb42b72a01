import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { VerdictValue } from "#lib/protocol/values.ts";
import { decide, type Line, medianSample, notesOf, verdictOf, weightedScore } from "#lib/sdk/verdict.ts";

const RULE = { threshold: 0.8, restartBelow: 0.4 };
const line = (more: Partial<Line> = {}): Line => ({
  id: "light",
  kind: "judged",
  weight: 1,
  must: false,
  score: 1,
  passed: true,
  reason: "One light from the left.",
  ...more,
});
const failed = (score: number, more: Partial<Line> = {}) => line({ score, passed: false, ...more });

const shares = fc.double({ min: 0, max: 1, noNaN: true });
const anyLine = fc.record({
  id: fc.string({ minLength: 1, maxLength: 8 }),
  kind: fc.constantFrom("judged", "palette", "text"),
  weight: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 100, noNaN: true })),
  must: fc.boolean(),
  score: shares,
  passed: fc.boolean(),
  measured: fc.boolean(),
  reason: fc.string({ maxLength: 2000 }),
});
const lines = fc.array(anyLine, { maxLength: 20 });
const thresholds = fc
  .tuple(shares, shares)
  .map(([a, b]) => ({ threshold: Math.max(a, b), restartBelow: Math.min(a, b) }));

describe("the score of a verdict", () => {
  it("is the sum of weight and result over the sum of weights", () => {
    expect(weightedScore([line({ score: 1, weight: 3 }), line({ score: 0.2, weight: 1 })])).toBe(0.8);
    expect(weightedScore([line({ score: 0.7 }), line({ score: 0.9 }), line({ score: 0.8 })])).toBe(0.8);
  });

  it("what could not be measured counts in neither sum; weight 0 only shows", () => {
    expect(weightedScore([line({ score: 0.5 }), line({ score: 1, weight: 99, measured: false })])).toBe(0.5);
    expect(weightedScore([line({ score: 0.5 }), line({ score: 0, weight: 0 })])).toBe(0.5);
  });

  it("lines that all weigh nothing count alike, and no line at all finds no fault", () => {
    expect(weightedScore([line({ score: 0, weight: 0 }), line({ score: 1, weight: 0 })])).toBe(0.5);
    expect(weightedScore([])).toBe(1);
    expect(weightedScore([line({ score: 0.1, measured: false })])).toBe(1);
  });

  it("properties: between the least and the most, whatever the order; more of a weight pulls towards its line", () => {
    fc.assert(
      fc.property(lines, (all) => {
        const score = weightedScore(all);
        const counting = all.filter(({ measured }) => measured).map((one) => one.score);
        expect(score).toBeGreaterThanOrEqual(Math.min(1, ...counting) - 1e-6);
        expect(score).toBeLessThanOrEqual((counting.length === 0 ? 1 : Math.max(...counting)) + 1e-6);
        expect(Math.abs(weightedScore([...all].reverse()) - score)).toBeLessThan(2e-6);
        const bad = failed(0, { weight: 50 });
        expect(weightedScore([...all, bad])).toBeLessThanOrEqual(score + 1e-6);
      }),
    );
  });
});

describe("the decision", () => {
  it.each([
    [0.8, false, "pass"],
    [0.799999, false, "iterate"],
    [0.4, false, "iterate"],
    [0.399999, false, "restart"],
    [0, false, "restart"],
    [1, true, "iterate"],
    [0.5, true, "iterate"],
    [0.1, true, "restart"],
  ] as const)("%d, a must failed: %s → %s", (score, must, decision) =>
    expect(decide(score, must, RULE)).toBe(decision),
  );

  it("three tenths and a half are not a hair below eight tenths", () => {
    const tenths = [0.7, 0.8, 0.9].map((score) => line({ score, weight: 0.1 }));
    expect(verdictOf(tenths, RULE).decision).toBe("pass");
  });

  it("properties: passes exactly when the score is enough and no must failed; a stop turns only what does not pass into reject", () => {
    fc.assert(
      fc.property(lines, thresholds, (all, rule) => {
        const free = verdictOf(all, rule);
        const stopped = verdictOf(all, rule, { stopped: "No pass is left." });
        const must = all.some((one) => one.must && !one.passed);
        expect(free.passed).toBe(free.score >= rule.threshold && !must);
        expect(free.passed).toBe(free.decision === "pass");
        expect(free.decision).not.toBe("reject");
        expect(free.decision === "restart").toBe(!free.passed && free.score < rule.restartBelow);
        expect(stopped.decision).toBe(free.passed ? "pass" : "reject");
        expect(stopped.score).toBe(free.score);
        expect(free.notes === "").toBe(
          free.passed || (all.every((one) => one.passed) && all.every((one) => one.score === 1 || !one.measured)),
        );
        expect(VerdictValue.safeParse(free).success).toBe(true);
        expect(free.checks.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
      }),
    );
  });

  it("keeps boxes, model and cost, and nothing that the verdict has no place for", () => {
    const verdict = verdictOf([failed(0.3, { box: [0, 0, 0.5, 0.5], wanted: "Fix it.", title: "Light" })], RULE, {
      model: "m",
      costUsd: 0.01,
    });
    expect(verdict).toMatchObject({
      kind: "verdict",
      model: "m",
      costUsd: 0.01,
      decision: "restart",
      passed: false,
      score: 0.3,
    });
    expect(verdict.checks).toEqual([
      {
        id: "light",
        kind: "judged",
        score: 0.3,
        passed: false,
        reason: "One light from the left.",
        box: [0, 0, 0.5, 0.5],
      },
    ]);
  });
});

describe("notes for the next turn", () => {
  const hand = failed(0.2, { id: "anatomy", title: "Anatomy", reason: "The left hand has six fingers." });
  const text = failed(0.6, {
    id: "text",
    title: "Text",
    must: true,
    wanted: 'Write exactly "Sale".',
    reason: 'The picture reads "Sael".',
  });

  it("name what failed, musts first, then what costs most, in the words of the reasons", () => {
    expect(notesOf([line(), failed(0.5, { id: "small", weight: 0.1 }), hand, text], "iterate")).toBe(
      [
        "Put these points right and keep everything else as it is:",
        '- Text: Write exactly "Sale". The picture reads "Sael".',
        "- Anatomy: The left hand has six fingers.",
        "- small: One light from the left.",
      ].join("\n"),
    );
    expect(notesOf([hand], "restart")).toBe(
      "The last attempt failed on these points; none of them may come back:\n- Anatomy: The left hand has six fingers.",
    );
  });

  it("where no line failed by itself the weakest are named, and a perfect picture has none", () => {
    const weak = [0.5, 0.6, 0.7, 0.75].map((score) => line({ id: `at-${score}`, score }));
    expect(notesOf(weak, "iterate").match(/at-[\d.]+/g)).toEqual(["at-0.5", "at-0.6", "at-0.7"]);
    expect(notesOf([line(), line()], "iterate")).toBe("");
  });

  it("what was not measured is never named", () => {
    expect(notesOf([line({ score: 0.5, measured: false }), line({ id: "b", score: 0.9 })], "iterate")).not.toContain(
      "- light:",
    );
  });

  it("a rejected picture's notes begin with why it was not sent back", () => {
    const { notes, decision } = verdictOf([hand], RULE, { stopped: "This was the last pass." });
    expect(decision).toBe("reject");
    expect(notes.split("\n")[0]).toBe("This was the last pass.");
    expect(notes).toContain("six fingers");
  });

  it("properties: one line each, never endless, every named reason there", () => {
    fc.assert(
      fc.property(lines, fc.constantFrom("iterate" as const, "restart" as const), (all, mode) => {
        const notes = notesOf(all, mode);
        const named = notes === "" ? [] : notes.split("\n").slice(1);
        expect(named.length).toBeLessThanOrEqual(12);
        expect(named.every((one) => one.startsWith("- "))).toBe(true);
        expect(notes.length).toBeLessThan(16_000);
        const bad = all.filter((one) => !one.passed);
        if (bad.length > 0 && bad.length <= 12) {
          for (const { reason } of bad.filter((one) => one.reason.length < 1000))
            expect(notes).toContain(reason.replace(/\s+/g, " ").trim());
        }
      }),
    );
  });
});

describe("the median of several answers", () => {
  it("is the middle one with its own reason; of two the stricter reason at the mean score", () => {
    const [a, b, c] = [
      { score: 0.9, reason: "fine" },
      { score: 0.2, reason: "bad" },
      { score: 0.6, reason: "so so" },
    ];
    expect(medianSample([a, b, c])).toEqual({ score: 0.6, reason: "so so" });
    expect(medianSample([a, b])).toEqual({ score: 0.55, reason: "bad" });
    expect(medianSample([a])).toEqual(a);
    expect(() => medianSample([])).toThrow(RangeError);
  });

  it("properties: the order does not matter, one mad answer among three never leaves the range of the others", () => {
    fc.assert(
      fc.property(fc.array(shares, { minLength: 1, maxLength: 9 }), (scores) => {
        const samples = scores.map((score) => ({ score }));
        const { score } = medianSample(samples);
        expect(medianSample([...samples].reverse()).score).toBe(score);
        expect(scores.filter((one) => one <= score).length).toBeGreaterThanOrEqual(scores.length / 2);
        expect(scores.filter((one) => one >= score).length).toBeGreaterThanOrEqual(scores.length / 2);
      }),
    );
  });
});
