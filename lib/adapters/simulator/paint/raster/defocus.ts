import type { Canvas } from "./canvas.ts";

/** Throws everything painted so far out of focus by about `radius` pixels. */
export function defocus(canvas: Canvas, radius: number): void {
  const reach = Math.max(1, Math.round(radius / 1.5));
  const { width, height, pixels } = canvas;
  for (let pass = 0; pass < 2; pass++) {
    for (let y = 0; y < height; y++) slide(pixels, y * width * 4, 4, width, reach);
    for (let x = 0; x < width; x++) slide(pixels, x * 4, width * 4, height, reach);
  }
}

let line = new Float32Array(0);

/** A running mean along one row or column; beyond the ends the last pixel is repeated. */
function slide(pixels: Float32Array, from: number, step: number, count: number, reach: number) {
  if (line.length < count) line = new Float32Array(count * 2);
  const scale = 1 / (2 * reach + 1);
  for (let part = from; part < from + 4; part++) {
    const last = part + (count - 1) * step;
    let sum = pixels[part]! * (reach + 1);
    for (let i = 1; i <= reach; i++) sum += pixels[Math.min(last, part + i * step)]!;
    for (let i = 0; i < count; i++) {
      line[i] = sum * scale;
      sum +=
        pixels[Math.min(last, part + (i + reach + 1) * step)]! - pixels[Math.max(part, part + (i - reach) * step)]!;
    }
    for (let i = 0; i < count; i++) pixels[part + i * step] = line[i]!;
  }
}
