import { describe, expect, it } from "vitest";
import type { SpecValue, ThreadValue } from "#lib/sdk/index.ts";
import converse from "#nodes/converse.ts";
import { testContext } from "./node-context.ts";
import { runNode } from "./run-node.ts";

const TEXT = { kind: "text", text: "What should it say?" };
const SPEC: SpecValue = { kind: "spec", name: "Alpine", text: "Cold light.", hash: "sheet" };
const THREAD: ThreadValue = {
  kind: "thread",
  turn: { responseId: "resp_before", depth: 1, provider: "simulator", createdAt: 0 },
};

describe("converse", () => {
  it("sends text, sheet and references, and continues a wired context", async () => {
    const context = testContext();
    const inputs = { text: TEXT, spec: SPEC, context: THREAD, references: ["@square"] };
    const { outputs } = await runNode(converse, { config: { model: "gpt-6.2-sol" }, inputs }, context);
    expect(context.asked).toMatchObject([
      { kind: "talk", text: "What should it say?", model: "gpt-6.2-sol", spec: SPEC, continues: THREAD },
    ]);
    expect(context.asked[0]).toHaveProperty("references.length", 1);
    expect((outputs.thread?.[0] as ThreadValue | undefined)?.turn.depth).toBe(2);
    expect(outputs.text).toEqual([{ kind: "text", text: "Answer to: What should it say?" }]);
  });

  it("refuses a model that draws pictures instead of talking", async () => {
    const given = { config: { model: "gpt-image-2.5-flare" }, inputs: { text: TEXT } };
    await expect(runNode(converse, given)).rejects.toMatchObject({ code: "NOT_A_TEXT_MODEL" });
  });
});
