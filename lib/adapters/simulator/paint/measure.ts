import sharp from "sharp";
import { type Color, lightness, saturate, toHsl } from "./raster/color.ts";

/** What can be said about a picture without knowing what it shows. */
export type Measured = {
  width: number;
  height: number;
  /** Leading colours with the share of the picture each takes, largest first, at most six. */
  colors: readonly { color: Color; share: number }[];
  /** Mean lightness 0..1. */
  light: number;
  /** Spread of lightness, 0..1: below 0.1 is flat, above 0.2 is strong. */
  contrast: number;
  /** Hasler–Süsstrunk colourfulness, scaled so that 1 is a vivid picture. */
  colorfulness: number;
  /** Edge energy at half a megapixel: below 0.1 is blurred, about 0.5 and more is crisp. */
  sharpness: number;
  /** Where the most detail sits, as shares of the picture. */
  focus: { x: number; y: number; width: number; height: number };
  /** Share of fully transparent pixels. */
  transparent: number;
};

const EDGE = 160;

/** Measures a picture file. */
export async function measure(bytes: Uint8Array): Promise<Measured> {
  const image = sharp(bytes, { failOn: "error", limitInputPixels: 50e6 });
  const { width, height } = await image.metadata();
  const small = await image
    .clone()
    .resize(EDGE, EDGE, { fit: "fill" })
    .toColourspace("srgb")
    .ensureAlpha()
    .raw()
    .toBuffer();
  const grey = await image
    .clone()
    .flatten({ background: "#808080" })
    .resize(512, 512, { fit: "inside", withoutEnlargement: true })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return {
    width,
    height,
    ...tones(small),
    ...edges(grey.data, grey.info.width, grey.info.height),
    colors: leadingColors(small),
  };
}

function tones(data: Buffer) {
  let count = 0;
  let sum = 0;
  let squares = 0;
  let clear = 0;
  const rg: number[] = [];
  const yb: number[] = [];
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3]! < 16) {
      clear++;
      continue;
    }
    const color: Color = [data[i]! / 255, data[i + 1]! / 255, data[i + 2]! / 255];
    const light = lightness(color);
    sum += light;
    squares += light * light;
    rg.push(color[0] - color[1]);
    yb.push((color[0] + color[1]) / 2 - color[2]);
    count++;
  }
  const light = count ? sum / count : 0;
  const spread = Math.hypot(deviation(rg), deviation(yb)) + 0.3 * Math.hypot(mean(rg), mean(yb));
  return {
    light,
    contrast: count ? Math.sqrt(Math.max(0, squares / count - light * light)) : 0,
    colorfulness: Math.min(1, spread * 2.6),
    transparent: clear / (data.length / 4),
  };
}

function edges(data: Buffer, width: number, height: number) {
  const cells = 8;
  const energy = new Float64Array(cells * cells);
  let total = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      const value = Math.abs(4 * data[i]! - data[i - 1]! - data[i + 1]! - data[i - width]! - data[i + width]!);
      const strong = Math.max(0, value - 10);
      total += strong;
      energy[Math.floor((y / height) * cells) * cells + Math.floor((x / width) * cells)]! += strong;
    }
  }
  const cut = Math.max(...energy) * 0.4;
  const busy = [...energy.keys()].filter((cell) => energy[cell]! > cut);
  const columns = busy.map((cell) => cell % cells);
  const rows = busy.map((cell) => Math.floor(cell / cells));
  const x = Math.min(...columns) / cells;
  const y = Math.min(...rows) / cells;
  const focus =
    busy.length === 0
      ? { x: 0.25, y: 0.25, width: 0.5, height: 0.5 }
      : { x, y, width: (Math.max(...columns) + 1) / cells - x, height: (Math.max(...rows) + 1) / cells - y };
  return { sharpness: Math.min(1, total / (width * height) / 6), focus };
}

function leadingColors(data: Buffer): { color: Color; share: number }[] {
  const bins = new Map<number, [number, number, number, number]>();
  let count = 0;
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3]! < 128) continue;
    const key = (data[i]! >> 5) * 64 + (data[i + 1]! >> 5) * 8 + (data[i + 2]! >> 5);
    const bin = bins.get(key) ?? [0, 0, 0, 0];
    bins.set(key, [bin[0] + data[i]!, bin[1] + data[i + 1]!, bin[2] + data[i + 2]!, bin[3] + 1]);
    count++;
  }
  const sorted = [...bins.values()]
    .sort((a, b) => b[3] - a[3])
    .map(([r, g, b, n]) => ({ color: [r / n / 255, g / n / 255, b / n / 255] as Color, share: n / count }));
  const chosen: { color: Color; share: number }[] = [];
  for (const next of sorted) {
    const near = chosen.find(({ color }) => distance(color, next.color) < 0.2);
    if (near) near.share += next.share;
    else if (chosen.length < 6) chosen.push(next);
  }
  return chosen.sort((a, b) => b.share - a.share);
}

/** Plain distance of two colours, 0..1.73. */
export function distance(a: Color, b: Color): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

/** Share of the picture (0..1) in colours like the given one, by hue for strong colours and by lightness for greys. */
export function shareOf(measured: Measured, wanted: Color): number {
  const [hue, sat, light] = toHsl(wanted);
  return measured.colors.reduce((sum, { color, share }) => {
    const [h, s, l] = toHsl(color);
    const turn = Math.abs(((h - hue + 540) % 360) - 180);
    const alike =
      sat > 0.25
        ? s > Math.max(0.15, sat * 0.35) && turn < 28 && Math.abs(l - light) < 0.42
        : s < 0.25 && Math.abs(l - light) < 0.22;
    return alike ? sum + share : sum;
  }, 0);
}

/** The most colourful of the leading colours, made a little stronger: what a picture "is" to a painter. */
export function characterColors(measured: Measured, count: number): Color[] {
  const strength = ({ color, share }: { color: Color; share: number }) =>
    toHsl(color)[1] * (0.3 + Math.sqrt(share)) * (1 - Math.abs(lightness(color) - 0.5));
  return [...measured.colors]
    .sort((a, b) => strength(b) - strength(a))
    .slice(0, count)
    .map(({ color }) => saturate(color, 1.15));
}

function mean(values: readonly number[]): number {
  return values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : 0;
}

function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return values.length ? Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / values.length) : 0;
}
