import { StepError } from "../../protocol/failure.ts";
import type { Changed } from "../../runtime/ports.ts";
import { inBands } from "./bands.ts";
import { decode, type Pixels } from "./decoder.ts";
import { readGrey } from "./grey.ts";
import { soften } from "./mask-edge.ts";
import { stretched } from "./resize.ts";
import { written } from "./written.ts";

/** `from` inside the mask, `base` outside and byte-identical there; undefined when that is `base`. Throws MASK_SIZE_MISMATCH. */
export async function keepRegion(base: Buffer, from: Buffer, mask: Buffer, feather: number): Promise<Changed> {
  const under = await decode(base);
  const weights = await weightsFor(under, mask, feather);
  const over = await stretched(await decode(from), under.width, under.height);
  const blended = await blend(under, over, weights);
  return blended.data.equals(under.data) ? undefined : written(blended);
}

/**
 * Puts the original's pixels back outside mask and feather. `picture` is undefined when that leaves `drawn` exactly as it was.
 * `drift` is the share of the pixels outside mask and feather that `drawn` had changed by more than rounding; 0 when nothing is outside.
 */
export async function lock(
  original: Buffer,
  drawn: Buffer,
  mask: Buffer,
  feather: number,
): Promise<{ picture: Changed; drift: number }> {
  const under = await decode(original);
  const weights = await weightsFor(under, mask, feather);
  const answer = await decode(drawn);
  const over = await stretched(answer, under.width, under.height);
  const drift = await driftOf(under, over, weights);
  const blended = await blend(under, over, weights);
  const same = answer === over && answer.channels === blended.channels && blended.data.equals(answer.data);
  return { picture: same ? undefined : await written(blended), drift };
}

async function weightsFor(picture: Pixels, maskBytes: Buffer, feather: number): Promise<Uint8Array> {
  const mask = await readGrey(maskBytes);
  if (mask.width !== picture.width || mask.height !== picture.height) throw sizeMismatch(picture, mask);
  return soften(mask.data, mask.width, mask.height, feather);
}

/** The error for a mask that was made for another picture. */
export const sizeMismatch = (
  picture: { width: number; height: number },
  mask: { width: number; height: number },
): StepError =>
  new StepError(
    "MASK_SIZE_MISMATCH",
    `The mask is ${mask.width} × ${mask.height}, the picture ${picture.width} × ${picture.height}; make the mask from this picture.`,
    { details: { mask: [mask.width, mask.height], picture: [picture.width, picture.height] } },
  );

/** The result has alpha exactly when `under` has. Weight 0 copies `under`'s bytes, never a rounded blend. */
async function blend(under: Pixels, over: Pixels, weights: Uint8Array): Promise<Pixels> {
  const data = Buffer.from(under.data);
  const { width, height, channels } = under;
  await inBands(width, height, (from, to) => {
    for (let i = from * width; i < to * width; i++) {
      const weight = weights[i]! / 255;
      if (weight === 0) continue;
      const at = i * channels;
      const top = i * over.channels;
      const topAlpha = over.channels === 4 ? over.data[top + 3]! / 255 : 1;
      const underAlpha = channels === 4 ? under.data[at + 3]! / 255 : 1;
      const share = weight * topAlpha;
      // Without alpha of its own the picture shows through where the other one is transparent.
      const rest = channels === 4 ? (1 - weight) * underAlpha : 1 - share;
      const alpha = share + rest;
      for (let c = 0; c < 3; c++) {
        const mixed = over.data[top + c]! * share + under.data[at + c]! * rest;
        data[at + c] = alpha > 0 ? Math.round(mixed / alpha) : over.data[top + c]!;
      }
      if (channels === 4) data[at + 3] = Math.round(alpha * 255);
    }
  });
  return { data, width, height, channels };
}

async function driftOf(under: Pixels, over: Pixels, weights: Uint8Array): Promise<number> {
  let outside = 0;
  let changed = 0;
  await inBands(under.width, under.height, (from, to) => {
    for (let i = from * under.width; i < to * under.width; i++) {
      if (weights[i] !== 0) continue;
      outside++;
      if (differs(under, over, i)) changed++;
    }
  });
  return outside === 0 ? 0 : changed / outside;
}

function differs(a: Pixels, b: Pixels, pixel: number): boolean {
  const i = pixel * a.channels;
  const j = pixel * b.channels;
  const alphaA = a.channels === 4 ? a.data[i + 3]! : 255;
  const alphaB = b.channels === 4 ? b.data[j + 3]! : 255;
  if (alphaA !== alphaB) return true;
  if (alphaA === 0 && alphaB === 0) return false;
  for (let c = 0; c < 3; c++) if (a.data[i + c] !== b.data[j + c]) return true;
  return false;
}
