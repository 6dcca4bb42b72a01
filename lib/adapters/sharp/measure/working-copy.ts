import { admit } from "../admit.ts";
import { describe, type Pixels, render, upright } from "../decoder.ts";

/**
 * The picture for measuring: no side longer than `longest` pixels, never enlarged. `average` blends the pixels that fall together; `sample` picks
 * one of them, so that every color in the copy is one of the picture's. The picture is read in strips and shrunk on the way, so that the largest one
 * takes time and little memory. Errors as `decode`.
 */
export async function workingCopy(bytes: Buffer, longest: number, by: "average" | "sample"): Promise<Pixels> {
  const admitted = admit(bytes);
  const { width, height } = await describe(admitted);
  const scale = longest / Math.max(width, height);
  if (scale >= 1) return rawOf(upright(admitted));
  const size = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
  return squeezed(bytes, size, by);
}

/** The picture at exactly this size, whatever its proportions. */
export const squeezed = (
  bytes: Buffer,
  size: { width: number; height: number },
  by: "average" | "sample",
): Promise<Pixels> =>
  rawOf(
    upright(admit(bytes)).resize({
      ...size,
      fit: "fill",
      kernel: by === "sample" ? "nearest" : "lanczos3",
      fastShrinkOnLoad: false,
    }),
  );

async function rawOf(pipeline: ReturnType<typeof upright>): Promise<Pixels> {
  const { data, info } = await render(pipeline.raw());
  return { data, width: info.width, height: info.height, channels: info.channels as 3 | 4 };
}
