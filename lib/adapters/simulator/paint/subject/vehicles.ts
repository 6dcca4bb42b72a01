import { darken, lighten, mix } from "../raster/color.ts";
import { box, ellipse, stroke } from "../raster/contours.ts";
import { cover } from "../raster/coverage.ts";
import { fill } from "../raster/fill.ts";
import { along, flat } from "../raster/paint-kinds.ts";
import { glow, shadow, solid } from "../shading.ts";
import { mirrored, onSpot, type Subject } from "./place-on.ts";

/** A compact car from the side. */
export const car: Subject = (stage, spot) => {
  const s = { ...spot, size: spot.size * 1.05 };
  const { curve, point, line, size } = onSpot(s);
  const { canvas, palette } = stage;
  shadow(stage, s.x, s.y, size(1.7), 0.7);
  const paint = palette.accent;
  const body = curve([
    [-0.84, -0.16],
    [-0.86, -0.32],
    [-0.76, -0.4],
    [-0.52, -0.44],
    [-0.34, -0.6],
    [-0.1, -0.68],
    [0.18, -0.66],
    [0.38, -0.52],
    [0.5, -0.42],
    [0.76, -0.38],
    [0.88, -0.28],
    [0.88, -0.14],
    [0.5, -0.1],
    [-0.5, -0.1],
  ]);
  solid(stage, body, paint, { gloss: 0.75, depth: 0.55 });
  const inside = cover(body, canvas.width, canvas.height);
  const glass = mix(palette.sky[1], palette.ink, 0.35);
  const [gx, gy] = point(-0.3, -0.64);
  const pane = along(
    gx,
    gy,
    gx + size(0.6),
    gy + size(0.22),
    [0, lighten(glass, 0.45)],
    [0.5, glass],
    [1, darken(glass, 0.3)],
  );
  fill(
    canvas,
    curve([
      [-0.42, -0.44],
      [-0.28, -0.58],
      [-0.08, -0.63],
      [-0.05, -0.44],
    ]),
    pane,
  );
  fill(
    canvas,
    curve([
      [0.01, -0.44],
      [0.0, -0.63],
      [0.16, -0.61],
      [0.32, -0.51],
      [0.38, -0.44],
    ]),
    pane,
  );
  fill(
    canvas,
    stroke(
      line([
        [-0.84, -0.25],
        [0.86, -0.22],
      ]),
      size(0.016),
    ),
    flat(darken(paint, 0.45)),
    { inside, opacity: 0.7 },
  );
  fill(
    canvas,
    stroke(
      line([
        [-0.02, -0.42],
        [-0.03, -0.14],
      ]),
      size(0.008),
    ),
    flat(darken(paint, 0.5)),
    { inside },
  );
  fill(canvas, box(...point(0.06, -0.37), size(0.09), size(0.018), size(0.008)), flat(lighten(paint, 0.5)));
  solid(stage, ellipse(...point(0.81, -0.3), size(0.06), size(0.036)), lighten(palette.light, 0.5), { gloss: 1 });
  fill(canvas, ellipse(...point(-0.83, -0.31), size(0.028), size(0.04)), flat([0.85, 0.13, 0.15]));
  if (palette.night && !stage.bare) glow(stage, ...point(0.95, -0.28), size(0.6), palette.light, 0.7);
  for (const x of [-0.5, 0.52]) {
    fill(canvas, ellipse(...point(x, -0.14), size(0.185)), flat(darken(palette.ink, 0.5)), { inside });
    solid(stage, ellipse(...point(x, -0.13), size(0.15)), [0.12, 0.12, 0.14], { gloss: 0.3 });
    solid(stage, ellipse(...point(x, -0.13), size(0.088)), mix(palette.light, [0.6, 0.62, 0.66], 0.6), {
      gloss: 0.9,
      depth: 0.6,
    });
    for (let k = 0; k < 5; k++) {
      const turn = (k / 5) * Math.PI * 2;
      const [cx, cy] = point(x, -0.13);
      fill(
        canvas,
        stroke([cx, cy, cx + Math.cos(turn) * size(0.08), cy + Math.sin(turn) * size(0.08)], size(0.016)),
        flat([0.22, 0.23, 0.26]),
      );
    }
  }
};

/** A sailing boat with its reflection. */
export const boat: Subject = (stage, spot) => {
  const { curve, point, line, size } = onSpot(spot);
  const { canvas, palette } = stage;
  if (!stage.bare)
    for (let i = 0; i < 7; i++)
      fill(
        canvas,
        ellipse(...point(0, 0.03 + i * 0.045), size(0.4 - i * 0.04), size(0.011)),
        flat(i % 2 === 0 ? palette.accent : lighten(palette.light, 0.2)),
        { opacity: 0.4 - i * 0.045 },
      );
  fill(
    canvas,
    stroke(
      line([
        [0, -0.12],
        [0, -1],
      ]),
      size(0.018),
    ),
    flat(mix(palette.land[2], [0.3, 0.2, 0.14], 0.5)),
  );
  solid(
    stage,
    curve([
      [0.025, -0.97],
      [0.2, -0.62],
      [0.4, -0.24],
      [0.2, -0.2],
      [0.025, -0.2],
    ]),
    lighten(palette.light, 0.4),
    { gloss: 0.3, depth: 0.3 },
  );
  solid(
    stage,
    curve([
      [-0.02, -0.88],
      [-0.12, -0.6],
      [-0.32, -0.26],
      [-0.14, -0.22],
      [-0.02, -0.23],
    ]),
    palette.second,
    { gloss: 0.3, depth: 0.35 },
  );
  solid(
    stage,
    curve([
      [-0.46, -0.16],
      [0, -0.15],
      [0.5, -0.18],
      [0.4, -0.02],
      [0.2, 0.02],
      [-0.3, 0.02],
    ]),
    palette.accent,
    { gloss: 0.5 },
  );
  fill(
    canvas,
    stroke(
      line([
        [-0.42, -0.115],
        [0.45, -0.13],
      ]),
      size(0.016),
    ),
    flat(lighten(palette.light, 0.4)),
  );
};

/** A rocket with its flame. */
export const rocket: Subject = (stage, spot) => {
  const s = { ...spot, size: spot.size * 1.1 };
  const { curve, point, size } = onSpot(s);
  const { canvas, palette } = stage;
  if (!stage.bare) glow(stage, ...point(0, -0.1), size(0.8), palette.accent, 0.7);
  fill(
    canvas,
    curve(
      mirrored([
        [0, -0.3],
        [0.1, -0.22],
        [0.07, -0.06],
        [0, 0.14],
      ]),
    ),
    along(
      ...point(0, -0.28),
      ...point(0, 0.14),
      [0, lighten(palette.light, 0.6)],
      [0.4, [1, 0.72, 0.25]],
      [1, [0.95, 0.3, 0.12], 0.1],
    ),
  );
  for (const side of [-1, 1])
    solid(
      stage,
      curve([
        [side * 0.1, -0.52],
        [side * 0.3, -0.3],
        [side * 0.28, -0.14],
        [side * 0.1, -0.28],
      ]),
      darken(palette.accent, 0.1),
      { gloss: 0.4 },
    );
  const shell = curve(
    mirrored([
      [0, -1.08],
      [0.12, -0.9],
      [0.18, -0.66],
      [0.16, -0.4],
      [0.1, -0.25],
      [0, -0.24],
    ]),
  );
  solid(stage, shell, lighten(palette.light, 0.35), { gloss: 0.7 });
  const inside = cover(shell, canvas.width, canvas.height);
  fill(canvas, box(...point(-0.3, -1.1), size(0.6), size(0.22)), flat(palette.accent), { inside });
  fill(canvas, box(...point(-0.3, -0.42), size(0.6), size(0.06)), flat(palette.second), { inside });
  solid(stage, ellipse(...point(0, -0.66), size(0.085)), palette.second, { gloss: 0.6 });
  solid(stage, ellipse(...point(0, -0.66), size(0.058)), darken(palette.sky[0], 0.3), { gloss: 1 });
};
