import type { ColorMap } from "./cube-lut.ts";
import type { Pixels } from "./decoder.ts";
import { coded, LINEAR } from "./tone-curve.ts";

type Look = { mean: number[]; spread: number[] };

const SAMPLES = 60_000;
/** A flat picture matched to a busy one must not have its noise blown up. */
const STRETCH = { least: 0.4, most: 2.5 };

/**
 * Moves a picture's tone and colour towards a reference's: in each channel of OKLab the mean and the spread are brought together (Reinhard et al.,
 * "Color transfer between images", 2001). `strength` 0–1. `graded` has been through the steps before this one.
 */
export function matchLook(graded: Pixels, reference: Pixels, strength: number): ColorMap {
  const [from, to] = [lookOf(graded), lookOf(reference)];
  const gain = from.spread.map((spread, c) =>
    Math.min(STRETCH.most, Math.max(STRETCH.least, to.spread[c]! / Math.max(1e-4, spread))),
  );
  const lab = new Float64Array(3);
  return (rgb) => {
    toLab(linear(rgb[0]!), linear(rgb[1]!), linear(rgb[2]!), lab);
    for (let c = 0; c < 3; c++) {
      const moved = (lab[c]! - from.mean[c]!) * gain[c]! + to.mean[c]!;
      lab[c] = lab[c]! + (moved - lab[c]!) * strength;
    }
    fromLab(lab, rgb);
  };
}

const linear = (value: number): number => LINEAR[Math.round(Math.min(1, Math.max(0, value)) * 255)]!;

function lookOf({ data, width, height, channels }: Pixels): Look {
  const step = Math.max(1, Math.floor((width * height) / SAMPLES));
  const [sum, squares] = [
    [0, 0, 0],
    [0, 0, 0],
  ];
  const lab = new Float64Array(3);
  let count = 0;
  for (let i = 0; i < width * height; i += step) {
    const at = i * channels;
    if (channels === 4 && data[at + 3]! < 128) continue;
    toLab(LINEAR[data[at]!]!, LINEAR[data[at + 1]!]!, LINEAR[data[at + 2]!]!, lab);
    for (let c = 0; c < 3; c++) {
      sum[c]! += lab[c]!;
      squares[c]! += lab[c]! ** 2;
    }
    count++;
  }
  const mean = sum.map((total) => total / Math.max(1, count));
  const spread = squares.map((total, c) => Math.sqrt(Math.max(0, total / Math.max(1, count) - mean[c]! ** 2)));
  return { mean, spread };
}

/** Linear sRGB to OKLab and back; matrices from Björn Ottosson, "A perceptual color space for image processing", 2020. */
function toLab(r: number, g: number, b: number, out: Float64Array): void {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  out[0] = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s;
  out[1] = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  out[2] = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
}

function fromLab(lab: Float64Array, rgb: Float64Array): void {
  const l = (lab[0]! + 0.3963377774 * lab[1]! + 0.2158037573 * lab[2]!) ** 3;
  const m = (lab[0]! - 0.1055613458 * lab[1]! - 0.0638541728 * lab[2]!) ** 3;
  const s = (lab[0]! - 0.0894841775 * lab[1]! - 1.291485548 * lab[2]!) ** 3;
  rgb[0] = coded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  rgb[1] = coded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  rgb[2] = coded(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
}
