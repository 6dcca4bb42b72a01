import { type Color, darken, lighten } from "./raster/color.ts";
import { ellipse } from "./raster/contours.ts";
import { type Contours, cover } from "./raster/coverage.ts";
import { fill, fillCoverage } from "./raster/fill.ts";
import { along, around, flat } from "./raster/paint-kinds.ts";
import type { Stage } from "./stage.ts";

/** How a solid thing takes the light. */
export type Body = {
  /** 0 matt, 1 glossy [0.4] */
  gloss?: number;
  /** How dark the side away from the light gets, 0..1 [0.42] */
  depth?: number;
};

/** Paints a shape as a solid body lit from the upper left: gradient, shaded far side, soft highlight. */
export function solid(stage: Stage, contours: Contours, color: Color, body: Body = {}): void {
  const gloss = body.gloss ?? 0.4;
  const depth = body.depth ?? 0.42;
  const { canvas } = stage;
  const shape = cover(contours, canvas.width, canvas.height);
  if (shape.width === 0) return;
  const { left, top, width, height } = shape;
  const right = left + width;
  const bottom = top + height;
  fillCoverage(
    canvas,
    shape,
    along(left, top, right, bottom, [0, lighten(color, 0.16)], [0.45, color], [1, darken(color, depth * 0.62)]),
  );
  const reach = Math.hypot(width, height) * 0.55;
  const shadowSide = ellipse(right - width * 0.02, bottom - height * 0.08, width * 0.62, height * 0.5);
  fill(canvas, shadowSide, flat(darken(color, 0.85)), { opacity: depth * 0.45, blur: reach * 0.16, inside: shape });
  fillCoverage(
    canvas,
    shape,
    around(
      left + width * 0.28,
      top + height * 0.24,
      reach,
      [0, lighten(stage.palette.light, 0.3), gloss * 0.75],
      [1, stage.palette.light, 0],
    ),
    { blend: "light" },
  );
}

/** A contact shadow on the ground; left out when only the subject may be painted. */
export function shadow(stage: Stage, x: number, y: number, width: number, strength = 0.5): void {
  if (stage.bare) return;
  const tone = stage.palette.shade;
  const { canvas } = stage;
  fill(canvas, ellipse(x + width * 0.08, y + width * 0.02, width * 0.62, width * 0.11), flat(tone), {
    opacity: strength * 0.55,
    blur: width * 0.09,
  });
  fill(canvas, ellipse(x, y, width * 0.46, width * 0.05), flat(tone), { opacity: strength, blur: width * 0.025 });
}

/** A soft round light. */
export function glow(stage: Stage, x: number, y: number, radius: number, color: Color, strength = 0.6): void {
  fill(
    stage.canvas,
    ellipse(x, y, radius),
    around(x, y, radius, [0, color, strength], [0.35, color, strength * 0.42], [1, color, 0]),
    { blend: "light" },
  );
}
