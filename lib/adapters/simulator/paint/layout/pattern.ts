import { blit } from "../raster/blit.ts";
import { blankCanvas, type Canvas } from "../raster/canvas.ts";
import { lighten, mix } from "../raster/color.ts";
import { ellipse, polygon } from "../raster/contours.ts";
import { fill } from "../raster/fill.ts";
import { flat } from "../raster/paint-kinds.ts";
import { frame, type Stage } from "../stage.ts";
import { SUBJECTS } from "../subject/index.ts";
import type { Scene } from "../words/scene-from-words.ts";

/** A half-drop repeat of the motif with small fillers between. */
export function pattern(stage: Stage, scene: Scene): void {
  const { canvas, palette, random, unit } = stage;
  const ground = mix(lighten(palette.paper, 0.2), palette.second, 0.12);
  if (!stage.bare) fill(canvas, frame(stage), flat(ground));
  const name = scene.subject ?? random.pick(["plant", "fruit", "bird", "sculpture"]);
  const cell = unit / 3.4;
  const motifs = [motif(stage, name, cell, false), motif(stage, name, cell, true)];
  const columns = Math.ceil(stage.width / cell) + 1;
  const rows = Math.ceil(stage.height / cell) + 1;
  for (let column = -1; column < columns; column++) {
    for (let row = -1; row < rows; row++) {
      const x = stage.left + column * cell;
      const y = stage.top + row * cell + (column % 2 === 0 ? 0 : cell / 2);
      blit(canvas, motifs[(column + row + 4) % 2]!, x, y);
      filler(stage, x + cell, y + cell * 0.02, cell);
    }
  }
}

function motif(stage: Stage, name: string, cell: number, swapped: boolean): Canvas {
  const tile = blankCanvas(Math.round(cell), Math.round(cell));
  const { palette } = stage;
  const colors = swapped ? { ...palette, accent: palette.second, second: palette.accent } : palette;
  SUBJECTS[name]?.(
    { ...stage, canvas: tile, left: 0, top: 0, width: cell, height: cell, unit: cell, bare: true, palette: colors },
    { x: cell / 2, y: cell * 0.86, size: cell * 0.62 },
  );
  return tile;
}

function filler(stage: Stage, x: number, y: number, cell: number) {
  const { canvas, palette } = stage;
  const r = cell * 0.05;
  fill(
    canvas,
    polygon([
      [x, y - r],
      [x + r * 0.5, y],
      [x, y + r],
      [x - r * 0.5, y],
    ]),
    flat(palette.accent),
  );
  for (const [dx, dy] of [
    [-1.9, 0],
    [1.9, 0],
  ] as const)
    fill(canvas, ellipse(x + dx * r * 0.7, y + dy * r, r * 0.28), flat(palette.second));
}
