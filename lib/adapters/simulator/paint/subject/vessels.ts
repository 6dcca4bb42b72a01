import { darken, lighten, lightness, mix } from "../raster/color.ts";
import { box, ellipse, smoothLine, stroke } from "../raster/contours.ts";
import { cover } from "../raster/coverage.ts";
import { fill } from "../raster/fill.ts";
import { along, flat } from "../raster/paint-kinds.ts";
import { shadow, solid } from "../shading.ts";
import { mirrored, onSpot, type Subject } from "./place-on.ts";

/** A glass bottle with a label and a cap. */
export const bottle: Subject = (stage, spot) => {
  const s = { ...spot, size: spot.size * 1.25 };
  const { curve, point, size } = onSpot(s);
  const { canvas, palette, random } = stage;
  const slim = random.chance(0.5);
  const w = slim ? 0.15 : 0.21;
  shadow(stage, s.x, s.y, size(w * 3.1), 0.6);
  const body = curve(
    mirrored([
      [0.05, -0.88],
      [0.055, -0.78],
      [w * 0.75, slim ? -0.64 : -0.7],
      [w, slim ? -0.52 : -0.6],
      [w, -0.3],
      [w, -0.05],
      [w * 0.85, -0.005],
      [0, 0],
    ]),
  );
  solid(stage, body, palette.accent, { gloss: 0.9, depth: 0.5 });
  const inside = cover(body, canvas.width, canvas.height);
  fill(
    canvas,
    box(...point(-w * 0.74, -0.66), size(w * 0.22), size(0.6), size(0.02)),
    flat(lighten(palette.light, 0.4)),
    { opacity: 0.55, blur: size(0.008), inside },
  );
  fill(canvas, box(...point(w * 0.62, -0.6), size(w * 0.1), size(0.54)), flat(lighten(palette.accent, 0.7)), {
    opacity: 0.4,
    blur: size(0.01),
    inside,
  });
  const paper = lightness(palette.accent) > 0.7 ? palette.second : lighten(palette.light, 0.35);
  const [lx, ly] = point(-w, -0.44);
  fill(
    canvas,
    box(lx, ly, size(w * 2), size(0.26)),
    along(lx, 0, lx + size(w * 2), 0, [0, darken(paper, 0.22)], [0.3, paper], [1, darken(paper, 0.36)]),
    { inside },
  );
  const mark = lightness(paper) > 0.5 ? palette.ink : palette.light;
  fill(canvas, ellipse(...point(0, -0.36), size(0.035)), flat(palette.accent));
  for (const [y, half] of [
    [-0.28, 0.6],
    [-0.25, 0.45],
  ] as const)
    fill(canvas, box(...point(-w * half, y), size(w * half * 2), size(0.01)), flat(mark), { opacity: 0.75 });
  const cap = mix(palette.second, palette.ink, 0.25);
  solid(stage, box(...point(-0.066, -1), size(0.132), size(0.14), size(0.014)), cap, { gloss: 0.8 });
};

/** A drinks can with a diagonal band. */
export const can: Subject = (stage, spot) => {
  const s = { ...spot, size: spot.size * 1.05 };
  const { curve, point, poly, size } = onSpot(s);
  const { canvas, palette } = stage;
  shadow(stage, s.x, s.y, size(0.72), 0.6);
  const steel = mix(lighten(palette.light, 0.2), [0.62, 0.66, 0.7], 0.55);
  const [x0] = point(-0.24, 0);
  const [x1] = point(0.24, 0);
  const shell = curve([
    [-0.2, -0.93],
    [-0.24, -0.86],
    [-0.245, -0.5],
    [-0.24, -0.08],
    [-0.18, -0.01],
    [0, 0.02],
    [0.18, -0.01],
    [0.24, -0.08],
    [0.245, -0.5],
    [0.24, -0.86],
    [0.2, -0.93],
    [0, -0.91],
  ]);
  fill(
    canvas,
    shell,
    along(
      x0,
      0,
      x1,
      0,
      [0, darken(palette.accent, 0.3)],
      [0.22, lighten(palette.accent, 0.32)],
      [0.5, palette.accent],
      [1, darken(palette.accent, 0.52)],
    ),
  );
  const inside = cover(shell, canvas.width, canvas.height);
  fill(
    canvas,
    poly([
      [-0.3, -0.2],
      [0.3, -0.58],
      [0.3, -0.36],
      [-0.3, 0.02],
    ]),
    flat(palette.second),
    { inside, opacity: 0.9 },
  );
  fill(
    canvas,
    poly([
      [-0.3, -0.24],
      [0.3, -0.62],
      [0.3, -0.6],
      [-0.3, -0.22],
    ]),
    flat(lighten(palette.light, 0.5)),
    { inside },
  );
  fill(canvas, ellipse(...point(0, -0.66), size(0.1)), flat(lighten(palette.light, 0.4)), { inside, opacity: 0.95 });
  fill(canvas, ellipse(...point(0, -0.66), size(0.058)), flat(palette.second), { inside });
  fill(canvas, box(...point(0.1, -1), size(0.18), size(1.1)), flat(palette.ink), {
    inside,
    opacity: 0.28,
    blur: size(0.04),
  });
  fill(canvas, box(...point(-0.17, -0.95), size(0.05), size(0.95)), flat(lighten(palette.light, 0.6)), {
    inside,
    opacity: 0.42,
    blur: size(0.018),
  });
  fill(
    canvas,
    ellipse(...point(0, -0.925), size(0.2), size(0.032)),
    along(x0, 0, x1, 0, [0, lighten(steel, 0.4)], [0.6, steel], [1, darken(steel, 0.3)]),
  );
  fill(canvas, ellipse(...point(0, -0.92), size(0.17), size(0.022)), flat(darken(steel, 0.25)));
  fill(canvas, ellipse(...point(0.02, -0.923), size(0.07), size(0.011)), flat(lighten(steel, 0.3)));
};

/** A cup on its saucer, with steam. */
export const cup: Subject = (stage, spot) => {
  const { curve, point, map, size } = onSpot({ ...spot, size: spot.size * 0.86 });
  const { canvas, palette, random } = stage;
  shadow(stage, spot.x, spot.y, size(1.15), 0.55);
  const china = lighten(palette.light, 0.35);
  solid(stage, ellipse(...point(0, -0.04), size(0.58), size(0.085)), mix(china, palette.second, 0.12), {
    gloss: 0.5,
    depth: 0.3,
  });
  fill(canvas, ellipse(...point(0, -0.06), size(0.3), size(0.04)), flat(darken(china, 0.3)), {
    opacity: 0.5,
    blur: size(0.02),
  });
  fill(
    canvas,
    stroke(
      smoothLine(
        map([
          [0.3, -0.5],
          [0.5, -0.52],
          [0.54, -0.36],
          [0.42, -0.22],
          [0.24, -0.2],
        ]),
      ),
      size(0.075),
    ),
    flat(darken(palette.accent, 0.2)),
  );
  solid(
    stage,
    curve([
      [-0.4, -0.62],
      [-0.4, -0.4],
      [-0.3, -0.14],
      [-0.14, -0.05],
      [0, -0.04],
      [0.14, -0.05],
      [0.3, -0.14],
      [0.4, -0.4],
      [0.4, -0.62],
      [0, -0.56],
    ]),
    palette.accent,
    { gloss: 0.6 },
  );
  fill(canvas, ellipse(...point(0, -0.62), size(0.4), size(0.082)), flat(lighten(palette.accent, 0.42)));
  const coffee = mix([0.24, 0.13, 0.08], palette.land[2], 0.2);
  fill(
    canvas,
    ellipse(...point(0, -0.612), size(0.365), size(0.066)),
    along(...point(-0.36, -0.6), ...point(0.36, -0.6), [0, lighten(coffee, 0.25)], [1, coffee]),
  );
  fill(canvas, ellipse(...point(-0.06, -0.612), size(0.16), size(0.025)), flat(lighten(coffee, 0.6)), {
    opacity: 0.8,
    blur: size(0.01),
  });
  if (stage.bare) return;
  for (let i = -1; i <= 1; i++) {
    const sway = random.between(-0.06, 0.06);
    fill(
      canvas,
      stroke(
        smoothLine(
          map([
            [i * 0.13, -0.68],
            [i * 0.13 + sway + 0.05, -0.82],
            [i * 0.13 - 0.05, -0.96],
            [i * 0.15 + sway, -1.14],
          ]),
        ),
        size(0.035),
      ),
      flat(lighten(palette.light, 0.4)),
      { opacity: 0.4, blur: size(0.03) },
    );
  }
};
