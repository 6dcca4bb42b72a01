import { darken, lighten, mix } from "../raster/color.ts";
import { ellipse, polygon } from "../raster/contours.ts";
import { fill } from "../raster/fill.ts";
import { along, around, flat } from "../raster/paint-kinds.ts";
import { frame, type Stage, spot } from "../stage.ts";
import { mist } from "./sky.ts";

/** Trunks fading into haze, shafts of light, ferns at our feet. */
export function forest(stage: Stage): number {
  const { random, palette, canvas, unit } = stage;
  const [lx, ly] = spot(stage, random.between(0.35, 0.65), 0.34);
  const haze = mix(palette.sky[2], palette.light, 0.35);
  const deep = palette.night ? darken(palette.land[1], 0.35) : palette.land[1];
  fill(
    canvas,
    frame(stage),
    around(
      lx,
      ly,
      Math.hypot(stage.width, stage.height) * 0.72,
      [0, haze],
      [0.35, mix(haze, palette.land[0], 0.6)],
      [1, deep],
    ),
  );
  for (let layer = 0; layer < 4; layer++) {
    const depth = layer / 3;
    const count = 11 - layer * 2;
    const tone = mix(mix(palette.land[0], haze, 0.55), darken(palette.land[2], 0.25), depth);
    for (let i = 0; i < count; i++) trunk(stage, (i + random.between(0.1, 0.9)) / count, depth, tone);
    canopy(stage, depth, mix(tone, palette.land[1], 0.45));
    mist(stage, 0.72 + depth * 0.08, 0.22, 0.34 * (1 - depth));
    if (layer === 1) shafts(stage, lx, ly);
  }
  floor(stage);
  fill(
    canvas,
    ellipse(lx, ly, unit * 0.6),
    around(lx, ly, unit * 0.6, [0, palette.light, 0.4], [1, palette.light, 0]),
    { blend: "light" },
  );
  return 0.91;
}

function trunk(stage: Stage, at: number, depth: number, tone: readonly [number, number, number]) {
  const { random, canvas, unit } = stage;
  // The way ahead stays open: near trunks keep to the sides.
  const x = depth > 0.6 ? (at < 0.5 ? at * 0.5 : 1 - (1 - at) * 0.5) : at;
  const width = unit * (0.016 + depth * 0.055) * random.between(0.7, 1.25);
  const [cx] = spot(stage, x, 0);
  const [, top] = spot(stage, 0, -0.02);
  const [, base] = spot(stage, 0, 0.76 + depth * 0.16);
  const lean = random.between(-0.04, 0.04) * unit;
  fill(
    canvas,
    polygon([
      [cx - width * 0.38 + lean, top],
      [cx + width * 0.38 + lean, top],
      [cx + width * 0.5, base - unit * 0.06],
      [cx + width * 0.85, base],
      [cx - width * 0.85, base],
      [cx - width * 0.5, base - unit * 0.06],
    ]),
    along(cx - width, 0, cx + width, 0, [0, lighten(tone, 0.2)], [0.5, tone], [1, darken(tone, 0.3)]),
  );
}

function canopy(stage: Stage, depth: number, tone: readonly [number, number, number]) {
  const { random, canvas, unit } = stage;
  for (let i = 0; i < 26; i++) {
    const [x, y] = spot(stage, random.between(-0.05, 1.05), random.next() ** 2 * (0.18 + depth * 0.12));
    const radius = unit * random.between(0.03, 0.085) * (0.7 + depth * 0.6);
    fill(
      canvas,
      ellipse(x, y, radius * 1.5, radius, random.between(-0.4, 0.4)),
      flat(mix(tone, darken(tone, 0.4), random.next())),
      { opacity: 0.5 + depth * 0.35, blur: (1 - depth) * 3 },
    );
  }
}

function shafts(stage: Stage, x: number, y: number) {
  const { random, canvas, unit, palette } = stage;
  for (let i = 0; i < 5; i++) {
    const from = x + unit * random.between(-0.35, 0.35);
    const to = from + unit * random.between(-0.35, 0.35);
    const width = unit * random.between(0.02, 0.06);
    fill(
      canvas,
      polygon([
        [from - width * 0.3, y - unit * 0.5],
        [from + width * 0.3, y - unit * 0.5],
        [to + width, y + unit * 0.55],
        [to - width, y + unit * 0.55],
      ]),
      along(0, y - unit * 0.5, 0, y + unit * 0.55, [0, palette.light, 0.4], [1, palette.light, 0]),
      { blend: "light", blur: unit * 0.012 },
    );
  }
}

function floor(stage: Stage) {
  const { random, palette, canvas, unit } = stage;
  const [x0, y] = spot(stage, 0, 0.82);
  const [x1, bottom] = spot(stage, 1, 1.01);
  fill(
    canvas,
    [[x0, y, x1, y, x1, bottom, x0, bottom]],
    along(
      x0,
      y,
      x0,
      bottom,
      [0, palette.land[1], 0],
      [0.35, darken(palette.land[1], 0.12), 0.85],
      [1, darken(palette.land[2], 0.15)],
    ),
  );
  for (let i = 0; i < 54; i++) {
    const [fx, fy] = spot(stage, random.next(), random.between(0.9, 1.02));
    const lean = random.between(-0.9, 0.9);
    const length = unit * random.between(0.04, 0.1);
    fill(
      canvas,
      ellipse(fx + Math.sin(lean) * length * 0.5, fy - Math.cos(lean) * length * 0.5, unit * 0.007, length * 0.5, lean),
      flat(mix(palette.second, palette.land[random.chance(0.5) ? 1 : 2], random.between(0.2, 0.9))),
      { opacity: 0.85 },
    );
  }
}
