import type { Random } from "../raster/random.ts";
import { mediumOf } from "./medium-words.ts";
import { BACKDROP_WORDS, LAYOUT_WORDS, SUBJECT_WORDS, WEATHER_WORDS } from "./scene-words.ts";
import { quotedWords, singular, wantedPart, wordsOf } from "./tokens.ts";

/** What will be drawn, before any colour is chosen. */
export type Scene = {
  layout: string;
  backdrop: string;
  subject: string | null;
  weather: string | null;
  /** Lettering: the quoted words, or the brand named in the brief. */
  headline: string | null;
  /** How near the camera is to the subject. */
  shot: "close" | "normal" | "wide";
  /** It tells how something is done, step by step. */
  explains: boolean;
  /** Everything behind the subject out of focus. */
  shallow: boolean;
};

/** Reads a scene out of the prompt; what it leaves open comes from earlier turns and the spec sheet, then from chance. */
export function sceneFromWords(prompt: string, context: string, random: Random): Scene {
  const now = new Set(bag(wantedPart(prompt)));
  const then = new Set(bag(wantedPart(context)));
  const subject = subjectOf(prompt, context, now, then);
  const layout = mediumOf(prompt, context) ?? match(LAYOUT_WORDS, now) ?? "single";
  const named = match(BACKDROP_WORDS, now) ?? match(BACKDROP_WORDS, then);
  const backdrop = named ?? (subject ? homeOf(subject) : random.pick(["abstract", "hills", "abstract", "ocean"]));
  const shot = /\b(close-?up|macro|detail|portrait shot|headshot)\b/i.test(prompt)
    ? "close"
    : /\b(wide|panorama|panoramic|establishing|landscape shot|aerial)\b/i.test(prompt)
      ? "wide"
      : "normal";
  return {
    layout,
    backdrop,
    subject,
    weather: match(WEATHER_WORDS, now),
    headline: headlineOf(prompt),
    shot,
    explains: /\b(?:how (?:a|an|the|to|it|\w+ (?:is|are))|steps?|explain\w*|instructions?|recipe|guide)\b/i.test(
      prompt,
    ),
    shallow: /\b(shallow depth|bokeh|out of focus|blurred background|wide aperture)\b/i.test(prompt),
  };
}

/** What the picture is about: the character an earlier turn gave a name, else the line that says so, else what is named most. */
function subjectOf(
  prompt: string,
  context: string,
  now: ReadonlySet<string>,
  then: ReadonlySet<string>,
): string | null {
  const line = (text: string) => /^\s*subject:\s*(.+)$/im.exec(text)?.[1] ?? "";
  const named = (text: string) => match(SUBJECT_WORDS, new Set(bag(wantedPart(text))));
  const known = line(context);
  const name = /^([A-Z][\w'’-]+)\s*[:,]/.exec(known)?.[1];
  const meant = name && prompt.includes(name) ? named(known) : null;
  return meant ?? named(line(prompt)) ?? match(SUBJECT_WORDS, now) ?? named(known) ?? match(SUBJECT_WORDS, then);
}

/** Small things a character wears, as far as they can be drawn. */
export const wornIn = (text: string): string[] => {
  const words = new Set(bag(wantedPart(text)));
  return ["scarf", "satchel"].filter((thing) => words.has(thing));
};

/** Quoted words, else a brand or title the text names. */
export function headlineOf(text: string): string | null {
  const quoted = quotedWords(text);
  if (quoted) return quoted;
  const brand =
    /\b(?:brand(?:ed)?(?: name)?|called|named|titled|headline|lettering|logo reads?)\s*:?\s+([A-Z][\w&'’-]*(?:\s+[A-Z][\w&'’-]*){0,2})/.exec(
      text,
    );
  return brand?.[1] ?? null;
}

/** The entry most of whose words are named, earlier entries first. */
function match(table: Readonly<Record<string, string>>, words: ReadonlySet<string>): string | null {
  let best: string | null = null;
  let most = 0;
  for (const [name, list] of Object.entries(table)) {
    const score = list.split(" ").filter((word) => words.has(word)).length;
    if (score > most) [best, most] = [name, score];
  }
  return best;
}

function bag(text: string): string[] {
  return wordsOf(text).flatMap((word) => [word, singular(word)]);
}

function homeOf(subject: string): string {
  if (["tree", "house", "mountain"].includes(subject)) return "hills";
  if (subject === "car") return "city";
  if (subject === "boat") return "ocean";
  if (subject === "rocket" || subject === "planet") return "space";
  return "studio";
}
