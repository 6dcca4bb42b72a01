import sharp, { type ResizeOptions } from "sharp";
import { StepError } from "../../protocol/failure.ts";
import { LIMITS } from "../../protocol/limits.ts";
import type { Changed } from "../../runtime/ports.ts";
import type { ResizeTarget } from "../../sdk/image-tools.ts";
import { decode, fromPixels, type Pixels, render } from "./decoder.ts";
import { finished } from "./written.ts";

/**
 * Many renditions from one decode, in the order of `targets`. A target of the picture's own size changes nothing, whatever its fit.
 * Throws OUTPUT_TOO_LARGE before decoding.
 */
export async function resize(bytes: Buffer, targets: ResizeTarget[]): Promise<Changed[]> {
  for (const target of targets) refuseHuge(target.width, target.height);
  const source = await decode(bytes);
  return Promise.all(targets.map((target) => rendition(source, target)));
}

/** Scales to exactly `to`. Throws OUTPUT_TOO_LARGE. */
export async function upscale(
  bytes: Buffer,
  to: { width: number; height: number; kernel: "lanczos3" | "mitchell" | "nearest" },
): Promise<Changed> {
  refuseHuge(to.width, to.height);
  const source = await decode(bytes);
  if (isSize(source, to)) return undefined;
  return finished(fromPixels(source).resize(to.width, to.height, { fit: "fill", kernel: to.kernel }));
}

/** The pixels stretched to another size, or themselves when they have it. */
export async function stretched(source: Pixels, width: number, height: number): Promise<Pixels> {
  if (isSize(source, { width, height })) return source;
  const { data } = await render(fromPixels(source).resize(width, height, { fit: "fill", kernel: "lanczos3" }).raw());
  return { data, width, height, channels: source.channels };
}

async function rendition(source: Pixels, target: ResizeTarget): Promise<Changed> {
  if (isSize(source, target)) return undefined;
  const resized = fromPixels(source).resize(target.width, target.height, {
    ...FITS[target.fit],
    kernel: "lanczos3",
    background: target.background ?? (source.channels === 4 ? "#00000000" : "#ffffff"),
  });
  return finished(target.density ? resized.withDensity(target.density) : resized);
}

const FITS: Record<ResizeTarget["fit"], ResizeOptions> = {
  cover: { fit: "cover", position: "centre" },
  attention: { fit: "cover", position: sharp.strategy.attention },
  contain: { fit: "inside" },
  pad: { fit: "contain" },
};

const isSize = (picture: { width: number; height: number }, size: { width: number; height: number }): boolean =>
  picture.width === size.width && picture.height === size.height;

function refuseHuge(width: number, height: number): void {
  if (width * height <= LIMITS.pixels && Math.max(width, height) <= LIMITS.sidePixels) return;
  throw new StepError(
    "OUTPUT_TOO_LARGE",
    `${width} × ${height} is more than ${LIMITS.pixels / 1e6} million pixels or ${LIMITS.sidePixels} on a side.`,
    { details: { width, height } },
  );
}
