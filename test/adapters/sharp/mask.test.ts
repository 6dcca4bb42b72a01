import { randomBytes } from "node:crypto";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import type { MaskShape, Stroke } from "#lib/sdk/image-tools.ts";
import { at, busy, codeOf, flat, levelsOf, maskOf, ops, pixelsOf } from "./pictures.ts";

const plain: Omit<MaskShape, "source"> = { grow: 0, feather: 0, invert: false };
const picture = flat(100, 50, [10, 20, 30]);
const drawn = async (shape: Partial<MaskShape>, bytes = picture, stored?: Buffer) =>
  levelsOf((await ops.mask(bytes, { source: "rect", ...plain, ...shape }, stored)).bytes);
const stroke = (given: Partial<Stroke>): Partial<MaskShape> => ({
  source: "paint",
  strokes: [{ tool: "brush", points: [], ...given }],
});

describe("shapes", () => {
  it("a mask is an 8-bit grey PNG of the picture's size", async () => {
    const made = await ops.mask(picture, { source: "rect", rect: { x: 0, y: 0, w: 1, h: 1 }, ...plain });
    expect(made).toMatchObject({ width: 100, height: 50, mediaType: "image/png" });
    expect([made.bytes[24], made.bytes[25]]).toEqual([8, 0]);
  });

  it("a box: fractions round outwards, whole pixels stay whole", async () => {
    const whole = await drawn({ rect: { x: 0.1, y: 0, w: 0.2, h: 0.5 } });
    expect([9, 10, 29, 30].map((x) => whole.level(x, 5))).toEqual([0, 255, 255, 0]);
    const broken = await drawn({ rect: { x: 0.105, y: 0, w: 0.2, h: 0.5 } });
    expect([9, 10, 30, 31].map((x) => broken.level(x, 5))).toEqual([0, 255, 255, 0]);
    expect([24, 25].map((y) => broken.level(20, y))).toEqual([255, 0]);
  });

  it("an ellipse touches the sides of its box and leaves the corners", async () => {
    const { level } = await drawn({ source: "ellipse", rect: { x: 0, y: 0, w: 1, h: 1 } });
    expect([level(0, 24), level(50, 0), level(0, 0), level(99, 49), level(50, 25)]).toEqual([255, 255, 0, 0, 255]);
  });

  it("a colour within its tolerance", async () => {
    const striped = maskOf(10, 1, (x) => x * 20);
    const { level } = await drawn({ source: "color", color: "#646464", tolerance: 20 }, striped);
    expect(Array.from({ length: 10 }, (_, x) => level(x, 0))).toEqual([0, 0, 0, 0, 255, 255, 255, 0, 0, 0]);
  });

  it("opacity: opaque is the part to change; inverted, the transparent part", async () => {
    const cut = flat(4, 4, [1, 2, 3, 40]);
    expect((await drawn({ source: "alpha" }, cut)).level(1, 1)).toBe(40);
    expect((await drawn({ source: "alpha", invert: true }, cut)).level(1, 1)).toBe(215);
    expect((await drawn({ source: "alpha" })).level(1, 1)).toBe(255);
  });

  it("IM-015 a stored mask of the same size, and no other", async () => {
    const stored = maskOf(100, 50, (x) => (x < 10 ? 255 : 0));
    const { level } = await drawn({ source: "asset" }, picture, stored);
    expect([level(9, 0), level(10, 0)]).toEqual([255, 0]);
    const other = maskOf(50, 50, () => 255);
    expect(await codeOf(ops.mask(picture, { source: "asset", ...plain }, other))).toBe("MASK_SIZE_MISMATCH");
  });

  it("a shape without what it is made from is refused", async () => {
    for (const source of ["rect", "ellipse", "color", "asset"] as const) {
      expect(await codeOf(ops.mask(picture, { source, ...plain })), source).toBe("MASK_SHAPE_MISSING");
    }
  });
});

describe("strokes", () => {
  it("a hard brush is full to its rim, a soft one fades", async () => {
    const hard = await drawn(
      stroke({
        points: [
          [20, 20],
          [60, 20],
        ],
        radius: 5,
      }),
    );
    expect([hard.level(40, 20), hard.level(40, 24), hard.level(40, 27), hard.level(10, 20)]).toEqual([255, 255, 0, 0]);
    const soft = await drawn(stroke({ points: [[50, 25]], radius: 20, hardness: 0 }));
    const fall = [50, 55, 60, 65, 72].map((x) => soft.level(x, 25));
    expect(fall).toEqual([...fall].sort((a, b) => b - a));
    expect(new Set(fall).size).toBe(5);
  });

  it("an erasing stroke takes away what was painted before it", async () => {
    const { level } = await drawn({
      source: "paint",
      strokes: [
        {
          tool: "rect",
          points: [
            [0, 0],
            [100, 50],
          ],
        },
        {
          tool: "rect",
          points: [
            [10, 10],
            [20, 20],
          ],
          erase: true,
        },
      ],
    });
    expect([level(9, 9), level(10, 10), level(19, 19), level(20, 20)]).toEqual([255, 0, 0, 255]);
  });

  it("a lasso is filled", async () => {
    const { level } = await drawn(
      stroke({
        tool: "lasso",
        points: [
          [10, 10],
          [50, 10],
          [10, 40],
        ],
      }),
    );
    expect([level(15, 15), level(12, 35), level(45, 35), level(5, 5)]).toEqual([255, 255, 0, 0]);
  });

  it("the wand takes the connected patch of one colour", async () => {
    const patches = maskOf(30, 10, (x) => (x < 10 || x >= 20 ? 100 : 200));
    const { level } = await drawn(stroke({ tool: "wand", points: [[2, 2]], tolerance: 10 }), patches);
    expect([level(0, 9), level(9, 0), level(10, 0), level(25, 5)]).toEqual([255, 255, 0, 0]);
  });

  it("strokes beyond the picture paint nothing, and none at all is an empty mask", async () => {
    const outside = await drawn(
      stroke({
        points: [
          [-500, -500],
          [-400, 900],
        ],
        radius: 20,
      }),
    );
    expect([outside.level(0, 0), outside.level(99, 49)]).toEqual([0, 0]);
    expect((await drawn(stroke({ tool: "wand", points: [[400, 2]] }))).level(0, 0)).toBe(0);
    expect((await drawn({ source: "paint" })).level(50, 25)).toBe(0);
  });

  it("more paint than can be drawn is refused instead of holding the process", async () => {
    const points: [number, number][] = Array.from({ length: 20_000 }, (_, i) => [i % 2 ? 0 : 1000, i % 999]);
    const shape = { ...plain, source: "paint" as const, strokes: [{ tool: "brush" as const, points, radius: 400 }] };
    expect(await codeOf(ops.mask(flat(1000, 1000, [1, 2, 3]), shape))).toBe("MASK_TOO_COMPLEX");
  });
});

describe("after the shape", () => {
  const half = { source: "rect", rect: { x: 0, y: 0, w: 0.5, h: 1 } } as const;

  it("grows and shrinks by a disc, fractions outwards", async () => {
    const edge = async (grow: number) => {
      const { level } = await drawn({ ...half, grow });
      return Array.from({ length: 100 }, (_, x) => level(x, 25)).lastIndexOf(255) + 1;
    };
    expect(await Promise.all([0, 3, 2.3, -3, -2.3].map(edge))).toEqual([50, 53, 53, 47, 48]);
    const corner = await drawn({ rect: { x: 0.4, y: 0.4, w: 0.2, h: 0.2 }, grow: 5 });
    expect([corner.level(35, 25), corner.level(36, 16)]).toEqual([255, 0]);
  });

  it("the order is invert, grow, feather", async () => {
    const { level } = await drawn({ ...half, invert: true, grow: 4, feather: 4 });
    expect([level(42, 25), level(43, 25), level(49, 25), level(60, 25)].map((v) => v === 0)).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(level(49, 25)).toBe(255);
    expect(level(45, 25)).toBeGreaterThan(0);
    expect(level(45, 25)).toBeLessThan(128);
    expect(level(46, 25)).toBeGreaterThanOrEqual(128);
  });

  it("feather is centred on the edge and reaches half its width to either side", async () => {
    const { level } = await drawn({ ...half, feather: 10 });
    expect([level(44, 25), level(55, 25)]).toEqual([255, 0]);
    expect(level(45, 25)).toBeLessThan(255);
    expect(level(54, 25)).toBeGreaterThan(0);
    expect(level(49, 25) + level(50, 25)).toBeGreaterThan(250);
  });
});

describe("the provider's mask", () => {
  it("is an RGBA PNG of the same size with alpha 0 where the picture may change", async () => {
    const made = await ops.alphaMask(maskOf(64, 32, (x) => (x < 10 ? 255 : x < 20 ? 128 : x < 30 ? 127 : 0)));
    const raw = await pixelsOf(made);
    expect([raw.width, raw.height, raw.channels]).toEqual([64, 32, 4]);
    expect([0, 15, 25, 40].map((x) => at(raw, x, 5)[3])).toEqual([0, 0, 255, 255]);
    const solid = await ops.alphaMask(maskOf(8, 8, () => 255));
    expect((await sharp(solid).metadata()).channels).toBe(4);
  });

  it("is refused when nothing is marked, since the provider wants a part to change", async () => {
    expect(await codeOf(ops.alphaMask(maskOf(8, 8, () => 0)))).toBe("MASK_EMPTY");
    expect(await codeOf(ops.alphaMask(maskOf(8, 8, () => 127)))).toBe("MASK_EMPTY");
  });

  it("is refused from 4 MB on", async () => {
    const [width, height] = [6000, 6000];
    const noise = (await sharp(randomBytes(width * height), { raw: { width, height, channels: 1 } })
      .png({ compressionLevel: 0 })
      .toBuffer()) as Buffer;
    expect(await codeOf(ops.alphaMask(noise))).toBe("MASK_TOO_LARGE");
  });
});

it("a busy picture still gives clean shapes", async () => {
  const { level } = await drawn({ rect: { x: 0, y: 0, w: 0.5, h: 1 } }, busy(10, 10));
  expect([level(4, 5), level(5, 5)]).toEqual([255, 0]);
});
