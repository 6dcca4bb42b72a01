import type { Stroke } from "../../../sdk/image-tools.ts";
import type { Size } from "./camera.ts";

/*
 * Strokes as pixels, by the rules of the server (which makes the mask that counts): each stroke adds or erases in its turn, a brush is full up
 * to `hardness` of its radius and falls to nothing at it, a lasso is filled even-odd, fractions round outwards. A test holds both together.
 */

/** Decoded pixels, row by row; 4 channels with straight alpha, or 3. */
export type Pixels = Size & { data: ArrayLike<number>; channels: 3 | 4 };
/** A mask being painted: 0–255 for each pixel, 255 = the part to change. */
export type Levels = Size & { data: Uint8Array };
/** The part that changed; right and bottom are the last pixel. */
export type Box = { left: number; top: number; right: number; bottom: number };
export type StrokePoint = Stroke["points"][number];

/** What the server takes when a stroke does not say. */
export const RADIUS = 24;
export const TOLERANCE = 32;

/** Nothing is painted yet. */
export const emptyLevels = ({ width, height }: Size): Levels => ({
  width,
  height,
  data: new Uint8Array(width * height),
});

/** All strokes, one after the other. */
export function rasterise(picture: Pixels, strokes: readonly Stroke[]): Levels {
  const levels = emptyLevels(picture);
  for (const stroke of strokes) paintStroke(levels, stroke, picture);
  return levels;
}

/** Paints one stroke; gives the part it touched, undefined when it lies beside the picture. */
export function paintStroke(levels: Levels, stroke: Stroke, picture: Pixels | undefined): Box | undefined {
  const { points, tool } = stroke;
  if (points.length === 0) return undefined;
  switch (tool) {
    case "brush":
      return paintBrush(levels, stroke, 0);
    case "lasso":
      return joined([fill(levels, points, stroke.erase), ...outline(levels, points, stroke.erase)]);
    case "rect": {
      const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
      const box = { left: floor(xs), top: floor(ys), right: ceil(xs) - 1, bottom: ceil(ys) - 1 };
      return visit(levels, box, (i) => put(levels, i, 255, stroke.erase));
    }
    case "wand":
      return picture && joined(points.map((point) => flood(levels, picture, point, stroke)));
  }
}

/** Paints a brush from its point `from` on: painting while it is drawn gives what painting it at once does. */
export function paintBrush(levels: Levels, stroke: Stroke, from: number): Box | undefined {
  const { points, erase, hardness = 1, radius = RADIUS } = stroke;
  const pressed = ([, , pressure]: StrokePoint): number => radius * (pressure && pressure > 0 ? pressure : 1);
  const touched: (Box | undefined)[] = [];
  for (let i = Math.max(from, Math.min(1, points.length - 1)); i < points.length; i++) {
    const [a, b] = [points[Math.max(0, i - 1)] as StrokePoint, points[i] as StrokePoint];
    touched.push(capsule(levels, a, b, Math.max(pressed(a), pressed(b)), hardness, erase));
  }
  return joined(touched);
}

/** The same stroke on a picture of another size. */
export function scaledStroke(stroke: Stroke, factor: number): Stroke {
  if (factor === 1) return stroke;
  const points = stroke.points.map(
    ([x, y, ...pressure]): StrokePoint => [x * factor, y * factor, ...(pressure as [number?])],
  );
  return { ...stroke, points, ...(stroke.radius === undefined ? {} : { radius: stroke.radius * factor }) };
}

/** The smallest box around all of these. */
export function joined(boxes: readonly (Box | undefined)[]): Box | undefined {
  let all: Box | undefined;
  for (const box of boxes) {
    if (box && all)
      all = {
        left: Math.min(all.left, box.left),
        top: Math.min(all.top, box.top),
        right: Math.max(all.right, box.right),
        bottom: Math.max(all.bottom, box.bottom),
      };
    else all ??= box;
  }
  return all;
}

const floor = (values: number[]): number => Math.floor(Math.min(...values));
const ceil = (values: number[]): number => Math.ceil(Math.max(...values));

function put({ data }: Levels, index: number, level: number, erase = false): void {
  const now = data[index] as number;
  data[index] = erase ? Math.min(now, 255 - level) : Math.max(now, level);
}

function visit(levels: Levels, box: Box, each: (index: number, x: number, y: number) => void): Box | undefined {
  const { width, height } = levels;
  const [left, right] = [Math.max(0, box.left), Math.min(width - 1, box.right)];
  const [top, bottom] = [Math.max(0, box.top), Math.min(height - 1, box.bottom)];
  if (left > right || top > bottom) return undefined;
  for (let y = top; y <= bottom; y++) for (let x = left; x <= right; x++) each(y * width + x, x, y);
  return { left, top, right, bottom };
}

function capsule(
  levels: Levels,
  [x0, y0]: StrokePoint,
  [x1, y1]: StrokePoint,
  radius: number,
  hardness: number,
  erase: boolean | undefined,
): Box | undefined {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const squared = dx * dx + dy * dy;
  const reach = radius + 0.5;
  const soft = radius * (1 - hardness);
  const box = {
    left: Math.floor(Math.min(x0, x1) - reach),
    top: Math.floor(Math.min(y0, y1) - reach),
    right: Math.ceil(Math.max(x0, x1) + reach),
    bottom: Math.ceil(Math.max(y0, y1) + reach),
  };
  return visit(levels, box, (i, px, py) => {
    const [x, y] = [px + 0.5 - x0, py + 0.5 - y0];
    const along = squared === 0 ? 0 : Math.min(1, Math.max(0, (x * dx + y * dy) / squared));
    const inside = reach - Math.sqrt((x - along * dx) ** 2 + (y - along * dy) ** 2);
    if (inside > 0) put(levels, i, soft < 1 ? 255 : Math.ceil(255 * Math.min(1, inside / soft)), erase);
  });
}

function outline(levels: Levels, points: readonly StrokePoint[], erase?: boolean): (Box | undefined)[] {
  return points.map((point, i) =>
    capsule(levels, point, points[(i + 1) % points.length] as StrokePoint, 0.2, 1, erase),
  );
}

/** Even-odd fill by scan lines through pixel centres. */
function fill(levels: Levels, points: readonly StrokePoint[], erase?: boolean): Box | undefined {
  const { width, height } = levels;
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [top, end] = [Math.max(0, floor(ys)), Math.min(height, ceil(ys))];
  for (let y = top; y < end; y++) {
    const line = y + 0.5;
    const crossings: number[] = [];
    for (let i = 0; i < points.length; i++) {
      const [ax, ay] = points[i] as StrokePoint;
      const [bx, by] = points[(i + 1) % points.length] as StrokePoint;
      if (ay <= line !== by <= line) crossings.push(ax + ((line - ay) / (by - ay)) * (bx - ax));
    }
    crossings.sort((a, b) => a - b);
    for (let k = 0; k + 1 < crossings.length; k += 2) {
      const to = Math.min(width - 1, Math.floor((crossings[k + 1] as number) - 0.5));
      for (let x = Math.max(0, Math.ceil((crossings[k] as number) - 0.5)); x <= to; x++)
        put(levels, y * width + x, 255, erase);
    }
  }
  const box = { left: Math.max(0, floor(xs)), top, right: Math.min(width - 1, ceil(xs)), bottom: end - 1 };
  return box.left > box.right || box.top > box.bottom ? undefined : box;
}

/** The connected patch around a point whose colour is within the tolerance of that point's in every channel. */
function flood(levels: Levels, { data, channels }: Pixels, [px, py]: StrokePoint, stroke: Stroke): Box | undefined {
  const { width, height } = levels;
  const [x, y] = [Math.floor(px), Math.floor(py)];
  if (x < 0 || y < 0 || x >= width || y >= height) return undefined;
  const seed = (y * width + x) * channels;
  const tolerance = stroke.tolerance ?? TOLERANCE;
  const seen = new Uint8Array(width * height);
  const stack = [y * width + x];
  seen[y * width + x] = 1;
  const box = { left: x, top: y, right: x, bottom: y };
  const look = (next: number): void => {
    if (seen[next]) return;
    seen[next] = 1;
    for (let c = 0; c < channels; c++)
      if (Math.abs((data[next * channels + c] as number) - (data[seed + c] as number)) > tolerance) return;
    stack.push(next);
  };
  for (let i = stack.pop(); i !== undefined; i = stack.pop()) {
    put(levels, i, 255, stroke.erase);
    const [col, row] = [i % width, Math.floor(i / width)];
    if (col < box.left) box.left = col;
    if (col > box.right) box.right = col;
    if (row < box.top) box.top = row;
    if (row > box.bottom) box.bottom = row;
    if (col > 0) look(i - 1);
    if (col < width - 1) look(i + 1);
    if (row > 0) look(i - width);
    if (row < height - 1) look(i + width);
  }
  return box;
}
