import sharp, { type OutputInfo, type Sharp, type SharpOptions } from "sharp";
import { StepError } from "../../protocol/failure.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { type Admitted, admit } from "./admit.ts";
import { corrupt } from "./picture-header.ts";
import { inSlot } from "./slots.ts";

// Only three loaders exist for this process: a decoder that cannot be reached cannot be attacked.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: [
    "VipsForeignLoadPng",
    "VipsForeignLoadPngBuffer",
    "VipsForeignLoadJpeg",
    "VipsForeignLoadJpegBuffer",
    "VipsForeignLoadWebp",
    "VipsForeignLoadWebpBuffer",
  ],
});
sharp.concurrency(1);
sharp.cache({ memory: 50, files: 0, items: 50 });

const OPTIONS: SharpOptions = {
  limitInputPixels: LIMITS.pixels,
  limitInputChannels: 5,
  failOn: "warning",
  pages: 1,
  sequentialRead: true,
};

/** Decoded pixels: 8-bit sRGB, upright, 3 channels or 4 with straight (not premultiplied) alpha, row by row. */
export type Pixels = { data: Buffer; width: number; height: number; channels: 3 | 4 };

/** An admitted picture ready for one pipeline: upright, 8-bit sRGB, metadata left behind unless the pipeline keeps it. */
export const upright = (admitted: Admitted): Sharp => sharp(admitted.bytes, OPTIONS).autoOrient().toColourspace("srgb");

/** Admits and decodes a picture. Errors as `admit`. */
export async function decode(bytes: Uint8Array): Promise<Pixels> {
  const { data, info } = await render(upright(admit(bytes)).raw());
  return { data, width: info.width, height: info.height, channels: info.channels as 3 | 4 };
}

/** Size after orientation, alpha, density (dots per inch) and embedded metadata, from the header alone. */
export async function describe(admitted: Admitted) {
  const meta = await guard(() => sharp(admitted.bytes, OPTIONS).metadata());
  return { ...meta.autoOrient, hasAlpha: meta.hasAlpha, density: meta.density };
}

/** A pipeline over pixels of our own. */
export const fromPixels = ({ data, width, height, channels }: { data: Uint8Array } & Omit<Pixels, "data">): Sharp =>
  sharp(data, { raw: { width, height, channels }, limitInputPixels: false });

/** A pipeline over one grey channel of our own. */
export const fromGrey = (data: Uint8Array, width: number, height: number): Sharp =>
  sharp(data, { raw: { width, height, channels: 1 }, limitInputPixels: false }).toColourspace("b-w");

/** Runs a pipeline in one of the few slots. A decoder's complaint becomes IMAGE_CORRUPT or UNSUPPORTED_IMAGE_TYPE. */
export const render = (pipeline: Sharp): Promise<{ data: Buffer; info: OutputInfo }> =>
  guard(() =>
    inSlot(() => pipeline.toBuffer({ resolveWithObject: true }) as Promise<{ data: Buffer; info: OutputInfo }>),
  );

async function guard<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StepError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    if (/unsupported image format/i.test(message)) {
      throw new StepError("UNSUPPORTED_IMAGE_TYPE", "The file is not a PNG, JPEG or WebP picture that can be read.");
    }
    if (/pixel limit/i.test(message)) throw new StepError("IMAGE_TOO_MANY_PIXELS", "The picture has too many pixels.");
    throw corrupt("it is damaged or cut off");
  }
}
