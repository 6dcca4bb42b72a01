import { describe, expect, it } from "vitest";
import type { ImageValue, RevisionValue, SpecValue, ThreadValue } from "#lib/sdk/index.ts";
import generate from "#nodes/generate.ts";
import { exampleValue } from "./example-values.ts";
import { type TestContext, testContext } from "./node-context.ts";
import { runNode } from "./run-node.ts";

const PROMPT = { kind: "text", text: "A trail sneaker" };
const THREAD: ThreadValue = {
  kind: "thread",
  turn: { responseId: "resp_before", depth: 3, provider: "simulator", createdAt: 0, specHash: "sheet" },
};

async function sheetWith({ assets }: TestContext, sample: string): Promise<SpecValue> {
  const image = (await exampleValue(sample, assets)) as ImageValue;
  return { kind: "spec", name: "Alpine", text: "Cold light.", hash: "sheet", samples: [image] };
}
async function revisionOf({ assets }: TestContext, name: string, mode: RevisionValue["mode"]): Promise<RevisionValue> {
  return {
    kind: "revision",
    image: (await exampleValue(name, assets)) as ImageValue,
    notes: "Two laces are missing.",
    mode,
  };
}
const drawn = ({ asked }: TestContext) => {
  expect(asked).toHaveLength(1);
  const [call] = asked;
  if (call?.kind !== "draw") throw new Error("nothing was drawn");
  return call;
};

describe("generate", () => {
  it("asks for a new picture with the settings chosen, and no others", async () => {
    const context = testContext();
    await runNode(
      generate,
      { config: { size: "1536x1024", variants: 2, quality: "high" }, inputs: { prompt: PROMPT } },
      context,
    );
    const call = drawn(context);
    expect(call).toMatchObject({ prompt: "A trail sneaker", variants: 2, action: "generate", references: [] });
    expect(call.settings).toMatchObject({ lane: "conversation", size: "1536x1024", quality: "high", partials: 2 });
    expect(call.settings).not.toHaveProperty("variants");
    expect(call.continues).toBeUndefined();
    expect(call.picture).toBeUndefined();
  });

  it("continues a wired context", async () => {
    const context = testContext();
    await runNode(generate, { inputs: { prompt: PROMPT, context: THREAD } }, context);
    expect(drawn(context).continues).toEqual(THREAD);
  });

  it("sends wired references, then the samples of the sheet", async () => {
    const context = testContext();
    const spec = await sheetWith(context, "@square");
    await runNode(generate, { inputs: { prompt: PROMPT, spec, references: ["@portrait"] } }, context);
    const portrait = (await exampleValue("@portrait", context.assets)) as ImageValue;
    expect(drawn(context).references.map(({ asset }) => asset)).toEqual([portrait.asset, spec.samples?.[0]?.asset]);
    expect(drawn(context).spec).toEqual(spec);
  });

  it("does not send the samples again into a conversation that has the sheet", async () => {
    const context = testContext();
    const spec = await sheetWith(context, "@square");
    await runNode(generate, { inputs: { prompt: PROMPT, spec, context: THREAD } }, context);
    expect(drawn(context).references).toEqual([]);
  });

  it("refuses a context in the one-shot lane by naming the port, before any call", async () => {
    const context = testContext();
    const given = { config: { lane: "oneshot" }, inputs: { prompt: PROMPT, context: THREAD } };
    await expect(runNode(generate, given, context)).rejects.toMatchObject({
      code: "CONTEXT_IN_ONESHOT",
      details: { port: "context" },
    });
    expect(context.asked).toEqual([]);
  });

  it("says so before the run as well", () => {
    const oneshot = generate.config.parse({ lane: "oneshot" });
    expect(generate.checkWiring?.(oneshot, new Set(["prompt", "context"]))).toMatchObject([
      { code: "CONTEXT_IN_ONESHOT", port: "context" },
    ]);
    expect(generate.checkWiring?.(oneshot, new Set(["prompt"]))).toEqual([]);
    expect(generate.checkWiring?.(generate.config.parse({}), new Set(["context"]))).toEqual([]);
  });

  it("spends nothing on an empty prompt", async () => {
    const context = testContext();
    const given = { inputs: { prompt: { kind: "text", text: " \n" } } };
    await expect(runNode(generate, given, context)).rejects.toMatchObject({ code: "PROMPT_EMPTY" });
    expect(context.asked).toEqual([]);
  });

  it("refuses a size the model cannot draw", async () => {
    const given = { config: { size: "1000x1000" }, inputs: { prompt: PROMPT } };
    await expect(runNode(generate, given)).rejects.toMatchObject({ code: "SIZE_NOT_LEGAL" });
  });
});

describe("generate with a revision", () => {
  it("iterates in the picture's own thread with the notes, one picture for one, references not sent again", async () => {
    const context = testContext();
    const revision = await revisionOf(context, "@drawn", "iterate");
    const inputs = { prompt: PROMPT, revision, references: ["@portrait"], context: THREAD };
    await runNode(generate, { config: { variants: 4 }, inputs }, context);
    const call = drawn(context);
    expect(call).toMatchObject({ prompt: "Two laces are missing.", action: "edit", variants: 1, references: [] });
    expect(call.picture).toEqual(revision.image);
    expect(call.continues).toBeUndefined();
  });

  it("sends the references again when the picture has no thread that remembers them", async () => {
    const context = testContext();
    const revision = await revisionOf(context, "@landscape", "iterate");
    await runNode(generate, { inputs: { prompt: PROMPT, revision, references: ["@portrait"] } }, context);
    expect(drawn(context).references).toHaveLength(1);
  });

  it("restarts from its own inputs, context included, with the notes as constraints", async () => {
    const context = testContext();
    const revision = await revisionOf(context, "@drawn", "restart");
    const inputs = { prompt: PROMPT, revision, references: ["@portrait"], context: THREAD };
    await runNode(generate, { config: { variants: 4 }, inputs }, context);
    const call = drawn(context);
    expect(call.prompt).toBe("A trail sneaker\n\nConstraints:\nTwo laces are missing.");
    expect(call).toMatchObject({ action: "generate", variants: 1 });
    expect(call.continues).toEqual(THREAD);
    expect(call.references).toHaveLength(1);
    expect(call.picture).toBeUndefined();
  });

  it("falls back to its prompt when a person sent the picture back without a word", async () => {
    const context = testContext();
    const revision = { ...(await revisionOf(context, "@drawn", "iterate")), notes: " " };
    await runNode(generate, { inputs: { prompt: PROMPT, revision } }, context);
    expect(drawn(context).prompt).toBe("A trail sneaker");
  });
});
