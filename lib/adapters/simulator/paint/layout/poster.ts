import { lighten, lightness, mix } from "../raster/color.ts";
import { box } from "../raster/contours.ts";
import { fill } from "../raster/fill.ts";
import { breakLines, lineWidth } from "../raster/lettering.ts";
import { along, flat } from "../raster/paint-kinds.ts";
import { type Stage, spot } from "../stage.ts";
import type { Scene } from "../words/scene-from-words.ts";
import { single } from "./single.ts";

/** A campaign picture: the scene, a quiet zone for words, a rule and a small line. */
export function poster(stage: Stage, scene: Scene): void {
  const landscape = stage.width > stage.height * 1.15;
  const words = scene.headline;
  const inner: Stage = landscape
    ? { ...stage, left: stage.left + stage.width * 0.32, width: stage.width * 0.68 }
    : stage;
  single(inner, scene, { headline: false });
  if (stage.bare) return;
  const { palette, canvas, unit } = stage;
  const paper = palette.night ? palette.paper : mix(palette.paper, palette.light, 0.3);
  const ink = lightness(paper) > 0.55 ? palette.ink : lighten(palette.light, 0.2);
  if (landscape) {
    const [x, y] = spot(stage, 0, 0);
    const [edge] = spot(stage, 0.36, 0);
    fill(canvas, box(x, y, edge - x, stage.height), flat(paper));
    fill(canvas, box(edge - unit * 0.012, y, unit * 0.024, stage.height), flat(palette.accent));
    lines(stage, words, 0.04, 0.28, 0.28, ink);
    return;
  }
  const [x, y] = spot(stage, 0, 0);
  fill(
    canvas,
    box(x, y, stage.width, stage.height * 0.42),
    along(x, y, x, y + stage.height * 0.42, [0, paper, 0.92], [0.6, paper, 0.55], [1, paper, 0]),
  );
  lines(stage, words, 0.08, 0.84, 0.09, ink);
}

function lines(
  stage: Stage,
  words: string | null,
  left: number,
  width: number,
  top: number,
  ink: readonly [number, number, number],
) {
  const { palette, unit, canvas } = stage;
  const [x, y] = spot(stage, left, top - 0.045);
  fill(canvas, box(x, y, unit * 0.12, unit * 0.014), flat(palette.accent));
  if (!words) {
    for (const [row, share] of [
      [0, 0.9],
      [1, 0.6],
    ] as const)
      fill(
        canvas,
        box(x, y + unit * (0.05 + row * 0.075), stage.width * width * share, unit * 0.045, unit * 0.02),
        flat(ink),
        { opacity: 0.16 },
      );
    return;
  }
  const shown = (size: number) =>
    breakLines(words, (stage.width * width) / unit, { size, weight: 0.19, tracking: 0.28 }, 4);
  let size = 0.105;
  while (
    size > 0.03 &&
    shown(size).some((line) => lineWidth(line, { size, tracking: 0.28 }) > (stage.width * width) / unit)
  )
    size -= 0.006;
  shown(size).forEach((text, row) => {
    stage.letters.push({
      text,
      x: left,
      y: top + (row * size * 1.55 * unit) / stage.height,
      size,
      color: ink,
      weight: 0.19,
      tracking: 0.28,
    });
  });
}
