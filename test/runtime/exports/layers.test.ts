import { initializeCanvas, type Layer, readPsd } from "ag-psd";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ExportOptions } from "#lib/protocol/exports.ts";
import { LIMITS } from "#lib/protocol/limits.ts";
import { busy, codeOf, maskOf } from "../../adapters/sharp/pictures.ts";
import { edge, graph, node } from "../test-studio.ts";
import { anExportingStudio, closeAll } from "./an-exporting-studio.ts";

beforeAll(() => {
  const noCanvas = (): HTMLCanvasElement => {
    throw new Error("there is no canvas here");
  };
  initializeCanvas(
    noCanvas,
    (width, height) => ({ width, height, data: new Uint8ClampedArray(width * height * 4) }) as unknown as ImageData,
  );
});
afterAll(closeAll);

type Studio = Awaited<ReturnType<typeof anExportingStudio>>;
const rgba = async (bytes: Buffer): Promise<Buffer> => (await sharp(bytes).ensureAlpha().raw().toBuffer()) as Buffer;
const pixelsIn = ({ imageData }: Pick<Layer, "imageData">): Buffer => Buffer.from(imageData?.data ?? []);
const psd = ExportOptions.parse({ as: "psd" });

/** What a run archived as PSD, with the pictures each node gave. */
async function layered(set: Studio, nodes: unknown[], edges: unknown[], options = psd) {
  const run = await set.go(graph([...nodes, node("keep", "archive", { name: "hero" })], edges));
  expect(run.status, JSON.stringify(run.steps.map(({ error }) => error))).toBe("succeeded");
  const [entry] = await set.journal.entries({ runId: run.runId, limit: 1 });
  const file = await set.exports.one({ entry: entry!.id }, options);
  const given = async (id: string): Promise<Buffer> => {
    const value = run.outputs[id]?.image?.[0];
    if (value?.kind !== "image") throw new Error(`${id} gave no picture`);
    return rgba(await set.assets.get(value.asset));
  };
  return { file, given, document: readPsd(file.bytes, { useImageData: true }) };
}

describe("a layered document", () => {
  it("has the original, each change and the lettering as layers, pixel by pixel", async () => {
    const set = await anExportingStudio();
    const asset = await set.put(busy(160, 120));
    const { file, given, document } = await layered(
      set,
      [
        node("draw", "drawn", { asset }, { title: "Hero shot" }),
        node("tone", "grade", { exposure: 0.4 }, { title: "Warmer" }),
        node("say", "overlay", { text: "SALE", size: 24, margin: 6, color: "#ff0000" }, { title: "Sale line" }),
      ],
      [edge("draw.image", "tone.image"), edge("tone.image", "say.image"), edge("say.image", "keep.image")],
    );
    expect(file).toMatchObject({ name: "hero.psd", mediaType: "image/vnd.adobe.photoshop" });
    expect([document.width, document.height]).toEqual([160, 120]);
    const [original, warmer, sale, prompt] = document.children ?? [];
    expect(document.children?.map(({ name, hidden }) => [name, hidden])).toEqual([
      ["Hero shot (original)", false],
      ["Warmer", false],
      ["Sale line", false],
      ["Prompt", true],
    ]);
    expect(pixelsIn(original!).equals(await given("draw"))).toBe(true);
    expect(pixelsIn(warmer!).equals(await given("tone"))).toBe(true);
    expect(pixelsIn(document).equals(await given("say"))).toBe(true);
    expect(prompt?.text?.text).toBe("a red bicycle");
    expect(document.imageResources?.xmpMetadata).toContain("compositeWithTrainedAlgorithmicMedia");

    // The lettering over the layer below gives the picture again, but for rounding.
    const below = await given("tone");
    const over = Buffer.alloc(160 * 120 * 4);
    pixelsIn(sale!).copy(over, 0);
    expect(over.filter((_, at) => at % 4 === 3 && over[at]! > 0).length).toBeGreaterThan(100);
    const again = await sharp(below, { raw: { width: 160, height: 120, channels: 4 } })
      .composite([{ input: over, raw: { width: 160, height: 120, channels: 4 } }])
      .raw()
      .toBuffer();
    const whole = await given("say");
    const furthest = whole.reduce((most, value, at) => Math.max(most, Math.abs(value - again[at]!)), 0);
    expect(furthest).toBeLessThanOrEqual(2);
  });

  it("keeps the mask beside what it let in", async () => {
    const set = await anExportingStudio();
    const [base, from] = [await set.put(busy(64, 48)), await set.put(busy(64, 48, 90))];
    const mask = maskOf(64, 48, (x) => (x < 32 ? 255 : 0));
    const { given, document } = await layered(
      set,
      [
        node("draw", "drawn", { asset: base }, { title: "Base" }),
        node("other", "drawn", { asset: from, prompt: "b" }),
        node("where", "mask", { source: "asset", asset: await set.put(mask) }),
        node("both", "keep-region", { feather: 0 }, { title: "Best of both" }),
      ],
      [
        edge("draw.image", "both.base"),
        edge("other.image", "both.from"),
        edge("draw.image", "where.image"),
        edge("where.mask", "both.mask"),
        edge("both.image", "keep.image"),
      ],
    );
    const [, masked, result] = document.children ?? [];
    expect(document.children?.map(({ name }) => name)).toEqual([
      "Base (original)",
      "Best of both (masked)",
      "Best of both",
      "Prompt",
    ]);
    expect(pixelsIn(masked!).equals(await given("other"))).toBe(true);
    expect(pixelsIn(result!).equals(await given("both"))).toBe(true);
    expect(masked?.hidden).toBe(true);
    const levels = masked?.mask?.imageData?.data;
    expect([levels?.[0], levels?.[31 * 4], levels?.[32 * 4], levels?.[63 * 4]]).toEqual([255, 255, 0, 0]);
  });

  it("shows versions of another size beside the document, hidden and unscaled", async () => {
    const set = await anExportingStudio();
    const asset = await set.put(busy(64, 48));
    const { given, document } = await layered(
      set,
      [
        node("draw", "drawn", { asset }, { title: "Hero" }),
        node("cut", "resize", { targets: [{ name: "small", width: 32, height: 32, fit: "cover" }] }),
      ],
      [edge("draw.image", "cut.image"), edge("cut.image", "keep.image")],
    );
    const [original] = document.children ?? [];
    expect(original).toMatchObject({ name: "Hero (original), 64 × 48", hidden: true, left: -16, top: -8 });
    expect(pixelsIn(original!).equals(await given("draw"))).toBe(true);
  });

  it("has no words in it when they are not wanted", async () => {
    const set = await anExportingStudio();
    const asset = await set.put(busy(32, 32));
    const { document } = await layered(
      set,
      [node("draw", "drawn", { asset })],
      [edge("draw.image", "keep.image")],
      ExportOptions.parse({ as: "psd", metadata: false }),
    );
    expect(document.children?.map(({ name }) => name)).toEqual(["draw (original)"]);
    expect(document.imageResources?.xmpMetadata).toBeUndefined();
  });

  it("that would be too large is refused before a pixel is decoded", async () => {
    const set = await anExportingStudio();
    const asset = await set.put(busy(32, 32));
    await set.journal.putAssetInfo({ asset, bytes: 1, mediaType: "image/png", width: 9000, height: 9000 });
    const run = await set.go(
      graph([node("draw", "drawn", { asset }), node("keep", "archive", {})], [edge("draw.image", "keep.image")]),
    );
    const [entry] = await set.journal.entries({ runId: run.runId, limit: 1 });
    expect(9000 * 9000).toBeGreaterThan(LIMITS.psdPixels);
    expect(await codeOf(set.exports.one({ entry: entry!.id }, psd))).toBe("PSD_TOO_LARGE");
  });
});
