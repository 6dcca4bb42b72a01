import { drawingOf, type Mark, type Spot } from "../../../protocol/marks.ts";
import type { Size } from "./camera.ts";

/** Line width and letter size (pixels) that read well on a picture of this size. */
export const marksFor = ({ width, height }: Size): { width: number; size: number } => {
  const longest = Math.max(width, height);
  return {
    width: Math.min(256, Math.max(2, Math.round(longest / 220))),
    size: Math.min(1024, Math.max(8, Math.round(longest / 30))),
  };
};

/** A mark being dragged out from one point to another; `points` is all of the way there. */
export function markFrom(
  kind: Mark["kind"],
  points: readonly Spot[],
  look: { color: string; width: number; size: number },
): Mark | undefined {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return undefined;
  const { size, ...line } = look;
  const [from, to] = [whole(first), whole(last)];
  const [x, y] = [Math.min(from[0], to[0]), Math.min(from[1], to[1])];
  const [w, h] = [Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1])];
  switch (kind) {
    case "arrow":
      return w + h < 4 ? undefined : { kind, from, to, ...line };
    case "box":
    case "ellipse":
      return w < 2 || h < 2 ? undefined : { kind, x, y, w, h, ...line };
    case "stroke":
      return { kind, points: points.map(tenths), ...line };
    case "note":
      return { kind, x: to[0], y: to[1], text: "", size, ...line };
  }
}

/** A mark somewhere else. */
export function movedMark(mark: Mark, dx: number, dy: number): Mark {
  const move = ([x, y]: Spot): Spot => tenths([x + dx, y + dy]);
  if (mark.kind === "arrow") return { ...mark, from: move(mark.from), to: move(mark.to) };
  if (mark.kind === "stroke") return { ...mark, points: mark.points.map(move) };
  const [x, y] = move([mark.x, mark.y]);
  return { ...mark, x, y };
}

/** The box a note takes, about: the server's letters decide in the end. */
export function noteBox({ x, y, text, size }: Extract<Mark, { kind: "note" }>) {
  const lines = (text || "Note").split("\n");
  const pad = Math.round(size * 0.35);
  const longest = Math.max(...lines.map((line) => line.length), 1);
  return { x, y, w: longest * size * 0.62 + 2 * pad, h: lines.length * size * 1.25 + 2 * pad, pad };
}

/** Which mark is at a point, the topmost first; `reach` in pixels. -1 when none is. */
export function markAt(marks: readonly Mark[], [px, py]: Spot, reach: number): number {
  return marks.findLastIndex((mark) => {
    if (mark.kind === "note") {
      const { x, y, w, h } = noteBox(mark);
      return px >= x && px <= x + w && py >= y && py <= y + h;
    }
    const { lines, head } = drawingOf(mark);
    const near = mark.width / 2 + reach;
    return [...lines, ...(head ? [[...head, head[0]]] : [])].some((line) =>
      line.some((point, i) => distance([px, py], line[Math.max(0, i - 1)] as Spot, point) <= near),
    );
  });
}

/** The marks as they are saved: notes without words say nothing. */
export const saidMarks = (marks: readonly Mark[]): Mark[] =>
  marks.filter((mark) => mark.kind !== "note" || mark.text.trim() !== "");

function distance([x, y]: Spot, [ax, ay]: Spot, [bx, by]: Spot): number {
  const [dx, dy] = [bx - ax, by - ay];
  const squared = dx * dx + dy * dy;
  const along = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / squared));
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}

const whole = ([x, y]: Spot): Spot => [Math.round(x), Math.round(y)];
const tenths = ([x, y]: Spot): Spot => [Math.round(x * 10) / 10, Math.round(y * 10) / 10];
