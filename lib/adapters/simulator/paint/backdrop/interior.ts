import { darken, lighten, mix } from "../raster/color.ts";
import { box, ellipse, polygon } from "../raster/contours.ts";
import { fill } from "../raster/fill.ts";
import { along, flat } from "../raster/paint-kinds.ts";
import { frame, type Stage, spot } from "../stage.ts";

/** A room: wall, window and the light it throws, shelf or picture, wooden table. */
export function interior(stage: Stage): number {
  const { random, palette, canvas, unit } = stage;
  const wall = palette.night ? palette.paper : mix(palette.paper, palette.second, 0.16);
  const [x0, y0] = spot(stage, 0, 0);
  const [x1, y1] = spot(stage, 1, 1);
  fill(canvas, frame(stage), along(x0, y0, x1, y1, [0, lighten(wall, 0.12)], [1, darken(wall, 0.22)]));
  const left = random.chance(0.5);
  window(stage, left ? 0.07 : 0.63);
  art(stage, left ? 0.68 : 0.1);
  castLight(stage, left);
  const [, table] = spot(stage, 0, 0.76);
  const wood = mix(palette.land[1], palette.land[2], 0.3);
  fill(canvas, box(x0, table - unit * 0.03, stage.width, unit * 0.06), flat(palette.shade), {
    opacity: 0.3,
    blur: unit * 0.03,
  });
  fill(
    canvas,
    [[x0, table, x1, table, x1, y1, x0, y1]],
    along(x0, table, x0, y1, [0, lighten(wood, 0.22)], [0.25, wood], [1, darken(wood, 0.38)]),
  );
  for (let i = 0; i < 46; i++) {
    const [gx, gy] = spot(stage, random.next(), random.between(0.77, 1));
    fill(
      canvas,
      ellipse(gx, gy, unit * random.between(0.05, 0.24), unit * random.between(0.0008, 0.0022)),
      flat(random.chance(0.5) ? darken(wood, 0.5) : lighten(wood, 0.3)),
      { opacity: 0.24 },
    );
  }
  fill(canvas, [[x0, table, x1, table, x1, table + unit * 0.006, x0, table + unit * 0.006]], flat(lighten(wood, 0.4)), {
    opacity: 0.7,
  });
  return 0.87;
}

function window(stage: Stage, at: number) {
  const { palette, canvas, unit } = stage;
  const [x, y] = spot(stage, at, 0.1);
  const width = Math.min(stage.width * 0.3, unit * 0.42);
  const height = stage.height * 0.46;
  const rim = lighten(mix(palette.paper, palette.ink, 0.08), 0.2);
  fill(canvas, box(x - unit * 0.02, y - unit * 0.02, width + unit * 0.04, height + unit * 0.05), flat(palette.shade), {
    opacity: 0.18,
    blur: unit * 0.02,
  });
  fill(canvas, box(x - unit * 0.016, y - unit * 0.016, width + unit * 0.032, height + unit * 0.032), flat(rim));
  fill(
    canvas,
    box(x, y, width, height),
    along(x, y, x, y + height, [0, palette.sky[0]], [0.6, palette.sky[1]], [1, palette.sky[2]]),
  );
  fill(
    canvas,
    polygon([
      [x, y + height],
      [x, y + height * 0.74],
      [x + width * 0.4, y + height * 0.64],
      [x + width, y + height * 0.78],
      [x + width, y + height],
    ]),
    flat(mix(palette.land[0], palette.sky[2], 0.3)),
  );
  fill(canvas, box(x + width / 2 - unit * 0.006, y, unit * 0.012, height), flat(rim));
  fill(canvas, box(x, y + height * 0.42, width, unit * 0.011), flat(rim));
}

function art(stage: Stage, at: number) {
  const { palette, canvas, unit, random } = stage;
  const [x, y] = spot(stage, at, 0.16);
  const width = Math.min(stage.width * 0.22, unit * 0.26);
  const height = width * 1.3;
  fill(canvas, box(x + 3, y + 5, width, height), flat(palette.shade), { opacity: 0.35, blur: unit * 0.012 });
  fill(canvas, box(x, y, width, height), flat(mix(palette.land[2], palette.ink, 0.4)));
  fill(
    canvas,
    box(x + width * 0.06, y + width * 0.06, width * 0.88, height - width * 0.12),
    flat(lighten(palette.paper, 0.5)),
  );
  fill(canvas, ellipse(x + width * random.between(0.4, 0.6), y + height * 0.42, width * 0.24), flat(palette.accent));
  fill(
    canvas,
    polygon([
      [x + width * 0.16, y + height * 0.84],
      [x + width * 0.45, y + height * 0.5],
      [x + width * 0.84, y + height * 0.84],
    ]),
    flat(palette.second),
    { opacity: 0.9 },
  );
}

function castLight(stage: Stage, left: boolean) {
  const { palette, canvas, unit } = stage;
  const slant = left ? 1 : -1;
  for (let pane = 0; pane < 2; pane++) {
    const [x, y] = spot(stage, left ? 0.36 + pane * 0.14 : 0.5 + pane * 0.14, 0.2);
    fill(
      canvas,
      polygon([
        [x, y],
        [x + unit * 0.11, y],
        [x + unit * (0.11 + 0.22 * slant), y + unit * 0.6],
        [x + unit * 0.22 * slant, y + unit * 0.6],
      ]),
      flat(palette.light),
      { blend: "light", opacity: palette.night ? 0.14 : 0.4, blur: unit * 0.012 },
    );
  }
}
