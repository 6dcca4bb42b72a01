import { inBands } from "../bands.ts";
import type { Pixels } from "../decoder.ts";
import { workingCopy } from "./working-copy.ts";

/**
 * Longest side in pixels at which sharpness is measured. The variance depends on the scale, so a demand means the same for every picture only at one
 * scale; 1,024 is what the models draw at least, so most pictures are measured as they are. Smaller ones are not enlarged: that would only blur them.
 */
const LONGEST = 1024;
const HALF = 128;

/**
 * Variance of the Laplacian (4 neighbours, kernel 0 1 0 / 1 −4 1 / 0 1 0) of the BT.709 luma 0–255, in levels². Only places whose five pixels are at
 * least half opaque count; a picture too small to have one measures 0. Pech-Pacheco et al., 2000. Errors as `decode`.
 */
export async function sharpness(bytes: Buffer): Promise<number> {
  const copy = await workingCopy(bytes, LONGEST, "average");
  const { width, height } = copy;
  const luma = lumaOf(copy);
  let [count, sum, squares] = [0, 0, 0];
  await inBands(width, height, (from, to) => {
    for (let y = Math.max(1, from); y < Math.min(height - 1, to); y++) {
      for (let x = 1; x < width - 1; x++) {
        const at = y * width + x;
        const [left, right, up, down, here] = [
          luma[at - 1]!,
          luma[at + 1]!,
          luma[at - width]!,
          luma[at + width]!,
          luma[at]!,
        ];
        if (left < 0 || right < 0 || up < 0 || down < 0 || here < 0) continue;
        const edge = left + right + up + down - 4 * here;
        count++;
        sum += edge;
        squares += edge * edge;
      }
    }
  });
  return count === 0 ? 0 : Math.max(0, squares / count - (sum / count) ** 2);
}

/** −1 where the picture is less than half opaque. */
function lumaOf({ data, width, height, channels }: Pixels): Float32Array {
  const luma = new Float32Array(width * height);
  for (let i = 0, at = 0; i < luma.length; i++, at += channels) {
    const hidden = channels === 4 && data[at + 3]! < HALF;
    luma[i] = hidden ? -1 : 0.2126 * data[at]! + 0.7152 * data[at + 1]! + 0.0722 * data[at + 2]!;
  }
  return luma;
}
