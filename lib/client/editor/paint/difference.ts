import type { Pixels } from "./rasterise.ts";

/** Levels (0–255) two pixels may differ in every channel and still count as the same: what re-encoding does. */
const SAME = 2;

/**
 * How two pictures of one size differ: RGBA pixels of the absolute difference, `amplified` times, and the share (0–1) of pixels that changed.
 * Throws RangeError when their sizes differ.
 */
export function differenceOf(
  before: Pixels,
  after: Pixels,
  amplified = 4,
): { data: Uint8ClampedArray<ArrayBuffer>; share: number } {
  const { width, height } = before;
  if (after.width !== width || after.height !== height) throw new RangeError("The pictures differ in size.");
  const data = new Uint8ClampedArray(width * height * 4);
  let changed = 0;
  for (let i = 0; i < width * height; i++) {
    const [a, b, to] = [i * before.channels, i * after.channels, i * 4];
    let most = Math.abs(alphaAt(before, i) - alphaAt(after, i));
    for (let c = 0; c < 3; c++) {
      const off = Math.abs((before.data[a + c] as number) - (after.data[b + c] as number));
      data[to + c] = off * amplified;
      if (off > most) most = off;
    }
    data[to + 3] = 255;
    if (most > SAME) changed++;
  }
  return { data, share: width * height === 0 ? 0 : changed / (width * height) };
}

/** The share of changed pixels in words. */
export function changedInWords(share: number): string {
  if (share === 0) return "No pixel differs.";
  const percent = share * 100;
  if (percent < 0.1) return "Less than 0.1 % of the pixels differ.";
  if (percent > 99.9) return "All pixels differ.";
  return `${percent < 10 ? percent.toFixed(1) : Math.round(percent)} % of the pixels differ.`;
}

const alphaAt = ({ data, channels }: Pixels, pixel: number): number =>
  channels === 4 ? (data[pixel * 4 + 3] as number) : 255;
