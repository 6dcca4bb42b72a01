import { BACKDROPS } from "../backdrop/index.ts";
import { vignette } from "../backdrop/sky.ts";
import { scale } from "../encode.ts";
import { finish } from "../finish.ts";
import { blankCanvas, type RawPicture, toBytes } from "../raster/canvas.ts";
import { ellipse } from "../raster/contours.ts";
import { defocus } from "../raster/defocus.ts";
import { fill } from "../raster/fill.ts";
import { flat } from "../raster/paint-kinds.ts";
import type { Random } from "../raster/random.ts";
import type { Stage } from "../stage.ts";
import { weather } from "../weather.ts";
import type { Palette } from "../words/palette-from-words.ts";
import type { MaskedArea } from "./blend-mask.ts";

const WORKING_PIXELS = 360_000;

/** A place drawn to stand behind what the mask keeps, with the shadow that falls on its ground. */
export async function drawSurroundings(
  size: { width: number; height: number },
  place: { backdrop: string; weather: string | null },
  kept: MaskedArea,
  palette: Palette,
  random: Random,
): Promise<RawPicture> {
  const shrink = Math.min(1, Math.sqrt(WORKING_PIXELS / (size.width * size.height)));
  const width = Math.round(size.width * shrink);
  const height = Math.round(size.height * shrink);
  const stage: Stage = {
    canvas: blankCanvas(width, height),
    left: 0,
    top: 0,
    width,
    height,
    unit: Math.min(width, height),
    palette,
    random,
    letters: [],
    bare: false,
    likeness: { seed: "place", wears: [] },
  };
  (BACKDROPS[place.backdrop] ?? BACKDROPS.abstract!)(stage, "kept");
  defocus(stage.canvas, stage.unit * 0.006);
  if (place.weather) weather(stage, place.weather);
  vignette(stage, 0.3);
  const foot = footOf(kept, size);
  if (foot) {
    const x = foot.x * shrink;
    const y = foot.y * shrink;
    const wide = foot.width * shrink;
    fill(stage.canvas, ellipse(x + wide * 0.06, y, wide * 0.62, wide * 0.1), flat(palette.shade), {
      opacity: 0.4,
      blur: wide * 0.07,
    });
    fill(stage.canvas, ellipse(x, y - wide * 0.01, wide * 0.48, wide * 0.045), flat(palette.shade), {
      opacity: 0.6,
      blur: wide * 0.02,
    });
  }
  finish(stage.canvas, random);
  return scale(toBytes(stage.canvas), size.width, size.height);
}

/** Where what is kept stands: the middle and width of its lowest tenth. */
function footOf({ share }: MaskedArea, { width, height }: { width: number; height: number }) {
  let low = -1;
  const unit = Math.min(width, height);
  // The simulator's own label in the lower left corner stands on nothing.
  const isLabel = (x: number, y: number) => x < unit * 0.3 && y > height - unit * 0.09;
  for (let i = share.length - 1; i >= 0 && low < 0; i--)
    if (share[i]! < 128 && !isLabel(i % width, Math.floor(i / width))) low = Math.floor(i / width);
  // What reaches the lower edge stands outside the picture and throws no shadow into it.
  if (low < 0 || low > height * 0.985) return null;
  let left = width;
  let right = 0;
  for (let y = Math.floor(low - height * 0.07); y <= low; y++)
    for (let x = 0; x < width; x++) {
      if (share[y * width + x]! >= 128 || isLabel(x, y)) continue;
      if (x < left) left = x;
      if (x > right) right = x;
    }
  return { x: (left + right) / 2, y: low, width: Math.max(1, right - left) };
}

/** Lays what was there over a new ground, so that clear parts show it. */
export function over(top: RawPicture, ground: RawPicture): RawPicture {
  const data = new Uint8Array(ground.data);
  for (let i = 0; i < data.length; i += 4) {
    const alpha = top.data[i + 3]! / 255;
    for (let part = 0; part < 3; part++)
      data[i + part] = Math.round(top.data[i + part]! * alpha + ground.data[i + part]! * (1 - alpha));
    data[i + 3] = 255;
  }
  return { width: ground.width, height: ground.height, data };
}
