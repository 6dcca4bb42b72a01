import { comicPrint } from "../medium/print.ts";
import { blit } from "../raster/blit.ts";
import { hex, mix } from "../raster/color.ts";
import { box } from "../raster/contours.ts";
import { fill } from "../raster/fill.ts";
import { breakLines } from "../raster/lettering.ts";
import { flat } from "../raster/paint-kinds.ts";
import { frame, inside, type Stage } from "../stage.ts";
import type { Scene } from "../words/scene-from-words.ts";
import { single } from "./single.ts";

const TYPE = { size: 0.032, weight: 0.17, tracking: 0.3 };

/** One inked comic panel with its border; quoted words stand in a caption box. */
export function panel(stage: Stage, scene: Scene): void {
  const { canvas, palette, unit } = stage;
  const ink = mix(palette.ink, hex("#14131a"), 0.8);
  fill(canvas, frame(stage), flat(hex("#fbf8f0")));
  const gutter = unit * 0.03;
  const width = Math.round(stage.width - gutter * 2);
  const height = Math.round(stage.height - gutter * 2);
  const picture = inside(stage, width, height);
  single(
    picture,
    { ...scene, subject: scene.subject ?? "figure" },
    { headline: false, center: scene.headline ? 0.64 : 0.5 },
  );
  comicPrint(picture.canvas, ink);
  const x = stage.left + gutter;
  const y = stage.top + gutter;
  const line = unit * 0.009;
  fill(canvas, box(x - line, y - line, width + line * 2, height + line * 2), flat(ink));
  blit(canvas, picture.canvas, x, y);
  if (scene.headline) caption(stage, scene.headline, x + unit * 0.03, y + unit * 0.03, width * 0.5);
}

function caption(stage: Stage, words: string, x: number, y: number, most: number) {
  const { canvas, palette, unit } = stage;
  const lines = breakLines(words, (most - unit * 0.07) / unit, TYPE, 5);
  const longest = Math.max(...lines.map((text) => text.length));
  const width = Math.min(most, unit * (0.07 + longest * 0.0335));
  const height = unit * (0.05 + lines.length * 0.055);
  const rim = unit * 0.005;
  fill(canvas, box(x - rim, y - rim, width + rim * 2, height + rim * 2), flat(palette.ink));
  fill(canvas, box(x, y, width, height), flat(hex("#fdf0b8")));
  lines.forEach((text, row) => {
    stage.letters.push({
      text,
      x: (x + unit * 0.03 - stage.left) / stage.width,
      y: (y + unit * (0.033 + row * 0.055) - stage.top) / stage.height,
      color: hex("#1a1720"),
      ...TYPE,
    });
  });
}
