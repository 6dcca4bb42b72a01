import { darken, lighten, mix } from "../raster/color.ts";
import { downTo, polygon, smoothLine } from "../raster/contours.ts";
import { cover } from "../raster/coverage.ts";
import { fill, fillCoverage } from "../raster/fill.ts";
import { along, flat } from "../raster/paint-kinds.ts";
import { type Stage, spot } from "../stage.ts";
import { mist, sky } from "./sky.ts";

/** Dunes with a lit and a shaded flank, mesas on the horizon. */
export function desert(stage: Stage): number {
  const { random, palette, canvas, unit } = stage;
  const horizon = random.between(0.5, 0.58);
  sky(stage, horizon, { clouds: 0.35 });
  mesas(stage, horizon);
  mist(stage, horizon, 0.06, 0.4);
  for (let i = 0; i < 4; i++) {
    const depth = i / 3;
    const base = horizon + 0.04 + depth * 0.32;
    const peak = random.between(0.2, 0.8);
    const crest = smoothLine(
      [-0.05, peak * 0.45, peak, peak + (1 - peak) * 0.5, 1.05].map((x, k) =>
        spot(stage, x, base + [0.05, 0.02, -0.07 - depth * 0.05, 0.03, 0.06][k]! + random.between(-0.02, 0.02)),
      ),
    );
    const [x, top] = spot(stage, 0, base - 0.1);
    const [, floor] = spot(stage, 0, 1.02);
    const sand = mix(mix(palette.land[0], palette.sky[2], 0.35 * (1 - depth)), palette.land[1], depth * 0.7);
    const shape = cover(downTo(crest, floor), canvas.width, canvas.height);
    fillCoverage(
      canvas,
      shape,
      along(x, top, x, floor, [0, lighten(sand, 0.16)], [0.5, sand], [1, darken(sand, 0.22)]),
    );
    const [px, py] = spot(stage, peak, base - 0.07 - depth * 0.05);
    const lee = polygon([
      [px, py - unit * 0.02],
      [px + unit * 0.05, py + unit * 0.2],
      [px - unit * 0.1, floor],
      [px + stage.width * 1.1, floor],
      [px + stage.width * 1.1, py],
    ]);
    fill(canvas, lee, flat(darken(palette.land[2], 0.12)), { opacity: 0.5, blur: unit * 0.012, inside: shape });
  }
  return 0.9;
}

function mesas(stage: Stage, horizon: number) {
  const { random, palette, canvas } = stage;
  for (let i = 0; i < 3; i++) {
    const x = random.next();
    const width = random.between(0.1, 0.26);
    const height = random.between(0.05, 0.13);
    const tone = mix(palette.land[2], palette.sky[2], 0.42 + i * 0.06);
    const points = [
      [x, 0.01],
      [x + width * 0.12, -height * 0.7],
      [x + width * 0.16, -height],
      [x + width * 0.78, -height * 0.97],
      [x + width * 0.84, -height * 0.6],
      [x + width, 0.01],
    ] as const;
    const [gx] = spot(stage, x, 0);
    const [gx2] = spot(stage, x + width, 0);
    fill(
      canvas,
      polygon(points.map(([px, py]) => spot(stage, px, horizon + py))),
      along(gx, 0, gx2, 0, [0, lighten(tone, 0.14)], [1, darken(tone, 0.18)]),
    );
  }
}
