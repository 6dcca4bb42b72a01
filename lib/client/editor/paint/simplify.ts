import type { StrokePoint } from "./rasterise.ts";

/** Points one stroke can hold, and strokes one mask can hold (nodes/mask.ts). */
export const MOST_POINTS = 20_000;
export const MOST_STROKES = 2000;

/** How far (pixels, or pixels of radius) a point that is left out may lie from the line that stays. */
const FIRST_TOLERANCE = 0.35;
const PIECE = 400;

/**
 * The same line with fewer points (Douglas and Peucker's way, with pen pressure as a third dimension: `radius` makes it pixels). Coordinates
 * are rounded to tenths. A line of more points than a stroke can hold is simplified further until it fits.
 */
export function simplified(points: readonly StrokePoint[], radius: number, tolerance = FIRST_TOLERANCE): StrokePoint[] {
  const kept = thinned(points, radius, tolerance);
  return kept.length <= MOST_POINTS ? kept.map(rounded) : simplified(kept, radius, tolerance * 2);
}

/** Why no further stroke can be taken; undefined while there is room. */
export const fullInWords = (strokes: number): string | undefined =>
  strokes < MOST_STROKES
    ? undefined
    : `A mask holds at most ${MOST_STROKES.toLocaleString("en")} strokes. Undo or clear some before painting on.`;

function thinned(points: readonly StrokePoint[], radius: number, tolerance: number): StrokePoint[] {
  if (points.length < 3) return [...points];
  const keep = new Uint8Array(points.length);
  keep[0] = keep[points.length - 1] = 1;
  const open: [number, number][] = [];
  // Piece by piece: a wild scribble must not take the square of its length.
  for (let first = 0; first < points.length - 1; first += PIECE) {
    const last = Math.min(first + PIECE, points.length - 1);
    keep[last] = 1;
    open.push([first, last]);
  }
  for (let range = open.pop(); range; range = open.pop()) {
    const [first, last] = range;
    let [worst, at] = [tolerance, -1];
    for (let i = first + 1; i < last; i++) {
      const off = distance(points[i] as StrokePoint, points[first] as StrokePoint, points[last] as StrokePoint, radius);
      if (off > worst) [worst, at] = [off, i];
    }
    if (at < 0) continue;
    keep[at] = 1;
    open.push([first, at], [at, last]);
  }
  return points.filter((_, i) => keep[i] === 1);
}

function distance([x, y, p = 1]: StrokePoint, [ax, ay, ap = 1]: StrokePoint, [bx, by, bp = 1]: StrokePoint, r: number) {
  const [dx, dy] = [bx - ax, by - ay];
  const squared = dx * dx + dy * dy;
  const along = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / squared));
  return Math.hypot(x - ax - along * dx, y - ay - along * dy, (p - ap - along * (bp - ap)) * r);
}

const rounded = ([x, y, pressure]: StrokePoint): StrokePoint => {
  const [tx, ty] = [Math.round(x * 10) / 10, Math.round(y * 10) / 10];
  return pressure === undefined ? [tx, ty] : [tx, ty, Math.round(pressure * 100) / 100];
};
