import type { Measured } from "../paint/measure.ts";
import { type Line, lineFor, linesOf } from "./checklist.ts";
import { type Form, fillForm, type Schema } from "./fill-form.ts";
import { flawsOf, letteringOf, toldOf } from "./flaws.ts";
import { craftOf, type Judgement, judge } from "./score-picture.ts";

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

const asksToRead = ({ properties }: Schema): boolean =>
  typeof properties === "object" && properties !== null && "read" in properties;

/** Without a flaw a picture is good enough, more or less. */
const lifted = (found: Judgement): Judgement => ({
  score: Math.round((0.84 + 0.11 * found.score) * 1000) / 1000,
  reason: found.score >= 0.7 ? found.reason : "Simulated judge: nothing to find fault with.",
});

/** Fills the asked-for form so that it is valid, from measured properties of the pictures. */
export function answerQuestions({ schema, text, pictures }: Questions): unknown {
  const told = toldOf(text);
  const lines = linesOf(told ? told.checklist : text);
  const [first] = pictures;
  const reads = told !== null && asksToRead(schema);
  // Where lettering is read, the lettering is what may be wrong.
  const flaws = told && first && !reads ? flawsOf(first, lines, told) : new Map<string, Judgement>();
  const craft = pictures.map(craftOf);
  const order = craft.map((_, i) => i).sort((a, b) => craft[b]! - craft[a]!);
  const form: Form = {
    root: schema,
    lines,
    order,
    pictures: Math.max(1, pictures.length),
    lettering: told && first ? letteringOf(first, told) : "",
    judge(line: Line | null, picture: number, sample: number) {
      // The first picture is the one in question; further ones are references, unless they are gone through one by one.
      const seen = pictures[picture] ?? pictures[0] ?? BLANK;
      const found = judge(seen, line?.question ?? text.slice(-400), sample);
      const flaw = line && flaws.get(line.id);
      if (flaw) return { ...flaw, focus: seen.focus };
      return { ...(told && !found.byColor ? lifted(found) : found), focus: seen.focus };
    },
    lineFor: (id) => lineFor(id, lines),
  };
  return fillForm(form, schema);
}
