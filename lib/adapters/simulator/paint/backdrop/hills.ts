import { type Color, darken, lighten, mix } from "../raster/color.ts";
import { downTo, polygon } from "../raster/contours.ts";
import { cover } from "../raster/coverage.ts";
import { fill, fillCoverage } from "../raster/fill.ts";
import { cloudNoise } from "../raster/noise.ts";
import { along, around } from "../raster/paint-kinds.ts";
import { type Stage, spot } from "../stage.ts";
import { mist, sky } from "./sky.ts";

/** Ridge behind ridge under a wide sky; the nearest carries grass and pines. Gives the ground line (share of height). */
export function hills(stage: Stage): number {
  const { random, palette } = stage;
  const horizon = random.between(0.5, 0.62);
  const lamp = sky(stage, horizon + 0.06);
  const jagged = random.chance(0.6);
  const layers = 5;
  for (let i = 0; i < layers; i++) {
    const depth = i / (layers - 1);
    const base = horizon + (1 - horizon) * depth ** 1.25 * 0.72;
    const color =
      depth < 0.5
        ? mix(palette.land[0], palette.land[1], depth * 2)
        : mix(palette.land[1], palette.land[2], depth * 2 - 1);
    const hazy = mix(color, palette.sky[2], (1 - depth) * 0.5);
    const rough = jagged && i < 3 ? 0.4 - i * 0.12 : 0.17 - depth * 0.08;
    const line = ridge(stage, base, rough, i < 2 && jagged ? 2.6 : 1.7 - depth * 0.5, jagged && i < 3);
    ground(stage, line, hazy, lamp, 1 - depth);
    if (i === 2) pines(stage, line, darken(mix(color, palette.land[2], 0.5), 0.1), 26, 0.03);
    if (i === 3) pines(stage, line, darken(palette.land[2], 0.2), 15, 0.075);
    if (i < layers - 1) mist(stage, base + 0.05, 0.1, 0.3 * (1 - depth));
  }
  return 0.9;
}

/** The outline of a range: noise of a height around a base line, both as shares of the stage. */
export function ridge(stage: Stage, base: number, rough: number, frequency: number, sharp: boolean): number[] {
  const noise = cloudNoise(`ridge${stage.random.next()}`, sharp ? 5 : 2);
  const line: number[] = [];
  const steps = 120;
  for (let i = 0; i <= steps; i++) {
    const at = i / steps;
    const height = noise(at * frequency * 2, 0.5);
    const raised = sharp ? 1 - Math.abs(height * 2 - 1) * 1.9 : (height - 0.5) * 2.2 + 0.4;
    line.push(...spot(stage, at, base - (raised - 0.4) * rough));
  }
  return line;
}

function ground(stage: Stage, line: number[], color: Color, lamp: readonly [number, number], far: number) {
  const { canvas, palette } = stage;
  const [x, floor] = spot(stage, 0, 1);
  const top = Math.min(...line.filter((_, i) => i % 2 === 1));
  const shape = cover(downTo(line, floor + 2), canvas.width, canvas.height);
  fillCoverage(
    canvas,
    shape,
    along(x, top, x, top + stage.height * 0.42, [0, lighten(color, 0.1 + far * 0.08)], [1, darken(color, 0.28)]),
  );
  fillCoverage(
    canvas,
    shape,
    around(lamp[0], lamp[1], stage.unit * 0.9, [0, palette.light, 0.32 * far + 0.08], [1, palette.light, 0]),
    { blend: "light" },
  );
}

function pines(stage: Stage, line: readonly number[], color: Color, count: number, size: number) {
  const { random, canvas, unit, palette } = stage;
  for (let i = 0; i < count; i++) {
    const at = random.index(line.length / 2 - 1) * 2;
    const x = line[at]! + random.between(-4, 4);
    const y = line[at + 1]! + unit * size * 0.15;
    const height = unit * size * random.between(0.7, 1.5);
    const tone = mix(color, palette.land[1], random.next() * 0.25);
    for (let tier = 0; tier < 3; tier++) {
      const low = y - height * tier * 0.27;
      const half = height * (0.24 - tier * 0.055);
      fill(
        canvas,
        polygon([
          [x, low - height * 0.46],
          [x + half, low],
          [x - half, low],
        ]),
        along(x - half, low, x + half, low, [0, lighten(tone, 0.12)], [1, darken(tone, 0.25)]),
      );
    }
  }
}
