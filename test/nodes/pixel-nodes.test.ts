import { describe, expect, it } from "vitest";
import type { AnyNode, ImageValue, Value } from "#lib/sdk/index.ts";
import encode from "#nodes/encode.ts";
import grade from "#nodes/grade.ts";
import keepRegion from "#nodes/keep-region.ts";
import mask from "#nodes/mask.ts";
import overlay from "#nodes/overlay.ts";
import reference from "#nodes/reference.ts";
import resize from "#nodes/resize.ts";
import upscale from "#nodes/upscale.ts";
import { exampleValue } from "./example-values.ts";
import { testContext } from "./node-context.ts";
import { expectedOutputs, portFault, runNode } from "./run-node.ts";

const PIXEL_NODES: AnyNode[] = [reference, mask, grade, resize, upscale, overlay, keepRegion, encode];
const images = (values: Value[] | undefined): ImageValue[] => (values ?? []).filter((value) => value.kind === "image");
const problems = (node: AnyNode, config: Record<string, unknown>) =>
  (node.check?.(node.config.parse(config)) ?? []).map(({ code, field }) => `${code} ${field}`);

describe.each(PIXEL_NODES)("$type", (node) => {
  it.each(node.examples)("$name", async (example) => {
    const context = testContext();
    if (example.fails) {
      await expect(runNode(node, example, context)).rejects.toMatchObject({ code: example.fails });
      return;
    }
    const { outputs } = await runNode(node, example, context);
    expect(portFault(node, outputs)).toBeUndefined();
    if (typeof example.gives === "function") expect(example.gives(outputs)).toBe(true);
    else {
      const expected = await expectedOutputs(example.gives, context);
      expect(Object.keys(outputs).sort()).toEqual(Object.keys(expected).sort());
      expect(outputs).toMatchObject(expected);
    }
  });

  it("is documented: a text, a title for every setting, two examples at least", () => {
    expect(node.docs.length).toBeGreaterThan(100);
    expect(node.examples.length).toBeGreaterThanOrEqual(2);
    for (const [name, field] of Object.entries(node.config.shape)) {
      expect((field as { meta(): { title?: string } | undefined }).meta()?.title, `${node.type}.${name}`).toBeTruthy();
    }
  });
});

describe("the turn of a picture passes through", () => {
  const changes: [AnyNode, Record<string, unknown>, Record<string, unknown>][] = [
    [grade, { exposure: 1 }, {}],
    [resize, { targets: [{ name: "s", width: 9, height: 9 }] }, {}],
    [upscale, {}, {}],
    [overlay, { text: "Hi", margin: 0 }, {}],
  ];
  it.each(changes)("$type", async (node, config, inputs) => {
    const context = testContext();
    const drawn = (await exampleValue("@drawn", context.assets)) as ImageValue;
    const { outputs } = await runNode(node, { config, inputs: { ...inputs, image: "@drawn" } }, context);
    const [made] = images(outputs.image);
    expect(made?.turn).toEqual(drawn.turn);
    expect(made?.asset).not.toBe(drawn.asset);
  });
});

describe("GR-022 sizes that cannot be made are problems of the graph, naming their setting", () => {
  it("resize: target by target, just below and just above", () => {
    const target = (width: number, height: number) => ({ name: "t", width, height });
    expect(problems(resize, { targets: [target(5000, 10_000)] })).toEqual([]);
    expect(problems(resize, { targets: [target(9, 9), target(5001, 10_000)] })).toEqual(["OUTPUT_TOO_LARGE targets.1"]);
    expect(problems(resize, { targets: [target(16_385, 1)] })).toEqual(["OUTPUT_TOO_LARGE targets.0"]);
    expect(problems(resize, {})).toEqual(["TARGET_MISSING targets"]);
  });

  it("upscale: factor, width and height", () => {
    expect(problems(upscale, { scale: 16 })).toEqual([]);
    expect(problems(upscale, { scale: 1000 })).toEqual(["OUTPUT_TOO_LARGE scale"]);
    expect(problems(upscale, { width: 100_000, height: 100_000 })).toEqual(["OUTPUT_TOO_LARGE width"]);
    expect(problems(upscale, { height: 16_385 })).toEqual(["OUTPUT_TOO_LARGE height"]);
    expect(problems(upscale, { width: 16_384 })).toEqual([]);
  });

  it("mask: a source without what it is made from", () => {
    expect(problems(mask, {})).toEqual([]);
    expect(problems(mask, { source: "ellipse" })).toEqual(["MASK_SHAPE_MISSING rect"]);
    expect(problems(mask, { source: "color", color: "" })).toEqual(["MASK_SHAPE_MISSING color"]);
    expect(problems(mask, { source: "asset" })).toEqual(["MASK_SHAPE_MISSING asset"]);
  });
});

describe("settings", () => {
  it("reference takes assets as a graph's image input gives them, and numbers its labels", async () => {
    const context = testContext({ title: "Mood" });
    const { asset, width, height } = (await exampleValue("@square", context.assets)) as ImageValue;
    const config = { assets: [{ asset, width, height }, { asset }], note: "grain" };
    const { outputs } = await runNode(reference, { config }, context);
    expect(images(outputs.image).map(({ label, role, note }) => [label, role, note])).toEqual([
      ["Mood 1", "other", "grain"],
      ["Mood 2", "other", "grain"],
    ]);
  });

  it("reference refuses a seventeenth picture", () => {
    const assets = Array.from({ length: 17 }, () => ({ asset: `sha256:${"0".repeat(64)}` }));
    expect(reference.config.safeParse({ assets }).success).toBe(false);
    expect(reference.config.safeParse({ assets: assets.slice(1) }).success).toBe(true);
  });

  it("resize takes one preset or a list of them beside own targets", async () => {
    const config = {
      targets: [{ name: "own", width: 10, height: 10 }],
      preset: ["story", "a5-300dpi"],
      fit: "contain",
    };
    expect(resize.expands?.(resize.config.parse(config), {})).toBe(3);
    const { outputs } = await runNode(resize, { config, inputs: { image: "@landscape" } });
    const made = images(outputs.image).map(({ label, width, height }) => [label, width, height]);
    expect(made).toEqual([
      ["own", 10, 10],
      ["story", 1080, 720],
      ["a5-300dpi", 1748, 1165],
    ]);
    expect(resize.config.safeParse({ preset: "no-such-size" }).success).toBe(false);
  });

  it("a mask's stored picture may be an image input's value", async () => {
    const context = testContext();
    const { asset } = (await exampleValue("@mask", context.assets)) as { asset: string };
    const config = { source: "asset", asset: { asset } };
    const { outputs } = await runNode(mask, { config, inputs: { image: "@landscape" } }, context);
    expect(outputs.mask).toHaveLength(1);
  });

  it("overlay fills label, position and run into its text; a wired text comes before it", async () => {
    const context = testContext();
    const texts: (string | undefined)[] = [];
    const ctx = {
      ...context.ctx,
      images: {
        ...context.ctx.images,
        overlay: async (image: ImageValue, { text }: { text?: string }) => {
          texts.push(text);
          return image;
        },
      },
    };
    const image = { ...((await exampleValue("@landscape", context.assets)) as ImageValue), label: "hero" };
    const config = overlay.config.parse({ text: "{{label}} {{item}} {{run.date}}" });
    await overlay.run(ctx, { image }, config);
    await overlay.run(ctx, { image, text: { kind: "text", text: "wired" } }, config);
    expect(texts).toEqual(["hero 1 2026-11-20", "wired"]);
  });
});
