import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { answerQuestions } from "#lib/adapters/simulator/answers/answer-questions.ts";
import { pictureTokens } from "#lib/adapters/simulator/answers/usage.ts";
import { measure } from "#lib/adapters/simulator/paint/measure.ts";
import { drawing, pictureOf, simulated } from "./sdk.ts";

const checks = {
  type: "object",
  properties: {
    checks: {
      type: "array",
      items: {
        type: "object",
        properties: {
          id: { type: "string" },
          score: { type: "number", minimum: 0, maximum: 1 },
          passed: { type: "boolean" },
          reason: { type: "string", maxLength: 300 },
          box: { anyOf: [{ type: "array", items: { type: "number" }, minItems: 4, maxItems: 4 }, { type: "null" }] },
        },
        required: ["id", "score", "passed", "reason", "box"],
        additionalProperties: false,
      },
    },
  },
  required: ["checks"],
  additionalProperties: false,
};
type Checks = { checks: { id: string; score: number; passed: boolean; reason: string; box: number[] }[] };
const CHECKLIST = "Answer every line:\n- core-concept: Is the idea clear?\n- brand-style: Does the red lead?\n";

const flat = (background: string, size = 256) =>
  sharp({ create: { width: size, height: size, channels: 3, background } })
    .png()
    .toBuffer();

describe("answers to structured questions", () => {
  it("go through the checklist in order, within the schema's bounds", async () => {
    const pictures = [await measure(await flat("#d7263d"))];
    const { checks: found } = answerQuestions({ schema: checks, text: CHECKLIST, pictures }) as Checks;
    expect(found.map((check) => check.id)).toEqual(["core-concept", "brand-style"]);
    for (const check of found) {
      expect(check.score).toBeGreaterThanOrEqual(0);
      expect(check.score).toBeLessThanOrEqual(1);
      expect(check.box).toHaveLength(4);
    }
  });

  it("see whether a colour that is asked for is there", async () => {
    const score = async (background: string) => {
      const answer = answerQuestions({
        schema: checks,
        text: CHECKLIST,
        pictures: [await measure(await flat(background))],
      }) as Checks;
      return answer.checks[1]!;
    };
    expect((await score("#d7263d")).score).toBeGreaterThan((await score("#2563d9")).score + 0.3);
    expect((await score("#2563d9")).reason).toContain("bring in");
  });

  it("think less of a flat or blurred picture than of a crisp one", async () => {
    const { client } = simulated();
    const picture = Buffer.from(
      pictureOf(await client.responses.create(drawing("A red sneaker on a ridge at dawn"))).result!,
      "base64",
    );
    const blurred = await sharp(picture).blur(30).png().toBuffer();
    const score = async (bytes: Buffer) =>
      (
        answerQuestions({
          schema: checks,
          text: "- made: Is it well made?",
          pictures: [await measure(bytes)],
        }) as Checks
      ).checks[0]!.score;
    const [crisp, soft, empty] = [await score(picture), await score(blurred), await score(await flat("#888888"))];
    expect(crisp).toBeGreaterThan(0.75);
    expect(crisp).toBeGreaterThan(soft);
    expect(soft).toBeGreaterThan(empty);
  });

  it("are the same for the same question and picture", async () => {
    const pictures = [await measure(await flat("#d7263d"))];
    expect(answerQuestions({ schema: checks, text: CHECKLIST, pictures })).toEqual(
      answerQuestions({ schema: checks, text: CHECKLIST, pictures }),
    );
  });

  it("fill properties named after the questions, samples, enums and references", () => {
    const schema = {
      type: "object",
      properties: {
        samples: { type: "array", minItems: 3, maxItems: 3, items: { $ref: "#/$defs/opinion" } },
        decision: { type: "string", enum: ["pass", "fail"] },
        stars: { type: "integer", minimum: 1, maximum: 5 },
      },
      required: ["samples", "decision", "stars"],
      $defs: {
        opinion: {
          type: "object",
          properties: { anatomy: { type: "object", properties: { score: { type: "number" } }, required: ["score"] } },
          required: ["anatomy"],
        },
      },
    };
    const answer = answerQuestions({ schema, text: "Look.", pictures: [] }) as {
      samples: { anatomy: { score: number } }[];
      decision: string;
      stars: number;
    };
    expect(answer.samples).toHaveLength(3);
    expect(["pass", "fail"]).toContain(answer.decision);
    expect([1, 2, 3, 4, 5]).toContain(answer.stars);
  });

  it("rank candidates by what can be measured", async () => {
    const { client } = simulated();
    const good = Buffer.from(pictureOf(await client.responses.create(drawing("A red sneaker"))).result!, "base64");
    const pictures = [await measure(await flat("#888888")), await measure(good)];
    const schema = {
      type: "object",
      properties: { ranking: { type: "array", items: { type: "integer", minimum: 0 } }, best: { type: "integer" } },
      required: ["ranking", "best"],
    };
    expect(answerQuestions({ schema, text: "Which is better?", pictures })).toEqual({ ranking: [1, 0], best: 1 });
  });

  it("come through the SDK as text that parses", async () => {
    const { client } = simulated();
    const image_url = `data:image/png;base64,${(await flat("#d7263d")).toString("base64")}`;
    const response = await client.responses.create({
      model: "gpt-6.1-terra",
      store: false,
      input: [
        {
          role: "user",
          content: [
            { type: "input_text", text: CHECKLIST },
            { type: "input_image", detail: "high", image_url },
          ],
        },
      ],
      text: { format: { type: "json_schema", name: "verdict", strict: true, schema: checks } },
    });
    expect((JSON.parse(response.output_text) as Checks).checks).toHaveLength(2);
  });
});

describe("spec sheets and talk", () => {
  it("writes a sheet with measured colours when asked for a reusable system prompt", async () => {
    const { client } = simulated();
    const first = await client.responses.create(drawing("A red sneaker, golden hour"));
    const sheet = await client.responses.create({
      model: "gpt-6.1-terra",
      previous_response_id: first.id,
      input: "Write a reusable system prompt from this conversation.",
    });
    expect(sheet.output_text).toMatch(/Palette\n- #[0-9a-f]{6}/);
    expect(sheet.output_text).toContain("A red sneaker, golden hour");
    expect(sheet.output_text).toMatch(/Always[\s\S]*Never/);
  });

  it("answers a priming turn with an approach to the subject", async () => {
    const { client } = simulated();
    const answer = await client.responses.create({
      model: "gpt-6.1-terra",
      input: "A perfume bottle in the desert. What would you do?",
    });
    expect(answer.output_text).toMatch(/bottle.*dunes/);
  });
});

describe("usage", () => {
  it("holds the provider's published figures", () => {
    expect(pictureTokens(1024, 1024, "high")).toBe(7024);
    expect(pictureTokens(1536, 1024, "high")).toBe(5488);
    expect(pictureTokens(1024, 1024, "low")).toBe(196);
    expect(pictureTokens(3840, 2160, "high")).toBe(13_342);
    expect((pictureTokens(1024, 1024, "medium") * 30) / 1e6).toBeCloseTo(0.053, 3);
  });
});
