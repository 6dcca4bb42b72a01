import type { Color } from "../raster/color.ts";
import type { Random } from "../raster/random.ts";
import { COLOR_WORDS } from "../words/color-words.ts";
import { namedColors } from "../words/palette-from-words.ts";
import { sceneFromWords } from "../words/scene-from-words.ts";
import { SUBJECT_WORDS } from "../words/scene-words.ts";
import { quotedWords, singular, wantedPart, wordsOf } from "../words/tokens.ts";
import { type Grade, gradeFromWords } from "./grade-words.ts";

/** What an instruction asks of a picture that is already there. */
export type EditPlan = {
  grade: Grade;
  /** Turns the leading colour into this one. */
  recolor: Color | null;
  /** Turns the surroundings into this colour. */
  surroundings: Color | null;
  weather: string | null;
  /** The place that takes the surroundings' place, when a mask leaves them free. */
  backdrop: string | null;
  /** A thing to be added or to stand where the mask is. */
  thing: string | null;
  /** sun, moon, birds, clouds. */
  sky: readonly string[];
  lettering: string | null;
  /** Where additions go. */
  side: "left" | "right" | "center";
  /** True when no word was understood: the change is then a slight one. */
  vague: boolean;
};

const NEW_GROUND =
  /\b(?:(?:replace|change|swap|new|paint|build|set|place|put)\b[^.\n]{0,60}\b(?:background|backdrop|surroundings|scene|place|setting)|(?:background|backdrop|surroundings|setting) (?:becomes|is now))\b/i;

/** Reads an instruction. `masked` makes any thing named count as asked for, not only one after "add". */
export function planEdit(instruction: string, masked: boolean, random: Random): EditPlan {
  const text = wantedPart(instruction);
  const words = new Set(wordsOf(text).flatMap((word) => [word, singular(word)]));
  const colors = namedColors(text);
  const around = /\b(background|backdrop|wall|surroundings|sky)\b/i.test(text);
  const scene = sceneFromWords(text, "", random);
  const weather = scene.weather;
  const backdrop = masked && NEW_GROUND.test(text) ? scene.backdrop : null;
  const grade = gradeFromWords(words);
  const thing = backdrop ? null : masked ? named(words) : addedThing(text);
  const sky = ["sun", "moon", "bird", "cloud"].filter(
    (word) => words.has(word) && /\b(add|put|place|include|with|more)\b/i.test(text),
  );
  const lettering = quotedWords(text);
  const color = colors[0] ?? null;
  const vague = grade.asked === false && !color && !weather && !backdrop && !thing && sky.length === 0 && !lettering;
  const side = words.has("left") ? "left" : words.has("right") ? "right" : "center";
  return {
    grade,
    recolor: around || thing ? null : color,
    surroundings: around ? color : null,
    weather,
    backdrop,
    thing,
    sky,
    lettering,
    side,
    vague,
  };
}

function named(words: ReadonlySet<string>): string | null {
  for (const [name, list] of Object.entries(SUBJECT_WORDS))
    if (list.split(" ").some((word) => words.has(word))) return name;
  return null;
}

/** The thing after "add", "put", "place", "include" or "with". */
function addedThing(text: string): string | null {
  const after = /\b(?:add(?:ing)?|put|place|include|insert|with|holding)\b([^.;\n]{0,60})/gi;
  for (const [, rest] of text.matchAll(after)) {
    const words = new Set(
      wordsOf(rest!)
        .filter((word) => !COLOR_WORDS[word])
        .flatMap((word) => [word, singular(word)]),
    );
    const thing = named(words);
    if (thing) return thing;
  }
  return null;
}
