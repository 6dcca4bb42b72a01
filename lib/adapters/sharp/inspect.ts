import type { Picture, PictureInfo } from "../../runtime/ports.ts";
import { admit } from "./admit.ts";
import { describe, render, upright } from "./decoder.ts";

const SHRINK = 8;
/** Pixels up to which a picture is decoded as it is: averaging it would cost more than the megabyte its pixels take. */
const SMALL = 512 * 512;
const MEDIA_TYPES = { png: "image/png", jpeg: "image/jpeg", webp: "image/webp" } as const;

/**
 * Is this a whole, acceptable picture, and how large is it? Every pixel is decoded, because only then a cut file shows, but averaged into
 * a small copy on the way, so that the largest picture costs time and no memory. A small one is decoded as it is.
 */
export async function inspect(foreign: Uint8Array): Promise<PictureInfo> {
  const admitted = admit(foreign);
  const mediaType = MEDIA_TYPES[admitted.header.family];
  if (admitted.header.width * admitted.header.height <= SMALL) {
    const { info } = await render(upright(admitted).raw());
    return { width: info.width, height: info.height, mediaType, hasAlpha: info.channels === 4 };
  }
  const { width, height, hasAlpha } = await describe(admitted);
  const size = { width: Math.ceil(width / SHRINK), height: Math.ceil(height / SHRINK), fit: "fill" } as const;
  await render(
    upright(admitted)
      .resize({ ...size, fastShrinkOnLoad: false })
      .raw(),
  );
  return { width, height, mediaType, hasAlpha };
}

/** An upload made ours: upright, 8-bit sRGB, metadata gone, encoded by us. Quality is set so high that the eye cannot tell. */
export async function normalise(foreign: Uint8Array): Promise<Picture> {
  const admitted = admit(foreign);
  const { family, lossless } = admitted.header;
  const pipeline = upright(admitted);
  const encoded = {
    png: () => pipeline.png({ compressionLevel: 6, adaptiveFiltering: true }),
    jpeg: () => pipeline.jpeg({ quality: 95, chromaSubsampling: "4:4:4" }),
    webp: () => pipeline.webp(lossless ? { lossless: true, exact: true } : { quality: 95, alphaQuality: 100 }),
  }[family]();
  const { data, info } = await render(encoded);
  return { bytes: data, width: info.width, height: info.height, mediaType: MEDIA_TYPES[family] };
}
