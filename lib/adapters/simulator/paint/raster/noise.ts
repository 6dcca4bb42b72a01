import { hashText } from "./random.ts";

/** Smooth chance over the plane, 0..1, the same for the same seed. */
export type Noise = (x: number, y: number) => number;

/** Value noise: one random value per whole-number corner, eased between. */
export function valueNoise(seed: string): Noise {
  const salt = hashText(seed);
  const corner = (x: number, y: number) => {
    let h = Math.imul(x, 374761393) ^ Math.imul(y, 668265263) ^ salt;
    h = Math.imul(h ^ (h >>> 13), 1274126177);
    return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
  };
  return (x, y) => {
    const xi = Math.floor(x);
    const yi = Math.floor(y);
    const fx = x - xi;
    const fy = y - yi;
    const u = fx * fx * (3 - 2 * fx);
    const v = fy * fy * (3 - 2 * fy);
    const top = corner(xi, yi) + (corner(xi + 1, yi) - corner(xi, yi)) * u;
    const low = corner(xi, yi + 1) + (corner(xi + 1, yi + 1) - corner(xi, yi + 1)) * u;
    return top + (low - top) * v;
  };
}

/** Layers of noise, each finer and fainter: clouds, rock, water. 0..1. */
export function cloudNoise(seed: string, octaves = 4): Noise {
  const layer = valueNoise(seed);
  return (x, y) => {
    let sum = 0;
    let weight = 0.5;
    let total = 0;
    for (let i = 0; i < octaves; i++) {
      sum += layer(x * 2 ** i + i * 17.3, y * 2 ** i - i * 9.1) * weight;
      total += weight;
      weight /= 2;
    }
    return sum / total;
  };
}
