import type { Sharp } from "sharp";
import { StepError } from "../../protocol/failure.ts";
import type { Picture } from "../../runtime/ports.ts";
import type { Encoding } from "../../sdk/image-tools.ts";
import { admit } from "./admit.ts";
import { describe, render, upright } from "./decoder.ts";

type Format = {
  mediaType: string;
  extension: string;
  write(pipeline: Sharp, quality: number): Sharp;
  /** Qualities to choose from when the file must become smaller, best first, below what was asked. */
  smaller(quality: number): number[];
};

const lossy = (quality: number): number[] => Array.from({ length: quality - 1 }, (_, i) => quality - 1 - i);
const LOSSLESS = 100;

const FORMATS: Record<Encoding["format"], Format> = {
  png: {
    mediaType: "image/png",
    extension: "png",
    // Without a byte budget PNG is exact whatever the quality; under one, colours are counted down.
    write: (pipeline, quality) =>
      quality === LOSSLESS
        ? pipeline.png({ compressionLevel: 9, adaptiveFiltering: true })
        : pipeline.png({ compressionLevel: 9, palette: true, colours: Math.round(quality), dither: 1 }),
    smaller: () => [256, 192, 128, 96, 64, 48, 32, 24, 16, 8, 4, 2],
  },
  jpeg: {
    mediaType: "image/jpeg",
    extension: "jpg",
    write: (pipeline, quality) =>
      pipeline
        .flatten({ background: "#ffffff" })
        .jpeg({ quality, mozjpeg: true, chromaSubsampling: quality >= 90 ? "4:4:4" : "4:2:0" }),
    smaller: lossy,
  },
  webp: {
    mediaType: "image/webp",
    extension: "webp",
    write: (pipeline, quality) => pipeline.webp({ quality, alphaQuality: 100 }),
    smaller: lossy,
  },
  avif: {
    mediaType: "image/avif",
    extension: "avif",
    write: (pipeline, quality) => pipeline.avif({ quality, effort: 3 }),
    smaller: lossy,
  },
};

/**
 * A delivery file. `maxBytes` is met by the highest quality that fits, found in at most eight tries; throws BYTE_BUDGET naming the smallest size
 * there is. JPEG has no transparency: white shows through. `basic` metadata is an sRGB profile and the density, `full` adds the source's own
 * EXIF and XMP.
 */
export async function encode(bytes: Buffer, encoding: Encoding): Promise<Picture & { extension: string }> {
  const format = FORMATS[encoding.format];
  const admitted = admit(bytes);
  const { density } = await describe(admitted);
  const attempt = async (quality: number): Promise<Picture & { extension: string }> => {
    const pipeline = withMetadata(upright(admitted), encoding.metadata, density);
    const { data, info } = await render(format.write(pipeline, quality));
    return {
      bytes: data,
      width: info.width,
      height: info.height,
      mediaType: format.mediaType,
      extension: format.extension,
    };
  };
  const asked = encoding.format === "png" ? LOSSLESS : encoding.quality;
  const first = await attempt(asked);
  const { maxBytes } = encoding;
  if (maxBytes === undefined || first.bytes.length <= maxBytes) return first;
  return withinBudget(attempt, format.smaller(asked), maxBytes, first.bytes.length);
}

async function withinBudget<T extends Picture>(
  attempt: (quality: number) => Promise<T>,
  qualities: number[],
  maxBytes: number,
  firstBytes: number,
): Promise<T> {
  let best: T | undefined;
  let least = firstBytes;
  let [low, high] = [0, qualities.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const made = await attempt(qualities[middle]!);
    least = Math.min(least, made.bytes.length);
    if (made.bytes.length <= maxBytes) {
      best = made;
      high = middle - 1;
    } else low = middle + 1;
  }
  if (best) return best;
  throw new StepError(
    "BYTE_BUDGET",
    `The smallest file this picture gives is ${least} bytes, more than the ${maxBytes} allowed; allow more, or make the picture smaller.`,
    { details: { smallest: least, maxBytes } },
  );
}

function withMetadata(pipeline: Sharp, metadata: Encoding["metadata"], density: number | undefined): Sharp {
  if (metadata === "none") return pipeline;
  // An empty EXIF block is said on purpose: writing a density would otherwise bring the source's along.
  const kept = metadata === "full" ? pipeline.keepExif().keepXmp() : pipeline.withExif({});
  const profiled = kept.withIccProfile("srgb");
  return density === undefined ? profiled : profiled.withDensity(density);
}

/** A small preview, longest side `width`, never larger than the picture. */
export async function thumbnail(bytes: Buffer, width: number): Promise<Picture> {
  const size = { width, height: width, fit: "inside", withoutEnlargement: true } as const;
  const { data, info } = await render(upright(admit(bytes)).resize(size).webp({ quality: 80, effort: 2 }));
  return { bytes: data, width: info.width, height: info.height, mediaType: "image/webp" };
}
