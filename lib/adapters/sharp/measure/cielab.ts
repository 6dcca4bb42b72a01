import { LINEAR } from "../tone-curve.ts";

/** CIELAB under D65: L 0–100, a and b about −128–127. */
export type Lab = readonly [l: number, a: number, b: number];

/** sRGB's primaries to XYZ (IEC 61966-2-1); the white point is the sum of each row, so that greys have a = b = 0 exactly. */
const XYZ = [
  [0.4124564, 0.3575761, 0.1804375],
  [0.2126729, 0.7151522, 0.072175],
  [0.0193339, 0.119192, 0.9503041],
] as const;
const WHITE = XYZ.map(([r, g, b]) => r + g + b) as [number, number, number];

/** The cube root with CIE's straight piece near black (CIE 15:2004, with the exact 216/24389 and 24389/27). */
const bent = (share: number): number => (share > 216 / 24389 ? Math.cbrt(share) : ((24389 / 27) * share + 16) / 116);

/** The CIELAB values of an sRGB color, each channel 0–255: to linear light, to XYZ (D65, 2° observer), to CIELAB. No adaptation is needed: sRGB is D65. */
export function labOf(red: number, green: number, blue: number): Lab {
  const [r, g, b] = [LINEAR[red]!, LINEAR[green]!, LINEAR[blue]!];
  const x = bent((XYZ[0][0] * r + XYZ[0][1] * g + XYZ[0][2] * b) / WHITE[0]);
  const y = bent((XYZ[1][0] * r + XYZ[1][1] * g + XYZ[1][2] * b) / WHITE[1]);
  const z = bent((XYZ[2][0] * r + XYZ[2][1] * g + XYZ[2][2] * b) / WHITE[2]);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
