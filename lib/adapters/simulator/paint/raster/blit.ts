import type { Canvas } from "./canvas.ts";

/** Lays one canvas over another with its top left at (x, y). */
export function blit(target: Canvas, source: Canvas, x: number, y: number): void {
  const left = Math.round(x);
  const top = Math.round(y);
  for (let row = Math.max(0, -top); row < source.height && top + row < target.height; row++) {
    for (let column = Math.max(0, -left); column < source.width && left + column < target.width; column++) {
      const from = (row * source.width + column) * 4;
      const alpha = source.pixels[from + 3]!;
      if (alpha < 0.003) continue;
      const to = ((top + row) * target.width + left + column) * 4;
      for (let part = 0; part < 4; part++)
        target.pixels[to + part] = source.pixels[from + part]! + target.pixels[to + part]! * (1 - alpha);
    }
  }
}
