import sharp from "sharp";
import { createSharpOps } from "#lib/adapters/sharp/sharp-image-ops.ts";
import { type Pixel, paintPng } from "../../nodes/paint-png.ts";

/** Importing the adapter hardens sharp for the whole process: tests see what the product sees. */
export const ops = createSharpOps();

export type Raw = { data: Buffer; width: number; height: number; channels: number };

/** Decoded pixels, read without the code under test. */
export async function pixelsOf(bytes: Buffer): Promise<Raw> {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  return { data: data as Buffer, width: info.width, height: info.height, channels: info.channels };
}

export function at({ data, width, channels }: Raw, x: number, y: number): number[] {
  const from = (y * width + x) * channels;
  return [...data.subarray(from, from + channels)];
}

/** A mask's levels, one number per pixel. */
export async function levelsOf(bytes: Buffer): Promise<{ level(x: number, y: number): number; width: number }> {
  const raw = await pixelsOf(bytes);
  return { level: (x, y) => at(raw, x, y)[0]!, width: raw.width };
}

export const flat = (width: number, height: number, color: Pixel): Buffer => paintPng(width, height, () => color);

/** A picture in which every pixel differs from its neighbours. */
export const busy = (width: number, height: number, seed = 0): Buffer =>
  paintPng(width, height, (x, y) => [(x * 37 + seed) & 255, (y * 53 + x * 11 + seed) & 255, (x * y + seed) & 255]);

export const maskOf = (width: number, height: number, level: (x: number, y: number) => number): Buffer =>
  paintPng(width, height, (x, y) => [level(x, y)]);

/** The code a promise is refused with; fails the test when it is not. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    return String((error as { code?: unknown }).code ?? error);
  }
  return "nothing was refused";
}
