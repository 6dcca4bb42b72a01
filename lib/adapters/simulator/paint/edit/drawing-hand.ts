import { scale } from "../encode.ts";
import { edgeMap } from "../medium/key-line.ts";
import { type Canvas, fromBytes, type RawPicture, toBytes } from "../raster/canvas.ts";
import { darken, hex, lighten, mix } from "../raster/color.ts";
import { box, ellipse, polygon, stroke } from "../raster/contours.ts";
import { fill } from "../raster/fill.ts";
import { valueNoise } from "../raster/noise.ts";
import { along, flat } from "../raster/paint-kinds.ts";
import type { Random } from "../raster/random.ts";
import { solid } from "../shading.ts";
import { frame, type Stage, spot } from "../stage.ts";
import { SKINS } from "../subject/complexions.ts";
import type { Palette } from "../words/palette-from-words.ts";
import { penHand, restingHand } from "./hands.ts";

const WORKING_PIXELS = 420_000;
const ASKED =
  /\b(?:pov|point of view|first[- ]person|over the shoulder|(?:hand|hands|someone|person|artist) (?:is |are )?(?:drawing|sketching|inking))\b/i;

/** True when an instruction wants to see the picture being drawn by hand. */
export const showsDrawingHand = (instruction: string): boolean => ASKED.test(instruction);

/** The picture as a sheet on a desk, seen by the one who draws it: finished on one side, pencil lines where the hand has not been yet. */
export async function drawDrawingHand(before: RawPicture, palette: Palette, random: Random): Promise<RawPicture> {
  const shrink = Math.min(1, Math.sqrt(WORKING_PIXELS / (before.width * before.height)));
  const small = await scale(before, Math.round(before.width * shrink), Math.round(before.height * shrink));
  const picture = fromBytes(small);
  const { width, height } = small;
  const stage: Stage = {
    canvas: fromBytes({ width, height, data: new Uint8Array(width * height * 4) }),
    left: 0,
    top: 0,
    width,
    height,
    unit: Math.min(width, height),
    palette,
    random,
    letters: [],
    bare: false,
    likeness: { seed: "hand", wears: [] },
  };
  desk(stage);
  sheet(stage, picture);
  const skin = random.pick(SKINS);
  restingHand(stage, skin);
  penHand(stage, skin);
  return scale(toBytes(stage.canvas), before.width, before.height);
}

/** Planks from above, markers and a cup at the far edge. */
function desk(stage: Stage) {
  const { canvas, random, unit, palette } = stage;
  const wood = hex("#a97b52");
  fill(canvas, frame(stage), along(0, 0, stage.width, stage.height, [0, lighten(wood, 0.16)], [1, darken(wood, 0.34)]));
  for (let i = 0; i < 90; i++) {
    const [x, y] = spot(stage, random.next(), random.next());
    fill(
      canvas,
      ellipse(x, y, unit * random.between(0.08, 0.4), unit * random.between(0.0008, 0.0024)),
      flat(darken(wood, 0.5)),
      {
        opacity: 0.22,
      },
    );
  }
  for (const at of [0.22, 0.5, 0.78]) {
    const [x, y] = spot(stage, 0, at);
    fill(canvas, box(x, y, stage.width, unit * 0.004), flat(darken(wood, 0.6)), { opacity: 0.55 });
  }
  const inks = [palette.accent, palette.second, hex("#2b2f38"), mix(palette.accent, hex("#f2c14e"), 0.7)];
  inks.forEach((ink, i) => {
    const [x, y] = spot(stage, 0.36 + i * 0.075, 0.045 + (i % 2) * 0.02);
    const turn = 0.08 * (i - 1.5);
    const line = [x, y - unit * 0.09, x + turn * unit * 0.4, y + unit * 0.03];
    fill(
      canvas,
      stroke(
        line.map((v) => v + unit * 0.008),
        unit * 0.03,
      ),
      flat([0.1, 0.06, 0.04]),
      { opacity: 0.35, blur: unit * 0.008 },
    );
    fill(canvas, stroke(line, unit * 0.03), flat(hex("#f3efe6")));
    fill(canvas, stroke([line[0]!, line[1]!, x, y - unit * 0.02], unit * 0.03), flat(ink));
  });
  const [cx, cy] = spot(stage, 0.92, 0.08);
  const r = unit * 0.12;
  fill(canvas, ellipse(cx + r * 0.12, cy + r * 0.16, r * 1.05), flat([0.1, 0.06, 0.04]), {
    opacity: 0.45,
    blur: r * 0.18,
  });
  solid(stage, ellipse(cx, cy, r), hex("#efe8dc"), { gloss: 0.3 });
  fill(
    canvas,
    ellipse(cx, cy, r * 0.82),
    along(cx - r, cy - r, cx + r, cy + r, [0, hex("#6d4227")], [1, hex("#2d180d")]),
  );
}

/** Lays the picture on turned paper: inked and coloured up to a slanting front, pencil beyond it. */
function sheet(stage: Stage, picture: Canvas) {
  const { canvas, width, height, unit } = stage;
  const angle = -0.045;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const share = 0.76;
  const [cx, cy] = spot(stage, 0.47, 0.53);
  const half: [number, number] = [(width * share) / 2 + unit * 0.025, (height * share) / 2 + unit * 0.025];
  const corners = [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ].map(([u, v]) => {
    const [x, y] = [u! * half[0], v! * half[1]];
    return [cx + x * cos - y * sin, cy + x * sin + y * cos] as const;
  });
  fill(
    canvas,
    polygon(corners.map(([x, y]) => [x + unit * 0.012, y + unit * 0.018] as const)),
    flat([0.1, 0.06, 0.04]),
    {
      opacity: 0.5,
      blur: unit * 0.018,
    },
  );
  fill(canvas, polygon(corners), flat(hex("#fbf8f1")));
  const edges = edgeMap(picture);
  const tooth = valueNoise("tooth");
  const pencil = hex("#4a4a52");
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [dx, dy] = [x - cx, y - cy];
      const u = (dx * cos + dy * sin) / (width * share) + 0.5;
      const v = (-dx * sin + dy * cos) / (height * share) + 0.5;
      if (u <= 0.004 || v <= 0.004 || u >= 0.996 || v >= 0.996) continue;
      const from = Math.floor(v * height) * width + Math.floor(u * width);
      const p = (y * width + x) * 4;
      const front = u + v * 0.34 - 0.86 + (tooth(u * 60, v * 60) - 0.5) * 0.03;
      const line = Math.min(1, Math.max(0, edges[from]! - 0.05) * 4);
      if (front < 0) {
        const grain = (tooth(u * 220, v * 220) - 0.5) * 0.05;
        for (let part = 0; part < 3; part++) {
          const ink = picture.pixels[from * 4 + part]! * 0.95 + 0.03 + grain;
          canvas.pixels[p + part] = Math.min(1, canvas.pixels[p + part]! * 0.1 + ink * 0.9);
        }
      }
      const strength = front < 0 ? line * 0.25 : line * 0.6 * Math.max(0.12, 1 - front * 1.5);
      for (let part = 0; part < 3; part++)
        canvas.pixels[p + part] = canvas.pixels[p + part]! * (1 - strength) + pencil[part]! * strength;
    }
  }
}
