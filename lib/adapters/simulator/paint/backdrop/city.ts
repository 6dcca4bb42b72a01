import { type Color, darken, lighten, mix } from "../raster/color.ts";
import { box, polygon } from "../raster/contours.ts";
import { fill } from "../raster/fill.ts";
import { along, flat } from "../raster/paint-kinds.ts";
import { glow } from "../shading.ts";
import { type Stage, spot } from "../stage.ts";
import { mist, sky } from "./sky.ts";

/** Three depths of towers, lit windows after dark, a street that takes their light. */
export function city(stage: Stage): number {
  const { random, palette, canvas, unit } = stage;
  const horizon = 0.8;
  sky(stage, horizon, { clouds: 0.4 });
  for (let layer = 0; layer < 3; layer++) {
    const depth = layer / 2;
    const color = mix(mix(palette.land[0], palette.sky[2], 0.35), palette.land[2], depth * 0.92);
    skyline(stage, horizon, color, depth);
    if (layer < 2) mist(stage, horizon - 0.06, 0.2, 0.34 - depth * 0.2);
  }
  const [x0, y] = spot(stage, 0, horizon - 0.002);
  const [x1, floor] = spot(stage, 1, 1);
  const street = mix(darken(palette.land[2], 0.2), palette.sky[1], palette.night ? 0.14 : 0.3);
  fill(
    canvas,
    [[x0, y, x1, y, x1, floor, x0, floor]],
    along(x0, y, x0, floor, [0, mix(street, palette.sky[2], 0.3)], [1, darken(street, 0.3)]),
  );
  const [cx] = spot(stage, random.between(0.42, 0.58), 0);
  for (let i = -1; i <= 1; i += 2) {
    fill(
      canvas,
      polygon([
        [cx + i * unit * 0.02, y],
        [cx + i * unit * 0.026, y],
        [cx + i * unit * 0.62, floor],
        [cx + i * unit * 0.56, floor],
      ]),
      flat(lighten(street, 0.4)),
      { opacity: 0.4 },
    );
  }
  reflections(stage, horizon);
  return 0.93;
}

function skyline(stage: Stage, horizon: number, color: Color, depth: number) {
  const { random, canvas, palette, unit } = stage;
  const [, floor] = spot(stage, 0, horizon);
  let at = -0.02;
  while (at < 1.02) {
    const width = random.between(0.05, 0.12) * (0.7 + depth * 0.75) * (stage.unit / stage.width);
    const middle = 1 - Math.abs(at + width / 2 - 0.5) * 2;
    const edge = depth === 1 ? (1 - middle) * 0.34 + 0.06 : middle * 0.16 + 0.24 - depth * 0.08;
    const height = (edge + random.between(0, 0.2)) * stage.height * (depth === 1 ? 1.15 : 1);
    const [x] = spot(stage, at, 0);
    const w = width * stage.width;
    const tone = mix(color, palette.second, random.next() * 0.12);
    fill(
      canvas,
      box(x, floor - height, w, height + 2),
      along(x, 0, x + w, 0, [0, lighten(tone, 0.14)], [0.7, tone], [1, darken(tone, 0.22)]),
    );
    if (random.chance(0.3))
      fill(canvas, box(x + w * 0.46, floor - height - unit * 0.05, w * 0.06, unit * 0.05), flat(tone));
    else if (random.chance(0.4))
      fill(canvas, box(x + w * 0.2, floor - height - unit * 0.018, w * 0.6, unit * 0.02), flat(darken(tone, 0.12)));
    windows(stage, x, floor - height, w, height, depth, tone);
    at += width * random.between(0.98, 1.16);
  }
}

function windows(stage: Stage, x: number, y: number, width: number, height: number, depth: number, tone: Color) {
  const { random, canvas, palette, unit } = stage;
  const size = unit * (0.007 + depth * 0.006);
  const columns = Math.max(1, Math.floor(width / (size * 2.1)));
  const rows = Math.min(34, Math.floor(height / (size * 2.5)));
  const gap = width / (columns + 0.5);
  const lit = palette.night ? 0.5 : 0.16;
  const lamp = [palette.light, palette.accent, palette.second] as const;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const on = random.chance(lit);
      if (!on && random.chance(0.45)) continue;
      const color = on
        ? mix(lamp[random.chance(0.8) ? 0 : 1 + random.index(2)]!, palette.light, 0.3)
        : palette.night
          ? darken(tone, 0.3)
          : lighten(tone, 0.22);
      fill(canvas, box(x + gap * (0.4 + column), y + size * 1.5 + row * size * 2.5, size, size * 1.45), flat(color), {
        opacity: on ? 0.92 : 0.55,
      });
    }
  }
}

function reflections(stage: Stage, horizon: number) {
  const { random, palette, canvas, unit } = stage;
  for (let i = 0; i < 26; i++) {
    const [x, y] = spot(stage, random.next(), horizon + random.next() * 0.18);
    const color = random.pick([palette.light, palette.accent, palette.second]);
    const strength = palette.night ? 0.35 : 0.1;
    fill(canvas, box(x, y, unit * random.between(0.004, 0.014), unit * random.between(0.02, 0.09)), flat(color), {
      opacity: strength,
      blur: unit * 0.008,
    });
  }
  if (palette.night) glow(stage, ...spot(stage, 0.5, horizon), unit * 0.6, palette.accent, 0.22);
}
