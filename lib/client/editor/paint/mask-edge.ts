import type { Size } from "./camera.ts";
import type { Levels } from "./rasterise.ts";

/** What is done to a painted shape, in this order; pixels, fractions round outwards. */
export type Edge = { invert: boolean; grow: number; feather: number };

const HALF = 128;
/** Neighbouring centres are 1 apart, and the edge runs between them. */
const TO_EDGE = 0.5;
const FAR = 0xffff;

/** The mask as it will be: invert, then grow, then feather, by the rules of the server. */
export function finished({ data, ...size }: Levels, { invert, grow, feather }: Edge): Levels {
  const shape = invert ? data.map((level) => 255 - level) : data;
  return { ...size, data: softened(grown(shape, size, Math.ceil(grow)), size, Math.ceil(feather)) };
}

/** The share (0–1) of the picture that may change; a pixel counts from half on, as for the model. */
export function markedShare({ data }: Levels): number {
  let marked = 0;
  for (let i = 0; i < data.length; i++) if ((data[i] as number) >= HALF) marked++;
  return data.length === 0 ? 0 : marked / data.length;
}

/** The share in words. */
export function shareInWords(share: number): string {
  if (share === 0) return "Nothing is masked yet.";
  if (share === 1) return "The whole picture may change.";
  const percent = share * 100;
  const number = percent < 1 ? "Less than 1" : percent > 99 ? "More than 99" : String(Math.round(percent));
  return `${number} % of the picture may change.`;
}

function grown(mask: Uint8Array, size: Size, radius: number): Uint8Array {
  if (radius === 0) return mask;
  const out = Uint8Array.from(mask);
  const outwards = radius > 0;
  const isSeed = (i: number): boolean => (mask[i] as number) >= HALF === outwards;
  eachDistance(size, isSeed, Math.abs(radius), (i, distance) => {
    if (distance <= Math.abs(radius)) out[i] = outwards ? Math.max(255 * Number(!isSeed(i)), mask[i] as number) : 0;
  });
  return out;
}

/** A straight ramp over `feather` pixels centred on the edge; where the mask is soft already, the softer of the two wins. */
export function softened(mask: Uint8Array, size: Size, feather: number): Uint8Array {
  if (feather <= 0) return mask;
  const out = Uint8Array.from(mask);
  const reach = feather / 2 + TO_EDGE;
  const ramp = (signed: number): number => Math.ceil(255 * Math.min(1, Math.max(0, signed / feather + 0.5)));
  const inside = (i: number): boolean => (mask[i] as number) >= HALF;
  eachDistance(size, inside, reach, (i, distance) => {
    if (!inside(i)) out[i] = Math.max(mask[i] as number, ramp(TO_EDGE - distance));
  });
  eachDistance(
    size,
    (i) => !inside(i),
    reach,
    (i, distance) => {
      if (inside(i)) out[i] = Math.min(mask[i] as number, ramp(distance - TO_EDGE));
    },
  );
  return out;
}

/** Exact distance from each pixel's centre to the nearest set one, Infinity beyond `reach`: down the columns, then the lower envelope of parabolas along each row. */
function eachDistance(
  { width, height }: Size,
  isSet: (index: number) => boolean,
  reach: number,
  visit: (index: number, distance: number) => void,
): void {
  const down = new Uint16Array(width * height);
  for (let i = 0; i < down.length; i++)
    down[i] = isSet(i) ? 0 : i < width ? FAR : Math.min(FAR, (down[i - width] as number) + 1);
  for (let i = width * (height - 1) - 1; i >= 0; i--)
    down[i] = Math.min(down[i] as number, (down[i + width] as number) + 1);
  const apex = new Int32Array(width);
  const start = new Float64Array(width + 1);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let count = 0;
    for (let x = 0; x < width; x++) {
      const tall = down[row + x] as number;
      if (tall > reach) continue;
      const rise = tall ** 2 + x * x;
      let crossing = Number.NEGATIVE_INFINITY;
      while (count > 0) {
        const other = apex[count - 1] as number;
        crossing = (rise - (down[row + other] as number) ** 2 - other * other) / (2 * (x - other));
        if (crossing > (start[count - 1] as number)) break;
        count--;
        crossing = Number.NEGATIVE_INFINITY;
      }
      apex[count] = x;
      start[count++] = crossing;
    }
    start[count] = Number.POSITIVE_INFINITY;
    for (let x = 0, k = 0; x < width; x++) {
      if (count === 0) {
        visit(row + x, Number.POSITIVE_INFINITY);
        continue;
      }
      while ((start[k + 1] as number) < x) k++;
      const nearest = apex[k] as number;
      const distance = Math.sqrt((x - nearest) ** 2 + (down[row + nearest] as number) ** 2);
      visit(row + x, distance > reach ? Number.POSITIVE_INFINITY : distance);
    }
  }
}
