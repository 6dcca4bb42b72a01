import { encode, type PictureFormat } from "./encode.ts";
import { filtered } from "./filtered.ts";
import { label } from "./label.ts";
import type { RawPicture } from "./raster/canvas.ts";

/** Earlier, blurrier states of a finished picture: `count` files, each sharper than the one before. */
export async function partialsOf(
  picture: RawPicture,
  count: number,
  format: PictureFormat,
  compression: number | null,
): Promise<Buffer[]> {
  const { width, height } = picture;
  const unit = Math.min(width, height);
  const files: Buffer[] = [];
  for (let i = 0; i < count; i++) {
    const radius = Math.max(0.6, unit / (22 * 2.6 ** i));
    const state = await filtered(picture, (image) => image.blur(radius));
    label(state);
    files.push(await encode(state, format, compression));
  }
  return files;
}
