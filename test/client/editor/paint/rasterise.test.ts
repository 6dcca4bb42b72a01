import { describe, expect, it } from "vitest";
import { createMaskBoard, previewSize } from "#lib/client/editor/paint/mask-board.ts";
import { finished, markedShare, shareInWords } from "#lib/client/editor/paint/mask-edge.ts";
import { emptyLevels, paintBrush, rasterise, scaledStroke } from "#lib/client/editor/paint/rasterise.ts";
import type { Stroke } from "#lib/sdk/image-tools.ts";
import { ops, pixelsOf } from "../../../adapters/sharp/pictures.ts";
import { paintPng } from "../../../nodes/paint-png.ts";

const WIDTH = 160;
const HEIGHT = 120;
const picture = paintPng(WIDTH, HEIGHT, (x, y) =>
  Math.hypot(x - 110, y - 40) < 25 ? [240, 200 + (x % 5), 90] : [(x >> 1) & 255, 90, 160 - (y >> 1)],
);
const plain = { invert: false, grow: 0, feather: 0 };

const STROKES: Record<string, Stroke> = {
  "a hard brush": {
    tool: "brush",
    radius: 9,
    points: [
      [20, 20],
      [70.4, 31.2],
      [60, 90],
    ],
  },
  "a soft brush with pen pressure": {
    tool: "brush",
    radius: 20,
    hardness: 0.3,
    points: [
      [30, 60, 0.2],
      [90, 70, 1],
      [150, 60, 0.5],
    ],
  },
  "a lasso": {
    tool: "lasso",
    points: [
      [10.5, 10.2],
      [80, 20],
      [60, 100.7],
      [30, 40],
    ],
  },
  "a rectangle partly beside the picture": {
    tool: "rect",
    points: [
      [100.3, 80.9],
      [200, 140],
    ],
  },
  "a wand on the disc": { tool: "wand", tolerance: 12, points: [[110.5, 40.5]] },
  "an eraser": {
    tool: "brush",
    radius: 14,
    hardness: 0.6,
    erase: true,
    points: [
      [0, 60],
      [160, 60],
    ],
  },
};

/** The share of pixels that differ by more than half between what is shown and what the server makes. */
async function apart(strokes: Stroke[], edge = plain): Promise<number> {
  const decoded = await pixelsOf(picture);
  const shown = finished(rasterise({ ...decoded, channels: 3 }, strokes), edge);
  const made = await pixelsOf((await ops.mask(picture, { source: "paint", strokes, ...edge })).bytes);
  let differing = 0;
  for (let i = 0; i < shown.data.length; i++)
    if (Math.abs((shown.data[i] ?? 0) - (made.data[i * made.channels] ?? 0)) > 2) differing++;
  expect(markedShare(shown)).toBeGreaterThan(0);
  return differing / shown.data.length;
}

describe("the preview is the mask the server makes", () => {
  it.each(Object.entries(STROKES).filter(([, { erase }]) => !erase))("%s", async (_name, stroke) => {
    expect(await apart([stroke])).toBe(0);
  });

  it("all of them one after the other, the eraser last", async () => {
    expect(await apart(Object.values(STROKES))).toBe(0);
  });

  it.each([
    { ...plain, invert: true },
    { ...plain, grow: 6.2 },
    { ...plain, grow: -4 },
    { ...plain, feather: 11 },
    { invert: true, grow: -3, feather: 8.5 },
  ])("inverted $invert, grown by $grow, feathered by $feather", async (edge) => {
    expect(await apart(Object.values(STROKES), edge)).toBe(0);
  });
});

describe("painting on a smaller preview", () => {
  it("a brush painted while it is drawn is the brush painted at once", () => {
    const stroke = STROKES["a soft brush with pen pressure"] as Stroke;
    const [once, live] = [emptyLevels({ width: WIDTH, height: HEIGHT }), emptyLevels({ width: WIDTH, height: HEIGHT })];
    paintBrush(once, stroke, 0);
    for (let n = 1; n <= stroke.points.length; n++)
      paintBrush(live, { ...stroke, points: stroke.points.slice(0, n) }, n - 1);
    const odd = once.data.filter((level, i) => level !== live.data[i]).length;
    // The first dot of a stroke alone is a little less than the first line.
    expect(odd / once.data.length).toBeLessThan(0.01);
  });

  it("a 4K picture is previewed at a size a screen can show, and its strokes are scaled", () => {
    expect(previewSize({ width: 4096, height: 2304 })).toEqual({ width: 2048, height: 1152, factor: 0.5 });
    expect(previewSize({ width: 1024, height: 768 }).factor).toBe(1);
    expect(scaledStroke({ tool: "brush", radius: 10, points: [[8, 4, 0.5]] }, 0.5)).toEqual({
      tool: "brush",
      radius: 5,
      points: [[4, 2, 0.5]],
    });
  });

  it("a board shows any list of strokes it is given, also after undo and after a stroke that was not kept", () => {
    const board = createMaskBoard(previewSize({ width: WIDTH, height: HEIGHT }), undefined);
    const a: Stroke = {
      tool: "rect",
      points: [
        [0, 0],
        [20, 20],
      ],
    };
    const b: Stroke = {
      tool: "rect",
      points: [
        [40, 40],
        [60, 60],
      ],
    };
    const marked = () => board.levels.data.filter((level) => level >= 128).length;
    board.show([a]);
    board.show([a, b]);
    expect(marked()).toBe(800);
    board.show([a]);
    expect(marked()).toBe(400);
    board.extend({ tool: "brush", radius: 10, points: [[100, 100]] }, 0);
    expect(marked()).toBeGreaterThan(600);
    board.show([a]);
    expect(marked()).toBe(400);
    board.show([b]);
    expect([marked(), board.levels.data[0]]).toEqual([400, 0]);
    board.show([]);
    expect(marked()).toBe(0);
  });
});

it("the share is said in words", () => {
  expect([0, 0.002, 0.123, 0.996, 1].map(shareInWords)).toEqual([
    "Nothing is masked yet.",
    "Less than 1 % of the picture may change.",
    "12 % of the picture may change.",
    "More than 99 % of the picture may change.",
    "The whole picture may change.",
  ]);
});
