import { describe, expect, it } from "vitest";
import { createSharpOps } from "#lib/adapters/sharp/sharp-image-ops.ts";
import type { ImageValue } from "#lib/protocol/values.ts";
import { createDryImageTools, createImageTools } from "#lib/runtime/image-tools.ts";
import type { AssetInfo, TextReader } from "#lib/runtime/ports.ts";
import { type ImageTools, MeasuredCheck, type MeasureFacts, StepError } from "#lib/sdk/index.ts";
import { createMemoryAssetStore } from "../nodes/memory-asset-store.ts";
import { type Pixel, paintPng } from "../nodes/paint-png.ts";

const [W, H] = [96, 64];

function studio(textReader?: TextReader) {
  const assets = createMemoryAssetStore();
  const infos = new Map<string, AssetInfo>();
  const tools = createImageTools({
    ops: createSharpOps(),
    assets,
    putAssetInfo: async (info) => void infos.set(info.asset, info),
    assetInfo: async (asset) => infos.get(asset),
    about: { node: "n1", type: "edit", run: "run_1" },
    ...(textReader ? { textReader } : {}),
  });
  const picture = async (paint: (x: number, y: number) => Pixel): Promise<ImageValue> => {
    const bytes = paintPng(W, H, paint);
    return tools.load((await assets.put(bytes)).asset);
  };
  return { tools, assets, picture };
}
const measure = (tools: ImageTools, image: ImageValue, check: Record<string, unknown>, about?: MeasureFacts) =>
  tools.measure(image, MeasuredCheck.parse(check), about);
const codeOf = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    return await work;
  } catch (error) {
    return error instanceof StepError ? error.code : error;
  }
};

describe("ctx.images.measure", () => {
  it("answers every kind that needs nothing but the picture", async () => {
    const { tools, assets, picture } = studio();
    const red = await picture((x) => [200, 20, 20, x < 24 ? 0 : 255]);
    const bytes = (await assets.get(red.asset)).length;
    const passes = async (check: Record<string, unknown>) => (await measure(tools, red, check)).passed;
    expect(await passes({ kind: "dimensions", width: W, height: H })).toBe(true);
    expect(await passes({ kind: "dimensions", width: W, height: W })).toBe(false);
    expect(await passes({ kind: "aspect", ratio: "3:2" })).toBe(true);
    expect(await passes({ kind: "aspect", ratio: "16:9" })).toBe(false);
    expect(await measure(tools, red, { kind: "alpha" })).toMatchObject({ passed: true, value: 0.25 });
    expect(await passes({ kind: "alpha", required: false })).toBe(false);
    expect(await measure(tools, red, { kind: "bytes", max: bytes })).toMatchObject({ passed: true, value: bytes });
    expect(await passes({ kind: "bytes", max: bytes - 1 })).toBe(false);
    expect(await passes({ kind: "sharpness" })).toBe(false);
    expect(await measure(tools, red, { kind: "palette", colors: ["#c81414"] })).toMatchObject({
      passed: true,
      value: 1,
    });
    expect(await passes({ kind: "palette", colors: ["#1414c8"] })).toBe(false);
  });

  it("the size of a picture whose facts are known is not read from its bytes", async () => {
    const { tools, assets, picture } = studio();
    const made = await tools.upscale(await picture(() => [1, 2, 3]), { width: 200, height: 100, kernel: "nearest" });
    assets.get = async () => {
      throw new Error("no byte may be read");
    };
    expect((await measure(tools, made, { kind: "bytes" })).passed).toBe(true);
    expect((await measure(tools, made, { kind: "dimensions", width: 200, height: 100 })).passed).toBe(true);
  });

  it("similarity takes the most like of the references, and fails plainly without one", async () => {
    const { tools, picture } = studio();
    const stripes = await picture((x) => (x % 24 < 12 ? [250, 240, 200] : [30, 60, 120]));
    const disc = await picture((x, y) => (Math.hypot(x - 48, y - 32) < 20 ? [200, 30, 30] : [240, 240, 240]));
    const check = { kind: "similarity", min: 0.9 };
    expect(await measure(tools, stripes, check, { references: [disc, stripes] })).toMatchObject({
      passed: true,
      value: 1,
    });
    expect(await measure(tools, stripes, check, { references: [disc] })).toMatchObject({ passed: false });
    expect(await codeOf(measure(tools, stripes, check))).toBe("REFERENCE_MISSING");
  });

  it("drift is what the strict lock recorded, through every local change after it", async () => {
    const { tools, picture } = studio();
    const original = await picture(() => [100, 100, 100]);
    const drawn = await picture((_x, y) => (y < 16 ? [100, 100, 100] : [180, 100, 100]));
    // The mask marks the lower half; of the upper half the model changed the lower half again.
    const mask = await tools.mask(original, {
      source: "rect",
      rect: { x: 0, y: 0.5, w: 1, h: 0.5 },
      grow: 0,
      feather: 0,
      invert: false,
    });
    const { image, drift } = await tools.lock(original, drawn, mask, 0);
    expect(drift).toBe(0.5);
    expect(image.made.drift).toBe(0.5);
    const [small] = await tools.resize(image, [{ name: "s", width: 48, height: 32, fit: "cover" }]);
    expect(await measure(tools, small!, { kind: "drift", max: 0.4 })).toMatchObject({ passed: false, value: 0.5 });
    expect(await measure(tools, small!, { kind: "drift", max: 0.5 })).toMatchObject({ passed: true, measured: true });
    expect(await measure(tools, drawn, { kind: "drift", max: 0 })).toMatchObject({ passed: true, measured: false });
    const again = await tools.lock(original, original, mask, 0);
    expect(again.image.asset).toBe(original.asset);
    expect(again.image.made.drift).toBe(0);
  });

  it("text is what the judge read, else what a local reader of Latin letters reads, else nothing can be said", async () => {
    const seen: Buffer[] = [];
    const read = async (png: Buffer) => {
      seen.push(png);
      return "SUMMER SALE";
    };
    const { tools, picture } = studio({ read });
    const plain = await picture(() => [255, 255, 255]);
    const check = { kind: "text", expected: "Summer sale" };
    expect((await measure(tools, plain, check)).passed).toBe(true);
    expect(seen[0]?.subarray(1, 4).toString()).toBe("PNG");
    expect((await measure(tools, plain, check, { reading: "SUMER SALE" })).passed).toBe(false);
    expect((await measure(tools, plain, check, { reading: "" })).passed).toBe(false);
    expect(await codeOf(measure(tools, plain, { kind: "text", expected: "Распродажа" }))).toBe("TEXT_UNREAD");
    expect(await tools.readText(plain)).toBe("SUMMER SALE");
    expect(seen).toHaveLength(2);

    const alone = studio();
    const other = await alone.picture(() => [255, 255, 255]);
    expect(await alone.tools.readText(other)).toBeUndefined();
    expect(await codeOf(measure(alone.tools, other, check))).toBe("TEXT_UNREAD");
  });

  it("a picture whose bytes are gone fails with their name", async () => {
    const { tools } = studio();
    const gone: ImageValue = {
      kind: "image",
      asset: `sha256:${"a".repeat(64)}`,
      width: W,
      height: H,
      mediaType: "image/png",
      made: { by: "upload" },
    };
    for (const kind of ["sharpness", "alpha", "bytes"]) {
      expect(await codeOf(measure(tools, gone, { kind }))).toBe("ASSET_MISSING");
    }
  });

  it("an estimate measures nothing and lets everything pass", async () => {
    const { picture } = studio();
    const image = await picture(() => [0, 0, 0]);
    const dry = createDryImageTools();
    const checks = [
      { kind: "sharpness", min: 9999 },
      { kind: "similarity", min: 1 },
      { kind: "text", expected: "x" },
    ];
    for (const check of checks) expect(await measure(dry, image, check)).toMatchObject({ passed: true, score: 1 });
    expect(await dry.readText(image)).toBeUndefined();
  });
});
