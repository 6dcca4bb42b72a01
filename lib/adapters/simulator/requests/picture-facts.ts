import sharp from "sharp";
import { invalid } from "../http/refusal.ts";

/** What a picture file is, from its bytes. */
export type PictureFacts = {
  format: "png" | "jpeg" | "webp" | "gif";
  width: number;
  height: number;
  hasAlpha: boolean;
};

/** The format by magic bytes, or null. */
export function sniff(bytes: Uint8Array): PictureFacts["format"] | null {
  const text = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
  if (bytes[0] === 0x89 && text(1, 4) === "PNG") return "png";
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return "jpeg";
  if (text(0, 4) === "RIFF" && text(8, 12) === "WEBP") return "webp";
  if (text(0, 4) === "GIF8") return "gif";
  return null;
}

/** Looks at a picture; refuses what is not one. Dimensions are those after EXIF orientation. */
export async function pictureFacts(bytes: Uint8Array, param: string): Promise<PictureFacts> {
  if (bytes.length === 0) throw invalid("empty_image_file", param, "The image file is empty.");
  const format = sniff(bytes);
  if (!format)
    throw invalid("invalid_image_format", param, "Unsupported image format. Use png, jpeg, webp or non-animated gif.");
  // Local programs may have closed sharp's gif door; the header says enough.
  if (format === "gif")
    return { format, width: bytes[6]! | (bytes[7]! << 8), height: bytes[8]! | (bytes[9]! << 8), hasAlpha: false };
  try {
    const { width, height, autoOrient, hasAlpha } = await sharp(bytes, { failOn: "truncated" }).metadata();
    return { format, width: autoOrient?.width ?? width, height: autoOrient?.height ?? height, hasAlpha };
  } catch {
    throw invalid("image_parse_error", param, "The image could not be parsed.");
  }
}

/** Share of pixels that are fully transparent. */
export async function clearShare(bytes: Uint8Array): Promise<number> {
  const { data, info } = await sharp(bytes)
    .ensureAlpha()
    .extractChannel("alpha")
    .raw()
    .toBuffer({ resolveWithObject: true });
  let clear = 0;
  for (const value of data) if (value === 0) clear++;
  return clear / (info.width * info.height);
}
