import { darken, lighten, lightness, mix } from "../raster/color.ts";
import { box, ellipse, ring, smoothLine, stroke } from "../raster/contours.ts";
import { fill } from "../raster/fill.ts";
import { along, around, flat } from "../raster/paint-kinds.ts";
import { glow, shadow, solid } from "../shading.ts";
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
