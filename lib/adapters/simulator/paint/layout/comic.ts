import { blit } from "../raster/blit.ts";
import { blankCanvas } from "../raster/canvas.ts";
import { lighten } from "../raster/color.ts";
import { box, ellipse, polygon } from "../raster/contours.ts";
import { fill } from "../raster/fill.ts";
import { breakLines } from "../raster/lettering.ts";
import { flat } from "../raster/paint-kinds.ts";
import type { Stage } from "../stage.ts";
import type { Scene } from "../words/scene-from-words.ts";
import { single } from "./single.ts";

type Panel = readonly [x: number, y: number, width: number, height: number];

const PAGES: readonly (readonly Panel[])[] = [
  [
    [0, 0, 0.58, 0.5],
    [0.58, 0, 0.42, 0.5],
    [0, 0.5, 0.42, 0.5],
    [0.42, 0.5, 0.58, 0.5],
  ],
  [
    [0, 0, 1, 0.46],
    [0, 0.46, 0.5, 0.54],
    [0.5, 0.46, 0.5, 0.54],
  ],
  [
    [0, 0, 0.5, 0.62],
    [0.5, 0, 0.5, 0.62],
    [0, 0.62, 1, 0.38],
  ],
];
const SHOTS = ["wide", "close", "normal", "close"] as const;
const PLACES = ["city", "hills", "forest", "ocean", "interior", "space"];

/** A page of panels with gutters; the words go into a balloon. */
export function comic(stage: Stage, scene: Scene): void {
  const { canvas, palette, unit, random } = stage;
  fill(canvas, box(stage.left, stage.top, stage.width, stage.height), flat(lighten(palette.paper, 0.6)));
  const gutter = unit * 0.022;
  const page = random.pick(PAGES);
  const home = scene.backdrop === "studio" ? random.pick(PLACES) : scene.backdrop;
  page.forEach(([px, py, pw, ph], i) => {
    const x = stage.left + gutter + px * (stage.width - gutter);
    const y = stage.top + gutter + py * (stage.height - gutter);
    const width = Math.round(pw * (stage.width - gutter) - gutter);
    const height = Math.round(ph * (stage.height - gutter) - gutter);
    const panel = blankCanvas(width, height);
    const inner: Stage = {
      ...stage,
      canvas: panel,
      left: 0,
      top: 0,
      width,
      height,
      unit: Math.min(width, height),
      letters: [],
    };
    const close = SHOTS[i]! === "close";
    single(
      inner,
      {
        ...scene,
        subject: scene.subject ?? "figure",
        shot: SHOTS[i]!,
        backdrop: close && i === 1 ? "abstract" : i === 3 ? random.pick(PLACES) : home,
      },
      { headline: false },
    );
    blit(canvas, panel, x, y);
    const line = unit * 0.006;
    fill(
      canvas,
      [...box(x - line, y - line, width + 2 * line, height + 2 * line), hole(x, y, width, height)],
      flat(palette.ink),
    );
  });
  const [px, py, pw] = page[0]!;
  if (scene.headline)
    balloon(
      stage,
      scene.headline,
      stage.left + gutter + px * stage.width + pw * stage.width * 0.05,
      stage.top + gutter * 2.2 + py * stage.height,
      pw * stage.width * 0.62,
    );
}

function hole(x: number, y: number, width: number, height: number): number[] {
  return [x, y, x, y + height, x + width, y + height, x + width, y];
}

function balloon(stage: Stage, words: string, x: number, y: number, width: number) {
  const { canvas, palette, unit } = stage;
  const style = { size: 0.03, weight: 0.17, tracking: 0.3 };
  const lines = breakLines(words, (width - unit * 0.09) / unit, style, 3);
  const height = unit * (0.07 + lines.length * 0.052);
  const cx = x + width / 2;
  const cy = y + height / 2;
  const tail = polygon([
    [cx + width * 0.05, cy + height * 0.3],
    [cx + width * 0.22, cy + height * 0.3],
    [cx + width * 0.24, cy + height * 0.95],
  ]);
  fill(canvas, [...ellipse(cx, cy, width / 2 + 2, height / 2 + 2)], flat(palette.ink));
  fill(canvas, tail, flat(palette.ink));
  fill(canvas, ellipse(cx, cy, width / 2, height / 2), flat([1, 1, 1]));
  fill(canvas, tail, flat([1, 1, 1]), { opacity: 0.98 });
  lines.forEach((text, row) => {
    const top = cy + unit * ((row - lines.length / 2) * 0.052 + 0.011);
    stage.letters.push({
      text,
      x: (cx - stage.left) / stage.width,
      y: (top - stage.top) / stage.height,
      color: palette.ink,
      align: "center",
      ...style,
    });
  });
}
