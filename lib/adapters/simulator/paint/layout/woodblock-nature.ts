import { darken, lighten, mix } from "../raster/color.ts";
import { box, ellipse, polygon, stroke } from "../raster/contours.ts";
import { fill } from "../raster/fill.ts";
import { flat } from "../raster/paint-kinds.ts";
import { type Stage, spot } from "../stage.ts";
import type { Inks } from "./woodblock.ts";

/** Rows of fanned waves, paler towards the horizon. */
export function seaOfWaves(stage: Stage, inks: Inks): void {
  const { canvas, unit } = stage;
  const [left, top] = spot(stage, 0, 0.66);
  fill(canvas, box(left, top, stage.width, stage.height * 0.36), flat(mix(inks.pale, inks.middle, 0.4)));
  const rows = 7;
  for (let row = 0; row < rows; row++) {
    const depth = row / (rows - 1);
    const radius = unit * (0.035 + depth * 0.07);
    const y = top + stage.height * 0.36 * (0.06 + depth ** 1.15 * 0.98);
    const tone = mix(mix(inks.pale, inks.middle, 0.5), inks.deep, depth * 0.9);
    const shift = row % 2 === 0 ? 0 : radius;
    for (let x = left - radius + shift; x < left + stage.width + radius; x += radius * 2) {
      for (const [share, color] of [
        [1, lighten(inks.paper, 0.25)],
        [0.9, tone],
        [0.66, mix(inks.paper, tone, 0.25)],
        [0.58, tone],
        [0.34, mix(inks.paper, tone, 0.25)],
        [0.26, darken(tone, 0.12)],
      ] as const)
        fill(canvas, ellipse(x, y, radius * share), flat(color));
    }
  }
}

/** Dark trunks at both sides with shelves of needles. */
export function tallCedars(stage: Stage, inks: Inks): void {
  const { canvas, random, unit } = stage;
  for (const at of [0.06, 0.15, 0.86, 0.95]) {
    const [x, low] = spot(stage, at + random.between(-0.015, 0.015), 1);
    const width = unit * random.between(0.028, 0.045);
    fill(canvas, box(x - width / 2, stage.top, width, low - stage.top), flat(mix(inks.line, inks.red, 0.16)));
    for (let shelf = 0; shelf < 6; shelf++) {
      const y = stage.top + stage.height * (0.1 + shelf * 0.115 + random.between(-0.02, 0.02));
      const side = shelf % 2 === 0 ? 1 : -1;
      const reach = unit * random.between(0.11, 0.19);
      for (let tuft = 0; tuft < 4; tuft++)
        fill(
          canvas,
          ellipse(
            x + side * reach * (0.15 + tuft * 0.25),
            y + tuft * unit * 0.006,
            reach * 0.24,
            unit * 0.02,
            side * 0.16,
          ),
          flat(tuft % 2 === 0 ? darken(inks.leaf, 0.4) : darken(inks.leaf, 0.25)),
        );
    }
  }
}

/** Straight slanting rain, cut as fine lines. */
export function steepRain(stage: Stage, inks: Inks): void {
  const { canvas, random, unit } = stage;
  for (let i = 0; i < 150; i++) {
    const [x, y] = spot(stage, random.between(-0.05, 1.1), random.between(-0.05, 0.95));
    const length = unit * random.between(0.09, 0.2);
    fill(canvas, stroke([x, y, x - length * 0.2, y + length], unit * 0.0017), flat(inks.deep), { opacity: 0.55 });
  }
}

/** Flakes left white, and snow lying on the near ground. */
export function snowfall(stage: Stage, inks: Inks): void {
  const { canvas, random, unit } = stage;
  const white = lighten(inks.paper, 0.6);
  const line: [number, number][] = [];
  for (let i = 0; i <= 12; i++) line.push(spot(stage, i / 12, 0.92 + Math.sin(i * 1.7) * 0.012));
  fill(canvas, polygon([...line, spot(stage, 1, 1.02), spot(stage, 0, 1.02)]), flat(white));
  for (let i = 0; i < 150; i++) {
    const [x, y] = spot(stage, random.next(), random.next());
    fill(canvas, ellipse(x, y, unit * random.between(0.004, 0.011)), flat(white));
  }
}
