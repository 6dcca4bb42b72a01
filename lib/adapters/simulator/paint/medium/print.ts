import type { Canvas } from "../raster/canvas.ts";
import { type Color, darken, lighten } from "../raster/color.ts";
import { cloudNoise, valueNoise } from "../raster/noise.ts";
import type { Random } from "../raster/random.ts";
import { edgeMap, inkEdges, lightMap } from "./key-line.ts";

/** Cuts every tone to one of `steps` levels of light, keeping its hue: what a set of colour blocks can do. */
export function flatten(canvas: Canvas, steps: number): void {
  const { pixels } = canvas;
  const light = lightMap(canvas);
  for (let i = 0, p = 0; i < light.length; i++, p += 4) {
    const here = Math.max(0.04, light[i]!);
    const level = (Math.round(here * steps - 0.12) + 0.12) / steps;
    const gain = Math.min(1.7, Math.max(0.5, level / here));
    for (let part = 0; part < 3; part++) pixels[p + part] = Math.min(pixels[p + 3]!, pixels[p + part]! * gain);
  }
}

/** Japanese woodblock: grain of the block in the ink, fibres of the paper, a dark key line over it all. */
export function woodblockPrint(canvas: Canvas, ink: Color, paper: Color, random: Random): void {
  const seed = `print${random.next()}`;
  const edges = edgeMap(canvas);
  const grain = valueNoise(`${seed}grain`);
  const wave = valueNoise(`${seed}wave`);
  const fibre = cloudNoise(`${seed}fibre`, 3);
  const { width, height, pixels } = canvas;
  const unit = Math.min(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const p = (y * width + x) * 4;
      const bend = wave(x / (unit * 0.3), y / (unit * 0.2)) * 9;
      const rings = grain((x / unit) * 2.2, (y / unit) * 70 + bend);
      const thin = Math.max(0, rings - 0.52) * 0.34;
      const tooth = (fibre((x / unit) * 60, (y / unit) * 60) - 0.5) * 0.07;
      for (let part = 0; part < 3; part++) {
        const value = pixels[p + part]!;
        pixels[p + part] = Math.max(0, value + (paper[part]! - value) * thin + tooth);
      }
    }
  }
  inkEdges(canvas, edges, ink, { from: 0.1, to: 0.3, strength: 0.9, shift: 1 });
}

/** Comic ink: tones in a few flat steps, dots where it is dark, a firm black line. */
export function comicPrint(canvas: Canvas, ink: Color): void {
  const edges = edgeMap(canvas, 1);
  flatten(canvas, 6);
  dots(canvas, { size: 1 / 110, from: 0.62, strength: 0.5, tone: (color) => darken(color, 0.5) });
  inkEdges(canvas, edges, ink, { from: 0.13, to: 0.3 });
}

/** An old magazine: coarse dots, faded inks, yellowed and foxed paper. */
export function magazinePrint(canvas: Canvas, random: Random): void {
  dots(canvas, { size: 1 / 150, from: 0.8, strength: 0.26, tone: (color) => darken(color, 0.42) });
  dots(canvas, { size: 1 / 150, from: 1.4, strength: 0.12, tone: (color) => lighten(color, 0.4) });
  const { width, height, pixels } = canvas;
  const stain = cloudNoise(`stain${random.next()}`, 4);
  const unit = Math.min(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const p = (y * width + x) * 4;
      const edge = Math.min(x, y, width - x, height - y) / unit;
      const age = Math.max(0, stain((x / unit) * 3, (y / unit) * 3) - 0.45) * 0.3 + Math.max(0, 0.05 - edge) * 2.2;
      const faded = [0.06 + pixels[p]! * 0.92, 0.05 + pixels[p + 1]! * 0.9, 0.04 + pixels[p + 2]! * 0.82];
      const paper = [0.86, 0.74, 0.52];
      for (let part = 0; part < 3; part++)
        pixels[p + part] = faded[part]! * (1 - age * 0.5) + faded[part]! * paper[part]! * age * 0.5;
    }
  }
}

/** Lays a screen of dots at 45°: the darker the place, the larger its dot. `size` of a cell as a share of the shorter edge. */
function dots(
  canvas: Canvas,
  { size, from, strength, tone }: { size: number; from: number; strength: number; tone(color: Color): Color },
): void {
  const { width, height, pixels } = canvas;
  const light = lightMap(canvas);
  const cell = Math.max(3.2, Math.min(width, height) * size);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const here = light[y * width + x]!;
      if (here >= from) continue;
      const u = (x + y) / (cell * Math.SQRT2);
      const v = (x - y) / (cell * Math.SQRT2);
      const away = Math.hypot(u - Math.floor(u) - 0.5, v - Math.floor(v) - 0.5);
      const radius = Math.sqrt(Math.min(1, (from - here) / from)) * 0.6;
      const share = Math.min(1, Math.max(0, (radius - away) * cell * 0.8)) * strength;
      if (share <= 0) continue;
      const p = (y * width + x) * 4;
      const dark = tone([pixels[p]!, pixels[p + 1]!, pixels[p + 2]!]);
      for (let part = 0; part < 3; part++) pixels[p + part] = pixels[p + part]! * (1 - share) + dark[part]! * share;
    }
  }
}
