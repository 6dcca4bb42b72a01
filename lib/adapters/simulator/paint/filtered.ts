import sharp, { type Sharp } from "sharp";
import type { RawPicture } from "./raster/canvas.ts";

/** Runs a size-keeping filter over a picture. Alpha stays as it was: rounding must not make a solid picture a little transparent. */
export async function filtered(picture: RawPicture, filter: (image: Sharp) => Sharp): Promise<RawPicture> {
  const { width, height } = picture;
  const raw = await filter(sharp(picture.data, { raw: { width, height, channels: 4 } }))
    .raw()
    .toBuffer();
  const data = new Uint8Array(raw.buffer, raw.byteOffset, raw.byteLength);
  for (let i = 3; i < data.length; i += 4) if (picture.data[i] === 255) data[i] = 255;
  return { width, height, data };
}
