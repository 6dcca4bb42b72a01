import { eachDistanceRow } from "./distance.ts";

const HALF = 128;
/** Centre to centre of two neighbours is 1, and the edge runs between them. */
const TO_EDGE = 0.5;

/**
 * Grows (or with a negative `by`, shrinks) the marked part by a disc of that radius. Fractions round outwards: 2.3 grows by 3, −2.3 shrinks by 2.
 * Soft edges stay where growing does not reach; shrinking leaves none on the outside.
 */
export async function grow(mask: Uint8Array, width: number, height: number, by: number): Promise<Uint8Array> {
  const radius = Math.ceil(by);
  if (radius === 0) return mask;
  const out = Uint8Array.from(mask);
  const outwards = radius > 0;
  const isSeed = (i: number): boolean => mask[i]! >= HALF === outwards;
  await eachDistanceRow(width, height, isSeed, Math.abs(radius), (y, distances) => {
    for (let x = 0, i = y * width; x < width; x++, i++) {
      if (distances[x]! <= Math.abs(radius)) out[i] = outwards ? Math.max(255 * Number(!isSeed(i)), mask[i]!) : 0;
    }
  });
  return out;
}

/**
 * The blending weight of every pixel, 0–255: a straight ramp over `feather` pixels centred on the mask's edge, exactly 0 beyond half of it
 * outside and exactly 255 beyond half of it inside. Where the mask is soft already, the softer of the two wins. Fractions round outwards.
 */
export async function soften(mask: Uint8Array, width: number, height: number, feather: number): Promise<Uint8Array> {
  if (feather <= 0) return mask;
  const out = Uint8Array.from(mask);
  const reach = feather / 2 + TO_EDGE;
  const ramp = (signed: number): number => Math.ceil(255 * Math.min(1, Math.max(0, signed / feather + 0.5)));
  await eachDistanceRow(
    width,
    height,
    (i) => mask[i]! >= HALF,
    reach,
    (y, distances) => {
      for (let x = 0, i = y * width; x < width; x++, i++) {
        if (mask[i]! < HALF) out[i] = Math.max(mask[i]!, ramp(TO_EDGE - distances[x]!));
      }
    },
  );
  await eachDistanceRow(
    width,
    height,
    (i) => mask[i]! < HALF,
    reach,
    (y, distances) => {
      for (let x = 0, i = y * width; x < width; x++, i++) {
        if (mask[i]! >= HALF) out[i] = Math.min(mask[i]!, ramp(distances[x]! - TO_EDGE));
      }
    },
  );
  return out;
}
