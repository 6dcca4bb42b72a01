import type { Color } from "./color.ts";

/** A place on a gradient, 0..1, its colour and how opaque it is there (default 1). */
export type Stop = readonly [at: number, color: Color, alpha?: number];

/** What a shape is filled with; coordinates are canvas pixels. */
export type Paint =
  | { readonly kind: "flat"; readonly color: Color }
  | {
      readonly kind: "linear";
      readonly from: readonly [number, number];
      readonly to: readonly [number, number];
      readonly stops: readonly Stop[];
    }
  | {
      readonly kind: "radial";
      readonly center: readonly [number, number];
      readonly radius: number;
      readonly stops: readonly Stop[];
    };

export const flat = (color: Color): Paint => ({ kind: "flat", color });

/** A gradient along the line between two points. */
export const along = (x0: number, y0: number, x1: number, y1: number, ...stops: Stop[]): Paint => ({
  kind: "linear",
  from: [x0, y0],
  to: [x1, y1],
  stops,
});

/** A gradient from a centre (0) to a radius (1). */
export const around = (x: number, y: number, radius: number, ...stops: Stop[]): Paint => ({
  kind: "radial",
  center: [x, y],
  radius,
  stops,
});

/** Steps of a gradient table. */
export const TABLE_STEPS = 256;

/** The gradient as a table of 257 RGBA entries, eased between stops so that bands do not show. */
export function gradientTable(stops: readonly Stop[]): Float32Array {
  const table = new Float32Array((TABLE_STEPS + 1) * 4);
  let next = 1;
  for (let i = 0; i <= TABLE_STEPS; i++) {
    const at = i / TABLE_STEPS;
    while (next < stops.length - 1 && at > stops[next]![0]) next++;
    const low = stops[next - 1]!;
    const high = stops[next] ?? low;
    const span = high[0] - low[0];
    const raw = span > 0 ? Math.min(1, Math.max(0, (at - low[0]) / span)) : 1;
    for (let part = 0; part < 3; part++) table[i * 4 + part] = low[1][part]! + (high[1][part]! - low[1][part]!) * raw;
    const lowAlpha = low[2] ?? 1;
    table[i * 4 + 3] = lowAlpha + ((high[2] ?? 1) - lowAlpha) * raw;
  }
  return table;
}
