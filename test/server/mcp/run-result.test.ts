import { describe, expect, test } from "vitest";
import { GraphInput } from "#lib/protocol/graph.ts";
import type { RunDocument } from "#lib/protocol/run.ts";
import { FormLayout } from "#lib/protocol/templates.ts";
import { runResult } from "#lib/server/mcp/run-result.ts";
import { inputSchemaOf, toolName } from "#lib/server/mcp/tool-schema.ts";
import { runDocument } from "#test/cli/fake-studio.ts";

const page = (path: string) => `https://studio.test${path}`;
const asset = (digit: string) => `sha256:${digit.repeat(64)}`;
const image = (digit: string) => ({
  kind: "image" as const,
  asset: asset(digit),
  width: 4,
  height: 3,
  mediaType: "image/png",
  made: { by: "model" as const },
});
const asked: string[] = [];
const studio = {
  // biome-ignore lint/suspicious/noExplicitAny: a graph of which only the wires are looked at
  graphOfRun: async (): Promise<any> => ({
    nodes: [{ id: "picture" }, { id: "tell" }],
    edges: [{ source: "picture", sourceHandle: "image", target: "tell", targetHandle: "data" }],
  }),
  thumbnail: async (of: string, width: number) => {
    asked.push(`${of.slice(7, 9)} ${width}`);
    return { bytes: Buffer.from("thumb"), width, height: width, mediaType: "image/webp" };
  },
};
const told = (run: Partial<RunDocument>) => runResult(studio, runDocument({ simulated: false, ...run }), page);
const words = async (run: Partial<RunDocument>) => {
  const [first] = (await told(run)).content;
  return first?.type === "text" ? first.text : "";
};

describe("what an assistant is told of a run", () => {
  test("pictures that leave by a last node are shown, each once, at most eight; the others are named", async () => {
    const many = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "1"].map(image);
    const { content, structuredContent, isError } = await told({
      outputs: { picture: { image: many }, tell: {} },
      costUsd: 0.4,
    });
    expect(isError).toBeUndefined();
    expect(content.filter(({ type }) => type === "image")).toHaveLength(8);
    expect(asked[0]).toBe("11 1568");
    expect(structuredContent?.pictures).toHaveLength(9);
    expect(content[0]).toMatchObject({ text: expect.stringContaining(`9. ${asset("9")}`) });
    expect(content[0]).toMatchObject({ text: expect.stringContaining("$0.40") });
  });

  test.each([
    [{ status: "waiting" }, "waits for a person to decide; https://studio.test/review", false],
    [{ status: "paused", reason: "budget" }, "a budget is spent", true],
    [{ status: "paused", reason: "in_doubt" }, "not known whether a call was paid", true],
    [
      { status: "paused", reason: "quota", error: { code: "quota", message: "Out of credit." } },
      "Out of credit.",
      true,
    ],
    [{ status: "failed", error: { code: "x", message: "Refused." } }, "failed. Refused.", true],
    [{ status: "cancelled" }, "was cancelled", true],
    [{ status: "running" }, "is running still; call get_run", false],
  ] as const)("%o is said plainly", async (run, says, bad) => {
    expect(await words(run)).toContain(says);
    expect((await told(run)).isError === true).toBe(bad);
  });
});

describe("a template as a tool", () => {
  test("its name is short, plain and its own", () => {
    const taken = new Set(["get_run", "hero-shot"]);
    expect(toolName("get_run", taken)).toBe("get_run-2");
    expect(toolName("hero.shot", taken)).toBe("hero-shot-2");
    expect(toolName("x".repeat(100), taken)).toHaveLength(60);
    expect(toolName("…", taken)).toBe("-");
  });

  test("asks for what the form asks for, in the form's words, and not for what it hides", () => {
    const inputs = [
      { key: "a", required: true },
      { key: "b", title: "B", default: "x" },
      { key: "c", required: true, default: 1, type: "number" },
    ].map((input) => GraphInput.parse(input));
    const form = FormLayout.parse({
      groups: [
        {
          fields: [
            { key: "a", title: "What?", help: "In a word." },
            { key: "b", shown: false },
          ],
        },
      ],
    });
    expect(inputSchemaOf({ inputs, form })).toEqual({
      type: "object",
      properties: {
        a: { type: "string", title: "What?", description: "In a word." },
        c: { type: "number", default: 1 },
      },
      required: ["a"],
      additionalProperties: false,
    });
  });
});
