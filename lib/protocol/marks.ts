import * as z from "zod";

const Side = z.number().min(-20_000).max(40_000);
const Spot = z.tuple([Side, Side]);
/** Every mark: its colour, and how wide its lines are in image pixels. */
const look = {
  color: z
    .string()
    .regex(/^#([0-9a-f]{3}|[0-9a-f]{6})$/i, "write a color like #ff8800")
    .default("#ff3b30"),
  width: z.number().positive().max(256).default(6),
};
const box = { x: Side, y: Side, w: z.number().positive().max(40_000), h: z.number().positive().max(40_000) };

/** One thing drawn over a picture as an instruction, in image pixels from its top left corner. A note's `size` is its letters' height. */
export const Mark = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("arrow"), from: Spot, to: Spot, ...look }),
  z.object({ kind: z.literal("box"), ...box, ...look }),
  z.object({ kind: z.literal("ellipse"), ...box, ...look }),
  z.object({ kind: z.literal("stroke"), points: z.array(Spot).min(1).max(5000), ...look }),
  z.object({
    kind: z.literal("note"),
    x: Side,
    y: Side,
    text: z.string().max(500),
    size: z.number().min(4).max(1024).default(32),
    ...look,
  }),
]);
export type Mark = z.infer<typeof Mark>;
export type Spot = [x: number, y: number];

/** Marks one picture can carry. */
export const MOST_MARKS = 200;

/** What a mark is made of, for whoever draws it: lines `width` wide with round ends, and a filled triangle for an arrow's head. */
export type Drawing = { lines: Spot[][]; head?: [Spot, Spot, Spot] };

const CORNERS = 64;

/** The lines of a mark; a note has none, its text is drawn at its place. */
export function drawingOf(mark: Mark): Drawing {
  switch (mark.kind) {
    case "arrow":
      return arrow(mark.from, mark.to, mark.width);
    case "box": {
      const { x, y, w, h } = mark;
      return {
        lines: [
          [
            [x, y],
            [x + w, y],
            [x + w, y + h],
            [x, y + h],
            [x, y],
          ],
        ],
      };
    }
    case "ellipse":
      return { lines: [around(mark.x + mark.w / 2, mark.y + mark.h / 2, mark.w / 2, mark.h / 2)] };
    case "stroke":
      return { lines: [mark.points] };
    case "note":
      return { lines: [] };
  }
}

const around = (cx: number, cy: number, rx: number, ry: number): Spot[] =>
  Array.from({ length: CORNERS + 1 }, (_, i): Spot => {
    const angle = (i / CORNERS) * 2 * Math.PI;
    return [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)];
  });

/** The shaft ends inside the head, so that the point is sharp; the head is four and a half lines long, never longer than the arrow. */
function arrow(from: Spot, to: Spot, width: number): Drawing {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy);
  if (length === 0) return { lines: [[from]] };
  const [ux, uy] = [dx / length, dy / length];
  const long = Math.min(length, width * 4.5);
  const half = long * 0.5;
  const neck: Spot = [to[0] - ux * long, to[1] - uy * long];
  const inside: Spot = [to[0] - ux * long * 0.8, to[1] - uy * long * 0.8];
  return {
    lines: [[from, inside]],
    head: [to, [neck[0] - uy * half, neck[1] + ux * half], [neck[0] + uy * half, neck[1] - ux * half]],
  };
}
