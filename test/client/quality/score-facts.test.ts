import { expect, test } from "vitest";
import { scoreFacts } from "#lib/client/quality/score-facts.ts";
import type { ScorecardRow } from "#lib/protocol/quality.ts";

const row = (more: Partial<ScorecardRow>): ScorecardRow => ({
  state: "s",
  from: 0,
  to: 0,
  runs: 2,
  judged: 10,
  stories: 5,
  approved: 4,
  passRate: 0.8,
  passesPerApproved: 2.5,
  usdPerApproved: 0.12,
  ...more,
});

test("what the last change made better or worse is said; what shows no difference is not", () => {
  const before = row({ passRate: 0.5, passesPerApproved: 2.49, usdPerApproved: 0.1 });
  const facts = scoreFacts(row({ weakest: { line: "brand-style", failed: 3, asked: 10 } }), before);
  const told = Object.fromEntries(facts.map(({ name, now, before, better }) => [name, [now, before, better]]));
  expect(told).toMatchObject({
    "Pass in the end": ["80 %", "50 %", true],
    "Passes per approved": ["2.5", "2.5", undefined],
    "Cost per approved": ["$0.12", "$0.10", false],
    "Fails most": ["Brand style, 3 of 10", "nothing", undefined],
  });
});

test("the first state of a graph has nothing to be compared with; where nothing passed there is no cost of it", () => {
  const facts = scoreFacts(
    row({ approved: 0, passRate: 0, passesPerApproved: undefined, usdPerApproved: undefined }),
    undefined,
  );
  expect(facts.every(({ better }) => better === undefined)).toBe(true);
  expect(facts.find(({ name }) => name === "Cost per approved")?.now).toBe("–");
});
