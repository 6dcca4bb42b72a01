import type { Canvas } from "./canvas.ts";
import { type Contours, type Coverage, cover, newScratch } from "./coverage.ts";
import { gradientTable, type Paint, TABLE_STEPS } from "./paint-kinds.ts";
import { soften } from "./soften.ts";

/** How a fill meets what is already there. */
export type FillOptions = {
  /** 0..1 [1] */
  opacity?: number;
  /** `light` adds towards white like a lamp, `shade` multiplies like a shadow; neither touches transparent pixels [over]. */
  blend?: "over" | "light" | "shade";
  /** Soft edge in pixels [0]. */
  blur?: number;
  /** Paint only where this other shape covers. */
  inside?: Coverage;
};

const scratch = newScratch();

/** Fills a shape. */
export function fill(canvas: Canvas, contours: Contours, paint: Paint, options: FillOptions = {}): void {
  const blur = options.blur ?? 0;
  const coverage = cover(contours, canvas.width, canvas.height, Math.ceil(blur * 2.2), scratch);
  if (coverage.width === 0) return;
  if (blur > 0.4) soften(coverage, blur);
  fillCoverage(canvas, coverage, paint, options);
}

/**
 * Fills where a coverage already says so. One plain loop without calls: it runs for every pixel of every shape and is
 * where the time goes.
 */
export function fillCoverage(canvas: Canvas, coverage: Coverage, paint: Paint, options: FillOptions = {}): void {
  const { pixels } = canvas;
  const { left, top, width, height, share } = coverage;
  const opacity = options.opacity ?? 1;
  const inside = options.inside;
  const blend = options.blend ?? "over";
  const over = blend === "over";
  const light = blend === "light";
  const { table, linear, radial, x0, y0, stepX, stepY, scale } = prepare(paint);
  for (let row = 0; row < height; row++) {
    const y = top + row;
    const dy = y + 0.5 - y0;
    const from = row * width;
    let i = (y * canvas.width + left) * 4 - 4;
    for (let column = 0; column < width; column++) {
      i += 4;
      let alpha = share[from + column]! * opacity;
      if (alpha < 0.003) continue;
      if (inside) alpha *= shareAt(inside, left + column, y);
      let at = 0;
      if (linear || radial) {
        const dx = left + column + 0.5 - x0;
        const place = linear ? dx * stepX + dy * stepY : Math.sqrt(dx * dx + dy * dy) * scale;
        at = place <= 0 ? 0 : place >= 1 ? TABLE_STEPS * 4 : ((place * TABLE_STEPS + 0.5) | 0) * 4;
      }
      alpha *= table[at + 3]!;
      if (alpha < 0.002) continue;
      const rest = 1 - alpha;
      if (over) {
        pixels[i] = table[at]! * alpha + pixels[i]! * rest;
        pixels[i + 1] = table[at + 1]! * alpha + pixels[i + 1]! * rest;
        pixels[i + 2] = table[at + 2]! * alpha + pixels[i + 2]! * rest;
        pixels[i + 3] = alpha + pixels[i + 3]! * rest;
      } else if (light) {
        const full = pixels[i + 3]!;
        pixels[i] = pixels[i]! + (full - pixels[i]!) * table[at]! * alpha;
        pixels[i + 1] = pixels[i + 1]! + (full - pixels[i + 1]!) * table[at + 1]! * alpha;
        pixels[i + 2] = pixels[i + 2]! + (full - pixels[i + 2]!) * table[at + 2]! * alpha;
      } else {
        pixels[i] = pixels[i]! * (rest + table[at]! * alpha);
        pixels[i + 1] = pixels[i + 1]! * (rest + table[at + 1]! * alpha);
        pixels[i + 2] = pixels[i + 2]! * (rest + table[at + 2]! * alpha);
      }
    }
  }
}

/** How much a coverage covers one canvas pixel. */
export function shareAt(coverage: Coverage, x: number, y: number): number {
  const column = x - coverage.left;
  const row = y - coverage.top;
  if (column < 0 || row < 0 || column >= coverage.width || row >= coverage.height) return 0;
  return coverage.share[row * coverage.width + column]!;
}

/** A paint as numbers: a colour table and how a pixel finds its place in it. */
function prepare(paint: Paint) {
  const none = { linear: false, radial: false, x0: 0, y0: 0, stepX: 0, stepY: 0, scale: 0 };
  if (paint.kind === "flat") {
    const [r, g, b] = paint.color;
    return { ...none, table: new Float32Array([r, g, b, 1]) };
  }
  const table = gradientTable(paint.stops);
  if (paint.kind === "radial") {
    const [x0, y0] = paint.center;
    return { ...none, table, radial: true, x0, y0, scale: 1 / (paint.radius || 1) };
  }
  const [x0, y0] = paint.from;
  const dx = paint.to[0] - x0;
  const dy = paint.to[1] - y0;
  const length = dx * dx + dy * dy || 1;
  return { ...none, table, linear: true, x0, y0, stepX: dx / length, stepY: dy / length };
}
