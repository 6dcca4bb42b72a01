import { setImmediate as breathe } from "node:timers/promises";
import sharp from "sharp";
import { StepError } from "../../protocol/failure.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { drawingOf, type Mark, type Spot } from "../../protocol/marks.ts";
import type { Marked } from "../../runtime/ports.ts";
import { colorOf } from "./color.ts";
import { decode, type Pixels, render } from "./decoder.ts";
import { escaped, paste, readable } from "./overlay.ts";
import { written } from "./written.ts";

type Note = Extract<Mark, { kind: "note" }>;
/** How much of each pixel one mark covers, 0–255. */
type Cover = { of: Uint8Array; width: number; height: number; spend(pixels: number): Promise<void> };

/** Pixels that all marks together may visit: a few seconds of work. */
const VISITS = 300_000_000;
const BREATH = 4_000_000;

/**
 * Draws marks over a picture: the flattened picture, and the marks alone on a transparent layer of the same size. undefined when no mark shows.
 * `clear`: the layer has transparent pixels, as a provider's markup must. Throws MARKUP_TOO_COMPLEX, COLOR_INVALID.
 */
export async function marks(bytes: Buffer, shapes: readonly Mark[]): Promise<Marked | undefined> {
  if (shapes.length === 0) return undefined;
  const picture = await decode(bytes);
  const { width, height } = picture;
  const layer: Pixels = { data: Buffer.alloc(width * height * 4), width, height, channels: 4 };
  const spend = spender();
  for (const mark of shapes) {
    if (mark.kind === "note") await writeNote(layer, mark);
    else await drawMark(layer, mark, spend);
  }
  const [shown, clear] = seen(layer);
  if (!shown) return undefined;
  const flat = { ...picture, data: Buffer.from(picture.data) };
  paste(flat, layer, 0, 0, 1);
  return { flat: await written(flat), layer: await written(layer), clear };
}

function spender(): (pixels: number) => Promise<void> {
  let [spent, breath] = [0, 0];
  return async (pixels) => {
    spent += pixels;
    breath += pixels;
    if (spent > VISITS)
      throw new StepError("MARKUP_TOO_COMPLEX", "There are more marks than can be drawn; draw fewer or thinner ones.");
    if (breath < BREATH) return;
    breath = 0;
    await breathe();
  };
}

function seen({ data }: Pixels): [shown: boolean, clear: boolean] {
  let [shown, clear] = [false, false];
  for (let i = 3; i < data.length && !(shown && clear); i += 4) {
    if (data[i] === 0) clear = true;
    else shown = true;
  }
  return [shown, clear];
}

async function drawMark(layer: Pixels, mark: Exclude<Mark, Note>, spend: Cover["spend"]): Promise<void> {
  const { width, height } = layer;
  await spend(width * height);
  const cover: Cover = { of: new Uint8Array(width * height), width, height, spend };
  const { lines, head } = drawingOf(mark);
  for (const line of lines) {
    for (let i = Math.min(1, line.length - 1); i < line.length; i++) {
      await segment(cover, line[Math.max(0, i - 1)]!, line[i]!, mark.width / 2);
    }
  }
  if (head) await triangle(cover, head);
  const [r, g, b] = colorOf(mark.color);
  for (let i = 0; i < cover.of.length; i++) {
    const share = cover.of[i]! / 255;
    if (share === 0) continue;
    const at = i * 4;
    const rest = (layer.data[at + 3]! / 255) * (1 - share);
    const alpha = share + rest;
    for (const [c, level] of [r, g, b].entries())
      layer.data[at + c] = Math.round((level * share + layer.data[at + c]! * rest) / alpha);
    layer.data[at + 3] = Math.round(alpha * 255);
  }
}

async function visit(
  { of, width, height, spend }: Cover,
  [left, top, right, bottom]: [number, number, number, number],
  inside: (x: number, y: number) => number,
): Promise<void> {
  const [x0, x1] = [Math.max(0, Math.floor(left)), Math.min(width - 1, Math.ceil(right))];
  for (let y = Math.max(0, Math.floor(top)); y <= Math.min(height - 1, Math.ceil(bottom)); y++) {
    for (let x = x0; x <= x1; x++) {
      const share = Math.min(1, inside(x + 0.5, y + 0.5) + 0.5);
      if (share > 0) of[y * width + x] = Math.max(of[y * width + x]!, Math.round(255 * share));
    }
    await spend(Math.max(1, x1 - x0 + 1));
  }
}

/** A line with round ends; `half` = half its width. */
function segment(cover: Cover, [x0, y0]: Spot, [x1, y1]: Spot, half: number): Promise<void> {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const squared = dx * dx + dy * dy;
  const reach = half + 1;
  const box = [Math.min(x0, x1) - reach, Math.min(y0, y1) - reach, Math.max(x0, x1) + reach, Math.max(y0, y1) + reach];
  return visit(cover, box as [number, number, number, number], (px, py) => {
    const along = squared === 0 ? 0 : Math.min(1, Math.max(0, ((px - x0) * dx + (py - y0) * dy) / squared));
    return half - Math.hypot(px - x0 - along * dx, py - y0 - along * dy);
  });
}

function triangle(cover: Cover, corners: [Spot, Spot, Spot]): Promise<void> {
  const [a, b, c] = corners;
  const turn = Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])) || 1;
  const sides = corners.map(([x, y], i) => {
    const [nx, ny] = corners[(i + 1) % 3]!;
    const length = Math.hypot(nx - x, ny - y) || 1;
    return (px: number, py: number): number => (turn * ((nx - x) * (py - y) - (ny - y) * (px - x))) / length;
  });
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  return visit(cover, [Math.min(...xs) - 1, Math.min(...ys) - 1, Math.max(...xs) + 1, Math.max(...ys) + 1], (x, y) =>
    Math.min(...sides.map((side) => side(x, y))),
  );
}

/** A note: its words in its colour on a dark or light ground, so that they can be read over anything. */
async function writeNote(layer: Pixels, note: Note): Promise<void> {
  const text = readable(note.text);
  if (!text) return;
  const room = Math.max(note.size * 2, Math.min(layer.width - note.x, LIMITS.sidePixels) - note.size);
  const [r, g, b] = colorOf(note.color);
  const { data, info } = await render(
    sharp({
      text: {
        text: `<span foreground="#${Buffer.from([r, g, b]).toString("hex")}">${escaped(text)}</span>`,
        font: `sans bold ${note.size}px`,
        dpi: 72,
        rgba: true,
        width: Math.max(1, Math.floor(room)),
        wrap: "word-char",
      },
    })
      .toColourspace("srgb")
      .raw(),
  );
  const pad = Math.round(note.size * 0.35);
  const [left, top] = [Math.round(note.x), Math.round(note.y)];
  paste(layer, ground(info.width + 2 * pad, info.height + 2 * pad, [r, g, b]), left, top, 0.82);
  paste(layer, { data, width: info.width, height: info.height, channels: 4 }, left + pad, top + pad, 1);
}

function ground(width: number, height: number, [r, g, b]: [number, number, number]): Pixels {
  const level = 0.299 * r + 0.587 * g + 0.114 * b > 110 ? 20 : 250;
  const data = Buffer.alloc(width * height * 4, level);
  for (let i = 3; i < data.length; i += 4) data[i] = 255;
  return { data, width, height, channels: 4 };
}
