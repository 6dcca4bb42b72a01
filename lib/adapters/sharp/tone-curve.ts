import type { Grade } from "../../sdk/image-tools.ts";

type Tone = Omit<Grade, "match" | "lut">;

const fromCoded = (v: number): number => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const toCoded = (v: number): number => (v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055);
const clamp = (v: number): number => Math.min(1, Math.max(0, v));

/** sRGB levels 0–255 as linear light 0–1 (IEC 61966-2-1). */
export const LINEAR: Float64Array = Float64Array.from({ length: 256 }, (_, level) => fromCoded(level / 255));
/** Linear light, clamped to 0–1, as coded sRGB 0–1. */
export const coded = (linear: number): number => toCoded(clamp(linear));

/**
 * Everything that treats each channel by itself, as three tables from level 0–255 to a coded value 0–1. Exposure, temperature and tint are
 * gains on linear light, as on a camera; the rest works on coded values, as the eye sees them. Order: light, blacks and whites, contrast
 * around the middle, gamma, curve.
 */
export function toneTables(tone: Tone): [Float64Array, Float64Array, Float64Array] {
  const light = 2 ** tone.exposure;
  const warm = 2 ** (tone.temperature / 200);
  const green = 2 ** (-tone.tint / 200);
  const curve = curveThrough(tone.curve);
  const table = (gain: number): Float64Array =>
    Float64Array.from(LINEAR, (linear, level) => {
      const lit = gain === 1 ? level / 255 : coded(linear * gain);
      const ended = lit + (tone.blacks / 400) * (1 - lit) ** 3 + (tone.whites / 400) * lit ** 3;
      const contrasted = 0.5 + (clamp(ended) - 0.5) * slopeOf(tone.contrast);
      return clamp(curve(clamp(contrasted) ** (2 ** -tone.gamma)));
    });
  return [table(light * warm), table(light * green), table(light / warm)];
}

/** −100 is flat grey, +100 three times as steep. */
const slopeOf = (contrast: number): number => 1 + (contrast > 0 ? contrast / 50 : contrast / 100);

/**
 * A smooth curve through the points that never overshoots between them (monotone cubic; Fritsch and Carlson, 1980). Points are [in, out],
 * 0–1; the corners [0, 0] and [1, 1] are added where the points leave an end open. Of two points with the same `in` the later counts.
 */
function curveThrough(points: [number, number][]): (v: number) => number {
  if (points.length === 0) return (v) => v;
  const byIn = new Map<number, number>([[0, 0], [1, 1], ...points]);
  const [xs, ys] = [[...byIn.keys()].sort((a, b) => a - b), [] as number[]];
  for (const x of xs) ys.push(byIn.get(x)!);
  const secants = xs.slice(1).map((x, i) => (ys[i + 1]! - ys[i]!) / (x - xs[i]!));
  const slopes = xs.map((_, i) => {
    const [before, after] = [secants[i - 1] ?? secants[i]!, secants[i] ?? secants[i - 1]!];
    return before * after <= 0 ? 0 : (2 * before * after) / (before + after);
  });
  return (v) => {
    let i = 0;
    while (i < xs.length - 2 && v > xs[i + 1]!) i++;
    const span = xs[i + 1]! - xs[i]!;
    const t = clamp((v - xs[i]!) / span);
    const [a, b] = [t * t * (3 - 2 * t), t * t * (t - 1)];
    return ys[i]! + a * (ys[i + 1]! - ys[i]!) + span * ((t - 2 * t * t + t ** 3) * slopes[i]! + b * slopes[i + 1]!);
  };
}
