import { decode } from "../encode.ts";
import { filtered } from "../filtered.ts";
import { label } from "../label.ts";
import { characterColors, measure } from "../measure.ts";
import type { RawPicture } from "../raster/canvas.ts";
import type { Color } from "../raster/color.ts";
import { type Random, randomFrom } from "../raster/random.ts";
import { namedColors, type Palette, paletteFromWords } from "../words/palette-from-words.ts";
import { addThings } from "./add-things.ts";
import { applyGrade } from "./apply-grade.ts";
import { blendMask, readMask } from "./blend-mask.ts";
import { drawDrawingHand, showsDrawingHand } from "./drawing-hand.ts";
import { drawSurroundings, over } from "./new-surroundings.ts";
import { type EditPlan, planEdit } from "./plan.ts";
import { recolor, recolorSurroundings } from "./recolor.ts";

/** What an edit is made from. */
export type PictureEdit = {
  seed: string;
  instruction: string;
  /** The picture to go on from, any raster file. */
  base: Uint8Array;
  /** PNG whose transparent part may change. */
  mask: Uint8Array | null;
  referenceColors: readonly Color[];
  width: number;
  height: number;
};

/** Changes a picture as its instruction says; what the words do not touch stays recognisable. */
export async function drawEdit(order: PictureEdit): Promise<{ picture: RawPicture; plan: EditPlan }> {
  const random = randomFrom(order.seed);
  const { width, height } = order;
  const before = await decode(order.base, { width, height });
  const plan = planEdit(order.instruction, order.mask !== null, random);
  const mask = order.mask ? await readMask(order.mask, width, height) : null;
  const palette = await paletteOf(order, random);
  if (!mask && showsDrawingHand(order.instruction)) {
    const picture = await drawDrawingHand(before, palette, random);
    label(picture);
    return { picture, plan: { ...plan, vague: false } };
  }
  if (mask && plan.backdrop) {
    const place = { backdrop: plan.backdrop, weather: plan.weather };
    const ground = await drawSurroundings({ width, height }, place, mask, grounds(order, random), random);
    const picture = blendMask(over(before, ground), ground, mask, order.seed);
    label(picture);
    return { picture, plan };
  }
  let after: RawPicture = { width, height, data: new Uint8Array(before.data) };
  // A thing that replaces another stands on what the surroundings suggest, as if the old one had been lifted out.
  if (mask && plan.thing)
    after = await filtered(before, (image) => image.blur(Math.max(2, Math.min(width, height) / 26)));
  change(after, plan, order.referenceColors, mask?.share, random);
  after = addThings(after, plan, palette, random, mask?.box ?? null);
  if (plan.grade.crisp > 0)
    after = await filtered(after, (image) =>
      image.sharpen({ sigma: 1.1, m1: plan.grade.crisp, m2: plan.grade.crisp * 2 }),
    );
  if (mask) after = blendMask(before, after, mask, order.seed);
  label(after);
  return { picture: after, plan };
}

function change(
  picture: RawPicture,
  plan: EditPlan,
  references: readonly Color[],
  area: Uint8Array | undefined,
  random: Random,
) {
  const wanted = plan.recolor ?? (plan.vague ? references[0] : undefined);
  if (wanted) recolor(picture, wanted, area);
  if (plan.surroundings) recolorSurroundings(picture, plan.surroundings);
  const sway = plan.vague ? 0.16 : 0.045;
  applyGrade(picture, {
    ...plan.grade,
    exposure: plan.grade.exposure + random.between(-sway, sway),
    warmth: plan.grade.warmth + random.between(-sway, sway) * 1.6,
    contrast: plan.grade.contrast + (plan.vague ? 0.12 : 0),
    saturation: plan.grade.saturation + (plan.vague ? 0.14 : 0),
  });
}

/** Colours of a new place: its words alone, for the thing that stays brings its own. */
const grounds = ({ instruction }: PictureEdit, random: Random): Palette =>
  paletteFromWords({ prompt: instruction, instructions: "", earlier: "", references: [] }, random);

async function paletteOf(order: PictureEdit, random: Random): Promise<Palette> {
  const own = characterColors(await measure(order.base), 2);
  const asked = namedColors(order.instruction);
  const references = asked.length > 0 ? order.referenceColors : [...order.referenceColors, ...own];
  return paletteFromWords({ prompt: order.instruction, instructions: "", earlier: "", references }, random);
}
