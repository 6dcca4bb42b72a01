import type { Canvas } from "./raster/canvas.ts";
import type { Random } from "./raster/random.ts";

/** Film-like finish: a gentle S-curve and soft grain that survives scaling up. */
export function finish(canvas: Canvas, random: Random, grain = 0.011): void {
  const { pixels } = canvas;
  let state = Math.floor(random.next() * 4294967296) | 1;
  for (let i = 0; i < pixels.length; i += 4) {
    const alpha = pixels[i + 3]!;
    if (alpha < 0.003) continue;
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    const speck = ((state >>> 9) / 8388608 - 0.5) * 2 * grain * alpha;
    for (let part = 0; part < 3; part++) {
      const value = pixels[i + part]!;
      const curved = value + (value / alpha - 0.5) * value * (1 - value / alpha) * 0.28;
      pixels[i + part] = curved + speck;
    }
  }
}
