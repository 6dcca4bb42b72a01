import { describe, expect, it } from "vitest";
import { at, busy, codeOf, flat, maskOf, ops, pixelsOf, type Raw } from "./pictures.ts";

const [W, H] = [80, 60];
/** Marks columns 30–49 and rows 20–39. */
const inMask = (x: number, y: number): boolean => x >= 30 && x < 50 && y >= 20 && y < 40;
const mask = maskOf(W, H, (x, y) => (inMask(x, y) ? 255 : 0));
/** Distance in pixels from a pixel's centre to the mask's edge; negative inside. */
const fromEdge = (x: number, y: number): number => {
  const [dx, dy] = [Math.max(29.5 - x, x - 49.5, 0), Math.max(19.5 - y, y - 39.5, 0)];
  if (dx > 0 || dy > 0) return Math.hypot(dx, dy);
  return -Math.min(x - 29.5, 49.5 - x, y - 19.5, 39.5 - y);
};

function eachPixel(visit: (x: number, y: number) => void): void {
  for (let y = 0; y < H; y++) for (let x = 0; x < W; x++) visit(x, y);
}

describe("strict lock", () => {
  it("outside mask and feather every byte is the original's; deep inside it is the drawn one's", async () => {
    const [original, drawn] = [busy(W, H), busy(W, H, 90)];
    for (const feather of [0, 1, 8, 15]) {
      const { picture } = await ops.lock(original, drawn, mask, feather);
      const [was, drew, is] = await Promise.all([original, drawn, picture!.bytes].map(pixelsOf));
      eachPixel((x, y) => {
        const distance = fromEdge(x, y);
        if (distance >= feather / 2) expect(at(is!, x, y), `${x},${y} outside`).toEqual(at(was!, x, y));
        if (distance <= -feather / 2) expect(at(is!, x, y), `${x},${y} inside`).toEqual(at(drew!, x, y));
      });
    }
  });

  it("the feather is a ramp centred on the edge", async () => {
    const { picture } = await ops.lock(flat(W, H, [0, 0, 0]), flat(W, H, [255, 255, 255]), mask, 8);
    const raw = await pixelsOf(picture!.bytes);
    const row = Array.from({ length: 12 }, (_, i) => at(raw, 24 + i, 30)[0]!);
    expect(row).toEqual([...row].sort((a, b) => a - b));
    expect(row.slice(0, 2)).toEqual([0, 0]);
    expect(row.slice(10)).toEqual([255, 255]);
    expect(row[5]! + row[6]!).toBeGreaterThan(250);
    expect(row[5]! + row[6]!).toBeLessThan(260);
    expect(new Set(row).size).toBeGreaterThanOrEqual(9);
  });

  it("drift is the share of pixels outside mask and feather that were changed before they were put back", async () => {
    const original = flat(W, H, [100, 100, 100]);
    const outside = W * H - 20 * 20;
    const drawn = maskOf(W, H, (x, y) => (inMask(x, y) || y === 0 ? 200 : 100));
    expect((await ops.lock(original, drawn, mask, 0)).drift).toBeCloseTo(W / outside, 10);
    expect((await ops.lock(original, flat(W, H, [200, 0, 0]), mask, 8)).drift).toBe(1);
    expect((await ops.lock(original, original, mask, 8)).drift).toBe(0);
    // One level of 255 is a change like any other.
    expect((await ops.lock(original, flat(W, H, [101, 100, 100]), mask, 0)).drift).toBe(1);
    const everything = maskOf(W, H, () => 255);
    expect((await ops.lock(original, flat(W, H, [200, 0, 0]), everything, 0)).drift).toBe(0);
    const feathered = maskOf(W, H, (x, y) => (fromEdge(x, y) < 4 ? 200 : 100));
    expect((await ops.lock(original, feathered, mask, 8)).drift).toBe(0);
    expect((await ops.lock(original, feathered, mask, 0)).drift).toBeGreaterThan(0);
  });

  it("an answer of another size is brought to the original's size", async () => {
    const { picture, drift } = await ops.lock(flat(W, H, [0, 0, 0]), flat(W * 2, H * 2, [255, 255, 255]), mask, 4);
    expect(picture).toMatchObject({ width: W, height: H });
    expect(at(await pixelsOf(picture!.bytes), 40, 30)).toEqual([255, 255, 255]);
    expect(drift).toBe(1);
  });

  it("an answer that kept to the mask stays as it is", async () => {
    const drawn = maskOf(W, H, (x, y) => (inMask(x, y) ? 200 : 100));
    expect(await ops.lock(flat(W, H, [100, 100, 100]), drawn, mask, 0)).toEqual({ picture: undefined, drift: 0 });
  });

  it("a mask that is soft already gives its grey as the weight", async () => {
    const soft = maskOf(W, H, (x) => (x < 20 ? 0 : x < 40 ? (x - 19) * 12 : 255));
    const { picture } = await ops.lock(flat(W, H, [0, 0, 0]), flat(W, H, [255, 255, 255]), soft, 4);
    const raw = await pixelsOf(picture!.bytes);
    for (const x of [0, 19]) expect(at(raw, x, 30)[0]).toBe(0);
    for (const x of [20, 25, 35, 39]) expect(at(raw, x, 30)[0]).toBe((x - 19) * 12);
    expect(at(raw, 50, 30)[0]).toBe(255);
  });

  it("IM-015 a mask of another size is refused", async () => {
    const wrong = maskOf(W, H - 1, () => 255);
    expect(await codeOf(ops.lock(busy(W, H), busy(W, H, 1), wrong, 8))).toBe("MASK_SIZE_MISMATCH");
    expect(await codeOf(ops.keepRegion(busy(W, H), busy(W, H, 1), wrong, 8))).toBe("MASK_SIZE_MISMATCH");
  });

  it("transparency: the original decides whether there is any", async () => {
    const clear = flat(W, H, [255, 0, 0, 0]);
    const opaque = flat(W, H, [0, 0, 255]);
    const onOpaque = await ops.lock(opaque, flat(W, H, [255, 0, 0, 128]), mask, 0);
    const raw: Raw = await pixelsOf(onOpaque.picture!.bytes);
    expect(raw.channels).toBe(3);
    expect(at(raw, 40, 30)).toEqual([128, 0, 127]);
    const onClear = await ops.lock(clear, opaque, mask, 0);
    const kept = await pixelsOf(onClear.picture!.bytes);
    expect([at(kept, 0, 0), at(kept, 40, 30)]).toEqual([
      [255, 0, 0, 0],
      [0, 0, 255, 255],
    ]);
  });
});

describe("keep region", () => {
  it("takes the masked part and nothing else", async () => {
    const [base, from] = [busy(W, H), busy(W, H, 90)];
    const picture = await ops.keepRegion(base, from, mask, 0);
    const [under, over, is] = await Promise.all([base, from, picture!.bytes].map(pixelsOf));
    eachPixel((x, y) => expect(at(is!, x, y)).toEqual(at(inMask(x, y) ? over! : under!, x, y)));
  });

  it("changes nothing with an empty mask or the same picture", async () => {
    const empty = maskOf(W, H, () => 0);
    expect(await ops.keepRegion(busy(W, H), busy(W, H, 9), empty, 8)).toBeUndefined();
    expect(await ops.keepRegion(busy(W, H), busy(W, H), mask, 8)).toBeUndefined();
  });
});
