import type { Canvas } from "./raster/canvas.ts";
import type { Color } from "./raster/color.ts";
import type { Random } from "./raster/random.ts";
import type { Palette } from "./words/palette-from-words.ts";

/** Words to be set at full size once the scene is scaled up; places and sizes are shares of the picture. */
export type Letters = {
  text: string;
  x: number;
  y: number;
  /** Cap height as a share of the shorter edge. */
  size: number;
  color: Color;
  align?: "left" | "center";
  weight?: number;
  tracking?: number;
};

/** Everything a backdrop or subject needs to draw: the canvas, its rectangle, the colours and repeatable chance. */
export type Stage = {
  readonly canvas: Canvas;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** The shorter edge in pixels: sizes are multiples of it. */
  readonly unit: number;
  readonly palette: Palette;
  readonly random: Random;
  readonly letters: Letters[];
  /** True when nothing but the subject may be painted. */
  readonly bare: boolean;
};

/** Where a subject stands and how tall it may be. */
export type Spot = { readonly x: number; readonly y: number; readonly size: number };

/** x and y of a place given as shares of the stage. */
export function spot(stage: Stage, x: number, y: number): [number, number] {
  return [stage.left + stage.width * x, stage.top + stage.height * y];
}

/** The stage's whole rectangle as an outline. */
export function frame(stage: Stage): number[][] {
  const { left, top, width, height } = stage;
  return [[left, top, left + width, top, left + width, top + height, left, top + height]];
}
