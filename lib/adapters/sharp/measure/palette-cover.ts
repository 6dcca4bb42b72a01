import type { PaletteCover } from "../../../runtime/ports.ts";
import { inBands } from "../bands.ts";
import { colorOf } from "../color.ts";
import { ciede2000 } from "./ciede2000.ts";
import { labOf } from "./cielab.ts";
import { workingCopy } from "./working-copy.ts";

/** Longest side in pixels at which colors are counted: a quarter of a million samples say a share to a tenth of a percent. */
const LONGEST = 512;
const HALF = 128;
/** Colors that stray are told apart in steps of 32 levels a channel. */
const STEP_BITS = 5;
const STEPS = 8;

/** How much of a picture is in the given colors (hex, alpha ignored), by CIEDE2000. Throws COLOR_INVALID; other errors as `decode`. */
export async function paletteCover(bytes: Buffer, colors: readonly string[], maxDeltaE: number): Promise<PaletteCover> {
  const palette = colors.map((hex) => {
    const [red, green, blue] = colorOf(hex);
    return labOf(red, green, blue);
  });
  const { data, width, height, channels } = await workingCopy(bytes, LONGEST, "sample");
  // Neighbours are often the very same color, in flat pictures nearly all are.
  const known = new Map<number, boolean>();
  const isNear = (red: number, green: number, blue: number): boolean => {
    const key = (red << 16) | (green << 8) | blue;
    const before = known.get(key);
    if (before !== undefined) return before;
    const lab = labOf(red, green, blue);
    const near = palette.some((color) => ciede2000(color, lab) <= maxDeltaE);
    known.set(key, near);
    return near;
  };
  const strays = createStrays();
  let [visible, near] = [0, 0];
  await inBands(width * palette.length, height, (from, to) => {
    for (let at = from * width * channels; at < to * width * channels; at += channels) {
      if (channels === 4 && data[at + 3]! < HALF) continue;
      const [red, green, blue] = [data[at]!, data[at + 1]!, data[at + 2]!];
      visible++;
      if (isNear(red, green, blue)) near++;
      else strays.add(red, green, blue);
    }
  });
  if (visible === 0) return { coverage: 0, visible };
  const stray = strays.most();
  return {
    coverage: near / visible,
    visible,
    ...(stray ? { stray: { color: stray.color, share: stray.count / visible } } : {}),
  };
}

function createStrays() {
  const sums = new Float64Array(STEPS ** 3 * 4);
  return {
    add(red: number, green: number, blue: number): void {
      const at = (((red >> STEP_BITS) * STEPS + (green >> STEP_BITS)) * STEPS + (blue >> STEP_BITS)) * 4;
      sums[at]! += red;
      sums[at + 1]! += green;
      sums[at + 2]! += blue;
      sums[at + 3]!++;
    },
    most(): { color: string; count: number } | undefined {
      let best = 0;
      for (let at = 4; at < sums.length; at += 4) if (sums[at + 3]! > sums[best + 3]!) best = at;
      const count = sums[best + 3]!;
      if (count === 0) return undefined;
      const level = (channel: number) =>
        Math.round(sums[best + channel]! / count)
          .toString(16)
          .padStart(2, "0");
      return { color: `#${level(0)}${level(1)}${level(2)}`, count };
    },
  };
}
