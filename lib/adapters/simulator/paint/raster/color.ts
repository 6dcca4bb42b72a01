/** A colour as sRGB components, each 0..1. */
export type Color = readonly [red: number, green: number, blue: number];

/** Reads `#rgb` or `#rrggbb`; anything else is black. */
export function hex(text: string): Color {
  const digits = text.replace("#", "");
  const long = digits.length === 3 ? [...digits].map((d) => d + d).join("") : digits;
  const value = Number.parseInt(long, 16);
  if (!Number.isFinite(value)) return [0, 0, 0];
  return [((value >> 16) & 255) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}

/** `#rrggbb` of a colour. */
export function toHex(color: Color): string {
  return `#${color.map((part) => clampByte(part).toString(16).padStart(2, "0")).join("")}`;
}

/** A part of the way from `a` (0) to `b` (1). */
export function mix(a: Color, b: Color, share: number): Color {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share];
}

const WHITE: Color = [1, 1, 1];
const SHADE: Color = [0.05, 0.05, 0.1];

/** Towards white by `share` 0..1. */
export const lighten = (color: Color, share: number): Color => mix(color, WHITE, share);

/** Towards a cool near-black by `share` 0..1: pure black makes shadows look dirty. */
export const darken = (color: Color, share: number): Color => mix(color, SHADE, share);

/** Perceived lightness 0..1 (Rec. 709 weights on sRGB values; enough for choosing ink on paper). */
export const lightness = (color: Color): number => 0.2126 * color[0] + 0.7152 * color[1] + 0.0722 * color[2];

/** Scales the distance from grey: 0 grey, 1 unchanged, above 1 stronger. */
export function saturate(color: Color, amount: number): Color {
  const grey = lightness(color);
  const part = (value: number) => Math.min(1, Math.max(0, grey + (value - grey) * amount));
  return [part(color[0]), part(color[1]), part(color[2])];
}

/** Hue 0..360, saturation 0..1, lightness 0..1. */
export function toHsl([r, g, b]: Color): [hue: number, saturation: number, lightness: number] {
  const max = Math.max(r, g, b);
  const min = Math.min(r, g, b);
  const light = (max + min) / 2;
  const delta = max - min;
  if (delta < 1e-6) return [0, 0, light];
  const sat = delta / (1 - Math.abs(2 * light - 1));
  const turn = max === r ? ((g - b) / delta) % 6 : max === g ? (b - r) / delta + 2 : (r - g) / delta + 4;
  return [(turn * 60 + 360) % 360, Math.min(1, sat), light];
}

/** The colour of a hue (degrees), saturation and lightness (0..1). */
export function fromHsl(hue: number, sat: number, light: number): Color {
  const chroma = (1 - Math.abs(2 * light - 1)) * sat;
  const part = (offset: number) => {
    const k = (offset + hue / 30) % 12;
    return light - (chroma / 2) * Math.max(-1, Math.min(k - 3, 9 - k, 1));
  };
  return [part(0), part(8), part(4)];
}

function clampByte(part: number): number {
  return Math.round(Math.min(1, Math.max(0, part)) * 255);
}
