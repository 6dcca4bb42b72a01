import { describe, expect, it } from "vitest";
import type { ImageValue, RevisionValue } from "#lib/sdk/index.ts";
import edit from "#nodes/edit.ts";
import { exampleValue } from "./example-values.ts";
import { type TestContext, testContext } from "./node-context.ts";
import { runNode } from "./run-node.ts";

const DUSK = { kind: "text", text: "Make it dusk" };
const picture = async ({ assets }: TestContext, name: string) => (await exampleValue(name, assets)) as ImageValue;
const drawn = ({ asked }: TestContext) => {
  expect(asked).toHaveLength(1);
  const [call] = asked;
  if (call?.kind !== "draw") throw new Error("nothing was drawn");
  return call;
};

describe("edit", () => {
  it("changes the picture by the instruction and continues its thread", async () => {
    const context = testContext();
    const image = await picture(context, "@drawn");
    const { outputs } = await runNode(edit, { inputs: { image, instruction: DUSK } }, context);
    expect(drawn(context)).toMatchObject({ prompt: "Make it dusk", action: "edit", memory: "continue", variants: 1 });
    expect(drawn(context).picture).toEqual(image);
    expect((outputs.image?.[0] as ImageValue | undefined)?.turn?.depth).toBe(2);
  });

  it("with fresh memory sends the picture and continues nothing", async () => {
    const context = testContext();
    const given = { config: { memory: "fresh" }, inputs: { image: "@drawn", instruction: DUSK } };
    const { outputs } = await runNode(edit, given, context);
    expect(drawn(context).memory).toBe("fresh");
    expect((outputs.image?.[0] as ImageValue | undefined)?.turn?.depth).toBe(1);
  });

  it("locks nothing and measures no drift without a mask", async () => {
    const { outputs } = await runNode(edit, { inputs: { image: "@landscape", instruction: DUSK } });
    expect(Object.keys(outputs)).toEqual(["image"]);
  });

  it("sends the mask, puts back the pixels outside it, and measures what the model had changed there", async () => {
    const context = testContext();
    const image = await picture(context, "@landscape");
    const { outputs } = await runNode(
      edit,
      { config: { feather: 0, variants: 2 }, inputs: { image, instruction: DUSK, mask: "@mask" } },
      context,
    );
    expect(drawn(context).mask).toMatchObject({ kind: "mask", width: 96, height: 64 });
    expect(outputs.image).toHaveLength(2);
    expect(outputs.drift).toHaveLength(2);
    for (const one of outputs.drift ?? []) {
      expect(one.kind === "number" && one.number).toBeGreaterThan(0.9);
    }
    for (const one of outputs.image as ImageValue[]) {
      expect(one).toMatchObject({ width: 96, height: 64 });
      expect(one.asset).not.toBe(image.asset);
      expect(one.turn?.asset, "the lock changed pixels, so the turn's own picture is another").not.toBe(one.asset);
    }
  });

  it("leaves the model's picture alone when the lock is off", async () => {
    const context = testContext();
    const given = { config: { strictLock: false }, inputs: { image: "@landscape", instruction: DUSK, mask: "@mask" } };
    const { outputs } = await runNode(edit, given, context);
    const [image] = outputs.image as ImageValue[];
    expect(image?.turn?.asset).toBe(image?.asset);
    expect(outputs.drift).toBeUndefined();
    expect(drawn(context).mask).toBeDefined();
  });

  it("IM-015 refuses a mask of another size before any paid call", async () => {
    const context = testContext();
    const given = { inputs: { image: "@landscape", instruction: DUSK, mask: "@mask-square" } };
    await expect(runNode(edit, given, context)).rejects.toMatchObject({ code: "MASK_SIZE_MISMATCH" });
    expect(context.asked).toEqual([]);
  });

  it("spends nothing on an empty instruction", async () => {
    const context = testContext();
    const given = { inputs: { image: "@landscape", instruction: { kind: "text", text: "" } } };
    await expect(runNode(edit, given, context)).rejects.toMatchObject({ code: "PROMPT_EMPTY" });
    expect(context.asked).toEqual([]);
  });
});

describe("edit with a revision", () => {
  const revise = async (context: TestContext, mode: RevisionValue["mode"], more: object = {}) => {
    const image = await picture(context, "@landscape");
    const back = await picture(context, "@touched");
    const revision: RevisionValue = { kind: "revision", image: back, notes: "The sky is too red.", mode };
    await runNode(
      edit,
      {
        config: { variants: 3, memory: "fresh" },
        inputs: { image, instruction: DUSK, revision, references: ["@portrait"], ...more },
      },
      context,
    );
    return { image, back, call: drawn(context) };
  };

  it("iterates on the picture sent back, in its thread, by the notes", async () => {
    const { back, call } = await revise(testContext(), "iterate");
    expect(call.picture).toEqual(back);
    expect(call).toMatchObject({ prompt: "The sky is too red.", action: "edit", memory: "continue", variants: 1 });
    expect(call.references).toEqual([]);
  });

  it("restarts from its own picture and instruction, with the notes as constraints", async () => {
    const { image, call } = await revise(testContext(), "restart");
    expect(call.picture).toEqual(image);
    expect(call.prompt).toBe("Make it dusk\n\nConstraints:\nThe sky is too red.");
    expect(call).toMatchObject({ memory: "fresh", variants: 1 });
    expect(call.references).toHaveLength(1);
  });

  it("keeps the mask on a later try", async () => {
    const { call } = await revise(testContext(), "iterate", { mask: "@mask" });
    expect(call.mask).toBeDefined();
  });
});
