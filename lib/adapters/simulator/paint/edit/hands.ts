import { type Color, darken, hex, lighten } from "../raster/color.ts";
import { ellipse, smooth, smoothLine, stroke } from "../raster/contours.ts";
import { fill } from "../raster/fill.ts";
import { flat } from "../raster/paint-kinds.ts";
import { solid } from "../shading.ts";
import { type Stage, spot } from "../stage.ts";

/** The drawing hand from the lower right, its pen on the front between ink and pencil. */
export function penHand(stage: Stage, skin: Color) {
  const { canvas, unit, palette } = stage;
  const [tx, ty] = spot(stage, 0.64, 0.6);
  const at = (x: number, y: number): [number, number] => [tx + x * unit, ty + y * unit];
  const shape = (points: readonly (readonly [number, number])[]) => smooth(points.map(([x, y]) => at(x, y)));
  const line = (points: readonly (readonly [number, number])[]) => smoothLine(points.map(([x, y]) => at(x, y)));
  fill(
    canvas,
    shape([
      [0.04, 0.06],
      [0.2, 0.05],
      [0.44, 0.28],
      [0.62, 0.6],
      [0.4, 0.62],
      [0.16, 0.3],
    ]),
    flat([0.1, 0.06, 0.04]),
    {
      opacity: 0.42,
      blur: unit * 0.03,
    },
  );
  const sleeve = palette.accent;
  solid(
    stage,
    shape([
      [0.3, 0.34],
      [0.45, 0.22],
      [0.85, 0.62],
      [0.95, 0.9],
      [0.6, 0.9],
    ]),
    sleeve,
    { gloss: 0.1 },
  );
  fill(
    canvas,
    stroke(
      line([
        [0.3, 0.35],
        [0.37, 0.28],
        [0.455, 0.225],
      ]),
      unit * 0.03,
    ),
    flat(darken(sleeve, 0.3)),
  );
  solid(
    stage,
    shape([
      [0.13, 0.14],
      [0.24, 0.05],
      [0.34, 0.12],
      [0.44, 0.24],
      [0.31, 0.36],
      [0.2, 0.3],
      [0.13, 0.22],
    ]),
    skin,
    {
      gloss: 0.2,
    },
  );
  // Ring and little finger, curled below.
  for (const [x, y] of [
    [0.155, 0.245],
    [0.125, 0.2],
  ] as const)
    solid(stage, ellipse(...at(x, y), unit * 0.055, unit * 0.034, 0.7), darken(skin, 0.08), { gloss: 0.15 });
  fill(canvas, stroke([...at(0, 0), ...at(0.3, -0.16)], unit * 0.024), flat(darken(palette.second, 0.15)));
  fill(canvas, stroke([...at(0.005, -0.002), ...at(0.03, -0.016)], unit * 0.013), flat(hex("#23242a")));
  fill(canvas, stroke([...at(0.12, -0.064), ...at(0.3, -0.16)], unit * 0.014), flat(lighten(palette.second, 0.25)));
  // Thumb and forefinger around the pen.
  fill(
    canvas,
    stroke(
      line([
        [0.22, 0.2],
        [0.13, 0.1],
        [0.07, 0.0],
      ]),
      unit * 0.056,
    ),
    flat(darken(skin, 0.1)),
  );
  fill(
    canvas,
    stroke(
      line([
        [0.3, 0.1],
        [0.2, -0.01],
        [0.085, -0.045],
      ]),
      unit * 0.052,
    ),
    flat(lighten(skin, 0.05)),
  );
  fill(canvas, ellipse(...at(0.078, -0.044), unit * 0.014, unit * 0.009, -0.4), flat(lighten(skin, 0.4)), {
    opacity: 0.8,
  });
  fill(
    canvas,
    stroke(
      line([
        [0.24, 0.15],
        [0.19, 0.08],
        [0.16, 0.04],
      ]),
      unit * 0.006,
    ),
    flat(darken(skin, 0.4)),
    { opacity: 0.5 },
  );
}

/** The other hand keeps the paper from turning. */
export function restingHand(stage: Stage, skin: Color) {
  const { canvas, unit, palette } = stage;
  const [tx, ty] = spot(stage, 0.06, 0.78);
  const at = (x: number, y: number): [number, number] => [tx + x * unit, ty + y * unit];
  const shape = (points: readonly (readonly [number, number])[]) => smooth(points.map(([x, y]) => at(x, y)));
  fill(
    canvas,
    shape([
      [-0.1, 0.05],
      [0.18, -0.06],
      [0.3, 0.05],
      [0.16, 0.24],
      [-0.1, 0.4],
    ]),
    flat([0.1, 0.06, 0.04]),
    {
      opacity: 0.36,
      blur: unit * 0.03,
    },
  );
  solid(
    stage,
    shape([
      [-0.3, 0.12],
      [-0.08, 0.08],
      [0.02, 0.2],
      [-0.02, 0.34],
      [-0.3, 0.5],
    ]),
    palette.accent,
    { gloss: 0.1 },
  );
  solid(
    stage,
    shape([
      [-0.04, 0.1],
      [0.06, 0.02],
      [0.14, 0.05],
      [0.15, 0.15],
      [0.04, 0.26],
      [-0.03, 0.26],
    ]),
    skin,
    { gloss: 0.2 },
  );
  for (const [x, y, turn, long] of [
    [0.2, -0.035, -0.5, 0.095],
    [0.225, 0.03, -0.24, 0.105],
    [0.22, 0.095, 0.02, 0.1],
    [0.19, 0.155, 0.28, 0.082],
  ] as const) {
    const end = at(x + Math.cos(turn) * long * 0.5, y + Math.sin(turn) * long * 0.5);
    fill(canvas, stroke([...at(0.09, 0.08 + (y - 0.06) * 0.5), ...end], unit * 0.048), flat(skin));
    fill(canvas, ellipse(...end, unit * 0.015, unit * 0.011, turn), flat(lighten(skin, 0.35)), { opacity: 0.75 });
  }
}
