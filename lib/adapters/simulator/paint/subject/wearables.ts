import { darken, lighten, lightness, mix } from "../raster/color.ts";
import { box, ellipse, ring, smoothLine, stroke } from "../raster/contours.ts";
import { fill } from "../raster/fill.ts";
import { along, around, flat } from "../raster/paint-kinds.ts";
import { shadow, solid } from "../shading.ts";
import { onSpot, type Subject } from "./place-on.ts";

/** A wristwatch, standing on its strap. */
export const watch: Subject = (stage, spot) => {
  const { curve, point, line, size } = onSpot({ ...spot, size: spot.size * 1.12 });
  const { canvas, palette } = stage;
  shadow(stage, spot.x, spot.y, size(0.5), 0.55);
  const strap = darken(palette.second, 0.15);
  solid(
    stage,
    curve([
      [-0.14, -0.72],
      [-0.11, -0.98],
      [0, -1],
      [0.11, -0.98],
      [0.14, -0.72],
    ]),
    strap,
    { gloss: 0.25 },
  );
  solid(
    stage,
    curve([
      [-0.14, -0.28],
      [-0.12, -0.02],
      [0, 0],
      [0.12, -0.02],
      [0.14, -0.28],
    ]),
    strap,
    { gloss: 0.25 },
  );
  const metal = mix(palette.light, [0.7, 0.68, 0.66], 0.45);
  solid(stage, box(...point(0.24, -0.535), size(0.06), size(0.07), size(0.012)), metal, { gloss: 0.9 });
  solid(stage, ellipse(...point(0, -0.5), size(0.265)), metal, { gloss: 0.95, depth: 0.7 });
  const dial = palette.accent;
  const [cx, cy] = point(0, -0.5);
  fill(
    canvas,
    ellipse(cx, cy, size(0.222)),
    around(cx - size(0.08), cy - size(0.1), size(0.36), [0, lighten(dial, 0.25)], [1, darken(dial, 0.35)]),
  );
  fill(canvas, ring(cx, cy, size(0.225), size(0.212)), flat(darken(metal, 0.5)));
  const ink = lightness(dial) > 0.6 ? palette.ink : lighten(palette.light, 0.5);
  for (let hour = 0; hour < 12; hour++) {
    const turn = (hour / 12) * Math.PI * 2;
    const from = hour % 3 === 0 ? 0.16 : 0.178;
    fill(
      canvas,
      stroke(
        [
          cx + Math.cos(turn) * size(from),
          cy + Math.sin(turn) * size(from),
          cx + Math.cos(turn) * size(0.195),
          cy + Math.sin(turn) * size(0.195),
        ],
        size(hour % 3 === 0 ? 0.018 : 0.009),
      ),
      flat(ink),
    );
  }
  fill(
    canvas,
    stroke(
      line([
        [0, -0.5],
        [-0.08, -0.59],
      ]),
      size(0.022),
    ),
    flat(ink),
  );
  fill(
    canvas,
    stroke(
      line([
        [0, -0.5],
        [0.1, -0.63],
      ]),
      size(0.016),
    ),
    flat(ink),
  );
  fill(
    canvas,
    stroke(
      line([
        [-0.02, -0.47],
        [0.07, -0.36],
      ]),
      size(0.007),
    ),
    flat(palette.second),
  );
  fill(canvas, ellipse(cx, cy, size(0.016)), flat(palette.second));
  fill(canvas, ellipse(cx - size(0.07), cy - size(0.09), size(0.11), size(0.06), -0.7), flat([1, 1, 1]), {
    opacity: 0.22,
    blur: size(0.02),
  });
};

/** A structured handbag. */
export const bag: Subject = (stage, spot) => {
  const { curve, point, map, size } = onSpot(spot);
  const { canvas, palette } = stage;
  shadow(stage, spot.x, spot.y, size(1.05), 0.6);
  const metal = mix(palette.light, [0.83, 0.67, 0.35], 0.6);
  fill(
    canvas,
    stroke(
      smoothLine(
        map([
          [-0.22, -0.56],
          [-0.2, -0.82],
          [0, -0.93],
          [0.2, -0.82],
          [0.22, -0.56],
        ]),
      ),
      size(0.05),
    ),
    along(
      ...point(-0.2, -0.9),
      ...point(0.2, -0.5),
      [0, lighten(palette.accent, 0.2)],
      [1, darken(palette.accent, 0.5)],
    ),
  );
  solid(
    stage,
    curve([
      [-0.4, -0.6],
      [-0.46, -0.3],
      [-0.5, -0.06],
      [-0.42, -0.005],
      [0, 0],
      [0.42, -0.005],
      [0.5, -0.06],
      [0.46, -0.3],
      [0.4, -0.6],
      [0, -0.63],
    ]),
    palette.accent,
    { gloss: 0.35 },
  );
  const flap = curve([
    [-0.42, -0.6],
    [-0.44, -0.4],
    [-0.28, -0.28],
    [0, -0.22],
    [0.28, -0.28],
    [0.44, -0.4],
    [0.42, -0.6],
    [0, -0.63],
  ]);
  fill(canvas, flap, flat(palette.shade), { opacity: 0.35, blur: size(0.025) });
  solid(stage, flap, darken(palette.accent, 0.08), { gloss: 0.4 });
  fill(
    canvas,
    stroke(
      smoothLine(
        map([
          [-0.39, -0.42],
          [-0.26, -0.32],
          [0, -0.26],
          [0.26, -0.32],
          [0.39, -0.42],
        ]),
      ),
      size(0.006),
    ),
    flat(lighten(palette.accent, 0.5)),
    { opacity: 0.8 },
  );
  solid(stage, box(...point(-0.06, -0.31), size(0.12), size(0.12), size(0.02)), metal, { gloss: 1 });
  fill(canvas, ellipse(...point(0, -0.25), size(0.022)), flat(darken(metal, 0.55)));
  for (const x of [-0.22, 0.22]) solid(stage, ellipse(...point(x, -0.555), size(0.03)), metal, { gloss: 1 });
};
