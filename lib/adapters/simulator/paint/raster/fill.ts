import type { Canvas } from "./canvas.ts";
import { type Contours, type Coverage, cover } from "./coverage.ts";
import { gradientTable, type Paint, tableIndex } from "./paint-kinds.ts";
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

/** Fills a shape. */
export function fill(canvas: Canvas, contours: Contours, paint: Paint, options: FillOptions = {}): void {
  const blur = options.blur ?? 0;
  const coverage = cover(contours, canvas.width, canvas.height, Math.ceil(blur * 2.2));
  if (coverage.width === 0) return;
  if (blur > 0.4) soften(coverage, blur);
  fillCoverage(canvas, coverage, paint, options);
}

/** Fills the whole canvas. */
export function wash(canvas: Canvas, paint: Paint, options: FillOptions = {}): void {
  const { width, height } = canvas;
  fill(canvas, [[0, 0, width, 0, width, height, 0, height]], paint, options);
}

/** Fills where a coverage already says so. */
export function fillCoverage(canvas: Canvas, coverage: Coverage, paint: Paint, options: FillOptions = {}): void {
  const { pixels, width } = canvas;
  const opacity = options.opacity ?? 1;
  const inside = options.inside;
  const lookUp = sampler(paint);
  const mixIn = MIXERS[options.blend ?? "over"];
  for (let row = 0; row < coverage.height; row++) {
    const y = coverage.top + row;
    for (let column = 0; column < coverage.width; column++) {
      let share = coverage.share[row * coverage.width + column]!;
      if (share < 0.003) continue;
      const x = coverage.left + column;
      if (inside) share *= shareAt(inside, x, y);
      const at = lookUp.at(x + 0.5, y + 0.5);
      const alpha = share * opacity * lookUp.table[at + 3]!;
      if (alpha > 0.002) mixIn(pixels, (y * width + x) * 4, lookUp.table, at, alpha);
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

type Mixer = (pixels: Float32Array, i: number, table: Float32Array, at: number, alpha: number) => void;

const MIXERS: Record<"over" | "light" | "shade", Mixer> = {
  over(pixels, i, table, at, alpha) {
    const rest = 1 - alpha;
    pixels[i] = table[at]! * alpha + pixels[i]! * rest;
    pixels[i + 1] = table[at + 1]! * alpha + pixels[i + 1]! * rest;
    pixels[i + 2] = table[at + 2]! * alpha + pixels[i + 2]! * rest;
    pixels[i + 3] = alpha + pixels[i + 3]! * rest;
  },
  light(pixels, i, table, at, alpha) {
    const full = pixels[i + 3]!;
    for (let part = 0; part < 3; part++) {
      const here = pixels[i + part]!;
      pixels[i + part] = here + (full - here) * table[at + part]! * alpha;
    }
  },
  shade(pixels, i, table, at, alpha) {
    for (let part = 0; part < 3; part++) {
      const here = pixels[i + part]!;
      pixels[i + part] = here * (1 - alpha + table[at + part]! * alpha);
    }
  },
};

function sampler(paint: Paint): { table: Float32Array; at: (x: number, y: number) => number } {
  if (paint.kind === "flat") {
    const [r, g, b] = paint.color;
    return { table: new Float32Array([r, g, b, 1]), at: () => 0 };
  }
  const table = gradientTable(paint.stops);
  if (paint.kind === "linear") {
    const [x0, y0] = paint.from;
    const dx = paint.to[0] - x0;
    const dy = paint.to[1] - y0;
    const scale = 1 / (dx * dx + dy * dy || 1);
    return { table, at: (x, y) => tableIndex(((x - x0) * dx + (y - y0) * dy) * scale) };
  }
  const [cx, cy] = paint.center;
  const scale = 1 / (paint.radius || 1);
  return { table, at: (x, y) => tableIndex(Math.sqrt((x - cx) * (x - cx) + (y - cy) * (y - cy)) * scale) };
}
