import { darken, lighten, mix } from "../raster/color.ts";
import { ellipse, smoothLine, stroke } from "../raster/contours.ts";
import { fill } from "../raster/fill.ts";
import { along, flat } from "../raster/paint-kinds.ts";
import { glow, shadow, solid } from "../shading.ts";
import { onSpot, type Subject } from "./place-on.ts";

/** A lounge chair. */
export const chair: Subject = (stage, spot) => {
  const { curve, map, line, size } = onSpot(spot);
  const { canvas, palette } = stage;
  shadow(stage, spot.x, spot.y, size(1.05), 0.5);
  const wood = mix(palette.land[2], [0.5, 0.32, 0.2], 0.5);
  for (const [x, lean] of [
    [-0.32, -0.08],
    [0.32, 0.08],
    [-0.2, -0.02],
    [0.2, 0.02],
  ] as const)
    fill(
      canvas,
      stroke(
        line([
          [x, -0.34],
          [x + lean, -0.01],
        ]),
        size(0.042),
      ),
      flat(Math.abs(x) > 0.3 ? wood : darken(wood, 0.35)),
    );
  solid(
    stage,
    curve([
      [-0.36, -0.4],
      [-0.42, -0.8],
      [-0.32, -0.98],
      [0, -1.02],
      [0.32, -0.98],
      [0.42, -0.8],
      [0.36, -0.4],
      [0, -0.38],
    ]),
    palette.accent,
    { gloss: 0.15, depth: 0.5 },
  );
  for (const x of [-0.2, 0, 0.2])
    fill(
      canvas,
      stroke(
        smoothLine(
          map([
            [x * 0.9, -0.58],
            [x, -0.76],
            [x * 0.85, -0.97],
          ]),
        ),
        size(0.008),
      ),
      flat(darken(palette.accent, 0.4)),
      { opacity: 0.6 },
    );
  solid(
    stage,
    curve([
      [-0.44, -0.46],
      [-0.42, -0.54],
      [0, -0.56],
      [0.42, -0.54],
      [0.44, -0.46],
      [0.42, -0.33],
      [0, -0.3],
      [-0.42, -0.33],
    ]),
    lighten(palette.accent, 0.08),
    { gloss: 0.2, depth: 0.5 },
  );
  for (const side of [-1, 1])
    solid(
      stage,
      curve([
        [side * 0.38, -0.66],
        [side * 0.5, -0.68],
        [side * 0.54, -0.6],
        [side * 0.5, -0.34],
        [side * 0.41, -0.33],
        [side * 0.4, -0.5],
      ]),
      palette.accent,
      { gloss: 0.2, depth: 0.55 },
    );
  solid(
    stage,
    curve([
      [0.06, -0.52],
      [0.04, -0.74],
      [0.3, -0.76],
      [0.34, -0.54],
      [0.2, -0.5],
    ]),
    palette.second,
    { gloss: 0.15 },
  );
};

/** A table lamp that is on. */
export const lamp: Subject = (stage, spot) => {
  const { curve, poly, point, line, size } = onSpot({ ...spot, size: spot.size * 1.05 });
  const { canvas, palette } = stage;
  shadow(stage, spot.x, spot.y, size(0.6), 0.55);
  const metal = mix(palette.second, palette.ink, 0.2);
  solid(stage, ellipse(...point(0, -0.03), size(0.24), size(0.045)), metal, { gloss: 0.7 });
  fill(
    canvas,
    stroke(
      line([
        [0, -0.05],
        [0, -0.62],
      ]),
      size(0.035),
    ),
    along(...point(-0.02, 0), ...point(0.02, 0), [0, lighten(metal, 0.4)], [1, darken(metal, 0.4)]),
  );
  solid(
    stage,
    curve([
      [-0.05, -0.05],
      [-0.13, -0.2],
      [-0.05, -0.38],
      [0.05, -0.38],
      [0.13, -0.2],
      [0.05, -0.05],
    ]),
    palette.accent,
    { gloss: 0.8 },
  );
  if (!stage.bare) glow(stage, ...point(0, -0.66), size(1.1), palette.light, 0.55);
  solid(
    stage,
    poly([
      [-0.2, -1],
      [0.2, -1],
      [0.36, -0.58],
      [-0.36, -0.58],
    ]),
    mix(palette.light, palette.accent, 0.12),
    { gloss: 0.6, depth: 0.2 },
  );
  fill(canvas, ellipse(...point(0, -0.58), size(0.36), size(0.04)), flat(lighten(palette.light, 0.6)));
};
