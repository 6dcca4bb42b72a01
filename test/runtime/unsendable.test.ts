import { describe, expect, test } from "vitest";
import { LIMITS } from "#lib/protocol/limits.ts";
import { scriptedProvider } from "./scripted-provider.ts";
import { edge, graph, node, openTestStudio } from "./test-studio.ts";

const words = (text: string, type: string, config = {}, port = "prompt") =>
  graph([node("words", "text", { text }), node("asks", type, config)], [edge("words.text", `asks.${port}`)]);

async function codeOf(document: unknown) {
  const fake = scriptedProvider();
  const { go } = await openTestStudio(fake.provider);
  const run = await go(document);
  return { code: run.steps.find((step) => step.nodeId === "asks")?.error?.code, sent: fake.sent.length };
}

describe("what the provider would refuse is not sent", () => {
  test("empty words", async () => {
    expect(await codeOf(words("  ", "converse", {}, "text"))).toEqual({ code: "PROMPT_EMPTY", sent: 0 });
  });

  test("a prompt beyond the limit, in either lane", async () => {
    for (const lane of ["conversation", "oneshot"]) {
      const most = "x".repeat(LIMITS.promptChars);
      expect(await codeOf(words(most, "generate", { lane }))).toEqual({ code: undefined, sent: 1 });
      expect(await codeOf(words(`${most}x`, "generate", { lane }))).toEqual({ code: "PROMPT_TOO_LONG", sent: 0 });
    }
  });

  test("more pictures than a call takes, in either lane", async () => {
    for (const lane of ["conversation", "oneshot"]) {
      for (const [count, expected] of [
        [LIMITS.imagesPerCall, { code: undefined, sent: 2 }],
        [LIMITS.imagesPerCall + 1, { code: "TOO_MANY_IMAGES", sent: 2 }],
      ] as const) {
        const first = Math.min(count, 10);
        const document = graph(
          [
            node("words", "text", { text: "all of them" }),
            node("a", "generate", { lane: "oneshot", variants: first }),
            node("b", "generate", { lane: "oneshot", variants: count - first, quality: "low" }),
            node("asks", "generate", { lane }),
          ],
          [
            edge("words.text", "a.prompt"),
            edge("words.text", "b.prompt"),
            edge("words.text", "asks.prompt"),
            edge("a.image", "asks.references"),
            edge("b.image", "asks.references"),
          ],
        );
        const { code, sent } = await codeOf(document);
        expect({ code, sent: sent - (code ? 0 : 1) }).toEqual(expected);
      }
    }
  });
});
