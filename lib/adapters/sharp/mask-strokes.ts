import { setImmediate as breathe } from "node:timers/promises";
import { StepError } from "../../protocol/failure.ts";
import type { Stroke } from "../../sdk/image-tools.ts";
import type { Pixels } from "./decoder.ts";

const RADIUS = 24;
const TOLERANCE = 32;
/** Pixels that all strokes together may visit: a few seconds of work. */
const VISITS = 400_000_000;
const BREATH = 4_000_000;

type Canvas = { marked: Uint8Array; width: number; height: number; spend(pixels: number): Promise<void> };
type Point = Stroke["points"][number];

/** Strokes one after the other, as a person painted them: each adds to the mask or erases from it. Throws MASK_TOO_COMPLEX. */
export async function paintStrokes(picture: Pixels, strokes: Stroke[]): Promise<Uint8Array> {
  const { width, height } = picture;
  const canvas: Canvas = { marked: new Uint8Array(width * height), width, height, spend: spender() };
  for (const stroke of strokes) {
    if (stroke.points.length > 0) await TOOLS[stroke.tool](canvas, stroke, picture);
  }
  return canvas.marked;
}

function spender(): (pixels: number) => Promise<void> {
  let spent = 0;
  let breath = 0;
  return async (pixels) => {
    spent += pixels;
    breath += pixels;
    if (spent > VISITS)
      throw new StepError("MASK_TOO_COMPLEX", "The mask has more paint than can be drawn; simplify it.");
    if (breath < BREATH) return;
    breath = 0;
    await breathe();
  };
}

const TOOLS: Record<Stroke["tool"], (canvas: Canvas, stroke: Stroke, picture: Pixels) => Promise<void>> = {
  brush: async (canvas, stroke) => {
    const radius = stroke.radius ?? RADIUS;
    const hardness = stroke.hardness ?? 1;
    const pressed = ([, , pressure]: Point): number => radius * (pressure && pressure > 0 ? pressure : 1);
    for (const [from, to] of segmentsOf(stroke.points)) {
      await capsule(canvas, from, to, Math.max(pressed(from), pressed(to)), hardness, stroke.erase);
    }
  },
  lasso: async (canvas, stroke) => {
    await polygon(canvas, stroke.points, stroke.erase);
    const closed = [...stroke.points, stroke.points[0]!];
    // Pixels the outline only touches belong to it: fractions round outwards.
    for (const [from, to] of segmentsOf(closed)) await capsule(canvas, from, to, 0.2, 1, stroke.erase);
  },
  rect: async (canvas, stroke) => {
    const xs = stroke.points.map(([x]) => x);
    const ys = stroke.points.map(([, y]) => y);
    const [left, right] = [Math.floor(Math.min(...xs)), Math.ceil(Math.max(...xs))];
    const [top, bottom] = [Math.floor(Math.min(...ys)), Math.ceil(Math.max(...ys))];
    await visit(canvas, left, top, right - 1, bottom - 1, (i) => put(canvas, i, 255, stroke.erase));
  },
  wand: async (canvas, stroke, picture) => {
    for (const point of stroke.points) await flood(canvas, picture, point, stroke);
  },
};

function* segmentsOf(points: Point[]): Generator<[Point, Point]> {
  if (points.length === 1) yield [points[0]!, points[0]!];
  for (let i = 1; i < points.length; i++) yield [points[i - 1]!, points[i]!];
}

function put({ marked }: Canvas, index: number, level: number, erase = false): void {
  marked[index] = erase ? Math.min(marked[index]!, 255 - level) : Math.max(marked[index]!, level);
}

async function visit(
  { width, height, spend }: Canvas,
  left: number,
  top: number,
  right: number,
  bottom: number,
  each: (index: number, x: number, y: number) => void,
): Promise<void> {
  const [x0, x1] = [Math.max(0, left), Math.min(width - 1, right)];
  for (let y = Math.max(0, top); y <= Math.min(height - 1, bottom); y++) {
    for (let x = x0; x <= x1; x++) each(y * width + x, x, y);
    await spend(Math.max(1, x1 - x0 + 1));
  }
}

/** A round brush drawn from one point to the next: full up to `hardness` of its radius, then falling to nothing at it. */
function capsule(
  canvas: Canvas,
  [x0, y0]: Point,
  [x1, y1]: Point,
  radius: number,
  hardness: number,
  erase?: boolean,
): Promise<void> {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const lengthSquared = dx * dx + dy * dy;
  const reach = radius + 0.5;
  const soft = radius * (1 - hardness);
  return visit(
    canvas,
    Math.floor(Math.min(x0, x1) - reach),
    Math.floor(Math.min(y0, y1) - reach),
    Math.ceil(Math.max(x0, x1) + reach),
    Math.ceil(Math.max(y0, y1) + reach),
    (i, px, py) => {
      const [x, y] = [px + 0.5 - x0, py + 0.5 - y0];
      const along = lengthSquared === 0 ? 0 : Math.min(1, Math.max(0, (x * dx + y * dy) / lengthSquared));
      const inside = reach - Math.sqrt((x - along * dx) ** 2 + (y - along * dy) ** 2);
      if (inside > 0) put(canvas, i, soft < 1 ? 255 : Math.ceil(255 * Math.min(1, inside / soft)), erase);
    },
  );
}

/** Even-odd fill by scan lines through pixel centres. */
async function polygon(canvas: Canvas, points: Point[], erase?: boolean): Promise<void> {
  const { width, height, spend } = canvas;
  const ys = points.map(([, y]) => y).sort((a, b) => a - b);
  for (let y = Math.max(0, Math.floor(ys[0]!)); y < Math.min(height, Math.ceil(ys.at(-1)!)); y++) {
    const crossings: number[] = [];
    const line = y + 0.5;
    for (let i = 0; i < points.length; i++) {
      const [ax, ay] = points[i]!;
      const [bx, by] = points[(i + 1) % points.length]!;
      if (ay <= line !== by <= line) crossings.push(ax + ((line - ay) / (by - ay)) * (bx - ax));
    }
    crossings.sort((a, b) => a - b);
    for (let k = 0; k + 1 < crossings.length; k += 2) {
      const to = Math.min(width - 1, Math.floor(crossings[k + 1]! - 0.5));
      for (let x = Math.max(0, Math.ceil(crossings[k]! - 0.5)); x <= to; x++) put(canvas, y * width + x, 255, erase);
    }
    await spend(width + points.length);
  }
}

/** Marks the connected patch around a point whose colour is within `tolerance` of that point's in every channel. */
async function flood(canvas: Canvas, { data, channels }: Pixels, [px, py]: Point, stroke: Stroke): Promise<void> {
  const { width, height, spend } = canvas;
  const [x, y] = [Math.floor(px), Math.floor(py)];
  if (x < 0 || y < 0 || x >= width || y >= height) return;
  const seed = (y * width + x) * channels;
  const tolerance = stroke.tolerance ?? TOLERANCE;
  const seen = new Uint8Array(width * height);
  const stack = [y * width + x];
  seen[stack[0]!] = 1;
  const tryPixel = (next: number): void => {
    if (seen[next]) return;
    seen[next] = 1;
    for (let c = 0; c < channels; c++) {
      if (Math.abs(data[next * channels + c]! - data[seed + c]!) > tolerance) return;
    }
    stack.push(next);
  };
  await spend(width * height);
  for (let count = 1; stack.length > 0; count++) {
    const i = stack.pop()!;
    put(canvas, i, 255, stroke.erase);
    if (i % width > 0) tryPixel(i - 1);
    if (i % width < width - 1) tryPixel(i + 1);
    if (i >= width) tryPixel(i - width);
    if (i < width * (height - 1)) tryPixel(i + width);
    if (count % 500_000 === 0) await breathe();
  }
}
