import { blankCanvas, type Canvas } from "./raster/canvas.ts";
import type { Color } from "./raster/color.ts";
import { type Random, randomFrom } from "./raster/random.ts";
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
  /** Who or what the conversation is about: a subject drawn with the same one looks the same in every picture. */
  readonly likeness: Likeness;
};

/** The part of chance and colour that belongs to the subject and not to the picture. */
export type Likeness = {
  readonly seed: string;
  readonly accent?: Color;
  readonly second?: Color;
  readonly wears: readonly string[];
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

/** A stage of its own size on a canvas of its own, for a picture within the picture; its letters are dropped. */
export function inside(stage: Stage, width: number, height: number): Stage {
  const canvas = blankCanvas(width, height);
  return { ...stage, canvas, left: 0, top: 0, width, height, unit: Math.min(width, height), letters: [] };
}

/** The stage as the subject sees it: chance and colours of its own, so that it stays the same from picture to picture. */
export function asSubject(stage: Stage, name: string): Stage {
  const { seed, accent, second } = stage.likeness;
  return {
    ...stage,
    random: randomFrom(`${seed} ${name}`),
    palette: { ...stage.palette, accent: accent ?? stage.palette.accent, second: second ?? stage.palette.second },
  };
}
