import type { Point } from "../state.ts";

type Box = Point & { width: number; height: number };

/** A graph drawn to scale in a small box. */
export type Chart = { scale: number; toChart(point: Point): Point; toGraph(point: Point): Point };

/** Room at the edge of the box, pixels. */
const EDGE = 8;

/** The box around boxes; a small one at the origin when there is none. */
export function boundsOf(boxes: readonly Box[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, width, height } of boxes) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  return left > right
    ? { x: 0, y: 0, width: 1, height: 1 }
    : { x: left, y: top, width: right - left, height: bottom - top };
}

/** Fits boxes of the canvas into a map of this size, in the middle of it. */
export function chartOf(boxes: readonly Box[], size: { width: number; height: number }): Chart {
  const { x: left, y: top, width, height } = boundsOf(boxes);
  const [right, bottom] = [left + width, top + height];
  const room = { width: size.width - 2 * EDGE, height: size.height - 2 * EDGE };
  const scale = Math.min(room.width / Math.max(1, right - left), room.height / Math.max(1, bottom - top), 0.2);
  const at = {
    x: (size.width - (right - left) * scale) / 2 - left * scale,
    y: (size.height - (bottom - top) * scale) / 2 - top * scale,
  };
  return {
    scale,
    toChart: ({ x, y }) => ({ x: x * scale + at.x, y: y * scale + at.y }),
    toGraph: ({ x, y }) => ({ x: (x - at.x) / scale, y: (y - at.y) / scale }),
  };
}
