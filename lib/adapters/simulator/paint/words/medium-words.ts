import { singular, wantedPart, wordsOf } from "./tokens.ts";

/** How a picture is made, where words name a craft the simulator can imitate. */
export type Medium = "woodblock" | "panel" | "retro-ad";

const CRAFTS = "woodblock mokuhanga ukiyo ukiyo-e hanga woodcut shin-hanga";
const OLD = "retro vintage mid-century midcentury 1950s 1960s 1970s fifties sixties seventies";
const ADVERT = "ad advert advertisement poster print campaign magazine";

/**
 * The craft a text asks for. A craft of the spec sheet or of an earlier turn holds on for woodblock; a panel and an advertisement are
 * asked for picture by picture.
 */
export function mediumOf(prompt: string, context: string): Medium | null {
  const now = bag(prompt);
  if (/\b(?:single|one) (?:comic )?panel\b|\bpanel (?:\d|one|two|three|four|five|six)\b/i.test(prompt)) return "panel";
  if (has(now, OLD) && has(now, ADVERT)) return "retro-ad";
  if (has(now, CRAFTS) || has(bag(context), CRAFTS)) return "woodblock";
  return null;
}

const bag = (text: string): ReadonlySet<string> =>
  new Set(wordsOf(wantedPart(text)).flatMap((word) => [word, singular(word)]));

const has = (words: ReadonlySet<string>, list: string): boolean => list.split(" ").some((word) => words.has(word));
