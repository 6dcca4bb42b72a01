import { describe, expect, test } from "vitest";
import {
  checklistRequest,
  type ImageValue,
  JudgedLine,
  linesOfBrief,
  readJudged,
  readLettering,
  STANDING_QUESTIONS,
} from "#lib/sdk/index.ts";
import { NODES } from "#nodes/index.ts";
import { runNode } from "#test/nodes/run-node.ts";

const image: ImageValue = {
  kind: "image",
  asset: `sha256:${"a".repeat(64)}`,
  width: 8,
  height: 8,
  mediaType: "image/png",
  made: { by: "model", prompt: "A harbour at dawn" },
};

describe("lines drawn from a brief", () => {
  const asked = (text: string) => linesOfBrief(text).map(({ id, question }) => `${id} ${question}`);

  test("what a brief node writes below Must and Must not, each a must", async () => {
    const brief = NODES.find(({ type }) => type === "brief");
    if (!brief) throw new Error("no brief");
    const config = { message: "Grip", must: ["Show the outsole", "One shoe only"], avoid: ["Logos of others"] };
    const { outputs } = await runNode(brief, { config });
    const text = outputs.text?.[0];
    const lines = linesOfBrief(text?.kind === "text" ? text.text : "");
    expect(lines.map(({ id, must, weight }) => [id, must, weight])).toEqual([
      ["must-1", true, 1],
      ["must-2", true, 1],
      ["must-not-1", true, 1],
    ]);
    expect(lines[0]?.question).toMatch(/Show the outsole/);
    expect(lines[2]?.question).toMatch(/free of.*Logos of others/);
    expect(lines.every((line) => JudgedLine.safeParse(line).success)).toBe(true);
  });

  test("a brief written by hand: headings in other words, and single lines", () => {
    expect(
      asked(
        [
          "Launch the kettle.",
          "- Must: steam over the spout",
          "You must be quick.",
          "Never: brand names of others",
          "**Avoid**",
          "1. Plastic",
          "",
          "## Typography",
          "- Bold grotesque",
        ].join("\n"),
      ),
    ).toEqual([
      expect.stringMatching(/^must-1 .*steam over the spout/),
      expect.stringMatching(/^must-not-1 .*brand names of others/),
      expect.stringMatching(/^must-not-2 .*Plastic/),
    ]);
  });

  test("a text without demands gives no line", () => {
    expect(linesOfBrief("## Message\nMustard is yellow.\n\nA must-have for winter.\nMust-haves of the season")).toEqual(
      [],
    );
    expect(linesOfBrief("")).toEqual([]);
  });
});

describe("the question to the judge", () => {
  const lines = STANDING_QUESTIONS;
  const references = [{ ...image, role: "style", note: "the palette" }];
  const request = checklistRequest({ image, lines, read: true, brief: "Warm", references, model: "m" });

  test("is one form with every line in it, strict at every level", () => {
    const schema = request.schema as { properties: Record<string, { properties?: Record<string, object> }> };
    expect(Object.keys(schema.properties)).toEqual(["lines", "read"]);
    expect(Object.keys(schema.properties.lines?.properties ?? {})).toEqual(lines.map(({ id }) => id));
    const strict = (part: unknown): void => {
      if (typeof part !== "object" || part === null) return;
      const { type, properties, required, additionalProperties } = part as Record<string, unknown>;
      if (type === "object") {
        expect(additionalProperties).toBe(false);
        expect(required).toEqual(Object.keys(properties as object));
      }
      Object.values(part).forEach(strict);
    };
    strict(request.schema);
  });

  test("names every line, the brief, the words it was drawn from and what each reference is", () => {
    for (const { id, question } of lines) expect(request.text).toContain(`- ${id}: ${question}`);
    expect(request.text).toMatch(/Warm/);
    expect(request.text).toMatch(/A harbour at dawn/);
    expect(request.text).toMatch(/Picture 2 is a reference \(style — the palette\)/);
    expect(request.images).toEqual([image, ...references]);
  });

  test("asks only for what is wanted", () => {
    const only = checklistRequest({ image, lines: [], read: true, references: [], model: "m" });
    expect(Object.keys((only.schema as { properties: object }).properties)).toEqual(["read"]);
  });
});

describe("the judge's answer", () => {
  const lines = [{ id: "a" }, { id: "b" }];
  const line = (score: unknown, reason = "why", box: unknown = null) => ({ score, reason, box });

  test("the median of several counts, with the reason and box of the answer nearest to it", () => {
    const answers = [0.2, 0.7, 0.9].map((score) => ({
      lines: { a: line(score, `it is ${score}`, [0, 0, score, score]), b: line(1) },
    }));
    expect(readJudged(answers, lines).get("a")).toEqual({ score: 0.7, reason: "it is 0.7", box: [0, 0, 0.7, 0.7] });
  });

  test("a score out of range is brought into it; a box that is none is left out", () => {
    const boxes = [[0.5, 0.5, 0.9, 0.9], [1, 0, 1, 1], [0, 0, 2, 2], "middle", [0, 0, 0, 0]];
    const read = boxes.map((box) => readJudged([{ lines: { a: line(7, "r", box) } }], [{ id: "a" }]).get("a"));
    expect(read.map((one) => one?.score)).toEqual([1, 1, 1, 1, 1]);
    expect(read.map((one) => one?.box)).toEqual([[0.5, 0.5, 0.5, 0.5], undefined, undefined, undefined, undefined]);
  });

  test("a line one sample left out is taken from the others; left out of all, it is named", () => {
    const some = [{ lines: { a: line(1) } }, { lines: { a: line(1), b: line(0.5) } }, { lines: "no" }];
    expect(readJudged(some, lines).get("b")?.score).toBe(0.5);
    expect(() => readJudged([{ lines: { a: line(1), b: line("good") } }], lines)).toThrow(/line b/);
    expect(() => readJudged([{}, null], lines)).toThrow(/line a/);
    expect(() => readJudged([JSON.parse('{"lines":{"constructor":{"score":1}}}')], [{ id: "toString" }])).toThrow();
  });

  test("what it reads is a text, and missing nowhere", () => {
    expect(readLettering([{ read: "" }, { read: "SALE" }])).toEqual(["", "SALE"]);
    expect(() => readLettering([{ read: 4 }, undefined])).toThrow(/reads/);
  });
});
