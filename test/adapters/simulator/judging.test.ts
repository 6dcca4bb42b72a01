import { describe, expect, test } from "vitest";
import { answerQuestions } from "#lib/adapters/simulator/answers/answer-questions.ts";
import type { Measured } from "#lib/adapters/simulator/paint/measure.ts";
import {
  checklistRequest,
  type ImageValue,
  type JudgedLine,
  type Line,
  linesOfBrief,
  readJudged,
  readLettering,
  STANDING_QUESTIONS,
  verdictOf,
} from "#lib/sdk/index.ts";
import { textLikeness } from "#lib/sdk/text-likeness.ts";

/** Pictures told apart by what can be measured, all of them well made. */
const picture = (n: number): Measured => ({
  width: 1024,
  height: 1024,
  colors: [{ color: [200, 80, 40], share: 0.4 }],
  light: 0.5 + n / 4000,
  contrast: 0.2,
  colorfulness: 0.5 + n / 3000,
  sharpness: 0.3,
  focus: { x: 0.2, y: 0.2, width: 0.5, height: 0.5 },
  transparent: 0,
});
const image = (prompt: string): ImageValue => ({
  kind: "image",
  asset: `sha256:${"a".repeat(64)}`,
  width: 1024,
  height: 1024,
  mediaType: "image/png",
  made: { by: "model", prompt },
});
const RULE = { threshold: 0.8, restartBelow: 0.4 };

function judge(n: number, prompt: string, lines: readonly JudgedLine[], read = false) {
  const request = checklistRequest({ image: image(prompt), lines, read, references: [], model: "m" });
  const text = `${request.instructions}\n${request.text}`;
  return answerQuestions({ schema: request.schema, text, pictures: [picture(n)] });
}
function verdict(n: number, prompt: string, lines: readonly JudgedLine[]) {
  const judged = readJudged([judge(n, prompt, lines)], lines);
  const told = lines.map((line): Line => {
    const found = judged.get(line.id) ?? { score: 0, reason: "" };
    return { ...line, kind: "judged", passed: found.score >= RULE.threshold, ...found };
  });
  return verdictOf(told, RULE);
}

describe.each([
  ["the standing questions", [...STANDING_QUESTIONS]],
  ["one line", STANDING_QUESTIONS.slice(0, 1)],
  [
    "standing questions and a brief",
    [...STANDING_QUESTIONS, ...linesOfBrief("Must: one shoe\nNever: logos\nMust: fog")],
  ],
])("the simulated judge asked about %s", (_name, lines) => {
  const first = Array.from({ length: 60 }, (_, n) => verdict(n, "A trail sneaker on wet rock", lines));
  const share = (decision: string) => first.filter((one) => one.decision === decision).length / first.length;

  test("passes about half of new pictures, sends most others back and starts a few over", () => {
    expect(share("pass")).toBeGreaterThan(0.3);
    expect(share("pass")).toBeLessThan(0.7);
    expect(share("iterate")).toBeGreaterThan(0.2);
    expect(share("restart")).toBeGreaterThan(0.02);
    expect(share("restart")).toBeLessThan(0.3);
  });

  test("mostly passes what was drawn with its notes", () => {
    const failed = first.filter(({ decision }) => decision !== "pass");
    const second = failed.map(({ notes }, n) => verdict(100 + n, notes, lines));
    const passed = second.filter(({ decision }) => decision === "pass").length / second.length;
    expect(passed).toBeGreaterThan(0.7);
    const restarted = `A trail sneaker\n\nConstraints:\n${failed[0]?.notes}`;
    expect(["pass", "iterate"]).toContain(verdict(201, restarted, lines).decision);
  });

  test("says the same of the same picture, and why", () => {
    expect(verdict(3, "A sneaker", lines)).toEqual(verdict(3, "A sneaker", lines));
    for (const { checks } of first) for (const { reason } of checks) expect(reason).toMatch(/^Simulated judge: ./);
  });
});

describe("the simulated judge as a reader", () => {
  const read = (n: number, prompt: string) => readLettering([judge(n, prompt, STANDING_QUESTIONS, true)])[0] ?? "";

  test("reads the words that were asked for, at first sometimes with a slip", () => {
    const likeness = Array.from(
      { length: 30 },
      (_, n) =>
        textLikeness("Summer Sale", read(n, 'A poster with the words "Summer Sale"'), {
          match: "contains",
          caseSensitive: false,
        }).score,
    );
    expect(likeness.filter((score) => score === 1).length).toBeGreaterThan(12);
    expect(likeness.filter((score) => score < 1).length).toBeGreaterThan(3);
    expect(Math.min(...likeness)).toBeGreaterThan(0.6);
  });

  test("reads them right once the notes spell them out, and nothing where none were asked for", () => {
    const notes =
      'Put these points right and keep everything else as it is:\n- Text: Write exactly "Summer Sale", letter by letter. The picture reads "Sumemr Sale".';
    for (let n = 0; n < 20; n++) expect(read(n, notes)).toBe("Summer Sale");
    expect(read(1, "A quiet harbour")).toBe("");
  });
});

test("of two pictures the better made one wins, wherever it is shown", () => {
  const schema = {
    type: "object",
    properties: { winner: { type: "string", enum: ["first", "second"] } },
    required: ["winner"],
  };
  const [good, poor] = [picture(1), { ...picture(2), sharpness: 0.01, contrast: 0.05 }];
  const text = "Which is better?";
  expect(answerQuestions({ schema, text, pictures: [good, poor] })).toEqual({ winner: "first" });
  expect(answerQuestions({ schema, text, pictures: [poor, good] })).toEqual({ winner: "second" });
});
