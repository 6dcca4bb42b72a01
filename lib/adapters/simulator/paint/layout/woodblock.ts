import { flatten, woodblockPrint } from "../medium/print.ts";
import { blit } from "../raster/blit.ts";
import { blankCanvas } from "../raster/canvas.ts";
import { type Color, darken, hex, lighten, mix } from "../raster/color.ts";
import { box, downTo, ellipse, smooth, smoothLine, stroke } from "../raster/contours.ts";
import { fill } from "../raster/fill.ts";
import { along, flat } from "../raster/paint-kinds.ts";
import { frame, inside, type Stage, spot } from "../stage.ts";
import { SUBJECTS } from "../subject/index.ts";
import type { Palette } from "../words/palette-from-words.ts";
import type { Scene } from "../words/scene-from-words.ts";
import { seaOfWaves, snowfall, steepRain, tallCedars } from "./woodblock-nature.ts";

/** The inks of a print: the few that printers had, whatever the words would like. */
export type Inks = {
  paper: Color;
  deep: Color;
  middle: Color;
  pale: Color;
  red: Color;
  leaf: Color;
  line: Color;
};

/** A sheet of washi with a printed picture: graded sky, far mountain, bands of mist, the subject, a red seal. */
export function woodblock(stage: Stage, scene: Scene): void {
  const inks = inksOf(stage.palette);
  fill(stage.canvas, frame(stage), flat(inks.paper));
  const margin = stage.unit * 0.055;
  const width = Math.round(stage.width - margin * 2);
  const height = Math.round(stage.height - margin * 2.3);
  const panel = inside(stage, width, height);
  sky(panel, inks, scene);
  if (scene.backdrop !== "interior") mountain(panel, inks);
  ground(panel, inks, scene);
  if (scene.subject) figureOf(panel, inks, scene.subject, scene.shot === "wide" ? 0.3 : 0.5);
  if (scene.weather === "rain") steepRain(panel, inks);
  if (scene.weather === "snow") snowfall(panel, inks);
  blit(stage.canvas, panel.canvas, stage.left + margin, stage.top + margin);
  const [x, y] = [stage.left + margin, stage.top + margin];
  const rim = stroke([x, y, x + width, y, x + width, y + height, x, y + height, x, y], stage.unit * 0.003);
  fill(stage.canvas, rim, flat(inks.line));
  seal(stage, inks, x + width - stage.unit * 0.075, y + height - stage.unit * 0.105);
  woodblockPrint(stage.canvas, inks.line, inks.paper, stage.random);
}

function inksOf(palette: Palette): Inks {
  const night = palette.night;
  return {
    paper: hex("#f1e6cf"),
    deep: hex(night ? "#16233f" : "#1f4468"),
    middle: hex(night ? "#33527d" : "#5b8aa5"),
    pale: hex(night ? "#7f9bb5" : "#b9cfc8"),
    red: hex("#cd4a2e"),
    leaf: hex("#5d7a58"),
    line: hex("#1b2431"),
  };
}

function sky(stage: Stage, inks: Inks, scene: Scene) {
  const { canvas, palette, random, unit } = stage;
  const [x, y0] = spot(stage, 0, 0);
  const [, y1] = spot(stage, 0, 1);
  const warm = /dawn|golden|desert|autumn/.test(palette.name);
  const low = palette.night ? inks.pale : warm ? mix(inks.red, inks.paper, 0.52) : lighten(inks.paper, 0.2);
  fill(canvas, frame(stage), along(x, y0, x, y1, [0, low], [0.3, low], [0.62, inks.paper], [1, inks.paper]));
  // Bokashi: ink wiped away from the upper edge.
  fill(
    canvas,
    box(x, y0, stage.width, stage.height * 0.3),
    along(x, y0, x, y0 + stage.height * 0.3, [0, inks.deep], [0.35, inks.deep, 0.75], [1, inks.deep, 0]),
  );
  if (scene.weather === "rain" || scene.weather === "snow") return;
  const [sx, sy] = spot(stage, random.chance(0.5) ? random.between(0.2, 0.32) : random.between(0.68, 0.8), 0.29);
  fill(canvas, ellipse(sx, sy, unit * 0.085), flat(palette.night ? hex("#f4ead0") : inks.red));
}

function mountain(stage: Stage, inks: Inks) {
  const { canvas, random } = stage;
  const at = random.between(0.4, 0.6);
  const foot = 0.68;
  const peak = random.between(0.24, 0.3);
  const wide = (stage.height / stage.width) * 0.62;
  const flank = (side: number): [number, number][] =>
    [0, 0.12, 0.3, 0.55, 0.8, 1].map((t) =>
      spot(stage, at + side * (0.035 + t ** 1.6 * wide), peak + t * (foot - peak)),
    );
  const outline = [...flank(-1).reverse(), ...flank(1)].flat();
  const [x, top] = spot(stage, at, peak);
  const [, low] = spot(stage, at, foot);
  fill(
    canvas,
    [outline],
    along(x, top, x, low, [0, inks.middle], [0.55, mix(inks.middle, inks.pale, 0.6)], [1, inks.paper]),
  );
  const cap: [number, number][] = [...flank(-1).slice(0, 3).reverse(), ...flank(1).slice(0, 3)];
  const right = cap.at(-1)!;
  const left = cap[0]!;
  for (let i = 1; i < 8; i++) {
    const t = i / 8;
    cap.push([right[0] + (left[0] - right[0]) * t, right[1] - stage.unit * (i % 2 === 1 ? 0.055 : -0.012)]);
  }
  fill(canvas, [cap.flat()], flat(lighten(inks.paper, 0.5)));
  for (let i = 0; i < 3; i++) band(stage, inks, random.between(0, 0.7), 0.5 + i * 0.075, random.between(0.3, 0.5));
}

/** A streak of mist with round ends, as printers leave them white. */
function band(stage: Stage, inks: Inks, x: number, y: number, length: number) {
  const [px, py] = spot(stage, x, y);
  const thick = stage.unit * 0.026;
  fill(stage.canvas, box(px, py, length * stage.width, thick, thick / 2), flat(lighten(inks.paper, 0.35)));
  fill(
    stage.canvas,
    box(px + stage.unit * 0.06, py + thick * 0.7, length * stage.width * 0.7, thick, thick / 2),
    flat(lighten(inks.paper, 0.35)),
  );
}

function ground(stage: Stage, inks: Inks, scene: Scene) {
  if (scene.backdrop === "ocean" || scene.subject === "boat") return seaOfWaves(stage, inks);
  const { canvas, random } = stage;
  const [x, floor] = spot(stage, 0, 1.02);
  const tones = [mix(inks.pale, inks.leaf, 0.35), mix(inks.leaf, inks.middle, 0.25), darken(inks.leaf, 0.45)];
  tones.forEach((tone, i) => {
    const base = 0.68 + i * 0.1;
    const line = smoothLine(
      [-0.05, 0.2, 0.45, 0.7, 1.05].map((at) => spot(stage, at, base + random.between(-0.035, 0.035))),
    );
    const [, top] = spot(stage, 0, base - 0.03);
    fill(canvas, downTo(line, floor), along(x, top, x, top + stage.height * 0.16, [0, tone], [1, darken(tone, 0.22)]));
  });
  if (scene.backdrop === "forest") tallCedars(stage, inks);
}

/** The subject, printed from the same few blocks as everything else. */
function figureOf(stage: Stage, inks: Inks, name: string, share: number) {
  const layer = blankCanvas(stage.canvas.width, stage.canvas.height);
  const tall = stage.height > stage.width * 1.2;
  const own: Stage = {
    ...stage,
    canvas: layer,
    bare: true,
    palette: {
      ...stage.palette,
      accent: inks.red,
      second: inks.leaf,
      light: inks.paper,
      ink: inks.line,
      shade: inks.deep,
    },
  };
  const [x, y] = spot(stage, name === "bird" || name === "heron" ? 0.5 : 0.47, name === "boat" ? 0.86 : 0.93);
  SUBJECTS[name]?.(own, { x, y, size: stage.unit * (tall ? share * 1.15 : share) });
  flatten(layer, 5);
  blit(stage.canvas, layer, 0, 0);
}

/** A red seal; its strokes are ornament, not writing. */
function seal(stage: Stage, inks: Inks, x: number, y: number) {
  const { canvas, random, unit } = stage;
  const width = unit * 0.045;
  const height = unit * 0.075;
  fill(canvas, box(x, y, width, height, unit * 0.006), flat(hex("#b8322a")));
  for (let i = 0; i < 4; i++) {
    const sy = y + height * (0.18 + i * 0.21);
    fill(
      canvas,
      smooth([
        [x + width * random.between(0.18, 0.3), sy],
        [x + width * 0.5, sy - unit * 0.004],
        [x + width * random.between(0.7, 0.84), sy + unit * 0.002],
        [x + width * 0.5, sy + unit * 0.005],
      ]),
      flat(inks.paper),
    );
  }
}
