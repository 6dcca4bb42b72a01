import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { ciede2000 } from "#lib/adapters/sharp/measure/ciede2000.ts";
import { labOf } from "#lib/adapters/sharp/measure/cielab.ts";
import { workingCopy } from "#lib/adapters/sharp/measure/working-copy.ts";
import { type Pixel, paintPng } from "../../../nodes/paint-png.ts";
import { busy, codeOf, flat, ops, pixelsOf } from "../pictures.ts";

const RED: Pixel = [255, 0, 0];
const GREEN: Pixel = [0, 255, 0];
const BLUE: Pixel = [0, 0, 255];
const checker = (side: number, field = 1): Buffer =>
  paintPng(side, side, (x, y) => ((Math.floor(x / field) + Math.floor(y / field)) % 2 ? [255] : [0]));
/** Columns of these colors and widths, side by side. */
const columns = (height: number, ...of: (readonly [color: Pixel, width: number])[]): Buffer => {
  const row = of.flatMap(([color, width]) => Array.from({ length: width }, () => color));
  return paintPng(row.length, height, (x) => row[x]!);
};

describe("sharpness: variance of the Laplacian", () => {
  it("knows the answer of pictures whose variance can be worked out by hand", async () => {
    // Every pixel is 4 × 255 above or below its neighbours, as often one as the other.
    expect(await ops.sharpness(checker(64))).toBeCloseTo(1020 ** 2, 0);
    expect(await ops.sharpness(flat(64, 64, [90, 10, 200]))).toBeCloseTo(0, 6);
    // A slope without a bend has no second derivative.
    expect(await ops.sharpness(paintPng(64, 64, (x, y) => [x * 2 + y]))).toBeCloseTo(0, 6);
    // One edge of 100 levels: two columns of 62 are 100 off, one up and one down.
    expect(await ops.sharpness(paintPng(64, 64, (x) => [x < 32 ? 50 : 150]))).toBeCloseTo((2 * 100 ** 2) / 62, 1);
  });

  it("falls with every step of blur", async () => {
    const picture = busy(300, 200);
    const values = [await ops.sharpness(picture)];
    for (const sigma of [0.7, 1, 2, 4, 8]) {
      values.push(await ops.sharpness(await sharp(picture).blur(sigma).png().toBuffer()));
    }
    expect(values).toEqual([...values].sort((a, b) => b - a));
    expect(new Set(values).size).toBe(values.length);
    expect(values[0]! / values.at(-1)!).toBeGreaterThan(100);
  });

  it("a picture twice as large measures about the same, because large ones are measured at 1,024 px", async () => {
    const small = await sharp(busy(256, 192)).resize(1024, 768, { kernel: "cubic" }).png().toBuffer();
    const large = await sharp(busy(256, 192)).resize(2048, 1536, { kernel: "cubic" }).png().toBuffer();
    const [one, other] = [await ops.sharpness(small), await ops.sharpness(large)];
    expect(other / one).toBeGreaterThan(0.8);
    expect(other / one).toBeLessThan(1.25);
  });

  it("what is transparent does not count", async () => {
    const hidden = paintPng(64, 64, (x, y) => (x < 32 ? [120, 120, 120, 255] : [(x + y) % 2 ? 255 : 0, 0, 0, 0]));
    expect(await ops.sharpness(hidden)).toBeCloseTo(0, 6);
    expect(await ops.sharpness(paintPng(16, 16, () => [1, 2, 3, 0]))).toBe(0);
  });

  it("a picture too small to have a middle measures 0", async () => {
    for (const [width, height] of [
      [1, 1],
      [2, 2],
      [1, 50],
      [50, 2],
    ] as const) {
      expect(await ops.sharpness(busy(width, height))).toBe(0);
    }
    expect(await ops.sharpness(checker(3))).toBe(0);
  });
});

describe("palette: share of the pixels near a color", () => {
  const picture = columns(50, [RED, 37], [BLUE, 23], [GREEN, 40]);

  it("counts exactly on flat colors", async () => {
    expect((await ops.paletteCover(picture, ["#ff0000"], 1)).coverage).toBe(0.37);
    expect((await ops.paletteCover(picture, ["#f00", "#0000ff"], 1)).coverage).toBe(0.6);
    expect((await ops.paletteCover(picture, ["#ff0000", "#00ff00", "#0000ff"], 0)).coverage).toBe(1);
    expect((await ops.paletteCover(picture, ["#ffffff"], 1)).coverage).toBe(0);
  });

  it("names the most common color that is not in the palette", async () => {
    const { stray, visible } = await ops.paletteCover(picture, ["#0000ff", "#ff0000"], 5);
    expect(stray).toEqual({ color: "#00ff00", share: 0.4 });
    expect(visible).toBe(5000);
    expect((await ops.paletteCover(picture, ["#ff0000", "#00ff00", "#0000ff"], 5)).stray).toBeUndefined();
  });

  it("the allowed difference is CIEDE2000: a hair more lets a color in, a hair less keeps it out", async () => {
    const difference = ciede2000(labOf(200, 40, 40), labOf(210, 60, 40));
    const one = flat(8, 8, [210, 60, 40]);
    expect((await ops.paletteCover(one, ["#c82828"], difference + 0.001)).coverage).toBe(1);
    expect((await ops.paletteCover(one, ["#c82828"], difference - 0.001)).coverage).toBe(0);
  });

  it("leaves out what is mostly transparent", async () => {
    const half = paintPng(40, 10, (x) => (x < 10 ? [255, 0, 0, 255] : x < 20 ? [0, 0, 255, 200] : [0, 255, 0, 20]));
    expect(await ops.paletteCover(half, ["#ff0000"], 2)).toMatchObject({ coverage: 0.5, visible: 200 });
    expect(
      await ops.paletteCover(
        paintPng(4, 4, () => [255, 0, 0, 0]),
        ["#ff0000"],
        2,
      ),
    ).toEqual({
      coverage: 0,
      visible: 0,
    });
  });

  it("samples large pictures without inventing colors between two that lie side by side", async () => {
    const stripes = await sharp(columns(1, [RED, 700], [BLUE, 300]))
      .resize(4000, 1000, { fit: "fill", kernel: "nearest" })
      .png()
      .toBuffer();
    const { coverage, visible } = await ops.paletteCover(stripes, ["#ff0000"], 1);
    expect(coverage).toBeCloseTo(0.7, 2);
    expect(visible).toBe(512 * 128);
    expect((await ops.paletteCover(stripes, ["#ff0000", "#0000ff"], 1)).coverage).toBe(1);
  });

  it("survives JPEG within a just visible difference", async () => {
    const jpeg = await sharp(picture).jpeg({ quality: 90, chromaSubsampling: "4:4:4" }).toBuffer();
    expect((await ops.paletteCover(jpeg, ["#ff0000"], 3)).coverage).toBeCloseTo(0.37, 1);
  });
});

describe("transparency", () => {
  it("is the exact share of the pixels that are not fully opaque", async () => {
    const some = paintPng(100, 100, (x, y) => [9, 9, 9, y * 100 + x < 1234 ? 254 : 255]);
    expect(await ops.transparency(some)).toEqual({ channel: true, transparent: 0.1234 });
    const one = paintPng(500, 400, (x, y) => [9, 9, 9, x === 123 && y === 321 ? 0 : 255]);
    expect(await ops.transparency(one)).toEqual({ channel: true, transparent: 1 / 200_000 });
  });

  it("an alpha channel in which all is opaque holds no transparency; without one there can be none", async () => {
    expect(await ops.transparency(paintPng(5, 5, () => [1, 2, 3, 255]))).toEqual({ channel: true, transparent: 0 });
    expect(await ops.transparency(flat(5, 5, [1, 2, 3]))).toEqual({ channel: false, transparent: 0 });
    expect(await ops.transparency(flat(5, 5, [100]))).toEqual({ channel: false, transparent: 0 });
  });

  it("reads the alpha of WebP, of grey pictures and of 16-bit ones", async () => {
    const half = sharp(paintPng(20, 10, (x) => [80, 80, 80, x < 5 ? 0 : 255]));
    const webp = await half.clone().webp({ lossless: true }).toBuffer();
    const grey = await half.clone().toColourspace("b-w").png().toBuffer();
    const deep = await half.clone().toColourspace("rgb16").png().toBuffer();
    expect((await sharp(deep).metadata()).depth).toBe("ushort");
    for (const bytes of [webp, grey, deep]) {
      expect(await ops.transparency(bytes)).toEqual({ channel: true, transparent: 0.25 });
    }
  });
});

describe("pictures of every kind", () => {
  const source = sharp(columns(60, [RED, 30], [BLUE, 30], [[128, 128, 128], 60]));
  const kinds: [string, () => Promise<Buffer>][] = [
    ["one pixel", async () => flat(1, 1, RED)],
    ["8,192 pixels wide and one high", async () => columns(1, [RED, 8192])],
    [
      "8,192 × 2,048 pixels",
      () =>
        sharp({ create: { width: 8192, height: 2048, channels: 3, background: "#ff0000" } })
          .png()
          .toBuffer(),
    ],
    ["greyscale", () => source.clone().greyscale().png().toBuffer()],
    ["16 bits a channel", () => source.clone().toColourspace("rgb16").png().toBuffer()],
    ["CMYK", () => source.clone().toColourspace("cmyk").jpeg().toBuffer()],
    ["WebP with alpha", () => source.clone().ensureAlpha(0.6).webp().toBuffer()],
    ["turned by its EXIF", () => source.clone().jpeg().withMetadata({ orientation: 6 }).toBuffer()],
  ];

  it.each(kinds)("%s is measured", async (_name, make) => {
    const bytes = await make();
    expect(await ops.sharpness(bytes)).toBeGreaterThanOrEqual(0);
    const { coverage, visible } = await ops.paletteCover(bytes, ["#ff0000", "#0000ff", "#808080"], 20);
    expect(coverage).toBeGreaterThan(0.2);
    expect(visible).toBeLessThanOrEqual(512 * 512);
    const { luma, colors } = await ops.fingerprint(bytes);
    expect(luma).toHaveLength(64 * 64);
    expect(colors.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 3);
    expect((await ops.transparency(bytes)).transparent).toBe(_name === "WebP with alpha" ? 1 : 0);
  });

  it("CMYK and 16 bits become the same sRGB colors as their source", async () => {
    const deep = await source.clone().toColourspace("rgb16").png().toBuffer();
    expect((await ops.paletteCover(deep, ["#ff0000", "#0000ff"], 1)).coverage).toBe(0.5);
    const cmyk = await source.clone().toColourspace("cmyk").jpeg().toBuffer();
    expect((await sharp(cmyk).metadata()).space).toBe("cmyk");
    expect((await ops.paletteCover(cmyk, ["#808080"], 8)).coverage).toBeCloseTo(0.5, 1);
  });

  it("no copy is larger than it was asked to be, and small pictures are left as they are", async () => {
    const wide = await workingCopy(columns(3, [RED, 8192]), 1024, "average");
    expect([wide.width, wide.height]).toEqual([1024, 1]);
    const small = await workingCopy(busy(31, 17), 1024, "sample");
    expect([small.width, small.height]).toEqual([31, 17]);
    const turned = await sharp(busy(300, 100)).jpeg().withMetadata({ orientation: 6 }).toBuffer();
    const upright = await workingCopy(turned, 150, "average");
    expect([upright.width, upright.height]).toEqual([50, 150]);
  });

  it("what is no picture is refused by its code", async () => {
    const text = Buffer.from("not a picture");
    const cut = busy(200, 200).subarray(0, 4000);
    for (const work of [ops.sharpness, ops.transparency, ops.fingerprint, ops.legible]) {
      expect(await codeOf(work(text))).toBe("UNSUPPORTED_IMAGE_TYPE");
    }
    for (const work of [ops.sharpness, ops.fingerprint]) expect(await codeOf(work(cut))).toBe("IMAGE_CORRUPT");
    expect(await codeOf(ops.paletteCover(flat(2, 2, RED), ["red"], 3))).toBe("COLOR_INVALID");
  });
});

describe("a picture for a program that reads text", () => {
  it("is grey, on white, and at most 2,048 pixels a side", async () => {
    const picture = await sharp({ create: { width: 5000, height: 100, channels: 4, background: "#00000000" } })
      .png()
      .toBuffer();
    const made = await ops.legible(picture);
    expect(await sharp(made).metadata()).toMatchObject({ format: "png", width: 2048, height: 41, channels: 1 });
    expect((await pixelsOf(made)).data.every((level) => level === 255)).toBe(true);
    expect((await pixelsOf(await ops.legible(flat(20, 10, [0, 0, 0])))).width).toBe(20);
  });
});
