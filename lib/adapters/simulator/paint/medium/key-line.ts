import type { Canvas } from "../raster/canvas.ts";
import type { Color } from "../raster/color.ts";

/** Lightness of every pixel, 0..1, on white where the canvas is clear. */
export function lightMap({ pixels }: Canvas): Float32Array {
  const out = new Float32Array(pixels.length / 4);
  for (let i = 0, p = 0; i < out.length; i++, p += 4)
    out[i] = 0.299 * pixels[p]! + 0.587 * pixels[p + 1]! + 0.114 * pixels[p + 2]! + 1 - pixels[p + 3]!;
  return out;
}

/** How strongly the colour turns at every pixel, 0..1: where a draughtsman would put a line. `reach` in pixels. */
export function edgeMap(canvas: Canvas, reach = 1): Float32Array {
  const { width, height, pixels } = canvas;
  const out = new Float32Array(width * height);
  for (let y = reach; y < height - reach; y++) {
    for (let x = reach; x < width - reach; x++) {
      let sum = 0;
      for (let part = 0; part < 3; part++) {
        const at = (dx: number, dy: number) => pixels[((y + dy) * width + x + dx) * 4 + part]!;
        const gx = at(reach, 0) - at(-reach, 0);
        const gy = at(0, reach) - at(0, -reach);
        sum = Math.max(sum, Math.hypot(gx, gy));
      }
      out[y * width + x] = Math.min(1, sum);
    }
  }
  return out;
}

/** Inks the edges that are stronger than `from`; full strength at `to`. `shift` moves the line block, as a printer's hand would. */
export function inkEdges(
  canvas: Canvas,
  edges: Float32Array,
  ink: Color,
  { from, to, strength = 1, shift = 0 }: { from: number; to: number; strength?: number; shift?: number },
): void {
  const { width, height, pixels } = canvas;
  for (let y = shift; y < height; y++) {
    for (let x = shift; x < width; x++) {
      const edge = edges[(y - shift) * width + x - shift]!;
      if (edge <= from) continue;
      const share = Math.min(1, (edge - from) / (to - from)) * strength;
      const p = (y * width + x) * 4;
      for (let part = 0; part < 3; part++)
        pixels[p + part] = pixels[p + part]! * (1 - share) + ink[part]! * share * pixels[p + 3]!;
    }
  }
}
