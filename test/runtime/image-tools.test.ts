import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { createSharpOps } from "#lib/adapters/sharp/sharp-image-ops.ts";
import { type AssetId, FileValue, ImageValue, MaskValue } from "#lib/protocol/values.ts";
import { createDryImageTools, createImageTools } from "#lib/runtime/image-tools.ts";
import type { AssetInfo, AssetStore } from "#lib/runtime/ports.ts";
import type { Grade, ImageTools, Overlay } from "#lib/sdk/image-tools.ts";
import { exampleValue } from "../nodes/example-values.ts";
import { createMemoryAssetStore } from "../nodes/memory-asset-store.ts";

const about = { node: "n1", type: "grade", run: "run_1" };
const neutral: Grade = {
  exposure: 0,
  contrast: 0,
  saturation: 0,
  temperature: 0,
  tint: 0,
  gamma: 0,
  blacks: 0,
  whites: 0,
  curve: [],
  matchStrength: 100,
};
const label: Overlay = {
  text: "Hi",
  font: "sans",
  size: 12,
  color: "#ffffff",
  anchor: "center",
  margin: 0,
  opacity: 1,
  scale: 0.2,
  safeArea: 0,
};

type Studio = { tools: ImageTools; assets: AssetStore; infos: AssetInfo[]; reads: AssetId[] };

function studio(): Studio {
  const assets = createMemoryAssetStore();
  const infos: AssetInfo[] = [];
  const reads: AssetId[] = [];
  const watched: AssetStore = {
    ...assets,
    get: (asset) => {
      reads.push(asset);
      return assets.get(asset);
    },
  };
  const tools = createImageTools({
    ops: createSharpOps(),
    assets: watched,
    putAssetInfo: async (info) => void infos.push(info),
    assetInfo: async (asset) => infos.find((info) => info.asset === asset),
    about,
  });
  return { tools, assets, infos, reads };
}

const picture = async ({ assets }: Studio, name: string): Promise<ImageValue> =>
  ImageValue.parse(await exampleValue(name, assets));
const maskOf = async ({ assets }: Studio, name = "@mask"): Promise<MaskValue> =>
  MaskValue.parse(await exampleValue(name, assets));
const named = async (set: Studio, name: string): Promise<ImageValue> => ({
  ...(await picture(set, name)),
  label: "hero",
  role: "style",
  note: "warm",
});

describe("what a changed picture keeps", () => {
  it("turn, label, role and note stay; parents and steps are added; simulated is carried on", async () => {
    const set = studio();
    const drawn = await named(set, "@drawn");
    const once = await set.tools.grade(drawn, { ...neutral, exposure: 1 });
    expect(once).toMatchObject({ turn: drawn.turn, label: "hero", role: "style", note: "warm", width: 96, height: 64 });
    expect(once.asset).not.toBe(drawn.asset);
    expect(once.made).toMatchObject({ by: "local", ...about, parents: [drawn.asset], simulated: true });
    const twice = await set.tools.overlay(once, label);
    expect(twice.turn).toEqual(drawn.turn);
    expect(twice.made.parents).toEqual([once.asset]);
    expect(twice.made.steps?.map(({ op }) => op)).toEqual(["grade", "overlay"]);
    expect(ImageValue.parse(twice)).toEqual(twice);
  });

  it("the model's facts stay with the picture", async () => {
    const set = studio();
    const drawn = await named(set, "@drawn");
    const said: ImageValue = { ...drawn, made: { ...drawn.made, prompt: "a shoe", responseId: "resp_1" } };
    const made = await set.tools.upscale(said, { width: 192, height: 128, kernel: "lanczos3" });
    expect(made.made).toMatchObject({ prompt: "a shoe", responseId: "resp_1", by: "local" });
  });

  it("every result is stored, described and read back as what it says", async () => {
    const set = studio();
    const drawn = await named(set, "@drawn");
    const [small] = await set.tools.resize(drawn, [{ name: "small", width: 48, height: 32, fit: "cover" }]);
    const bytes = await set.assets.get(small!.asset);
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 48, height: 32, format: "png" });
    expect(set.infos).toContainEqual({
      asset: small!.asset,
      bytes: bytes.length,
      mediaType: "image/png",
      width: 48,
      height: 32,
    });
  });
});

describe("a picture that does not change is the very same value", () => {
  it("through every operation", async () => {
    const set = studio();
    const drawn = await named(set, "@drawn");
    const same = await picture(set, "@landscape");
    const empty = await maskOf(set, "@mask-empty");
    expect(await set.tools.grade(drawn, neutral)).toBe(drawn);
    expect(await set.tools.grade(drawn, { ...neutral, curve: [[0.5, 0.5]] })).toBe(drawn);
    expect(await set.tools.grade(drawn, { ...neutral, match: same, matchStrength: 0 })).toBe(drawn);
    expect(await set.tools.overlay(drawn, { ...label, text: "" })).toBe(drawn);
    expect(await set.tools.upscale(drawn, { width: 96, height: 64, kernel: "nearest" })).toBe(drawn);
    expect(await set.tools.keepRegion(drawn, await picture(set, "@other"), empty, 8)).toBe(drawn);
    expect(await set.tools.keepRegion(drawn, same, await maskOf(set), 8)).toBe(drawn);
    const [resized] = await set.tools.resize(drawn, [{ name: "same", width: 96, height: 64, fit: "pad" }]);
    expect(resized).toEqual({ ...drawn, label: "same" });
  });

  it("and a neutral grade does not even read the bytes", async () => {
    const set = studio();
    await set.tools.grade(await named(set, "@drawn"), neutral);
    expect(set.reads).toEqual([]);
  });
});

describe("resize", () => {
  it("labels each rendition with its target's name and drops marks that no longer lie right", async () => {
    const set = studio();
    const drawn = { ...(await named(set, "@drawn")), markup: (await picture(set, "@other")).asset };
    const made = await set.tools.resize(drawn, [
      { name: "square", width: 32, height: 32, fit: "cover" },
      { name: "story", width: 18, height: 32, fit: "attention" },
    ]);
    expect(made.map((value) => value.label)).toEqual(["square", "story"]);
    expect(made.map((value) => value.markup)).toEqual([undefined, undefined]);
    const graded = await set.tools.grade(drawn, { ...neutral, gamma: 0.5 });
    expect(graded.markup).toBe(drawn.markup);
    expect(set.reads.filter((asset) => asset === drawn.asset)).toHaveLength(2);
  });
});

describe("keep region and lock", () => {
  it("keep region continues the base's turn", async () => {
    const set = studio();
    const [base, from, mask] = [await named(set, "@drawn"), await picture(set, "@other"), await maskOf(set)];
    const made = await set.tools.keepRegion(base, from, mask, 4);
    expect(made.turn).toEqual(base.turn);
    expect(made.made.parents).toEqual([base.asset, from.asset]);
  });

  it("the lock keeps the drawn picture's turn and the original's label, and measures drift", async () => {
    const set = studio();
    const original = await named(set, "@landscape");
    const other = await picture(set, "@other");
    const turn = { responseId: "resp_2", depth: 2, provider: "simulator", createdAt: 1, asset: other.asset };
    const drawn: ImageValue = { ...other, turn, made: { by: "model", prompt: "dusk" } };
    const { image, drift } = await set.tools.lock(original, drawn, await maskOf(set), 8);
    expect(image).toMatchObject({ turn, label: "hero", made: { by: "local", prompt: "dusk" } });
    expect(image.asset).not.toBe(drawn.asset);
    expect(image.made.parents).toEqual([drawn.asset, original.asset]);
    expect(drift).toBeGreaterThan(0.9);
  });

  it("a drawn picture that the lock leaves alone goes on as its turn's own", async () => {
    const set = studio();
    const original = await named(set, "@landscape");
    const drawn = await picture(set, "@drawn");
    const { image, drift } = await set.tools.lock(original, drawn, await maskOf(set), 8);
    expect(image).toEqual({ ...drawn, label: "hero", made: { ...drawn.made, drift: 0 } });
    expect(image.asset).toBe(image.turn?.asset);
    expect(drift).toBe(0);
  });
});

describe("marks", () => {
  const frame = { kind: "box" as const, x: 10, y: 10, w: 40, h: 30, color: "#ff0000", width: 4 };

  it("the marked picture names its layer and what lies below, and keeps turn and label; the layer continues nothing", async () => {
    const set = studio();
    const drawn = await named(set, "@drawn");
    const { image, layer } = await set.tools.markup(drawn, [frame]);
    expect(image).toMatchObject({ turn: drawn.turn, label: "hero", markup: layer?.asset, unmarked: drawn.asset });
    expect(layer).toMatchObject({ width: 96, height: 64, made: { by: "local" } });
    expect(layer?.turn).toBeUndefined();
    expect(await set.tools.markup(drawn, [])).toEqual({ image: drawn });
  });

  it("a change after the marks forgets the picture without them", async () => {
    const set = studio();
    const { image } = await set.tools.markup(await named(set, "@drawn"), [frame]);
    expect((await set.tools.grade(image, { ...neutral, exposure: 1 })).unmarked).toBeUndefined();
  });

  it("the lock puts the picture back, never the marks", async () => {
    const set = studio();
    const original = await named(set, "@drawn");
    const { image: marked } = await set.tools.markup(original, [{ ...frame, x: 2, y: 2, w: 80, h: 8 }]);
    const { image, drift } = await set.tools.lock(marked, original, await maskOf(set), 4);
    expect(image.asset).toBe(original.asset);
    expect(drift).toBe(0);
  });

  it("an estimate knows the sizes and that nothing changes without marks", async () => {
    const set = studio();
    const drawn = await named(set, "@drawn");
    const dry = createDryImageTools();
    expect(await dry.markup(drawn, [])).toEqual({ image: drawn });
    const { image, layer } = await dry.markup(drawn, [frame]);
    expect(image).toMatchObject({ width: 96, height: 64, unmarked: drawn.asset, markup: layer?.asset });
    expect(image.asset).not.toBe(drawn.asset);
  });
});

describe("load, mask and encode", () => {
  it("load looks into unknown bytes and trusts what is known", async () => {
    const set = studio();
    const { asset } = await picture(set, "@portrait");
    const about = { role: "style", note: "light", label: "ref 1" };
    expect(await set.tools.load(asset, about)).toMatchObject({ width: 64, height: 96, ...about });
    set.infos.push({ asset, bytes: 1, mediaType: "image/png", width: 64, height: 96 });
    await set.tools.load(asset);
    expect(set.reads).toEqual([asset]);
  });

  it("what is not in the store, or not a picture, is refused by name", async () => {
    const set = studio();
    const gone: AssetId = `sha256:${"0".repeat(64)}`;
    await expect(set.tools.load(gone)).rejects.toMatchObject({ code: "ASSET_MISSING" });
    const { asset } = await set.assets.put(Buffer.from("<svg/>"));
    await expect(set.tools.load(asset)).rejects.toMatchObject({ code: "UNSUPPORTED_IMAGE_TYPE" });
    const landscape = await picture(set, "@landscape");
    await expect(set.tools.grade(landscape, { ...neutral, lut: asset })).rejects.toMatchObject({ code: "LUT_INVALID" });
  });

  it("a mask is a stored grey picture of the image's size", async () => {
    const set = studio();
    const stored = (await maskOf(set)).asset;
    const shape = { source: "asset", asset: stored, grow: 0, feather: 0, invert: true } as const;
    const made = MaskValue.parse(await set.tools.mask(await picture(set, "@landscape"), shape));
    expect(made).toMatchObject({ width: 96, height: 64 });
    expect(await set.assets.has(made.asset)).toBe(true);
    await expect(set.tools.mask(await picture(set, "@square"), shape)).rejects.toMatchObject({
      code: "MASK_SIZE_MISMATCH",
    });
  });

  it("an encoded file remembers its picture and label", async () => {
    const set = studio();
    const drawn = await named(set, "@drawn");
    const made = await set.tools.encode(drawn, { format: "jpeg", quality: 80, metadata: "basic" });
    expect(FileValue.parse(made)).toMatchObject({ mediaType: "image/jpeg", extension: "jpg", label: "hero" });
    expect(made.image).toEqual(drawn);
    expect((await set.assets.get(made.asset)).length).toBe(made.bytes);
  });
});

describe("dry tools", () => {
  it("agree with the live ones on size, label, turn and on what does not change, without reading a byte", async () => {
    const set = studio();
    const dry = createDryImageTools({ assetInfo: async (asset) => set.infos.find((info) => info.asset === asset) });
    const [drawn, other, mask] = [await named(set, "@drawn"), await picture(set, "@other"), await maskOf(set)];
    const targets = (["cover", "contain", "pad", "attention"] as const).map((fit) => ({
      name: fit,
      width: 41,
      height: 33,
      fit,
    }));
    const work = async (tools: ImageTools) => [
      ...(await tools.resize(drawn, targets)),
      await tools.upscale(drawn, { width: 192, height: 128, kernel: "mitchell" }),
      await tools.grade(drawn, { ...neutral, exposure: 1 }),
      await tools.grade(drawn, neutral),
      await tools.overlay(drawn, label),
      await tools.overlay(drawn, { ...label, text: "" }),
      await tools.keepRegion(drawn, other, mask, 8),
      (await tools.lock(drawn, other, mask, 8)).image,
    ];
    const facts = (values: ImageValue[]) =>
      values.map(({ width, height, label: name, turn, asset }) => [width, height, name, turn, asset === drawn.asset]);
    expect(facts(await work(dry))).toEqual(facts(await work(set.tools)));
    expect((await work(dry)).every((value) => ImageValue.safeParse(value).success)).toBe(true);
    expect(await work(dry)).toEqual(await work(dry));
    const shape = { source: "alpha", grow: 0, feather: 0, invert: false } as const;
    expect(MaskValue.parse(await dry.mask(drawn, shape))).toMatchObject({ width: 96, height: 64 });
    expect(FileValue.parse(await dry.encode(drawn, { format: "avif", quality: 50, metadata: "none" }))).toMatchObject({
      mediaType: "image/avif",
    });
  });

  it("know stored sizes, and guess one where nothing is known", async () => {
    const set = studio();
    const { asset } = await picture(set, "@portrait");
    expect(await createDryImageTools().load(asset, { label: "a" })).toMatchObject({ asset, width: 1024, label: "a" });
    const known = { asset, bytes: 9, mediaType: "image/webp", width: 64, height: 96 };
    const knowing = createDryImageTools({ assetInfo: async () => known });
    expect(await knowing.load(asset)).toMatchObject({ width: 64, height: 96, mediaType: "image/webp" });
  });
});
