import type { Sharp } from "sharp";
import type { Picture } from "../../runtime/ports.ts";
import { fromGrey, fromPixels, type Pixels, render } from "./decoder.ts";

/** Filtered rows at a low level: less than half the size of unfiltered ones for a quarter more time. */
const PNG = { compressionLevel: 4, adaptiveFiltering: true } as const;

/**
 * Derived pictures are PNG whatever they came from: a local step then never loses quality, and "not a single pixel changed" can be said
 * exactly. `encode` makes the delivery formats.
 */
export const written = (pixels: Pixels): Promise<Picture> => finished(fromPixels(pixels));

/** A mask's bytes: 8-bit greyscale PNG. */
export const writtenGrey = (data: Uint8Array, width: number, height: number): Promise<Picture> =>
  finished(fromGrey(data, width, height));

/** The PNG a pipeline ends in. */
export async function finished(pipeline: Sharp): Promise<Picture> {
  const { data, info } = await render(pipeline.png(PNG));
  return { bytes: data, width: info.width, height: info.height, mediaType: "image/png" };
}
