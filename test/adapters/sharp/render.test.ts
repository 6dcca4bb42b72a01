import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { LIMITS } from "#lib/protocol/limits.ts";
import type { Encoding, Grade, Overlay, ResizeTarget } from "#lib/sdk/image-tools.ts";
import { paintPng } from "../../nodes/paint-png.ts";
import { at, busy, codeOf, flat, ops, pixelsOf } from "./pictures.ts";

const target = (width: number, height: number, more: Partial<ResizeTarget> = {}): ResizeTarget => ({
  name: "t",
  width,
  height,
  fit: "cover",
  ...more,
});

describe("resize", () => {
  it("gives every target in order; contain may be smaller, pad is exact", async () => {
    const made = await ops.resize(busy(90, 60), [
      target(30, 30),
      target(30, 30, { fit: "contain" }),
      target(30, 30, { fit: "pad", background: "#ff0000" }),
      target(40, 20, { fit: "attention" }),
      target(180, 120, { fit: "contain" }),
    ]);
    const sizes = made.map((picture) => [picture?.width, picture?.height]);
    expect(sizes).toEqual([
      [30, 30],
      [30, 20],
      [30, 30],
      [40, 20],
      [180, 120],
    ]);
    expect(at(await pixelsOf(made[2]!.bytes), 0, 0)).toEqual([255, 0, 0]);
  });

  it("pads white, or with nothing where the picture has transparency", async () => {
    const [solid] = await ops.resize(flat(20, 10, [1, 2, 3]), [target(20, 20, { fit: "pad" })]);
    const [clear] = await ops.resize(flat(20, 10, [1, 2, 3, 255]), [target(20, 20, { fit: "pad" })]);
    expect(at(await pixelsOf(solid!.bytes), 0, 0)).toEqual([255, 255, 255]);
    expect(at(await pixelsOf(clear!.bytes), 0, 0)[3]).toBe(0);
  });

  it("cover crops around the middle", async () => {
    const thirds = paintPng(90, 30, (x) => (x < 30 ? [255, 0, 0] : x < 60 ? [0, 255, 0] : [0, 0, 255]));
    const [middle] = await ops.resize(thirds, [target(30, 30)]);
    expect(at(await pixelsOf(middle!.bytes), 15, 15)).toEqual([0, 255, 0]);
  });

  it("a target of the picture's own size changes nothing", async () => {
    for (const fit of ["cover", "contain", "pad", "attention"] as const) {
      expect(await ops.resize(busy(30, 20), [target(30, 20, { fit })])).toEqual([undefined]);
    }
  });

  it("writes the density of print sizes", async () => {
    const [made] = await ops.resize(busy(30, 20), [target(60, 40, { density: 300 })]);
    expect((await sharp(made!.bytes).metadata()).density).toBe(300);
  });

  it("GR-022 more than 50 million pixels, or a side beyond the limit, is refused", async () => {
    expect(await codeOf(ops.resize(busy(4, 4), [target(100_000, 100_000)]))).toBe("OUTPUT_TOO_LARGE");
    expect(await codeOf(ops.resize(busy(4, 4), [target(10_000, LIMITS.pixels / 10_000 + 1)]))).toBe("OUTPUT_TOO_LARGE");
    expect(await codeOf(ops.resize(busy(4, 4), [target(LIMITS.sidePixels + 1, 1)]))).toBe("OUTPUT_TOO_LARGE");
    const huge = { width: 4000, height: 1_000_000, kernel: "nearest" } as const;
    expect(await codeOf(ops.upscale(busy(4, 4), huge))).toBe("OUTPUT_TOO_LARGE");
  });

  it("upscale meets its size; nearest keeps hard pixels; the own size changes nothing", async () => {
    const made = await ops.upscale(
      paintPng(2, 1, (x) => (x ? [255, 255, 255] : [0, 0, 0])),
      {
        width: 8,
        height: 4,
        kernel: "nearest",
      },
    );
    const raw = await pixelsOf(made!.bytes);
    expect([at(raw, 3, 2), at(raw, 4, 2)]).toEqual([
      [0, 0, 0],
      [255, 255, 255],
    ]);
    expect(await ops.upscale(busy(8, 4), { width: 8, height: 4, kernel: "lanczos3" })).toBeUndefined();
    expect(await ops.upscale(busy(8, 4), { width: 16, height: 8, kernel: "mitchell" })).toMatchObject({ width: 16 });
  });
});

const neutral: Omit<Grade, "match" | "lut"> = {
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
const graded = async (color: number[], change: Partial<Grade>, more: { match?: Buffer; lut?: string } = {}) => {
  const made = await ops.grade(flat(4, 4, color), { ...neutral, ...change }, more);
  return made && at(await pixelsOf(made.bytes), 1, 1);
};

describe("grade", () => {
  it("all zero changes no pixel of any level", async () => {
    const ramp = paintPng(256, 3, (x, y) => (y ? [x, 255 - x, (x * 7) & 255] : [x, x, x]));
    expect(await ops.grade(ramp, neutral, {})).toBeUndefined();
    expect(
      await ops.grade(
        ramp,
        {
          ...neutral,
          curve: [
            [0, 0],
            [1, 1],
          ],
        },
        {},
      ),
    ).toBeUndefined();
  });

  it("exposure works on light: one stop up and one down come back", async () => {
    const up = await graded([100, 100, 100], { exposure: 1 });
    expect(up![0]).toBeGreaterThan(130);
    const back = await graded(up!, { exposure: -1 });
    expect(Math.abs(back![0]! - 100)).toBeLessThanOrEqual(1);
  });

  it("each setting moves what its name says", async () => {
    const grey = [128, 128, 128];
    const [warm, green, flatter, lifted, lighter, brighter] = await Promise.all([
      graded(grey, { temperature: 50 }),
      graded(grey, { tint: -50 }),
      graded([200, 50, 50], { contrast: -100 }),
      graded([0, 0, 0], { blacks: 50 }),
      graded(grey, { gamma: 0.5 }),
      graded([230, 230, 230], { whites: 40 }),
    ]);
    expect(warm![0]).toBeGreaterThan(warm![2]!);
    expect(green![1]).toBeGreaterThan(green![0]!);
    expect(flatter).toEqual([128, 128, 128]);
    expect(lifted![0]).toBeGreaterThan(20);
    expect(lighter![0]).toBeGreaterThan(140);
    expect(brighter![0]).toBeGreaterThan(235);
    expect(new Set(await graded([200, 50, 50], { saturation: -100 })).size).toBe(1);
  });

  it("a curve goes through its points and never overshoots", async () => {
    const curve: [number, number][] = [
      [0.25, 0.1],
      [0.5, 0.9],
      [0.75, 0.9],
    ];
    const ramp = paintPng(256, 1, (x) => [x, x, x]);
    const made = await ops.grade(ramp, { ...neutral, curve }, {});
    const raw = await pixelsOf(made!.bytes);
    const levels = Array.from({ length: 256 }, (_, x) => at(raw, x, 0)[0]!);
    expect(levels).toEqual([...levels].sort((a, b) => a - b));
    expect(Math.abs(levels[128]! - 230)).toBeLessThanOrEqual(2);
    expect(Math.abs(levels[180]! - 230)).toBeLessThanOrEqual(2);
    expect([levels[0], levels[255]]).toEqual([0, 255]);
  });

  it("a 3D table maps colours, red fastest; a 1D table maps levels", async () => {
    const swap = ["LUT_3D_SIZE 2"];
    for (let b = 0; b < 2; b++) for (let g = 0; g < 2; g++) for (let r = 0; r < 2; r++) swap.push(`${b} ${g} ${r}`);
    expect(await graded([200, 100, 20], {}, { lut: swap.join("\r\n") })).toEqual([20, 100, 200]);
    const invert = '# comment\nTITLE "inv"\nLUT_1D_SIZE 2\nDOMAIN_MIN 0 0 0\nDOMAIN_MAX 1 1 1\n1 1 1\n0 0 0\n';
    expect(await graded([200, 100, 20], {}, { lut: invert })).toEqual([55, 155, 235]);
  });

  it("a damaged table is refused with its line", async () => {
    const broken = [
      "",
      "LUT_3D_SIZE 2\n0 0 0",
      "LUT_1D_SIZE 2\n0 0 0\n1 x 1",
      "LUT_3D_SIZE 999\n",
      "LUT_1D_SIZE 2\n0 0 0\n1 1 1\n1 1 1",
    ];
    for (const lut of broken) expect(await codeOf(ops.grade(busy(4, 4), neutral, { lut })), lut).toBe("LUT_INVALID");
  });

  it("a match moves the mean towards the reference, by its strength", async () => {
    const reference = paintPng(32, 32, (x) => [200 + (x % 8), 120, 60]);
    const source = paintPng(32, 32, (x) => [60, 100, 160 + (x % 8)]);
    const meanRed = async (matchStrength: number) => {
      const made = await ops.grade(source, { ...neutral, matchStrength }, { match: reference });
      const raw = await pixelsOf(made?.bytes ?? source);
      return at(raw, 16, 16)[0]!;
    };
    const [none, half, full] = [await meanRed(0), await meanRed(50), await meanRed(100)];
    expect(none).toBe(60);
    expect(half).toBeGreaterThan(80);
    expect(Math.abs(full - 203)).toBeLessThan(15);
  });

  it("transparency stays", async () => {
    expect((await graded([100, 100, 100, 77], { exposure: 1 }))![3]).toBe(77);
  });
});

const plain: Omit<Overlay, "logo"> = {
  font: "sans",
  size: 20,
  color: "#ff0000",
  anchor: "top-left",
  margin: 4,
  opacity: 1,
  scale: 0.25,
  safeArea: 0,
};
const changedBox = async (before: Buffer, after: Buffer) => {
  const [a, b] = [await pixelsOf(before), await pixelsOf(after)];
  const box = { left: a.width, top: a.height, right: -1, bottom: -1 };
  for (let y = 0; y < a.height; y++) {
    for (let x = 0; x < a.width; x++) {
      if (at(a, x, y).join() === at(b, x, y).join()) continue;
      Object.assign(box, { left: Math.min(box.left, x), top: Math.min(box.top, y) });
      Object.assign(box, { right: Math.max(box.right, x), bottom: Math.max(box.bottom, y) });
    }
  }
  return box;
};

describe("overlay", () => {
  const picture = busy(200, 100);
  const logo = flat(10, 5, [0, 255, 0, 255]);

  it("a logo stands at its anchor, scaled to its share of the width", async () => {
    const topLeft = await ops.overlay(picture, plain, logo);
    expect(await changedBox(picture, topLeft!.bytes)).toEqual({ left: 4, top: 4, right: 53, bottom: 28 });
    const bottomRight = await ops.overlay(picture, { ...plain, anchor: "bottom-right", safeArea: 0.1 }, logo);
    expect(await changedBox(picture, bottomRight!.bytes)).toEqual({ left: 136, top: 61, right: 185, bottom: 85 });
  });

  it("text shows in its colour; what looks like markup is only text", async () => {
    const text = 'A & <span foreground="blue">B</span>';
    const black = flat(400, 60, [0, 0, 0]);
    const made = await ops.overlay(black, { ...plain, text });
    const raw = await pixelsOf(made!.bytes);
    let blue = 0;
    for (let i = 0; i < raw.data.length; i += 3) blue += raw.data[i + 2]! + raw.data[i + 1]!;
    expect(blue).toBe(0);
    const short = await changedBox(black, (await ops.overlay(black, { ...plain, text: "A" }))!.bytes);
    expect((await changedBox(black, made!.bytes)).right).toBeGreaterThan(short.right + 200);
  });

  it("long text wraps inside the margin, and an unknown font still writes", async () => {
    const black = flat(120, 200, [0, 0, 0]);
    const text = "all rights reserved by the makers of this picture";
    const made = await ops.overlay(black, { ...plain, text, font: "No Such Font, 99 <b>", margin: 10 });
    const box = await changedBox(black, made!.bytes);
    expect(box.left).toBeGreaterThanOrEqual(8);
    expect(box.right).toBeLessThanOrEqual(112);
    expect(box.bottom - box.top).toBeGreaterThan(40);
  });

  it("logo and text share an anchor without covering each other", async () => {
    const made = await ops.overlay(flat(200, 200, [0, 0, 0]), { ...plain, text: "Hi", anchor: "center" }, logo);
    const raw = await pixelsOf(made!.bytes);
    const column = Array.from({ length: 200 }, (_, y) => Array.from({ length: 200 }, (_, x) => at(raw, x, y)));
    const rowsWith = (c: number) => column.flatMap((row, y) => (row.some((pixel) => pixel[c]! > 128) ? [y] : []));
    expect(Math.max(...rowsWith(1))).toBeLessThan(Math.min(...rowsWith(0)));
  });

  it("opacity mixes, and 0 or nothing to draw changes nothing", async () => {
    const half = await ops.overlay(flat(200, 100, [0, 0, 0]), { ...plain, opacity: 0.5 }, logo);
    expect(at(await pixelsOf(half!.bytes), 20, 10)).toEqual([0, 128, 0]);
    expect(await ops.overlay(picture, { ...plain, opacity: 0 }, logo)).toBeUndefined();
    expect(await ops.overlay(picture, { ...plain, text: " \n\u0007 " })).toBeUndefined();
  });

  it("texts that would need gigabytes, and margins that leave no room, are refused", async () => {
    const monster = { ...plain, text: "x".repeat(2000), size: 2000 };
    expect(await codeOf(ops.overlay(picture, monster))).toBe("OVERLAY_TEXT_TOO_LARGE");
    expect(await codeOf(ops.overlay(picture, { ...plain, margin: 60 }, logo))).toBe("OVERLAY_NO_ROOM");
  });
});

describe("encode", () => {
  const picture = busy(120, 80);
  const encoding = (more: Partial<Encoding>): Encoding => ({ format: "png", quality: 90, metadata: "none", ...more });

  it("writes every format; png is exact", async () => {
    const types = { png: "png", jpeg: "jpg", webp: "webp", avif: "avif" } as const;
    for (const [format, extension] of Object.entries(types)) {
      const made = await ops.encode(picture, encoding({ format: format as Encoding["format"] }));
      expect(made).toMatchObject({ extension, mediaType: `image/${format}`, width: 120, height: 80 });
    }
    const exact = await ops.encode(picture, encoding({ quality: 10 }));
    expect((await pixelsOf(exact.bytes)).data).toEqual((await pixelsOf(picture)).data);
    expect((await ops.encode(picture, encoding({ format: "avif" }))).bytes.toString("latin1", 4, 12)).toBe("ftypavif");
  });

  it("meets a byte budget with the best quality that fits", async () => {
    for (const format of ["jpeg", "webp", "avif", "png"] as const) {
      const free = await ops.encode(picture, encoding({ format }));
      const maxBytes = Math.round(free.bytes.length * 0.7);
      const made = await ops.encode(picture, encoding({ format, maxBytes }));
      expect(made.bytes.length, format).toBeLessThanOrEqual(maxBytes);
      expect(made.bytes.length, format).toBeGreaterThan(maxBytes * 0.4);
      expect((await ops.encode(picture, encoding({ format, maxBytes: free.bytes.length }))).bytes).toEqual(free.bytes);
    }
  });

  it("names the smallest size there is when nothing fits", async () => {
    const refused = ops.encode(picture, encoding({ format: "jpeg", maxBytes: 100 }));
    await expect(refused).rejects.toMatchObject({ code: "BYTE_BUDGET", details: { maxBytes: 100 } });
    const least = await refused.then(
      () => 0,
      (error) => error.details.smallest as number,
    );
    const smallest = await ops.encode(picture, encoding({ format: "jpeg", maxBytes: least }));
    expect(smallest.bytes.length).toBeLessThanOrEqual(least);
    await expect(refused).rejects.toThrow(String(least));
  });

  it("metadata: none leaves nothing, basic a profile and the density, full also what the source says", async () => {
    const source = (await sharp(picture)
      .withExif({ IFD0: { ImageDescription: "a caption" } })
      .withDensity(300)
      .png()
      .toBuffer()) as Buffer;
    const read = async (metadata: Encoding["metadata"]) =>
      sharp((await ops.encode(source, encoding({ format: "jpeg", metadata }))).bytes).metadata();
    const [none, basic, full] = [await read("none"), await read("basic"), await read("full")];
    expect([none.icc, none.exif]).toEqual([undefined, undefined]);
    expect([Boolean(basic.icc), basic.density]).toEqual([true, 300]);
    expect(basic.exif?.includes("a caption") ?? false).toBe(false);
    expect(full.exif?.includes("a caption")).toBe(true);
  });

  it("transparency becomes white in a jpeg", async () => {
    const made = await ops.encode(flat(8, 8, [255, 0, 0, 0]), encoding({ format: "jpeg" }));
    expect(at(await pixelsOf(made.bytes), 4, 4)).toEqual([255, 255, 255]);
  });

  it("a thumbnail is a small webp and never larger than the picture", async () => {
    expect(await ops.thumbnail(picture, 60)).toMatchObject({ width: 60, height: 40, mediaType: "image/webp" });
    expect(await ops.thumbnail(busy(80, 120), 60)).toMatchObject({ width: 40, height: 60 });
    expect(await ops.thumbnail(picture, 600)).toMatchObject({ width: 120, height: 80 });
  });
});
