import { type Color, darken, lighten, mix } from "../raster/color.ts";
import { ellipse, smoothLine, stroke } from "../raster/contours.ts";
import { cover } from "../raster/coverage.ts";
import { fill } from "../raster/fill.ts";
import { flat } from "../raster/paint-kinds.ts";
import { solid } from "../shading.ts";
import type { Stage } from "../stage.ts";
import { HAIRS, SKINS } from "./complexions.ts";
import { mirrored, onSpot, type Subject } from "./place-on.ts";

/** Head and shoulders, in the flat manner of modern illustration. */
export const portrait: Subject = (stage, spot) => {
  const s = { ...spot, size: spot.size * 1.1 };
  const { curve, point, map, size } = onSpot(s);
  const { canvas, palette, random } = stage;
  const skin = random.pick(SKINS);
  const hair = random.pick(HAIRS);
  const long = random.chance(0.55);
  if (long)
    solid(
      stage,
      curve([
        [-0.26, -0.3],
        [-0.31, -0.62],
        [-0.24, -0.9],
        [0, -1.01],
        [0.24, -0.9],
        [0.31, -0.62],
        [0.27, -0.3],
        [0.1, -0.24],
        [-0.1, -0.24],
      ]),
      hair,
      { gloss: 0.3 },
    );
  const coat = curve([
    [-0.62, 0.06],
    [-0.58, -0.16],
    [-0.4, -0.3],
    [-0.14, -0.37],
    [0, -0.35],
    [0.14, -0.37],
    [0.4, -0.3],
    [0.58, -0.16],
    [0.62, 0.06],
    [0, 0.1],
  ]);
  solid(stage, coat, palette.accent, { gloss: 0.25 });
  const inside = cover(coat, canvas.width, canvas.height);
  fill(
    canvas,
    curve([
      [-0.13, -0.38],
      [0, -0.12],
      [0.13, -0.38],
      [0, -0.42],
    ]),
    flat(lighten(palette.second, 0.12)),
    { inside },
  );
  fill(
    canvas,
    stroke(
      smoothLine(
        map([
          [-0.16, -0.37],
          [-0.08, -0.2],
          [0, -0.08],
        ]),
      ),
      size(0.03),
    ),
    flat(darken(palette.accent, 0.3)),
    { inside },
  );
  fill(
    canvas,
    stroke(
      smoothLine(
        map([
          [0.16, -0.37],
          [0.08, -0.2],
          [0, -0.08],
        ]),
      ),
      size(0.03),
    ),
    flat(darken(palette.accent, 0.4)),
    { inside },
  );
  solid(
    stage,
    curve(
      mirrored([
        [0.085, -0.52],
        [0.09, -0.4],
        [0.12, -0.355],
        [0, -0.27],
      ]),
    ),
    darken(skin, 0.16),
    { gloss: 0.1 },
  );
  const face = curve(
    mirrored([
      [0, -0.95],
      [0.14, -0.92],
      [0.205, -0.78],
      [0.195, -0.62],
      [0.13, -0.49],
      [0.05, -0.45],
      [0, -0.445],
    ]),
  );
  for (const side of [-1, 1])
    fill(canvas, ellipse(...point(side * 0.2, -0.68), size(0.03), size(0.05)), flat(darken(skin, 0.14)));
  solid(stage, face, skin, { gloss: 0.28, depth: 0.36 });
  features(stage, onSpot(s), skin, hair);
  const fringe = random.chance(0.5)
    ? curve([
        [-0.215, -0.66],
        [-0.24, -0.84],
        [-0.13, -0.99],
        [0.06, -1.02],
        [0.21, -0.93],
        [0.235, -0.76],
        [0.205, -0.66],
        [0.16, -0.8],
        [0.02, -0.83],
        [-0.12, -0.81],
        [-0.185, -0.74],
      ])
    : curve([
        [-0.21, -0.7],
        [-0.235, -0.86],
        [-0.12, -1],
        [0.08, -1.03],
        [0.24, -0.92],
        [0.225, -0.68],
        [0.19, -0.79],
        [0.12, -0.88],
        [-0.04, -0.86],
        [-0.17, -0.8],
      ]);
  solid(stage, fringe, hair, { gloss: 0.45 });
};

function features(stage: Stage, at: ReturnType<typeof onSpot>, skin: Color, hair: Color) {
  const { canvas, palette, random } = stage;
  const { point, line, map, size } = at;
  const dark = mix(hair, [0.1, 0.08, 0.1], 0.5);
  for (const side of [-1, 1]) {
    fill(canvas, ellipse(...point(side * 0.085, -0.685), size(0.032), size(0.018)), flat([0.98, 0.97, 0.95]));
    fill(canvas, ellipse(...point(side * 0.085, -0.685), size(0.0175)), flat(darken(palette.second, 0.45)));
    fill(canvas, ellipse(...point(side * 0.085 - 0.006, -0.692), size(0.0055)), flat([1, 1, 1]));
    fill(
      canvas,
      stroke(
        smoothLine(
          map([
            [side * 0.05, -0.702],
            [side * 0.085, -0.708],
            [side * 0.122, -0.694],
          ]),
        ),
        size(0.009),
      ),
      flat(dark),
    );
    fill(
      canvas,
      stroke(
        smoothLine(
          map([
            [side * 0.045, -0.745],
            [side * 0.085, -0.76],
            [side * 0.13, -0.742],
          ]),
        ),
        size(0.015),
      ),
      flat(dark),
    );
    fill(canvas, ellipse(...point(side * 0.12, -0.6), size(0.045), size(0.03)), flat([0.9, 0.35, 0.32]), {
      opacity: 0.2,
      blur: size(0.015),
    });
  }
  fill(
    canvas,
    stroke(
      smoothLine(
        map([
          [0.008, -0.69],
          [0.026, -0.62],
          [0.002, -0.605],
        ]),
      ),
      size(0.01),
    ),
    flat(darken(skin, 0.32)),
  );
  const smile = random.between(0.006, 0.02);
  fill(
    canvas,
    stroke(
      smoothLine(
        map([
          [-0.055, -0.548],
          [0, -0.54 + smile],
          [0.055, -0.548],
        ]),
      ),
      size(0.017),
    ),
    flat(mix(darken(skin, 0.4), [0.72, 0.2, 0.22], 0.5)),
  );
  if (random.chance(0.25)) {
    for (const side of [-1, 1])
      fill(
        canvas,
        stroke(ellipse(...point(side * 0.088, -0.682), size(0.06), size(0.05))[0]!, size(0.009)),
        flat(palette.ink),
      );
    fill(
      canvas,
      stroke(
        line([
          [-0.03, -0.69],
          [0.03, -0.69],
        ]),
        size(0.009),
      ),
      flat(palette.ink),
    );
  }
}
