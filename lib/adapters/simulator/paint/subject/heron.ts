import { darken, lighten, mix } from "../raster/color.ts";
import { ellipse, smoothLine, stroke } from "../raster/contours.ts";
import { fill } from "../raster/fill.ts";
import { flat } from "../raster/paint-kinds.ts";
import { solid } from "../shading.ts";
import { onSpot, type Subject } from "./place-on.ts";

/** A heron or crane standing on one and a half legs, seen from the side. */
export const heron: Subject = (stage, spot) => {
  const flip = stage.random.chance(0.5) ? 1 : -1;
  const { curve, poly, point, map, size } = onSpot({ ...spot, size: spot.size * 1.25 });
  const f = (points: readonly (readonly [number, number])[]) => points.map(([x, y]) => [x * flip, y] as const);
  const { canvas, palette } = stage;
  const white = lighten(mix(palette.light, [1, 1, 1], 0.6), 0.3);
  const dark = mix(palette.ink, palette.second, 0.2);
  const leg = (points: readonly (readonly [number, number])[]) =>
    fill(canvas, stroke(map(f(points)).flat(), size(0.014)), flat(dark));
  leg([
    [0, -0.36],
    [0.02, -0.18],
    [0, 0],
    [0.07, 0.005],
  ]);
  leg([
    [-0.05, -0.36],
    [-0.12, -0.26],
    [-0.02, -0.2],
  ]);
  // Tail, body, wing.
  solid(
    stage,
    curve(
      f([
        [-0.3, -0.32],
        [-0.16, -0.46],
        [0.02, -0.54],
        [0.14, -0.5],
        [0.13, -0.4],
        [0, -0.33],
        [-0.14, -0.32],
      ]),
    ),
    white,
    { gloss: 0.15, depth: 0.3 },
  );
  for (const [i, drop] of [0, 0.035, 0.07].entries())
    fill(
      canvas,
      curve(
        f([
          [-0.1 + i * 0.02, -0.45 + drop],
          [-0.2, -0.4 + drop],
          [-0.37 + i * 0.05, -0.29 + drop * 0.6],
          [-0.2, -0.34 + drop],
        ]),
      ),
      flat(i === 2 ? darken(dark, 0.1) : mix(white, dark, 0.35 + i * 0.25)),
    );
  fill(
    canvas,
    stroke(
      smoothLine(
        map(
          f([
            [0.1, -0.47],
            [0.19, -0.56],
            [0.12, -0.67],
            [0.11, -0.78],
            [0.19, -0.86],
          ]),
        ),
      ),
      size(0.062),
    ),
    flat(white),
  );
  solid(stage, ellipse(...point(0.205 * flip, -0.865), size(0.055), size(0.045)), white, { gloss: 0.1 });
  fill(
    canvas,
    poly(
      f([
        [0.24, -0.885],
        [0.43, -0.85],
        [0.24, -0.845],
      ]),
    ),
    flat(palette.accent),
  );
  fill(canvas, ellipse(...point(0.19 * flip, -0.895), size(0.05), size(0.022), flip * 0.2), flat(palette.accent));
  fill(
    canvas,
    stroke(
      map(
        f([
          [0.16, -0.88],
          [0.02, -0.84],
        ]),
      ).flat(),
      size(0.014),
    ),
    flat(dark),
  );
  fill(canvas, ellipse(...point(0.225 * flip, -0.868), size(0.01)), flat(dark));
};
