import type { Measured } from "../paint/measure.ts";
import { hashText } from "../paint/raster/random.ts";
import type { Line } from "./checklist.ts";
import type { Judgement } from "./score-picture.ts";

/** What a request to judge a picture tells of it: the words it was drawn from, and the list it is judged by. */
export type Told = { words: string; checklist: string };

const WORDS = "The words it was last drawn from:";
const LISTS = ["\n\nThe checklist:", "\n\nread:"];

/** Finds those two in a judge's request; null in any other. */
export function toldOf(text: string): Told | null {
  const from = text.lastIndexOf(WORDS);
  if (from < 0) return null;
  const ends = LISTS.map((mark) => text.lastIndexOf(mark)).filter((at) => at > from);
  const end = ends.length > 0 ? Math.min(...ends) : text.length;
  return { words: text.slice(from + WORDS.length, end), checklist: text.slice(end) };
}

const REVISED = /put these points right|none of them may come back|^constraints:/im;

/** One number per picture, the same in every process and whatever is asked about it. */
const chanceOf = ({ width, height, light, contrast, colorfulness }: Measured): number =>
  hashText([width, height, light.toFixed(4), contrast.toFixed(4), colorfulness.toFixed(4)].join("/"));

/**
 * What is wrong with a picture, line by line, as a strict art director might find: of ten new pictures about one misses the idea and four fail on one
 * point; a picture that was drawn with notes has mostly put it right. Lines that are not named here are fine.
 */
export function flawsOf(picture: Measured, lines: readonly Line[], { words }: Told): ReadonlyMap<string, Judgement> {
  const chance = chanceOf(picture);
  const revised = REVISED.test(words);
  const flaws = new Map<string, Judgement>();
  if (lines.length === 0) return flaws;
  if (revised) {
    const named = lines.filter(({ id }) => spaced(words).includes(spaced(id)));
    const [first] = named;
    if (first && chance % 7 === 0)
      flaws.set(first.id, {
        score: failing(lines.length),
        reason: say(first, "Better than before, but still not right: "),
      });
    return flaws;
  }
  if (chance % 10 === 0) {
    for (const line of lines)
      flaws.set(line.id, {
        score: 0.12 + (hashText(line.id) % 20) / 100,
        reason:
          "Simulated judge: what was asked for is hardly to be made out; begin again with the subject itself, large and clear.",
      });
  } else if (chance % 10 < 5) {
    const count = Math.ceil(lines.length / 5);
    for (let n = 0; n < count; n++) {
      const line = lines[((chance >>> 8) + n) % lines.length] as Line;
      flaws.set(line.id, { score: failing(lines.length), reason: say(line, "") });
    }
  }
  return flaws;
}

/** Low enough that a list of so many lines does not pass with one of them failing. */
const failing = (lines: number): number => Math.round(Math.max(0.12, 0.68 * lines - 0.9 * (lines - 1)) * 100) / 100;

const spaced = (text: string): string => text.toLowerCase().replace(/[-_]/g, " ");

const FAULTS: readonly [RegExp, string][] = [
  [/anatom|hand|body|built/i, "an edge melts into what lies beside it; draw every part closed and whole"],
  [/light|shadow/i, "a shadow falls towards the light; let all shadows fall away from it to one side"],
  [/brand|style|palette/i, "the finish is not of one piece; keep to one palette and one texture"],
  [/emotion|feel|response/i, "it leaves one cold; come closer and make the contrast of light stronger"],
  [/concept|idea/i, "the subject does not stand out; give it more room and a calmer ground"],
  [/must-not|forbid|free of/i, "something the brief forbids can still be seen; take it out"],
];

function say(line: Line, opening: string): string {
  const fault = FAULTS.find(([sign]) => sign.test(line.id)) ?? FAULTS.find(([sign]) => sign.test(line.question));
  return `Simulated judge: ${opening}${fault?.[1] ?? "this point is not met yet; show it more clearly"}.`;
}

/** The lettering a picture shows: what its words put in quotation marks; one new picture in three has two letters swapped. */
export function letteringOf(picture: Measured, { words }: Told): string {
  const demanded = [...words.matchAll(/exactly\s+["“]([^"”\n]{1,300})["”]/gi)].map(([, text]) => text ?? "");
  if (demanded.length > 0) return demanded.join("\n");
  const quoted = [...words.matchAll(/["“„«]([^“”"„«»\n]{1,120})[”"“»]/g)].map(([, text]) => (text ?? "").trim());
  if (REVISED.test(words) || chanceOf(picture) % 3 !== 0) return quoted.join("\n");
  return quoted.map((text, index) => (index === 0 ? misspelt(text) : text)).join("\n");
}

const misspelt = (text: string): string => text.replace(/(\p{L})(\p{L})(\p{L})(?=\p{L})/u, "$1$3$2");
