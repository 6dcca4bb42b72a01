import { scale } from "./encode.ts";
import { finish } from "./finish.ts";
import { label } from "./label.ts";
import { LAYOUTS } from "./layout/index.ts";
import { blankCanvas, type RawPicture, toBytes } from "./raster/canvas.ts";
import type { Color } from "./raster/color.ts";
import { setLine } from "./raster/lettering.ts";
import { type Random, randomFrom } from "./raster/random.ts";
import { stamp } from "./raster/stamp.ts";
import type { Letters, Likeness, Stage } from "./stage.ts";
import { type Palette, paletteFromWords } from "./words/palette-from-words.ts";
import { type Scene, sceneFromWords, wornIn } from "./words/scene-from-words.ts";

/** What a new picture is drawn from. */
export type NewPicture = {
  /** Same seed, same picture. */
  seed: string;
  /** The seed of the conversation's first picture; left out: this is the first. */
  likeness?: string;
  /** What the conversation began with; left out: this is the beginning. */
  first?: string;
  prompt: string;
  /** The spec sheet. */
  instructions: string;
  /** Texts of earlier turns, oldest first. */
  earlier: string;
  /** Leading colours of the reference pictures. */
  referenceColors: readonly Color[];
  width: number;
  height: number;
  transparent: boolean;
};

/** A finished picture and what it shows. */
export type Drawn = { picture: RawPicture; scene: Scene; palette: Palette };

/** The scene is painted at about a third of a megapixel and scaled up: only lettering needs every pixel. */
const WORKING_PIXELS = 360_000;

/** Draws a picture from words. */
export async function drawNew(order: NewPicture): Promise<Drawn> {
  const random = randomFrom(order.seed);
  const { scene, palette, likeness } = planNew(order, random);
  const shrink = Math.min(1, Math.sqrt(WORKING_PIXELS / (order.width * order.height)));
  const width = Math.max(16, Math.round(order.width * shrink));
  const height = Math.max(16, Math.round(order.height * shrink));
  const canvas = blankCanvas(width, height);
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
    bare: order.transparent,
    likeness,
  };
  (LAYOUTS[scene.layout] ?? LAYOUTS.single!)(stage, scene);
  finish(canvas, random);
  const picture = await scale(toBytes(canvas), order.width, order.height);
  setLetters(picture, letters);
  label(picture);
  return { picture, scene, palette };
}

/** Decides scene and colours without drawing. */
export function planNew(
  order: NewPicture,
  random: Random = randomFrom(order.seed),
): { scene: Scene; palette: Palette; likeness: Likeness } {
  const scene = sceneFromWords(order.prompt, `${order.earlier}\n${order.instructions}`, random);
  const palette = paletteFromWords(
    {
      prompt: order.prompt,
      instructions: order.instructions,
      earlier: order.earlier,
      references: order.referenceColors,
    },
    colorChance(order),
  );
  return { scene, palette, likeness: likenessOf(order, scene) };
}

const colorChance = ({ likeness, seed }: NewPicture): Random => randomFrom(`${likeness ?? seed} colors`);

/** Whom the conversation is about: in later turns it keeps the colours of the first, whatever the new place brings. */
function likenessOf(order: NewPicture, scene: Scene): Likeness {
  const wears = wornIn(`${order.prompt}\n${order.earlier}\n${order.instructions}`);
  const seed = order.likeness ?? order.seed;
  const before =
    order.likeness && order.first ? sceneFromWords(order.first, order.instructions, randomFrom(seed)) : null;
  if (!before || before.subject !== scene.subject) return { seed, wears };
  const { accent, second } = paletteFromWords(
    { prompt: order.first ?? "", instructions: order.instructions, earlier: "", references: [] },
    colorChance(order),
  );
  return { seed, wears, accent, second };
}

function setLetters(picture: RawPicture, letters: readonly Letters[]) {
  const unit = Math.min(picture.width, picture.height);
  for (const line of letters) {
    const style = { size: line.size * unit, weight: line.weight, tracking: line.tracking };
    stamp(picture, setLine(line.text, line.x * picture.width, line.y * picture.height, style, line.align), line.color);
  }
}
