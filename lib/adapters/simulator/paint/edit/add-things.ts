import { title } from "../layout/single.ts";
import { blit } from "../raster/blit.ts";
import { blankCanvas, type Canvas, fromBytes, type RawPicture, toBytes } from "../raster/canvas.ts";
import { lighten, mix } from "../raster/color.ts";
import { ellipse, smoothLine, stroke } from "../raster/contours.ts";
import { fill } from "../raster/fill.ts";
import { setLine } from "../raster/lettering.ts";
import { flat } from "../raster/paint-kinds.ts";
import type { Random } from "../raster/random.ts";
import { stamp } from "../raster/stamp.ts";
import { glow } from "../shading.ts";
import type { Letters, Stage } from "../stage.ts";
import { SUBJECTS } from "../subject/index.ts";
import { weather } from "../weather.ts";
import type { Palette } from "../words/palette-from-words.ts";
import type { EditPlan } from "./plan.ts";

/** A rectangle in pixels. */
export type Area = { left: number; top: number; width: number; height: number };

/** Draws what an instruction adds over a picture; `area` is where a named thing goes when a mask says so. */
export function addThings(
  picture: RawPicture,
  plan: EditPlan,
  palette: Palette,
  random: Random,
  area: Area | null,
): RawPicture {
  if (!plan.thing && !plan.weather && plan.sky.length === 0 && !plan.lettering) return picture;
  const canvas = fromBytes(picture);
  const { width, height } = picture;
  const letters: Letters[] = [];
  const stage: Stage = {
    canvas,
    left: 0,
    top: 0,
    width,
    height,
    unit: Math.min(width, height),
    palette,
    random,
    letters,
    bare: false,
    likeness: { seed: `${plan.thing}${plan.side}`, wears: [] },
  };
  if (plan.thing) addThing(stage, plan, area);
  for (const name of plan.sky) addToSky(stage, name);
  if (plan.weather) weather(stage, plan.weather);
  if (plan.lettering) title(stage, plan.lettering, 0.08);
  const done = toBytes(canvas, 0);
  for (const line of letters) {
    const style = { size: line.size * stage.unit, weight: line.weight, tracking: line.tracking };
    const contours = setLine(line.text, line.x * width, line.y * height, style, line.align);
    stamp(
      done,
      setLine(line.text, line.x * width + style.size * 0.04, line.y * height + style.size * 0.06, style, line.align),
      palette.shade,
      0.45,
    );
    stamp(done, contours, line.color);
  }
  return done;
}

function addThing(stage: Stage, plan: EditPlan, area: Area | null) {
  const draw = SUBJECTS[plan.thing!];
  if (!draw) return;
  if (area) {
    const size = Math.min(area.height * 0.86, area.width * 0.78);
    draw(stage, { x: area.left + area.width / 2, y: area.top + area.height * 0.95, size });
    return;
  }
  const { random, width, height, unit } = stage;
  const side =
    plan.side === "left"
      ? 0.2
      : plan.side === "right"
        ? 0.8
        : random.chance(0.5)
          ? random.between(0.16, 0.26)
          : random.between(0.74, 0.84);
  const size = unit * random.between(0.24, 0.3);
  const layer = blankCanvas(Math.ceil(size * 2.6), Math.ceil(size * 1.8));
  const inner: Stage = { ...stage, canvas: layer, left: 0, top: 0, width: layer.width, height: layer.height };
  draw(inner, { x: layer.width / 2, y: size * 1.5, size });
  blit(stage.canvas as Canvas, layer, side * width - layer.width / 2, height * 0.93 - size * 1.5);
}

function addToSky(stage: Stage, name: string) {
  const { canvas, width, height, unit, palette, random } = stage;
  const x = width * random.between(0.15, 0.85);
  const y = height * random.between(0.1, 0.24);
  if (name === "sun" || name === "moon") {
    const color = name === "sun" ? ([1, 0.87, 0.5] as const) : lighten(palette.light, 0.4);
    glow(stage, x, y, unit * 0.4, color, name === "sun" ? 0.8 : 0.4);
    fill(canvas, ellipse(x, y, unit * 0.055), flat(lighten(color, 0.35)));
  } else if (name === "bird") {
    for (let i = 0; i < 6; i++) {
      const bx = x + unit * random.between(-0.14, 0.14);
      const by = y + unit * random.between(-0.06, 0.08);
      const span = unit * random.between(0.012, 0.026);
      fill(
        canvas,
        stroke(
          smoothLine([
            [bx - span, by - span * 0.25],
            [bx - span * 0.4, by - span * 0.5],
            [bx, by],
            [bx + span * 0.4, by - span * 0.5],
            [bx + span, by - span * 0.25],
          ]),
          unit * 0.0035,
        ),
        flat(palette.shade),
      );
    }
  } else {
    for (let i = 0; i < 7; i++)
      fill(
        canvas,
        ellipse(
          x + unit * random.between(-0.13, 0.13),
          y + unit * random.between(-0.02, 0.03),
          unit * random.between(0.04, 0.08),
          unit * random.between(0.02, 0.04),
        ),
        flat(mix([1, 1, 1], palette.light, 0.3)),
        { opacity: 0.7, blur: unit * 0.008 },
      );
  }
}
