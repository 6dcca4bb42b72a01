import { describe, expect, it } from "vitest";
import type { ImageValue, SpecValue } from "#lib/sdk/index.ts";
import distil from "#nodes/distil.ts";
import { exampleValue } from "./example-values.ts";
import { type TestContext, testContext } from "./node-context.ts";
import { runNode } from "./run-node.ts";

const talked = ({ asked }: TestContext) => {
  const [call] = asked;
  if (call?.kind !== "talk") throw new Error("nobody talked");
  return call;
};

describe("distil", () => {
  it("asks in the picture's own thread, without sending the picture again", async () => {
    const context = testContext();
    const image = (await exampleValue("@drawn", context.assets)) as ImageValue;
    await runNode(distil, { inputs: { image } }, context);
    expect(talked(context)).toMatchObject({ continues: image.turn, references: [] });
    expect(talked(context).text).toContain("reusable system prompt");
  });

  it("shows a picture that changed since its turn, in the same thread", async () => {
    const context = testContext();
    const image = (await exampleValue("@touched", context.assets)) as ImageValue;
    await runNode(distil, { inputs: { image } }, context);
    expect(talked(context)).toMatchObject({ continues: image.turn, references: [image] });
  });

  it("shows a picture that has no thread", async () => {
    const context = testContext();
    const image = (await exampleValue("@landscape", context.assets)) as ImageValue;
    await runNode(distil, { config: { request: "Describe the style." }, inputs: { image } }, context);
    expect(talked(context)).toMatchObject({ text: "Describe the style.", references: [image] });
    expect(talked(context).continues).toBeUndefined();
  });

  it("asks in the conversation it is told of when the picture brings none, without sending the picture again", async () => {
    const context = testContext();
    const { asset } = (await exampleValue("@square", context.assets)) as ImageValue;
    const turn = { responseId: "resp_7", asset, depth: 2, provider: "simulator", createdAt: 1 };
    await runNode(distil, { config: { turn }, inputs: { image: "@square" } }, context);
    expect(context.asked[0]).toMatchObject({ references: [], continues: { responseId: "resp_7" } });
  });

  it("keeps the sheet in the library under its name, and only then", async () => {
    const context = testContext({ title: "Distil" });
    const { outputs } = await runNode(distil, { config: { saveAs: "Alpine" }, inputs: { image: "@drawn" } }, context);
    const kept = await context.ctx.sheets.load("Alpine@1");
    expect(kept).toEqual({ ...outputs.spec?.[0], name: "alpine", sheet: { id: "alpine", version: 1 } });
    expect((outputs.spec?.[0] as SpecValue | undefined)?.hash).toBe(context.ctx.hash(kept.text));

    const other = testContext({ title: "Distil" });
    await runNode(distil, { inputs: { image: "@drawn" } }, other);
    await expect(other.ctx.sheets.load("Distil")).rejects.toMatchObject({ code: "SHEET_UNKNOWN" });
  });
});
