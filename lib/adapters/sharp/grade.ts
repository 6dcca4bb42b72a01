import type { Changed } from "../../runtime/ports.ts";
import type { Grade } from "../../sdk/image-tools.ts";
import { inBands } from "./bands.ts";
import { type ColorMap, readCube } from "./cube-lut.ts";
import { decode, type Pixels } from "./decoder.ts";
import { matchLook } from "./match-look.ts";
import { toneTables } from "./tone-curve.ts";
import { written } from "./written.ts";

type Tone = Omit<Grade, "match" | "lut">;

/**
 * Tone and colour, in this order: tone per channel, saturation, the look-up table, the match to a reference (`matchStrength` in percent).
 * Transparency is not touched. undefined when no pixel changes. Throws LUT_INVALID.
 */
export async function grade(bytes: Buffer, tone: Tone, more: { match?: Buffer; lut?: string }): Promise<Changed> {
  const source = await decode(bytes);
  const tables = toneTables(tone);
  const saturation = 1 + tone.saturation / 100;
  const lut = more.lut === undefined ? undefined : readCube(more.lut);
  let graded = await mapped(source, (rgb) => {
    for (let c = 0; c < 3; c++) rgb[c] = tables[c]![Math.round(rgb[c]! * 255)]!;
    if (saturation !== 1) saturate(rgb, saturation);
    lut?.(rgb);
  });
  if (more.match && tone.matchStrength > 0) {
    graded = await mapped(graded, matchLook(graded, await decode(more.match), tone.matchStrength / 100));
  }
  return graded.data.equals(source.data) ? undefined : written(graded);
}

/** Every pixel's colour through `change`, coded values 0–1 in and out; neighbours of the same colour are computed once. */
async function mapped(source: Pixels, change: ColorMap): Promise<Pixels> {
  const data = Buffer.from(source.data);
  const { width, height, channels } = source;
  const rgb = new Float64Array(3);
  let last = -1;
  await inBands(width, height, (from, to) => {
    for (let at = from * width * channels; at < to * width * channels; at += channels) {
      const color = (data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!;
      if (color !== last) {
        for (let c = 0; c < 3; c++) rgb[c] = data[at + c]! / 255;
        change(rgb);
        last = color;
      }
      for (let c = 0; c < 3; c++) data[at + c] = Math.min(255, Math.max(0, Math.round(rgb[c]! * 255)));
    }
  });
  return { data, width, height, channels };
}

/** Away from or towards grey of the same brightness (luma of BT.709). */
function saturate(rgb: Float64Array, by: number): void {
  const luma = 0.2126 * rgb[0]! + 0.7152 * rgb[1]! + 0.0722 * rgb[2]!;
  for (let c = 0; c < 3; c++) rgb[c] = Math.min(1, Math.max(0, luma + (rgb[c]! - luma) * by));
}
