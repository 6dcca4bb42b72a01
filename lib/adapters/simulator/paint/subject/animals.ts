import { darken, lighten, mix } from "../raster/color.ts";
import { ellipse, smoothLine, stroke } from "../raster/contours.ts";
import { fill } from "../raster/fill.ts";
import { flat } from "../raster/paint-kinds.ts";
import { shadow, solid } from "../shading.ts";
import type { Spot, Stage } from "../stage.ts";
import { mirrored, onSpot, type Subject } from "./place-on.ts";

/** A knitted scarf: a ring under the chin and one end down the side. */
function scarf(stage: Stage, spot: Spot, side: number) {
  const { curve, point, size } = onSpot({ ...spot, size: spot.size * 1.02 });
  const wool = stage.palette.second;
  solid(
    stage,
    curve([
      [side * 0.06, -0.48],
      [side * 0.17, -0.47],
      [side * 0.2, -0.24],
      [side * 0.19, -0.17],
      [side * 0.09, -0.17],
    ]),
    darken(wool, 0.12),
    { gloss: 0.1 },
  );
  solid(stage, ellipse(...point(0, -0.5), size(0.215), size(0.085)), wool, { gloss: 0.12, depth: 0.5 });
  for (let rib = -4; rib <= 4; rib++)
    fill(
      stage.canvas,
      ellipse(...point(rib * 0.043, -0.478 - Math.abs(rib) * 0.004), size(0.006), size(0.04)),
      flat(darken(wool, 0.4)),
      {
        opacity: 0.35,
      },
    );
}

/** A sitting cat or fox, seen from the front. */
export const cat: Subject = (stage, spot) => {
  const { curve, point, poly, map, size } = onSpot({ ...spot, size: spot.size * 1.02 });
  const { canvas, palette, random } = stage;
  const fur = palette.accent;
  const bib = lighten(mix(fur, palette.light, 0.75), 0.3);
  shadow(stage, spot.x, spot.y, size(0.72), 0.55);
  const side = random.chance(0.5) ? 1 : -1;
  fill(
    canvas,
    stroke(
      smoothLine(
        map([
          [side * 0.2, -0.06],
          [side * 0.44, -0.1],
          [side * 0.5, -0.3],
          [side * 0.4, -0.46],
        ]),
      ),
      size(0.095),
    ),
    flat(darken(fur, 0.22)),
  );
  solid(stage, ellipse(...point(side * 0.4, -0.47), size(0.055)), bib, { gloss: 0.2 });
  solid(
    stage,
    curve(
      mirrored([
        [0, -0.66],
        [0.16, -0.56],
        [0.26, -0.3],
        [0.29, -0.08],
        [0.22, -0.005],
        [0, 0],
      ]),
    ),
    fur,
    { gloss: 0.22 },
  );
  solid(
    stage,
    curve(
      mirrored([
        [0, -0.58],
        [0.1, -0.5],
        [0.12, -0.28],
        [0.07, -0.08],
        [0, -0.04],
      ]),
    ),
    bib,
    { gloss: 0.15, depth: 0.2 },
  );
  for (const x of [-0.1, 0.1])
    solid(stage, ellipse(...point(x, -0.03), size(0.085), size(0.05)), lighten(fur, 0.12), { gloss: 0.2 });
  if (stage.likeness.wears.includes("scarf")) scarf(stage, spot, side);
  for (const ear of [-1, 1]) {
    solid(
      stage,
      poly([
        [ear * 0.04, -0.86],
        [ear * 0.23, -1.06],
        [ear * 0.27, -0.76],
      ]),
      fur,
      { gloss: 0.2 },
    );
    fill(
      canvas,
      poly([
        [ear * 0.11, -0.87],
        [ear * 0.205, -0.98],
        [ear * 0.225, -0.82],
      ]),
      flat(mix(fur, [0.95, 0.6, 0.58], 0.6)),
    );
  }
  solid(
    stage,
    curve(
      mirrored([
        [0, -0.93],
        [0.16, -0.9],
        [0.27, -0.76],
        [0.24, -0.62],
        [0.1, -0.52],
        [0, -0.505],
      ]),
    ),
    fur,
    { gloss: 0.3, depth: 0.34 },
  );
  solid(
    stage,
    curve(
      mirrored([
        [0, -0.7],
        [0.07, -0.67],
        [0.13, -0.6],
        [0.08, -0.53],
        [0, -0.512],
      ]),
    ),
    bib,
    { gloss: 0.1, depth: 0.15 },
  );
  for (const eye of [-1, 1]) {
    fill(canvas, ellipse(...point(eye * 0.115, -0.735), size(0.042), size(0.05)), flat(lighten(palette.second, 0.25)));
    fill(canvas, ellipse(...point(eye * 0.112, -0.735), size(0.02), size(0.046)), flat([0.07, 0.06, 0.1]));
    fill(canvas, ellipse(...point(eye * 0.112 - 0.014, -0.755), size(0.012)), flat([1, 1, 1]));
    for (const y of [-0.6, -0.575])
      fill(
        canvas,
        stroke(
          smoothLine(
            map([
              [eye * 0.09, y],
              [eye * 0.22, y - 0.02],
              [eye * 0.34, y + (y + 0.58)],
            ]),
          ),
          size(0.006),
        ),
        flat(lighten(bib, 0.4)),
        { opacity: 0.85 },
      );
  }
  fill(
    canvas,
    curve([
      [-0.035, -0.645],
      [0, -0.655],
      [0.035, -0.645],
      [0, -0.605],
    ]),
    flat(darken(mix(fur, [0.4, 0.15, 0.18], 0.6), 0.3)),
  );
  fill(
    canvas,
    stroke(
      smoothLine(
        map([
          [-0.05, -0.575],
          [-0.02, -0.56],
          [0, -0.6],
          [0.02, -0.56],
          [0.05, -0.575],
        ]),
      ),
      size(0.008),
    ),
    flat(darken(fur, 0.6)),
  );
};

/** An owl on a branch. */
export const bird: Subject = (stage, spot) => {
  const { curve, point, poly, map, size } = onSpot(spot);
  const { canvas, palette } = stage;
  const coat = palette.accent;
  shadow(stage, spot.x, spot.y, size(0.6), 0.4);
  fill(
    canvas,
    stroke(
      smoothLine(
        map([
          [-0.62, -0.02],
          [-0.2, -0.05],
          [0.2, -0.02],
          [0.62, -0.06],
        ]),
      ),
      size(0.07),
    ),
    flat(mix(palette.land[2], [0.3, 0.2, 0.14], 0.6)),
  );
  solid(
    stage,
    curve(
      mirrored([
        [0, -0.94],
        [0.2, -0.88],
        [0.3, -0.62],
        [0.27, -0.3],
        [0.14, -0.06],
        [0, -0.02],
      ]),
    ),
    coat,
    { gloss: 0.2 },
  );
  for (const side of [-1, 1])
    solid(
      stage,
      curve([
        [side * 0.22, -0.66],
        [side * 0.34, -0.48],
        [side * 0.3, -0.2],
        [side * 0.2, -0.08],
        [side * 0.17, -0.4],
      ]),
      darken(coat, 0.3),
      { gloss: 0.15 },
    );
  const breast = lighten(mix(coat, palette.light, 0.7), 0.2);
  solid(
    stage,
    curve(
      mirrored([
        [0, -0.56],
        [0.12, -0.5],
        [0.15, -0.3],
        [0.08, -0.1],
        [0, -0.07],
      ]),
    ),
    breast,
    { gloss: 0.1, depth: 0.2 },
  );
  for (let row = 0; row < 4; row++)
    for (let i = -1; i <= 1; i++)
      fill(
        canvas,
        poly([
          [i * 0.075 - 0.024, -0.46 + row * 0.085],
          [i * 0.075 + 0.024, -0.46 + row * 0.085],
          [i * 0.075, -0.42 + row * 0.085],
        ]),
        flat(darken(coat, 0.15)),
        { opacity: 0.6 },
      );
  for (const side of [-1, 1]) {
    fill(
      canvas,
      poly([
        [side * 0.08, -0.88],
        [side * 0.25, -1],
        [side * 0.24, -0.8],
      ]),
      flat(darken(coat, 0.2)),
    );
    solid(stage, ellipse(...point(side * 0.12, -0.72), size(0.115)), breast, { gloss: 0.1, depth: 0.15 });
    fill(canvas, ellipse(...point(side * 0.12, -0.72), size(0.068)), flat(palette.second));
    fill(canvas, ellipse(...point(side * 0.12, -0.72), size(0.042)), flat([0.06, 0.05, 0.09]));
    fill(canvas, ellipse(...point(side * 0.12 - 0.02, -0.745), size(0.016)), flat([1, 1, 1]));
  }
  fill(
    canvas,
    poly([
      [-0.035, -0.68],
      [0.035, -0.68],
      [0, -0.59],
    ]),
    flat(mix([0.95, 0.65, 0.2], palette.second, 0.2)),
  );
};
