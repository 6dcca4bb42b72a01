import type { Stroke } from "../../../sdk/image-tools.ts";
import type { Size } from "./camera.ts";
import {
  type Box,
  emptyLevels,
  type Levels,
  type Pixels,
  paintBrush,
  paintStroke,
  rasterise,
  scaledStroke,
} from "./rasterise.ts";

/** Longest side (pixels) a mask is previewed at: sharp on any screen, quick on a 4K picture. Strokes stay in picture pixels. */
export const LONGEST_PREVIEW = 2048;
/** Earlier states kept, so that undo does not paint everything again. */
const KEPT = 10;

/** The size a picture is previewed at, and preview pixels per picture pixel. */
export function previewSize({ width, height }: Size, longest = LONGEST_PREVIEW): Size & { factor: number } {
  const factor = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)), factor };
}

/** The painted strokes of a mask at preview size, kept up with a list of strokes that grows, shrinks and grows again. */
export type MaskBoard = Size & {
  /** Preview pixels per picture pixel. */
  readonly factor: number;
  readonly levels: Levels;
  /** Shows exactly these strokes (in picture pixels); gives the part that changed. */
  show(strokes: readonly Stroke[]): Box | undefined;
  /** Paints a brush that is being drawn, from its point `from` on. The next `show` holds only what is in its list. */
  extend(stroke: Stroke, from: number): Box | undefined;
};

/** `pixels` at preview size are what the wand looks at; without them it marks nothing. */
export function createMaskBoard(size: Size & { factor: number }, pixels: Pixels | undefined): MaskBoard {
  const { width, height, factor } = size;
  const all: Box = { left: 0, top: 0, right: width - 1, bottom: height - 1 };
  let levels = emptyLevels(size);
  let shown: readonly Stroke[] = [];
  let touched = false;
  let earlier: { strokes: readonly Stroke[]; data: Uint8Array }[] = [];
  const starts = (strokes: readonly Stroke[], by: readonly Stroke[]): boolean =>
    by.length <= strokes.length && by.every((stroke, i) => stroke === strokes[i]);
  return {
    width,
    height,
    factor,
    get levels() {
      return levels;
    },
    extend(stroke, from) {
      touched = true;
      return paintBrush(levels, scaledStroke(stroke, factor), from);
    },
    show(strokes) {
      if (!touched && strokes.length === shown.length && starts(strokes, shown)) return undefined;
      const base = !touched && starts(strokes, shown) ? { strokes: shown, data: levels.data } : undefined;
      const from = base ?? earlier.findLast((one) => starts(strokes, one.strokes));
      if (from) {
        levels = { width, height, data: Uint8Array.from(from.data) };
        for (const stroke of strokes.slice(from.strokes.length))
          paintStroke(levels, scaledStroke(stroke, factor), pixels);
      } else if (pixels) {
        levels = rasterise(
          pixels,
          strokes.map((stroke) => scaledStroke(stroke, factor)),
        );
      } else {
        levels = emptyLevels(size);
        for (const stroke of strokes) paintStroke(levels, scaledStroke(stroke, factor), undefined);
      }
      [shown, touched] = [strokes, false];
      earlier = [
        ...earlier.filter((one) => one.strokes.length !== strokes.length),
        { strokes, data: levels.data.slice() },
      ]
        .sort((a, b) => a.strokes.length - b.strokes.length)
        .slice(-KEPT);
      return all;
    },
  };
}
