import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aspectOf, justify, previewWidth, stepFrom } from "#lib/client/archive/justify.ts";

const pictures = fc.array(
  fc.record({ width: fc.integer({ min: 1, max: 6000 }), height: fc.integer({ min: 1, max: 6000 }) }),
  { maxLength: 60 },
);

describe("rows of pictures", () => {
  it("hold every picture once and in order; all but the last fill the width exactly", () => {
    fc.assert(
      fc.property(pictures, fc.integer({ min: 200, max: 2600 }), (items, width) => {
        const rows = justify(items, { width, wished: 220, gap: 4 });
        expect(rows.flatMap((row) => row.items.map(({ index }) => index))).toEqual(items.map((_, index) => index));
        for (const row of rows.slice(0, -1)) {
          const sum = row.items.reduce((total, one) => total + one.width, 0) + 4 * (row.items.length - 1);
          expect(sum).toBe(width);
        }
        for (const row of rows) expect(row.height).toBeLessThanOrEqual(Math.round(220 * 1.15));
      }),
    );
  });

  it("show pictures in their true aspect, to a pixel", () => {
    const rows = justify(
      Array.from({ length: 9 }, () => ({ width: 1536, height: 1024 })),
      { width: 1000, wished: 200, gap: 4 },
    );
    for (const row of rows)
      for (const one of row.items) expect(Math.abs(one.width - row.height * 1.5)).toBeLessThan(2.5);
  });

  it("cut only what would be a strip or a needle, and take what has no size for a square", () => {
    expect([aspectOf({ width: 10_000, height: 100 }), aspectOf({ width: 1, height: 100 }), aspectOf({})]).toEqual([
      3.2, 0.4, 1,
    ]);
  });

  it("are walked by arrows: along the order, and up and down to what lies nearest", () => {
    const rows = justify(
      [2, 1, 1, 1, 1, 2].map((aspect) => ({ width: aspect * 100, height: 100 })),
      { width: 400, wished: 100, gap: 0 },
    );
    expect(rows.map(({ items }) => items.length)).toEqual([3, 3]);
    expect(stepFrom(rows, 0, "down")).toBe(3);
    expect(stepFrom(rows, 2, "down")).toBe(5);
    expect(stepFrom(rows, 5, "up")).toBe(1);
    expect(stepFrom(rows, 2, "right")).toBe(3);
    expect(stepFrom(rows, 0, "left")).toBeUndefined();
    expect(stepFrom(rows, 5, "right")).toBeUndefined();
    expect(stepFrom(rows, 5, "down")).toBeUndefined();
  });

  it("ask for previews of a few sizes, never more than the screen can show", () => {
    expect([
      previewWidth(100, 1),
      previewWidth(230, 1),
      previewWidth(230, 2),
      previewWidth(230, 4),
      previewWidth(5000, 1),
    ]).toEqual([160, 320, 480, 480, 1280]);
  });
});
