import { darken, lighten, mix } from "../raster/color.ts";
import { downTo, ellipse, smoothLine } from "../raster/contours.ts";
import { fill } from "../raster/fill.ts";
import { along, flat } from "../raster/paint-kinds.ts";
import { glow } from "../shading.ts";
import { type Stage, spot } from "../stage.ts";
import { ridge } from "./hills.ts";
import { sky } from "./sky.ts";

/** Open water with a glitter path under the sun, swells, and a beach where the water ends. */
export function ocean(stage: Stage, subject: string | null = null): number {
  const { random, palette, canvas, unit } = stage;
  const horizon = random.between(0.42, 0.52);
  const lamp = sky(stage, horizon + 0.02);
  const [x0, sea] = spot(stage, 0, horizon);
  const [x1, floor] = spot(stage, 1, 1);
  if (random.chance(0.65)) {
    const island = ridge(stage, horizon + 0.01, 0.12, 1.3, true);
    fill(
      canvas,
      downTo(island, sea),
      along(
        x0,
        sea - unit * 0.1,
        x0,
        sea,
        [0, mix(palette.land[0], palette.sky[2], 0.35)],
        [1, mix(palette.land[0], palette.sky[2], 0.65)],
      ),
    );
  }
  const deep = darken(palette.water, palette.night ? 0.45 : 0.25);
  fill(
    canvas,
    [[x0, sea, x1, sea, x1, floor, x0, floor]],
    along(x0, sea, x0, floor, [0, mix(palette.water, palette.sky[2], 0.6)], [0.3, palette.water], [1, deep]),
  );
  swells(stage, horizon);
  glitter(stage, lamp[0], horizon);
  glow(stage, lamp[0], sea, unit * 0.5, palette.light, 0.3);
  if (subject === "boat" || (subject === null && random.chance(0.4))) return 0.74;
  beach(stage, subject === null ? 0.84 : 0.74);
  return 0.9;
}

function swells(stage: Stage, horizon: number) {
  const { random, palette, canvas, unit } = stage;
  for (let i = 0; i < 70; i++) {
    const depth = random.next() ** 0.7;
    const [x, y] = spot(stage, random.next(), horizon + depth * (1 - horizon));
    const length = unit * (0.02 + depth * 0.16) * random.between(0.6, 1.6);
    const thick = unit * (0.0012 + depth * 0.006);
    const bright = random.chance(0.5);
    fill(
      canvas,
      ellipse(x, y, length, thick),
      flat(bright ? mix(palette.sky[2], palette.water, 0.25) : darken(palette.water, 0.4)),
      { opacity: bright ? 0.34 : 0.26, blur: thick * 0.5 },
    );
  }
}

function glitter(stage: Stage, x: number, horizon: number) {
  const { random, palette, canvas, unit } = stage;
  for (let i = 0; i < 90; i++) {
    const depth = random.next() ** 1.3;
    const [, y] = spot(stage, 0, horizon + 0.006 + depth * (0.9 - horizon));
    const spread = unit * (0.03 + depth * 0.16);
    const offset = (random.next() + random.next() - 1) * spread;
    fill(
      canvas,
      ellipse(x + offset, y, unit * random.between(0.006, 0.03) * (0.6 + depth), unit * (0.0012 + depth * 0.003)),
      flat(lighten(palette.light, 0.2)),
      { opacity: random.between(0.25, 0.8) * (1 - depth * 0.45) },
    );
  }
}

function beach(stage: Stage, at: number) {
  const { random, palette, canvas, unit } = stage;
  const [, floor] = spot(stage, 0, 1.02);
  const lift = random.between(-0.06, 0.06);
  const shore = (offset: number) =>
    smoothLine(
      [0, 0.2, 0.42, 0.63, 0.82, 1].map((x, i) =>
        spot(stage, x, at + offset + lift * (x - 0.5) * 2 + [0.02, -0.012, 0.016, -0.006, 0.018, -0.01][i]!),
      ),
    );
  const [x, y] = spot(stage, 0, at - 0.04);
  fill(canvas, downTo(shore(-0.012), floor), flat(lighten(palette.water, 0.45)), { opacity: 0.45, blur: 3 });
  fill(canvas, downTo(shore(0), floor), flat(lighten(palette.light, 0.3)), { opacity: 0.92 });
  fill(
    canvas,
    downTo(shore(0.014), floor),
    along(
      x,
      y,
      x,
      floor,
      [0, darken(palette.land[2], 0.22)],
      [0.3, palette.land[1]],
      [1, darken(palette.land[1], 0.1)],
    ),
  );
  for (let i = 0; i < 40; i++) {
    const [px, py] = spot(stage, random.next(), random.between(at + 0.07, 1));
    fill(
      canvas,
      ellipse(px, py, unit * random.between(0.002, 0.007), unit * 0.0025),
      flat(darken(palette.land[2], 0.3)),
      { opacity: 0.3 },
    );
  }
}
