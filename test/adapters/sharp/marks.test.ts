import { describe, expect, it } from "vitest";
import type { Mark } from "#lib/protocol/marks.ts";
import { at, codeOf, flat, ops, pixelsOf } from "./pictures.ts";

const RED = { color: "#ff0000", width: 6 };
const picture = flat(200, 100, [10, 20, 30]);
const drawn = async (...marks: Mark[]) => {
  const made = await ops.marks(picture, marks);
  if (!made) return undefined;
  return { ...made, pixels: await pixelsOf(made.flat.bytes), marks: await pixelsOf(made.layer.bytes) };
};

describe("marks over a picture", () => {
  it("a box is a frame: its line is in its colour, its middle and the rest of the picture stay", async () => {
    const made = await drawn({ kind: "box", x: 40, y: 20, w: 100, h: 60, ...RED });
    if (!made) throw new Error("the box should show");
    expect(at(made.pixels, 40, 50)).toEqual([255, 0, 0]);
    expect(at(made.pixels, 90, 20)).toEqual([255, 0, 0]);
    expect(at(made.pixels, 90, 50)).toEqual([10, 20, 30]);
    expect(at(made.pixels, 190, 90)).toEqual([10, 20, 30]);
    expect(at(made.marks, 40, 50)).toEqual([255, 0, 0, 255]);
    expect(at(made.marks, 90, 50)[3]).toBe(0);
    expect(made).toMatchObject({ clear: true, layer: { width: 200, height: 100, mediaType: "image/png" } });
  });

  it("an arrow ends in a head that is wider than its shaft and stops at its point", async () => {
    const made = await drawn({ kind: "arrow", from: [20, 50], to: [180, 50], ...RED });
    const tall = (x: number) =>
      Array.from({ length: 100 }, (_, y) => (made ? at(made.marks, x, y)[3] : 0)).filter((alpha) => alpha === 255)
        .length;
    expect(tall(60)).toBe(6);
    expect(tall(157)).toBeGreaterThan(18);
    expect(tall(186)).toBe(0);
  });

  it("an ellipse goes round, a stroke follows its points", async () => {
    const made = await drawn(
      { kind: "ellipse", x: 20, y: 20, w: 60, h: 60, ...RED },
      {
        kind: "stroke",
        points: [
          [120, 90],
          [150, 10],
          [180, 90],
        ],
        ...RED,
      },
    );
    if (!made) throw new Error("both should show");
    const alpha = (x: number, y: number) => at(made.marks, x, y)[3];
    expect([alpha(20, 50), alpha(50, 20), alpha(50, 50), alpha(22, 22)]).toEqual([255, 255, 0, 0]);
    expect([alpha(135, 50), alpha(165, 50), alpha(150, 70)]).toEqual([255, 255, 0]);
  });

  it("a note is readable: letters in its colour on a ground of their own", async () => {
    const made = await drawn({ kind: "note", x: 10, y: 10, text: "<b>warm</b> & soft", size: 20, ...RED });
    if (!made) throw new Error("the note should show");
    const colors = new Set<string>();
    for (let x = 12; x < 180; x++) colors.add(at(made.pixels, x, 26).join());
    expect([...colors].some((color) => /^2\d\d,\d,\d$/.test(color))).toBe(true);
    expect(at(made.pixels, 12, 12)).not.toEqual([10, 20, 30]);
  });

  it("nothing comes of marks that do not show", async () => {
    expect(await drawn()).toBeUndefined();
    expect(await drawn({ kind: "note", x: 0, y: 0, text: "  ", size: 20, ...RED })).toBeUndefined();
    expect(await drawn({ kind: "arrow", from: [900, 900], to: [950, 950], ...RED })).toBeUndefined();
  });

  it("marks that cover everything leave no layer a model would take", async () => {
    const all = await drawn({ kind: "arrow", from: [-100, 50], to: [400, 50], color: "#ff0000", width: 250 });
    expect(all?.clear).toBe(false);
  });

  it("more paint than can be drawn is refused in words", async () => {
    const points = Array.from({ length: 5000 }, (_, i): [number, number] => [(i % 2) * 1999, (i * 7) % 1999]);
    const wild: Mark = { kind: "stroke", points, color: "#ff0000", width: 256 };
    expect(await codeOf(ops.marks(flat(2000, 2000, [0, 0, 0]), [wild]))).toBe("MARKUP_TOO_COMPLEX");
  });
});
