import { darken, lighten, mix } from "../raster/color.ts";
import { ellipse, stroke } from "../raster/contours.ts";
import { fill } from "../raster/fill.ts";
import { flat } from "../raster/paint-kinds.ts";
import { shadow, solid } from "../shading.ts";
import { HAIRS, SKINS } from "./complexions.ts";
import { onSpot, type Subject } from "./place-on.ts";

/** A whole figure with a cape: hero, explorer, robot at will of the colours. */
export const figure: Subject = (stage, spot) => {
  const s = { ...spot, size: spot.size * 1.2 };
  const { curve, point, line, size } = onSpot(s);
  const { canvas, palette, random } = stage;
  const skin = random.pick(SKINS);
  const flip = random.chance(0.5) ? 1 : -1;
  const f = (points: [number, number][]) => points.map(([x, y]) => [x * flip, y] as [number, number]);
  shadow(stage, s.x, s.y, size(0.55), 0.55);
  solid(
    stage,
    curve(
      f([
        [-0.1, -0.76],
        [-0.26, -0.5],
        [-0.42, -0.2],
        [-0.34, -0.1],
        [-0.2, -0.16],
        [-0.1, -0.08],
        [0.04, -0.16],
        [0.1, -0.5],
        [0.1, -0.76],
      ]),
    ),
    palette.second,
    { gloss: 0.2, depth: 0.6 },
  );
  const suit = palette.accent;
  const dark = darken(suit, 0.45);
  fill(
    canvas,
    stroke(
      line(
        f([
          [-0.06, -0.42],
          [-0.1, -0.22],
          [-0.12, -0.06],
        ]),
      ),
      size(0.088),
    ),
    flat(dark),
  );
  fill(
    canvas,
    stroke(
      line(
        f([
          [0.06, -0.42],
          [0.1, -0.24],
          [0.11, -0.06],
        ]),
      ),
      size(0.088),
    ),
    flat(darken(suit, 0.3)),
  );
  for (const x of [-0.13, 0.12])
    solid(
      stage,
      curve(
        f([
          [x - 0.06, 0],
          [x - 0.06, -0.09],
          [x + 0.02, -0.1],
          [x + 0.08, -0.04],
          [x + 0.09, 0],
        ]),
      ),
      darken(palette.second, 0.3),
      { gloss: 0.4 },
    );
  fill(
    canvas,
    stroke(
      line(
        f([
          [-0.12, -0.7],
          [-0.2, -0.56],
          [-0.13, -0.45],
        ]),
      ),
      size(0.066),
    ),
    flat(darken(suit, 0.25)),
  );
  solid(
    stage,
    curve([
      [-0.14, -0.74],
      [-0.1, -0.56],
      [-0.09, -0.4],
      [0, -0.37],
      [0.09, -0.4],
      [0.1, -0.56],
      [0.14, -0.74],
      [0.06, -0.78],
      [-0.06, -0.78],
    ]),
    suit,
    { gloss: 0.4 },
  );
  fill(
    canvas,
    stroke(
      line(
        f([
          [0.12, -0.7],
          [0.22, -0.6],
          [0.27, -0.74],
        ]),
      ),
      size(0.066),
    ),
    flat(lighten(suit, 0.08)),
  );
  solid(stage, ellipse(...point(0.275 * flip, -0.77), size(0.04)), skin, { gloss: 0.3 });
  fill(
    canvas,
    stroke(
      line([
        [-0.09, -0.42],
        [0.09, -0.42],
      ]),
      size(0.035),
    ),
    flat(mix(palette.light, palette.second, 0.35)),
  );
  fill(
    canvas,
    curve([
      [0, -0.69],
      [0.045, -0.63],
      [0, -0.56],
      [-0.045, -0.63],
    ]),
    flat(mix(palette.light, palette.second, 0.2)),
  );
  solid(stage, ellipse(...point(0, -0.87), size(0.088), size(0.1)), skin, { gloss: 0.3 });
  const hair = random.pick(HAIRS);
  if (random.chance(0.5)) {
    solid(
      stage,
      curve(
        f([
          [-0.1, -0.87],
          [-0.1, -0.96],
          [0, -1],
          [0.1, -0.96],
          [0.1, -0.88],
          [0.03, -0.92],
          [-0.05, -0.91],
        ]),
      ),
      hair,
      { gloss: 0.4 },
    );
    fill(
      canvas,
      curve([
        [-0.09, -0.885],
        [0, -0.9],
        [0.09, -0.885],
        [0.075, -0.845],
        [0, -0.86],
        [-0.075, -0.845],
      ]),
      flat(dark),
    );
  } else {
    solid(
      stage,
      curve([
        [-0.105, -0.84],
        [-0.11, -0.96],
        [0, -1.01],
        [0.11, -0.96],
        [0.105, -0.84],
        [0.05, -0.79],
        [-0.05, -0.79],
      ]),
      palette.second,
      { gloss: 0.9 },
    );
    fill(
      canvas,
      curve([
        [-0.08, -0.88],
        [0, -0.92],
        [0.08, -0.88],
        [0.07, -0.83],
        [0, -0.82],
        [-0.07, -0.83],
      ]),
      flat(darken(palette.ink, 0.2)),
    );
    fill(canvas, ellipse(...point(-0.03, -0.885), size(0.022), size(0.01), -0.4), flat([1, 1, 1]), { opacity: 0.6 });
  }
  for (const x of [-0.032, 0.032])
    fill(canvas, ellipse(...point(x + 0.01 * flip, -0.868), size(0.011)), flat([0.97, 0.98, 1]));
};
