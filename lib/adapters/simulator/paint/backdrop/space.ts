import { darken, lighten, mix } from "../raster/color.ts";
import { ellipse } from "../raster/contours.ts";
import { cover } from "../raster/coverage.ts";
import { fill, fillCoverage } from "../raster/fill.ts";
import { along, flat } from "../raster/paint-kinds.ts";
import { glow, solid } from "../shading.ts";
import { frame, type Stage, spot } from "../stage.ts";
import { clouds, stars } from "./sky.ts";

/** Deep sky with a nebula and a ringed planet. */
export function space(stage: Stage): number {
  const { random, palette, canvas, unit } = stage;
  const dark = darken(palette.sky[0], palette.night ? 0.35 : 0.72);
  const [x0, y0] = spot(stage, 0, 0);
  const [x1, y1] = spot(stage, 1, 1);
  fill(
    canvas,
    frame(stage),
    along(
      x0,
      y0,
      x1,
      y1,
      [0, dark],
      [0.5, darken(mix(palette.sky[0], palette.accent, 0.3), 0.55)],
      [1, darken(dark, 0.5)],
    ),
  );
  glow(stage, ...spot(stage, random.between(0.2, 0.8), random.between(0.2, 0.7)), unit * 0.8, palette.accent, 0.4);
  glow(stage, ...spot(stage, random.between(0.1, 0.9), random.between(0.3, 0.9)), unit * 0.7, palette.second, 0.34);
  clouds(stage, 1, 0.16);
  stars(stage, 1, 260);
  planet(stage, random.chance(0.5) ? random.between(0.16, 0.3) : random.between(0.7, 0.84), random.between(0.2, 0.4));
  return 0.84;
}

function planet(stage: Stage, sx: number, sy: number) {
  const { random, palette, canvas, unit } = stage;
  const [x, y] = spot(stage, sx, sy);
  const radius = unit * random.between(0.11, 0.17);
  glow(stage, x, y, radius * 1.9, palette.second, 0.45);
  solid(stage, ellipse(x, y, radius), palette.second, { depth: 0.9, gloss: 0.5 });
  const disc = cover(ellipse(x, y, radius), canvas.width, canvas.height);
  for (let i = -3; i <= 3; i++) {
    fill(
      canvas,
      ellipse(x, y + (i * radius) / 3.4, radius * 1.1, radius * 0.07, -0.3),
      flat(i % 2 === 0 ? lighten(palette.second, 0.4) : darken(palette.second, 0.4)),
      { opacity: 0.3, blur: 2, inside: disc },
    );
  }
  const night = ellipse(x + radius * 0.55, y + radius * 0.4, radius * 1.08);
  fillCoverage(canvas, disc, flat([0.1, 0.08, 0.2]), {
    blend: "shade",
    opacity: 0.7,
    inside: cover(night, canvas.width, canvas.height),
  });
  const tilt = -0.32;
  for (let i = 0; i <= 60; i++) {
    // Only the half of the ring that passes in front of the disc, and what sticks out on both sides.
    const turn = Math.PI * (-0.12 + (i / 60) * 1.24);
    const px = Math.cos(turn) * radius * 1.75;
    const py = Math.sin(turn) * radius * 0.34;
    fill(
      canvas,
      ellipse(
        x + px * Math.cos(tilt) - py * Math.sin(tilt),
        y + px * Math.sin(tilt) + py * Math.cos(tilt),
        radius * 0.12,
        radius * 0.028,
        tilt,
      ),
      flat(palette.light),
      { opacity: 0.34 },
    );
  }
}
