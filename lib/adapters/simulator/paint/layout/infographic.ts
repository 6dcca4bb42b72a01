import { blit } from "../raster/blit.ts";
import { blankCanvas } from "../raster/canvas.ts";
import { type Color, darken, lighten, lightness, mix } from "../raster/color.ts";
import { box, ellipse, smoothLine, stroke } from "../raster/contours.ts";
import { fill } from "../raster/fill.ts";
import { along, flat } from "../raster/paint-kinds.ts";
import { frame, type Stage, spot } from "../stage.ts";
import type { Scene } from "../words/scene-from-words.ts";
import { single, title } from "./single.ts";
import { steps } from "./steps.ts";

const STEPS_WIDE = [
  [0.44, 0.24, 0.245, 0.32],
  [0.71, 0.24, 0.245, 0.32],
  [0.44, 0.6, 0.245, 0.32],
  [0.71, 0.6, 0.245, 0.32],
] as const;
const STEPS_TALL = [
  [0.07, 0.59, 0.415, 0.16],
  [0.515, 0.59, 0.415, 0.16],
  [0.07, 0.77, 0.415, 0.16],
  [0.515, 0.77, 0.415, 0.16],
] as const;

/** Cards on paper: the thing itself, a ring, bars and a curve. Figures are shapes, never invented numbers. */
export function infographic(stage: Stage, scene: Scene): void {
  const { canvas, palette, unit } = stage;
  const paper = palette.night ? palette.paper : lighten(palette.paper, 0.35);
  const [x0, y0] = spot(stage, 0, 0);
  const [x1, y1] = spot(stage, 1, 1);
  fill(canvas, frame(stage), along(x0, y0, x1, y1, [0, lighten(paper, 0.12)], [1, mix(paper, palette.sky[1], 0.24)]));
  const wide = stage.width > stage.height * 1.2;
  const card = palette.night ? lighten(paper, 0.1) : lighten(paper, 0.75);
  const cells = wide
    ? ([
        [0.05, 0.24, 0.36, 0.68],
        [0.44, 0.24, 0.24, 0.68],
        [0.71, 0.24, 0.24, 0.31],
        [0.71, 0.61, 0.24, 0.31],
      ] as const)
    : ([
        [0.07, 0.2, 0.86, 0.36],
        [0.07, 0.6, 0.41, 0.32],
        [0.52, 0.6, 0.41, 0.14],
        [0.52, 0.78, 0.41, 0.14],
      ] as const);
  const shown = scene.explains ? cells.slice(0, 1) : cells;
  if (scene.explains) steps(stage, wide ? STEPS_WIDE : STEPS_TALL, card);
  shown.forEach(([cx, cy, cw, ch], i) => {
    const [x, y] = spot(stage, cx, cy);
    const width = cw * stage.width;
    const height = ch * stage.height;
    fill(canvas, box(x, y + unit * 0.012, width, height, unit * 0.03), flat(palette.shade), {
      opacity: 0.2,
      blur: unit * 0.02,
    });
    fill(canvas, box(x, y, width, height, unit * 0.03), flat(card));
    if (i === 0) hero(stage, scene, x, y, width, height);
    if (i === 1) bars(stage, x, y, width, height);
    if (i === 2) donut(stage, x, y, width, height, card);
    if (i === 3) trend(stage, x, y, width, height);
  });
  if (scene.headline)
    title(
      { ...stage, palette: { ...palette, sky: [paper, paper, paper], night: lightness(paper) < 0.5 } },
      scene.headline,
      0.085,
      0.075,
    );
  else
    fill(canvas, box(...spot(stage, 0.07, 0.09), stage.width * 0.42, unit * 0.06, unit * 0.03), flat(palette.accent));
}

function hero(stage: Stage, scene: Scene, x: number, y: number, width: number, height: number) {
  const inset = stage.unit * 0.02;
  const panel = blankCanvas(Math.round(width - inset * 2), Math.round(height - inset * 2));
  single(
    {
      ...stage,
      canvas: panel,
      left: 0,
      top: 0,
      width: panel.width,
      height: panel.height,
      unit: Math.min(panel.width, panel.height),
      letters: [],
    },
    scene,
    { headline: false },
  );
  blit(stage.canvas, panel, x + inset, y + inset);
}

function bars(stage: Stage, x: number, y: number, width: number, height: number) {
  const { canvas, palette, random, unit } = stage;
  const count = 5;
  const room = width * 0.8;
  for (let i = 0; i < count; i++) {
    const tall = height * (0.2 + (i / count) * 0.4 + random.between(0, 0.18));
    const bx = x + width * 0.1 + (room / count) * i + room * 0.03;
    const color = i === count - 1 ? palette.accent : mix(palette.second, palette.light, 0.15 + (count - i) * 0.08);
    fill(
      canvas,
      box(bx, y + height * 0.88 - tall, (room / count) * 0.68, tall, unit * 0.012),
      along(0, y + height * 0.88 - tall, 0, y + height * 0.88, [0, lighten(color, 0.2)], [1, color]),
    );
  }
  fill(canvas, box(x + width * 0.1, y + height * 0.89, room, unit * 0.004), flat(palette.ink), { opacity: 0.4 });
}

function donut(stage: Stage, x: number, y: number, width: number, height: number, card: Color) {
  const { canvas, palette, random } = stage;
  const cx = x + width / 2;
  const cy = y + height / 2;
  const radius = Math.min(width, height) * 0.36;
  const colors = [palette.accent, palette.second, mix(palette.land[0], palette.light, 0.2)];
  let turn = -Math.PI / 2;
  const cut = [random.between(0.4, 0.6), 0.24];
  [...cut, 1 - cut[0]! - cut[1]!].forEach((share, i) => {
    const points = [cx, cy];
    for (let k = 0; k <= 40; k++)
      points.push(
        cx + Math.cos(turn + share * Math.PI * 2 * (k / 40)) * radius,
        cy + Math.sin(turn + share * Math.PI * 2 * (k / 40)) * radius,
      );
    fill(canvas, [points], flat(colors[i]!));
    turn += share * Math.PI * 2;
  });
  fill(canvas, ellipse(cx, cy, radius * 0.6), flat(card));
}

function trend(stage: Stage, x: number, y: number, width: number, height: number) {
  const { canvas, palette, random, unit } = stage;
  const line = smoothLine(
    [0, 0.25, 0.5, 0.75, 1].map((at) => [
      x + width * (0.1 + at * 0.8),
      y + height * (0.74 - at * 0.42 + random.between(-0.1, 0.1)),
    ]),
  );
  fill(
    canvas,
    [[...line, line.at(-2)!, y + height * 0.88, line[0]!, y + height * 0.88]],
    along(0, y, 0, y + height, [0, palette.accent, 0.5], [1, palette.accent, 0.05]),
  );
  fill(canvas, stroke(line, unit * 0.009), flat(darken(palette.accent, 0.1)));
  fill(canvas, ellipse(line.at(-2)!, line.at(-1)!, unit * 0.015), flat(palette.accent));
}
