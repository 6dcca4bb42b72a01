import { describe, expect, it } from "vitest";
import type { ImageValue, SpecValue } from "#lib/sdk/index.ts";
import specSheet from "#nodes/spec-sheet.ts";
import { exampleValue } from "./example-values.ts";
import { type TestContext, testContext } from "./node-context.ts";
import { runNode } from "./run-node.ts";

async function write(
  config: Record<string, unknown>,
  inputs: Record<string, unknown> = {},
  context: TestContext = testContext({ title: "House look" }),
): Promise<SpecValue> {
  const { outputs } = await runNode(specSheet, { config, inputs }, context);
  return outputs.spec?.[0] as SpecValue;
}

async function library(): Promise<{ context: TestContext; ref: string; saved: SpecValue }> {
  const context = testContext();
  const sample = (await exampleValue("@square", context.assets)) as ImageValue;
  const text = "Cold light.";
  const saved: SpecValue = { kind: "spec", name: "alpine", text, hash: context.ctx.hash(text), samples: [sample] };
  return { context, ref: await context.ctx.sheets.save("alpine", saved), saved };
}

describe("spec sheet", () => {
  it("is named after its node when it has no name", async () => {
    expect((await write({ text: "Cold light." })).name).toBe("House look");
  });

  it("has a hash of its text alone", async () => {
    const context = testContext();
    const { hash, text } = await write({ name: "A", text: "Cold light." }, {}, context);
    expect(hash).toBe(context.ctx.hash(text));
    expect((await write({ name: "B", text: "Cold light." })).hash).toBe(hash);
    expect((await write({ name: "A", text: "Warm light." })).hash).not.toBe(hash);
  });

  it("has the brief as a section and describes its samples by role and note", async () => {
    const context = testContext();
    const shoe = (await exampleValue("@square", context.assets)) as ImageValue;
    const references = [{ ...shoe, role: "style", note: "only the grain" }, shoe];
    const sheet = await write(
      { text: "Cold light." },
      { brief: { kind: "text", text: "## Must\n- laces" }, references },
      context,
    );
    expect(sheet.text).toBe(
      "Cold light.\n\n# Brief\n\n## Must\n- laces\n\n# Sample pictures\n\n- style — only the grain\n- sample",
    );
    expect(sheet.samples).toEqual(references);
  });

  it("without samples has none", async () => {
    expect(await write({ text: "Cold light." })).not.toHaveProperty("samples");
  });

  it("extends a sheet of the library: its text first, its samples too", async () => {
    const { context, ref, saved } = await library();
    const sheet = await write({ extends: ref, text: "No people." }, { references: ["@portrait"] }, context);
    expect(sheet.text).toMatch(/^Cold light\.\n\nNo people\./);
    expect(sheet.samples?.[0]).toMatchObject({ asset: saved.samples?.[0]?.asset });
    expect(sheet.samples).toHaveLength(2);
  });

  it("extends by sections: one under the same heading stands in its place, an empty one takes it away, others are added", async () => {
    const context = testContext();
    const text = "House.\n\n# Light\nSoft.\n\n# Camera\n50 mm.";
    const ref = await context.ctx.sheets.save("house", { kind: "spec", name: "house", text, hash: "" });
    const own = "Alpine.\n\n# light\nHard.\n\n# Camera\n\n# People\nNone.";
    expect((await write({ extends: ref, text: own }, {}, context)).text).toBe(
      "House.\n\nAlpine.\n\n# light\nHard.\n\n# People\nNone.",
    );
  });

  it("uses a sheet of the library as it is: the node's own text overrides nothing, and it says which version it was", async () => {
    const { context, ref, saved } = await library();
    const { samples, ...words } = await write({ library: ref, text: "No people." }, {}, context);
    expect(words).toEqual({
      kind: "spec",
      name: "alpine",
      text: saved.text,
      hash: saved.hash,
      sheet: { id: "alpine", version: 1 },
    });
    expect(samples).toMatchObject([{ asset: saved.samples?.[0]?.asset }]);
  });

  it("without a version it takes the newest", async () => {
    const { context, saved } = await library();
    await context.ctx.sheets.save("alpine", { ...saved, text: "Warm light." });
    expect(await write({ library: "alpine" }, {}, context)).toMatchObject({
      text: "Warm light.",
      sheet: { version: 2 },
    });
    expect((await write({ library: "alpine@1" }, {}, context)).text).toBe("Cold light.");
  });

  it("fails on a sheet the library does not have", async () => {
    await expect(write({ library: "nowhere@1" })).rejects.toMatchObject({ code: "SHEET_UNKNOWN" });
  });

  it("names a sheet with its version or without, and nothing else", () => {
    for (const library of ["alpine", "House look@3", "", "{{brand}}-style"])
      expect(specSheet.config.safeParse({ library }).success).toBe(true);
    for (const library of ["alpine@", "alpine@x", "alpine@0", "@3", "…", "a@1@2"])
      expect(specSheet.config.safeParse({ library }).error?.issues[0]?.message).toContain("house-style@3");
  });
});
