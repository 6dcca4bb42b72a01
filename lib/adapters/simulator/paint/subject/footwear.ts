import { darken, lighten, lightness, mix } from "../raster/color.ts";
import { ellipse, smoothLine, stroke } from "../raster/contours.ts";
import { cover } from "../raster/coverage.ts";
import { fill } from "../raster/fill.ts";
import { flat } from "../raster/paint-kinds.ts";
import { shadow, solid } from "../shading.ts";
import { onSpot, type Subject } from "./place-on.ts";

/** A running shoe from the side. */
export const shoe: Subject = (stage, spot) => {
  const s = { ...spot, size: spot.size * 0.8 };
  const { curve, line, map, size } = onSpot(s);
  const { canvas, palette } = stage;
  const main = palette.accent;
  const trim = lightness(main) > 0.75 ? palette.second : lighten(palette.light, 0.3);
  shadow(stage, s.x, s.y, size(1.5), 0.6);
  const upper = curve([
    [-0.7, -0.2],
    [-0.72, -0.42],
    [-0.66, -0.66],
    [-0.56, -0.72],
    [-0.42, -0.64],
    [-0.26, -0.66],
    [-0.12, -0.72],
    [0.02, -0.6],
    [0.2, -0.45],
    [0.46, -0.37],
    [0.68, -0.28],
    [0.76, -0.17],
    [0.5, -0.13],
    [0, -0.13],
    [-0.5, -0.14],
  ]);
  const lining = curve([
    [-0.63, -0.64],
    [-0.57, -0.72],
    [-0.42, -0.66],
    [-0.27, -0.67],
    [-0.15, -0.71],
    [-0.17, -0.62],
    [-0.36, -0.58],
    [-0.55, -0.6],
  ]);
  solid(stage, upper, main, { gloss: 0.4 });
  const inside = cover(upper, canvas.width, canvas.height);
  fill(canvas, lining, flat(darken(main, 0.6)));
  fill(
    canvas,
    curve([
      [0.42, -0.4],
      [0.8, -0.3],
      [0.85, -0.1],
      [0.4, -0.1],
      [0.36, -0.24],
    ]),
    flat(darken(main, 0.2)),
    { opacity: 0.75, inside },
  );
  fill(
    canvas,
    curve([
      [-0.75, -0.5],
      [-0.5, -0.5],
      [-0.45, -0.12],
      [-0.8, -0.1],
    ]),
    flat(palette.second),
    { opacity: 0.92, inside },
  );
  fill(
    canvas,
    stroke(
      smoothLine(
        map([
          [-0.46, -0.26],
          [-0.2, -0.2],
          [0.08, -0.3],
          [0.24, -0.46],
        ]),
      ),
      size(0.075),
    ),
    flat(trim),
    { inside },
  );
  fill(
    canvas,
    stroke(
      smoothLine(
        map([
          [-0.4, -0.36],
          [-0.18, -0.32],
          [0.02, -0.4],
          [0.12, -0.52],
        ]),
      ),
      size(0.03),
    ),
    flat(trim),
    { inside, opacity: 0.8 },
  );
  for (let i = 0; i < 5; i++) {
    const x = -0.06 + i * 0.085;
    const y = -0.63 + i * 0.056;
    fill(
      canvas,
      stroke(
        line([
          [x - 0.045, y + 0.095],
          [x + 0.05, y + 0.005],
        ]),
        size(0.026),
      ),
      flat(trim),
    );
    fill(canvas, ellipse(...onSpot(s).point(x - 0.05, y + 0.1), size(0.014)), flat(darken(main, 0.5)));
  }
  const foam = mix(lighten(palette.light, 0.5), main, 0.05);
  const sole = curve([
    [-0.78, -0.1],
    [-0.77, -0.2],
    [-0.6, -0.19],
    [-0.2, -0.15],
    [0.3, -0.14],
    [0.6, -0.18],
    [0.8, -0.2],
    [0.86, -0.12],
    [0.74, -0.015],
    [0.4, 0],
    [-0.3, 0],
    [-0.7, -0.005],
  ]);
  solid(stage, sole, foam, { gloss: 0.2, depth: 0.34 });
  const soleInside = cover(sole, canvas.width, canvas.height);
  fill(
    canvas,
    curve([
      [-0.8, -0.035],
      [0, -0.03],
      [0.82, -0.045],
      [0.8, 0.03],
      [-0.8, 0.03],
    ]),
    flat(darken(palette.second, 0.35)),
    { inside: soleInside },
  );
  for (let i = 0; i < 7; i++)
    fill(
      canvas,
      stroke(
        line([
          [-0.66 + i * 0.09, -0.13],
          [-0.62 + i * 0.09, -0.075],
        ]),
        size(0.014),
      ),
      flat(darken(foam, 0.25)),
      { opacity: 0.6 },
    );
};
