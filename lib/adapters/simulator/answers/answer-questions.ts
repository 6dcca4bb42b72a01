import type { Measured } from "../paint/measure.ts";
import { type Line, lineFor, linesOf } from "./checklist.ts";
import { type Form, fillForm, type Schema } from "./fill-form.ts";
import { craftOf, judge } from "./score-picture.ts";

/** What a structured question brings. */
export type Questions = { schema: Schema; text: string; pictures: readonly Measured[] };

const BLANK: Measured = {
  width: 0,
  height: 0,
  colors: [],
  light: 0.5,
  contrast: 0,
  colorfulness: 0,
  sharpness: 0,
  focus: { x: 0.25, y: 0.25, width: 0.5, height: 0.5 },
  transparent: 0,
};

/** Fills the asked-for form so that it is valid, from measured properties of the pictures. */
export function answerQuestions({ schema, text, pictures }: Questions): unknown {
  const lines = linesOf(text);
  const craft = pictures.map(craftOf);
  const order = craft.map((_, i) => i).sort((a, b) => craft[b]! - craft[a]!);
  const form: Form = {
    root: schema,
    lines,
    order,
    pictures: Math.max(1, pictures.length),
    judge(line: Line | null, picture: number, sample: number) {
      // The first picture is the one in question; further ones are references, unless they are gone through one by one.
      const seen = pictures[picture] ?? pictures[0] ?? BLANK;
      return { ...judge(seen, line?.question ?? text.slice(-400), sample), focus: seen.focus };
    },
    lineFor: (id) => lineFor(id, lines),
  };
  return fillForm(form, schema);
}
