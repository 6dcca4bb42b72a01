import sharp from "sharp";
import type { RawPicture } from "./raster/canvas.ts";

/** File formats a raster picture can be sent in. */
export type PictureFormat = "png" | "jpeg" | "webp" | "gif";

/** Encodes bytes; transparency is kept where the format can hold it, jpeg is laid on white. `compression` 0..100 is the quality of jpeg and webp. */
export async function encode(picture: RawPicture, format: PictureFormat, compression: number | null): Promise<Buffer> {
  const opaque = isOpaque(picture.data);
  const raw = sharp(picture.data, { raw: { width: picture.width, height: picture.height, channels: 4 } });
  const image = opaque ? raw.removeAlpha() : raw;
  if (format === "jpeg")
    return raw
      .flatten({ background: "#ffffff" })
      .jpeg({ quality: Math.max(1, compression ?? 100), mozjpeg: false })
      .toBuffer();
  if (format === "webp") return image.webp({ quality: Math.max(1, compression ?? 100), effort: 2 }).toBuffer();
  if (format === "gif") return image.gif({ effort: 2, colours: 128 }).toBuffer();
  return image.png({ compressionLevel: 6 }).toBuffer();
}

/** Decodes any raster file to RGBA bytes, upright, scaled to cover the given size when one is given. */
export async function decode(bytes: Uint8Array, size?: { width: number; height: number }): Promise<RawPicture> {
  let image = sharp(bytes, { failOn: "error", limitInputPixels: 50e6 }).autoOrient();
  if (size) image = image.resize(size.width, size.height, { fit: "cover" });
  const { data, info } = await image.toColourspace("srgb").ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return {
    width: info.width,
    height: info.height,
    data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  };
}

/** Scales bytes to an exact size. */
export async function scale(picture: RawPicture, width: number, height: number): Promise<RawPicture> {
  if (picture.width === width && picture.height === height) return picture;
  const { data } = await sharp(picture.data, { raw: { width: picture.width, height: picture.height, channels: 4 } })
    .resize(width, height, { fit: "fill", kernel: "cubic" })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width, height, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
}

function isOpaque(data: Uint8Array): boolean {
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 255) return false;
  return true;
}
