import { darken, lighten, mix } from "../raster/color.ts";
import { ellipse, smoothLine, stroke } from "../raster/contours.ts";
import { fill } from "../raster/fill.ts";
import { along, flat } from "../raster/paint-kinds.ts";
import { shadow, solid } from "../shading.ts";
import { onSpot, type Subject } from "./place-on.ts";

/** Over-ear headphones on a stand. */
export const headphones: Subject = (stage, spot) => {
  const { point, map, line, size } = onSpot(spot);
  const { canvas, palette } = stage;
  shadow(stage, spot.x, spot.y, size(0.6), 0.55);
  const metal = mix(palette.light, palette.ink, 0.35);
  fill(
    canvas,
    stroke(
      line([
        [0, -0.03],
        [0, -0.9],
      ]),
      size(0.05),
    ),
    along(...point(-0.03, 0), ...point(0.03, 0), [0, lighten(metal, 0.3)], [1, darken(metal, 0.4)]),
  );
  solid(stage, ellipse(...point(0, -0.03), size(0.24), size(0.045)), metal, { gloss: 0.7 });
  fill(
    canvas,
    stroke(
      smoothLine(
        map([
          [-0.4, -0.42],
          [-0.4, -0.72],
          [-0.22, -0.96],
          [0, -1.02],
          [0.22, -0.96],
          [0.4, -0.72],
          [0.4, -0.42],
        ]),
      ),
      size(0.085),
    ),
    along(
      ...point(-0.4, -1),
      ...point(0.4, -0.4),
      [0, lighten(palette.accent, 0.3)],
      [0.5, palette.accent],
      [1, darken(palette.accent, 0.45)],
    ),
  );
  fill(
    canvas,
    stroke(
      smoothLine(
        map([
          [-0.3, -0.78],
          [-0.18, -0.9],
          [0, -0.95],
          [0.18, -0.9],
          [0.3, -0.78],
        ]),
      ),
      size(0.04),
    ),
    flat(darken(palette.ink, 0.2)),
  );
  for (const side of [-1, 1]) {
    solid(stage, ellipse(...point(side * 0.34, -0.36), size(0.1), size(0.19)), darken(palette.ink, 0.1), {
      gloss: 0.3,
    });
    solid(stage, ellipse(...point(side * 0.42, -0.36), size(0.11), size(0.2)), palette.accent, { gloss: 0.7 });
    fill(canvas, ellipse(...point(side * 0.45, -0.36), size(0.055), size(0.12)), flat(palette.second), {
      opacity: 0.9,
    });
    fill(canvas, ellipse(...point(side * 0.45 - 0.01, -0.4), size(0.02), size(0.045)), flat([1, 1, 1]), {
      opacity: 0.4,
      blur: size(0.008),
    });
  }
};

/** A carton with a ribbon. */
export const carton: Subject = (stage, spot) => {
  const { poly, size } = onSpot({ ...spot, size: spot.size * 0.9 });
  const { canvas, palette } = stage;
  shadow(stage, spot.x, spot.y, size(1.1), 0.6);
  const color = palette.accent;
  fill(
    canvas,
    poly([
      [-0.5, -0.62],
      [0.08, -0.5],
      [0.08, 0.02],
      [-0.5, -0.08],
    ]),
    along(spot.x - size(0.5), 0, spot.x + size(0.08), 0, [0, lighten(color, 0.2)], [1, color]),
  );
  fill(
    canvas,
    poly([
      [0.08, -0.5],
      [0.5, -0.64],
      [0.5, -0.1],
      [0.08, 0.02],
    ]),
    along(spot.x, 0, spot.x + size(0.5), 0, [0, darken(color, 0.3)], [1, darken(color, 0.5)]),
  );
  fill(
    canvas,
    poly([
      [-0.5, -0.62],
      [-0.06, -0.76],
      [0.5, -0.64],
      [0.08, -0.5],
    ]),
    flat(lighten(color, 0.34)),
  );
  const ribbon = palette.second;
  fill(
    canvas,
    poly([
      [-0.28, -0.575],
      [-0.16, -0.55],
      [-0.16, -0.02],
      [-0.28, -0.042],
    ]),
    flat(lighten(ribbon, 0.1)),
  );
  fill(
    canvas,
    poly([
      [-0.28, -0.575],
      [-0.16, -0.55],
      [0.27, -0.69],
      [0.16, -0.712],
    ]),
    flat(lighten(ribbon, 0.3)),
  );
  fill(
    canvas,
    poly([
      [0.26, -0.56],
      [0.33, -0.584],
      [0.33, -0.05],
      [0.26, -0.03],
    ]),
    flat(darken(ribbon, 0.3)),
  );
};
