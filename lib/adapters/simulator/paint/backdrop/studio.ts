import { darken, lighten, mix } from "../raster/color.ts";
import { box, ellipse, polygon } from "../raster/contours.ts";
import { fill } from "../raster/fill.ts";
import { along, around, flat } from "../raster/paint-kinds.ts";
import { glow, shadow, solid } from "../shading.ts";
import { frame, type Stage, spot } from "../stage.ts";

/** A photographer's sweep: lit wall, one large form behind, a plinth in front, leaf shadows across. */
export function studio(stage: Stage): number {
  const { random, palette, canvas, unit } = stage;
  const wall = palette.night
    ? mix(palette.paper, palette.second, 0.18)
    : mix(mix(palette.paper, palette.sky[1], 0.45), palette.second, palette.asked ? 0.16 : 0.06);
  const [x0, y0] = spot(stage, 0, 0);
  const [x1, y1] = spot(stage, 1, 1);
  const horizon = 0.72;
  const [, line] = spot(stage, 0, horizon);
  fill(canvas, frame(stage), along(x0, y0, x1, y1, [0, lighten(wall, 0.2)], [0.6, wall], [1, darken(wall, 0.2)]));
  const [cx, cy] = spot(stage, 0.5, 0.45);
  form(stage, cx, cy, wall);
  glow(stage, ...spot(stage, 0.28, 0.22), unit * 0.8, palette.light, palette.night ? 0.3 : 0.55);
  const floor = mix(lighten(wall, 0.1), palette.land[0], 0.22);
  fill(
    canvas,
    [[x0, line - unit * 0.02, x1, line - unit * 0.02, x1, y1, x0, y1]],
    along(x0, line - unit * 0.02, x0, y1, [0, floor, 0], [0.14, lighten(floor, 0.08)], [1, darken(floor, 0.16)]),
  );
  leaves(stage);
  const kind = random.index(3);
  const [, top] = spot(stage, 0, 0.79);
  const width = unit * 0.62;
  shadow(stage, cx, top + unit * 0.14, width * 1.1, 0.4);
  const stone = mix(lighten(wall, 0.35), palette.light, 0.3);
  if (kind === 0) {
    block(stage, cx, top, width * 0.96, unit * 0.13, stone);
    return 0.795;
  }
  if (kind === 1)
    disc(stage, cx, top + unit * 0.085, width * 1.18, unit * 0.055, darken(mix(stone, palette.second, 0.3), 0.04));
  disc(stage, cx, top, width, unit * (kind === 1 ? 0.075 : 0.13), stone);
  return 0.797;
}

function form(stage: Stage, cx: number, cy: number, wall: readonly [number, number, number]) {
  const { random, palette, canvas, unit } = stage;
  const tone = mix(palette.second, wall, 0.3);
  const kind = random.index(4);
  const r = unit * 0.34;
  const [, low] = spot(stage, 0, 0.74);
  const paint = along(cx - r, cy - r, cx + r, cy + r, [0, lighten(tone, 0.24)], [1, darken(tone, 0.14)]);
  if (kind === 0) fill(canvas, ellipse(cx, cy - unit * 0.04, r), paint);
  if (kind === 1) {
    fill(
      canvas,
      [...ellipse(cx, cy - unit * 0.08, r), ...box(cx - r, cy - unit * 0.08, r * 2, low - cy + unit * 0.08)],
      paint,
    );
    fill(
      canvas,
      [
        ...ellipse(cx, cy - unit * 0.08, r * 0.74),
        ...box(cx - r * 0.74, cy - unit * 0.08, r * 1.48, low - cy + unit * 0.08),
      ],
      flat(darken(mix(tone, wall, 0.5), 0.1)),
    );
  }
  if (kind === 2) {
    fill(canvas, box(cx - r * 1.15, cy - r * 1.05, r * 1.3, low - cy + r * 1.05, unit * 0.02), paint);
    fill(
      canvas,
      box(cx - r * 0.1, cy - r * 0.55, r * 1.25, low - cy + r * 0.55, unit * 0.02),
      flat(mix(palette.accent, wall, 0.45)),
      { opacity: 0.9 },
    );
  }
  if (kind === 3)
    fill(
      canvas,
      ellipse(cx, cy, r * 1.5),
      around(cx, cy, r * 1.5, [0, lighten(tone, 0.3), 0.95], [0.6, tone, 0.5], [1, tone, 0]),
    );
}

/** A round plinth whose top is centred on (x, y). */
function disc(
  stage: Stage,
  x: number,
  y: number,
  width: number,
  height: number,
  color: readonly [number, number, number],
) {
  const { canvas } = stage;
  const rx = width / 2;
  const ry = width * 0.085;
  const side = [...ellipse(x, y + height, rx, ry), ...box(x - rx, y, width, height)];
  fill(
    canvas,
    side,
    along(
      x - rx,
      0,
      x + rx,
      0,
      [0, darken(color, 0.08)],
      [0.25, lighten(color, 0.14)],
      [0.62, color],
      [1, darken(color, 0.42)],
    ),
  );
  fill(
    canvas,
    ellipse(x, y, rx, ry),
    along(x - rx, y - ry, x + rx, y + ry, [0, lighten(color, 0.35)], [1, darken(color, 0.06)]),
  );
}

function block(
  stage: Stage,
  x: number,
  y: number,
  width: number,
  height: number,
  color: readonly [number, number, number],
) {
  const half = width / 2;
  const depth = width * 0.1;
  solid(stage, box(x - half, y, width, height), darken(color, 0.06), { gloss: 0.25, depth: 0.4 });
  fill(
    stage.canvas,
    polygon([
      [x - half, y],
      [x - half + depth, y - depth],
      [x + half - depth, y - depth],
      [x + half, y],
    ]),
    along(x - half, 0, x + half, 0, [0, lighten(color, 0.4)], [1, lighten(color, 0.1)]),
  );
}

/** The shadow of a palm leaf or of window bars, out of focus. */
function leaves(stage: Stage) {
  const { random, palette, canvas, unit } = stage;
  const kind = random.index(3);
  if (kind === 0) return;
  if (kind === 1) {
    for (let bar = 0; bar < 4; bar++) {
      const [x, y] = spot(stage, 0.5, -0.02);
      const from = x + unit * (bar * 0.15 - 0.1);
      fill(
        canvas,
        polygon([
          [from, y],
          [from + unit * 0.1, y],
          [from - unit * 0.24, y + unit * 0.7],
          [from - unit * 0.34, y + unit * 0.7],
        ]),
        flat(palette.light),
        { blend: "light", opacity: palette.night ? 0.12 : 0.3, blur: unit * 0.012 },
      );
    }
    return;
  }
  const [x, y] = spot(stage, random.between(0.84, 1.02), random.between(-0.06, 0.02));
  const heading = random.between(2.2, 2.6);
  for (let i = 0; i < 11; i++) {
    const share = i / 10;
    const px = x + Math.cos(heading) * unit * 0.62 * share;
    const py = y + Math.sin(heading) * unit * 0.62 * share;
    for (const side of [-1, 1]) {
      const angle = heading + side * (0.95 - share * 0.5);
      const length = unit * 0.15 * Math.sin(Math.PI * (0.22 + share * 0.72));
      fill(
        canvas,
        ellipse(px + Math.cos(angle) * length, py + Math.sin(angle) * length, length, length * 0.13, angle),
        flat(palette.shade),
        { opacity: 0.17, blur: unit * 0.006 },
      );
    }
  }
}
