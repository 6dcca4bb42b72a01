import { describe, expect, it } from "vitest";
import { fitted, pinched, toPicture, toView, zoomedAt } from "#lib/client/editor/paint/camera.ts";
import { changedInWords, differenceOf } from "#lib/client/editor/paint/difference.ts";

const flat = (levels: number[], pixels = 100) => ({
  width: 10,
  height: pixels / 10,
  channels: levels.length as 3 | 4,
  data: Uint8Array.from(Array.from({ length: pixels }, () => levels).flat()),
});

describe("the difference of two pictures", () => {
  it("is the share of pixels that changed, amplified to be seen", () => {
    const before = flat([100, 100, 100, 255]);
    const after = flat([100, 100, 100, 255]);
    for (let pixel = 0; pixel < 25; pixel++) after.data[pixel * 4] = 110;
    const { data, share } = differenceOf(before, after, 4);
    expect(share).toBe(0.25);
    expect([...data.subarray(0, 4)]).toEqual([40, 0, 0, 255]);
    expect([...data.subarray(396, 400)]).toEqual([0, 0, 0, 255]);
  });

  it("what re-encoding does is no change, what transparency does is one", () => {
    expect(differenceOf(flat([100, 100, 100]), flat([102, 99, 100])).share).toBe(0);
    expect(differenceOf(flat([9, 9, 9]), flat([9, 9, 9, 0])).share).toBe(1);
    expect(() => differenceOf(flat([1, 1, 1]), flat([1, 1, 1], 50))).toThrow(RangeError);
  });

  it("is said in words", () => {
    expect([0, 0.0004, 0.034, 0.25, 1].map(changedInWords)).toEqual([
      "No pixel differs.",
      "Less than 0.1 % of the pixels differ.",
      "3.4 % of the pixels differ.",
      "25 % of the pixels differ.",
      "All pixels differ.",
    ]);
  });
});

describe("where a picture stands on the screen", () => {
  it("fits into the view, and zooming keeps the point under the pointer", () => {
    const camera = fitted({ width: 2000, height: 1000 }, { width: 1048, height: 848 });
    expect(camera).toEqual({ scale: 0.5, x: 24, y: 174 });
    const at = { x: 300, y: 400 };
    const closer = zoomedAt(camera, at, 3);
    expect(toPicture(closer, at).x).toBeCloseTo(toPicture(camera, at).x);
    expect(toView(closer, toPicture(closer, { x: 5, y: 7 }))).toEqual({ x: 5, y: 7 });
  });

  it("two fingers zoom and move at once", () => {
    const camera = { x: 0, y: 0, scale: 1 };
    const moved = pinched(
      camera,
      [
        { x: 0, y: 0 },
        { x: 100, y: 0 },
      ],
      [
        { x: 10, y: 20 },
        { x: 210, y: 20 },
      ],
    );
    expect(moved.scale).toBe(2);
    expect(toPicture(moved, { x: 10, y: 20 })).toEqual({ x: 0, y: 0 });
  });
});
