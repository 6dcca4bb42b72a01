import sharp, { type Sharp } from "sharp";
import { describe, expect, it } from "vitest";
import { FINGERPRINT_SIDE, type Likeness, likenessOf } from "#lib/sdk/likeness.ts";
import { type Pixel, paintPng } from "../../../nodes/paint-png.ts";
import { busy, flat, ops } from "../pictures.ts";

const [W, H] = [240, 160];
const mix = (from: Pixel, to: Pixel, share: number): Pixel =>
  from.map((level, i) => Math.round(level + (to[i]! - level) * share));

/** A sun over hills at dusk: a soft ground, a bright subject off the middle, an edge that runs across. */
const hills = paintPng(W, H, (x, y) => {
  const ridge = 105 + 18 * Math.sin(x / 26) + 7 * Math.sin(x / 7);
  if (y > ridge) return mix([36, 84, 48], [12, 30, 22], (y - ridge) / 60);
  if (Math.hypot(x - 170, y - 55) < 26) return [255, 214, 120];
  return mix([60, 90, 170], [240, 150, 110], y / 110);
});
/** A bottle on a table: other things, other colors. */
const bottle = paintPng(W, H, (x, y) => {
  const inBody = Math.abs(x - 80) < 22 && y > 60 && y < 140;
  const inNeck = Math.abs(x - 80) < 8 && y > 20 && y <= 60;
  if (inBody || inNeck) return mix([20, 110, 90], [150, 220, 200], Math.abs(x - 72) / 30);
  return y > 120 ? [140, 100, 70] : mix([235, 230, 220], [205, 200, 190], x / W);
});
const source = (bytes: Buffer): Sharp => sharp(bytes);
const compare = async (one: Buffer, other: Buffer | Sharp): Promise<Likeness> => {
  const bytes = Buffer.isBuffer(other) ? other : await other.toBuffer();
  return likenessOf(await ops.fingerprint(one), await ops.fingerprint(bytes));
};
const cropped = (bytes: Buffer, share: number): Sharp =>
  source(bytes).extract({
    left: Math.round((W * (1 - share)) / 2),
    top: Math.round((H * (1 - share)) / 2),
    width: Math.round(W * share),
    height: Math.round(H * share),
  });

describe("similarity on pictures made for the purpose", () => {
  it("a picture and itself are 1, whatever they show", async () => {
    for (const bytes of [
      hills,
      bottle,
      busy(90, 70),
      flat(3, 5, [9, 200, 30]),
      flat(1, 1, [0, 0, 0]),
      paintPng(8, 8, () => [1, 2, 3, 0]),
    ]) {
      const like = await compare(bytes, bytes);
      expect(like.both).toBeCloseTo(1, 6);
      expect(like.layout).toBeCloseTo(1, 6);
      expect(like.colors).toBeCloseTo(1, 6);
    }
  });

  it.each([
    ["JPEG at 90", (s: Sharp) => s.jpeg({ quality: 90 })],
    ["JPEG at 50", (s: Sharp) => s.jpeg({ quality: 50 })],
    ["WebP at 60", (s: Sharp) => s.webp({ quality: 60 })],
    ["half the size", (s: Sharp) => s.resize(W / 2, H / 2).png()],
    ["three times the size", (s: Sharp) => s.resize(W * 3, H * 3).png()],
    ["16 bits a channel", (s: Sharp) => s.toColourspace("rgb16").png()],
    ["with an opaque alpha channel", (s: Sharp) => s.ensureAlpha(1).png()],
  ])("the same picture as %s is at least 0.95", async (_name, change) => {
    for (const bytes of [hills, bottle])
      expect((await compare(bytes, change(source(bytes)))).both).toBeGreaterThan(0.95);
  });

  it("a crop, other colors, a mirror image and another subject are clearly lower", async () => {
    for (const bytes of [hills, bottle]) {
      expect((await compare(bytes, cropped(bytes, 0.7))).both).toBeLessThan(0.8);
      expect((await compare(bytes, source(bytes).modulate({ hue: 120 }))).both).toBeLessThan(0.8);
      expect((await compare(bytes, source(bytes).flop())).layout).toBeLessThan(0.6);
      expect((await compare(bytes, source(bytes).negate({ alpha: false }))).both).toBeLessThan(0.3);
    }
    expect((await compare(hills, bottle)).both).toBeLessThan(0.35);
    expect((await compare(hills, busy(W, H))).both).toBeLessThan(0.35);
  });

  it("the further a crop goes in, the less alike it is", async () => {
    const values = [];
    for (const share of [1, 0.95, 0.9, 0.8]) values.push((await compare(hills, cropped(hills, share))).both);
    expect(values).toEqual([...values].sort((a, b) => b - a));
  });

  it("layout sees where things are and not their colors; colors sees the reverse", async () => {
    const recolored = await compare(hills, source(hills).modulate({ hue: 120 }));
    expect(recolored.layout).toBeGreaterThan(0.8);
    expect(recolored.colors).toBeLessThan(0.6);
    const mirrored = await compare(hills, source(hills).flop());
    expect(mirrored.colors).toBeGreaterThan(0.95);
    expect(mirrored.layout).toBeLessThan(0.6);
  });

  it("two things on the same empty ground are not alike because of the ground", async () => {
    const on = (inside: (x: number, y: number) => boolean) =>
      paintPng(W, H, (x, y) => (inside(x, y) ? [40, 40, 160] : [250, 250, 250]));
    const ball = on((x, y) => Math.hypot(x - 70, y - 80) < 30);
    const bar = on((x, y) => Math.abs(x - 180) < 12 && Math.abs(y - 60) < 50);
    expect((await compare(ball, bar)).layout).toBeLessThan(0.3);
  });

  it("is the same both ways round and always 0 to 1", async () => {
    const all = [hills, bottle, busy(50, 50), flat(20, 20, [255, 255, 255]), paintPng(9, 9, () => [5, 5, 5, 0])];
    const prints = await Promise.all(all.map((bytes) => ops.fingerprint(bytes)));
    for (const a of prints) {
      expect(a.luma).toHaveLength(FINGERPRINT_SIDE ** 2);
      for (const b of prints) {
        const [there, back] = [likenessOf(a, b), likenessOf(b, a)];
        for (const key of ["both", "layout", "colors"] as const) {
          expect(there[key]).toBeCloseTo(back[key], 9);
          expect(there[key]).toBeGreaterThanOrEqual(0);
          expect(there[key]).toBeLessThanOrEqual(1);
        }
      }
    }
  });
});
