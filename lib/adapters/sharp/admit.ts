import { StepError } from "../../protocol/failure.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { cleanJpeg, jpegHeader } from "./jpeg-segments.ts";
import type { Header } from "./picture-header.ts";
import { cleanPng, pngHeader } from "./png-chunks.ts";
import { cleanWebp, webpHeader } from "./webp-chunks.ts";

/** A file that may be handed to the decoder: what its header says, and its bytes without what only costs memory. */
export type Admitted = { header: Header; bytes: Buffer };

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);

/**
 * The gate in front of the decoder. The type comes from the first bytes, never from a name; sizes come from the header, so a bomb is
 * refused before a pixel exists. Throws EMPTY_FILE, UNSUPPORTED_IMAGE_TYPE, IMAGE_TOO_MANY_PIXELS, IMAGE_SIDE_TOO_LONG, IMAGE_CORRUPT,
 * IMAGE_METADATA_TOO_LARGE.
 */
export function admit(foreign: Uint8Array): Admitted {
  const bytes = Buffer.from(foreign.buffer, foreign.byteOffset, foreign.byteLength);
  if (bytes.length === 0) throw new StepError("EMPTY_FILE", "The file is empty.");
  const { header, clean } = formatOf(bytes);
  checkSize(header(bytes));
  return { header: header(bytes), bytes: clean(bytes) };
}

function formatOf(bytes: Buffer): { header(bytes: Buffer): Header; clean(bytes: Buffer): Buffer } {
  if (bytes.subarray(0, PNG.length).equals(PNG)) return { header: pngHeader, clean: cleanPng };
  if (bytes.subarray(0, JPEG.length).equals(JPEG)) return { header: jpegHeader, clean: cleanJpeg };
  const riff = bytes.length >= 12 && bytes.toString("latin1", 0, 4) === "RIFF";
  if (riff && bytes.toString("latin1", 8, 12) === "WEBP") return { header: webpHeader, clean: cleanWebp };
  throw new StepError(
    "UNSUPPORTED_IMAGE_TYPE",
    "The file is not a PNG, JPEG or WebP picture, whatever its name says; convert it to one of these.",
  );
}

function checkSize({ width, height }: Header): void {
  if (width < 1 || height < 1) throw new StepError("IMAGE_CORRUPT", "The picture says that it has no size.");
  if (width * height > LIMITS.pixels) {
    throw new StepError(
      "IMAGE_TOO_MANY_PIXELS",
      `The picture has ${width} × ${height} pixels; at most ${LIMITS.pixels / 1e6} million are read.`,
      { details: { width, height } },
    );
  }
  if (Math.max(width, height) > LIMITS.sidePixels) {
    throw new StepError(
      "IMAGE_SIDE_TOO_LONG",
      `The picture has ${width} × ${height} pixels; a side may have at most ${LIMITS.sidePixels}.`,
      { details: { width, height } },
    );
  }
}
