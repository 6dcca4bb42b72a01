import { type Color, darken, lighten, mix } from "../raster/color.ts";
import { box, ellipse, polygon, smooth, stroke } from "../raster/contours.ts";
import { fill } from "../raster/fill.ts";
import { flat } from "../raster/paint-kinds.ts";
import { type Stage, spot } from "../stage.ts";

type Cell = readonly [x: number, y: number, width: number, height: number];

const ICONS = ["leaf", "flame", "drop", "clock"] as const;

/** Four numbered steps with an icon each; bars stand where the explaining words would. Cells are shares of the stage. */
export function steps(stage: Stage, cells: readonly Cell[], card: Color): void {
  const { canvas, palette, unit } = stage;
  cells.forEach(([cx, cy, cw, ch], i) => {
    const [x, y] = spot(stage, cx, cy);
    const width = cw * stage.width;
    const height = ch * stage.height;
    const tone = i % 2 === 0 ? palette.accent : palette.second;
    fill(canvas, box(x, y, width, height, unit * 0.03), flat(mix(card, tone, 0.1)));
    const r = Math.min(width, height) * 0.26;
    const [ix, iy] = [x + width * 0.34, y + height * 0.38];
    fill(canvas, ellipse(ix, iy, r * 1.12), flat(mix(card, tone, 0.3)));
    icon(stage, ICONS[i % ICONS.length]!, ix, iy, r * 0.72, tone);
    const size = 0.055;
    fill(canvas, ellipse(x + width * 0.74, iy, unit * 0.05), flat(tone));
    stage.letters.push({
      text: String(i + 1),
      x: (x + width * 0.74 - stage.left) / stage.width,
      y: (iy - unit * size * 0.5 - stage.top) / stage.height,
      size,
      color: [1, 1, 1],
      align: "center",
      weight: 0.2,
    });
    for (const [row, share] of [
      [0, 0.72],
      [1, 0.5],
    ] as const)
      fill(
        canvas,
        box(x + width * 0.14, y + height * (0.74 + row * 0.11), width * share, height * 0.05, height * 0.025),
        flat(palette.ink),
        { opacity: row === 0 ? 0.34 : 0.2 },
      );
    if (i < cells.length - 1) arrow(stage, x, y, width, height, cells[i + 1]![1] > cy + 0.02, tone);
  });
}

function arrow(stage: Stage, x: number, y: number, width: number, height: number, turns: boolean, tone: Color) {
  if (turns) return;
  const { canvas, unit } = stage;
  const [ax, ay] = [x + width + unit * 0.012, y + height * 0.5];
  const r = unit * 0.022;
  fill(
    canvas,
    polygon([
      [ax - r * 0.6, ay - r],
      [ax + r * 0.8, ay],
      [ax - r * 0.6, ay + r],
    ]),
    flat(darken(tone, 0.15)),
  );
}

function icon(stage: Stage, name: (typeof ICONS)[number], x: number, y: number, r: number, tone: Color) {
  const { canvas } = stage;
  const dark = darken(tone, 0.2);
  const at = (points: readonly (readonly [number, number])[]) =>
    smooth(points.map(([px, py]) => [x + px * r, y + py * r] as const));
  if (name === "leaf") {
    fill(
      canvas,
      at([
        [-0.7, 0.7],
        [-0.75, -0.1],
        [-0.1, -0.75],
        [0.75, -0.8],
        [0.75, 0],
        [0.1, 0.7],
      ]),
      flat(dark),
    );
    fill(canvas, stroke([x - r * 0.95, y + r * 0.95, x + r * 0.4, y - r * 0.4], r * 0.1), flat(lighten(tone, 0.55)));
  }
  if (name === "drop") {
    fill(
      canvas,
      at([
        [0, -1],
        [0.62, 0.1],
        [0.5, 0.78],
        [0, 0.98],
        [-0.5, 0.78],
        [-0.62, 0.1],
      ]),
      flat(dark),
    );
    fill(canvas, ellipse(x - r * 0.2, y + r * 0.35, r * 0.14, r * 0.26, 0.3), flat(lighten(tone, 0.6)));
  }
  if (name === "flame") {
    fill(
      canvas,
      at([
        [0.05, -1],
        [0.3, -0.4],
        [0.68, 0.05],
        [0.55, 0.75],
        [0, 1],
        [-0.55, 0.75],
        [-0.62, 0.1],
        [-0.2, -0.35],
      ]),
      flat(dark),
    );
    fill(
      canvas,
      at([
        [0.02, -0.1],
        [0.3, 0.35],
        [0.2, 0.8],
        [0, 0.88],
        [-0.2, 0.8],
        [-0.28, 0.4],
      ]),
      flat(lighten(tone, 0.6)),
    );
  }
  if (name === "clock") {
    fill(canvas, ellipse(x, y, r * 0.95), flat(dark));
    fill(canvas, ellipse(x, y, r * 0.74), flat(lighten(tone, 0.75)));
    fill(canvas, stroke([x, y - r * 0.5, x, y, x + r * 0.36, y + r * 0.2], r * 0.12), flat(dark));
  }
}
