import { StepError } from "../../protocol/failure.ts";
import type { Picture } from "../../runtime/ports.ts";
import type { MaskShape } from "../../sdk/image-tools.ts";
import { inBands } from "./bands.ts";
import { colorOf } from "./color.ts";
import { decode, type Pixels } from "./decoder.ts";
import { readGrey } from "./grey.ts";
import { grow, soften } from "./mask-edge.ts";
import { paintStrokes } from "./mask-strokes.ts";
import { sizeMismatch } from "./region.ts";
import { written, writtenGrey } from "./written.ts";

type Shape = Omit<MaskShape, "asset">;

/** Levels of the 8-bit scale a colour may differ in any channel when nothing else is said. */
const TOLERANCE = 32;
/** 0.1 × 1000 is a hair more than 100 in binary; without this the hair would become a pixel. */
const HAIR = 1e-6;
const PROVIDER_MASK_BYTES = 4_000_000;
/** From this level on a pixel may change: the provider knows no halves. */
const MARKED = 128;

/** The mask of a picture: shape, then invert, then grow, then feather. Throws MASK_SIZE_MISMATCH, MASK_SHAPE_MISSING, MASK_TOO_COMPLEX. */
export async function mask(bytes: Buffer, shape: Shape, maskBytes?: Buffer): Promise<Picture> {
  const picture = await decode(bytes);
  const { width, height } = picture;
  let marked = await DRAW[shape.source](picture, shape, maskBytes);
  if (shape.invert) marked = marked.map((level) => 255 - level);
  marked = await grow(marked, width, height, shape.grow);
  marked = await soften(marked, width, height, Math.ceil(shape.feather));
  return writtenGrey(marked, width, height);
}

/** The same mask as the provider wants it: RGBA PNG, alpha 0 = change. Throws MASK_EMPTY, and MASK_TOO_LARGE from 4 MB on. */
export async function alphaMask(maskBytes: Buffer): Promise<Buffer> {
  const { data, width, height } = await readGrey(maskBytes);
  if (!data.some((level) => level >= MARKED)) {
    throw new StepError("MASK_EMPTY", "The mask marks nothing, so nothing may change; paint or choose a part first.");
  }
  const pixels = Buffer.alloc(width * height * 4);
  await inBands(width, height, (from, to) => {
    for (let i = from * width; i < to * width; i++) pixels[i * 4 + 3] = data[i]! >= MARKED ? 0 : 255;
  });
  const { bytes } = await written({ data: pixels, width, height, channels: 4 });
  if (bytes.length < PROVIDER_MASK_BYTES) return bytes;
  throw new StepError(
    "MASK_TOO_LARGE",
    `The mask takes ${bytes.length} bytes and the model reads fewer than ${PROVIDER_MASK_BYTES}; draw it with fewer specks.`,
    { details: { bytes: bytes.length } },
  );
}

const DRAW: Record<Shape["source"], (picture: Pixels, shape: Shape, mask?: Buffer) => Promise<Uint8Array>> = {
  paint: (picture, { strokes }) => paintStrokes(picture, strokes ?? []),
  rect: async (picture, shape) => {
    const { left, top, right, bottom } = boxOf(picture, shape);
    return filled(picture, (x, y) => x + 1 > left && x < right && y + 1 > top && y < bottom);
  },
  ellipse: async (picture, shape) => {
    const { left, top, right, bottom } = boxOf(picture, shape);
    const [cx, cy] = [(left + right) / 2, (top + bottom) / 2];
    const nearest = (centre: number, from: number): number => Math.min(Math.max(centre, from), from + 1) - centre;
    return filled(
      picture,
      (x, y) => (nearest(cx, x) / (right - cx)) ** 2 + (nearest(cy, y) / (bottom - cy)) ** 2 < 1 - HAIR,
    );
  },
  color: async (picture, { color, tolerance = TOLERANCE }) => {
    if (!color) throw missing("a color");
    const wanted = colorOf(color);
    const { data, width, channels } = picture;
    return filled(picture, (x, y) => {
      const at = (y * width + x) * channels;
      const visible = channels === 3 || data[at + 3] !== 0;
      return visible && [0, 1, 2].every((c) => Math.abs(data[at + c]! - wanted[c]!) <= tolerance);
    });
  },
  alpha: async ({ data, width, height, channels }) => {
    const marked = new Uint8Array(width * height).fill(255);
    if (channels === 4) for (let i = 0; i < marked.length; i++) marked[i] = data[i * 4 + 3]!;
    return marked;
  },
  asset: async (picture, _shape, bytes) => {
    if (!bytes) throw missing("a stored mask");
    const stored = await readGrey(bytes);
    if (stored.width !== picture.width || stored.height !== picture.height) throw sizeMismatch(picture, stored);
    return stored.data;
  },
};

function boxOf({ width, height }: Pixels, { rect }: Shape) {
  if (!rect) throw missing("a rect");
  return {
    left: rect.x * width + HAIR,
    top: rect.y * height + HAIR,
    right: (rect.x + rect.w) * width - HAIR,
    bottom: (rect.y + rect.h) * height - HAIR,
  };
}

async function filled({ width, height }: Pixels, inside: (x: number, y: number) => boolean): Promise<Uint8Array> {
  const marked = new Uint8Array(width * height);
  await inBands(width, height, (from, to) => {
    for (let y = from; y < to; y++) for (let x = 0; x < width; x++) if (inside(x, y)) marked[y * width + x] = 255;
  });
  return marked;
}

const missing = (what: string): StepError =>
  new StepError("MASK_SHAPE_MISSING", `The mask's source needs ${what}, and none is set.`);
