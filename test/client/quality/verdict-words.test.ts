import { describe, expect, test } from "vitest";
import { chipWords, verdictsByPicture } from "#lib/client/quality/verdict-words.ts";
import { verdictOn } from "#lib/client/review/verdict-lines.ts";
import type { RunDocument } from "#lib/protocol/run.ts";
import type { VerdictValue } from "#lib/protocol/values.ts";

const [A, B] = ["a", "b"].map((digit) => `sha256:${digit.repeat(64)}`) as [string, string];
const verdict = (of: string | undefined, score: number, decision: VerdictValue["decision"]): VerdictValue => ({
  kind: "verdict",
  of,
  score,
  decision,
  passed: decision === "pass",
  checks: [],
  notes: "",
});

describe("a verdict in words", () => {
  test.each([
    ["pass", 0.874, "87 % passed"],
    ["iterate", 0.5, "50 % sent back"],
    ["restart", 0.1, "10 % started over"],
    ["reject", 0, "0 % rejected"],
  ] as const)("%s is told with its score", (decision, score, words) => {
    expect(chipWords({ decision, score })).toBe(words);
  });

  test("a line that is a must says so, and keeps the box where the judge looked", () => {
    const check = { id: "logo", kind: "judged", score: 0, passed: false, reason: "A swoosh.", must: true };
    const judged = { ...verdict(A, 0.9, "iterate"), checks: [{ ...check, box: [0.1, 0.2, 0.3, 0.4] }] };
    expect(verdictOn({ verdicts: [judged] }).lines).toEqual([
      expect.objectContaining({ title: "Logo", must: true, box: [0.1, 0.2, 0.3, 0.4], number: 1 }),
    ]);
  });
});

test("verdicts are found by the picture they are about, in the order of the passes; those about nothing are not", () => {
  const found = [
    verdict(A, 0.5, "iterate"),
    verdict(B, 0.9, "pass"),
    verdict(A, 0.6, "reject"),
    verdict(undefined, 1, "pass"),
  ];
  const outputs = { gate: { verdict: found } } as RunDocument["outputs"];
  const byPicture = verdictsByPicture({ outputs });
  expect([...byPicture.keys()]).toEqual([A, B]);
  expect(byPicture.get(A)?.map(({ decision }) => decision)).toEqual(["iterate", "reject"]);
});
