/** Words that must stand one after the other; of the last one only the beginning, where it may still be typed. */
export type Phrase = { words: string[]; begun: boolean };

/** Letters that are not a base letter with a mark, so that taking marks off does not help. */
const ALIKE: Record<string, string> = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", þ: "th", ı: "i" };
/** Scripts written without spaces: every sign is a word of its own, and a run of them a phrase. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu;

/** The words of a text as they are compared: lower case, without accents, in order. */
export const wordsOf = (text: string): string[] =>
  text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[ßæœøđðłþı]/g, (letter) => ALIKE[letter] ?? letter)
    .replace(UNSPACED, " $& ")
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** Most characters and words of a search that are looked at: the rest of a pasted text adds nothing but work. */
const MOST_CHARS = 2000;
const MOST_WORDS = 32;

/**
 * What a person typed, as phrases that must all be found: words alone, `"…"` together, the last word perhaps only begun. Undefined = nothing is looked for
 * (empty, or only quotes so far); an empty list = nothing can be found (only signs).
 */
export function readSearch(text: string): Phrase[] | undefined {
  const asked = text.slice(0, MOST_CHARS);
  if (asked.replace(/["\s]+/g, "") === "") return undefined;
  const phrases: Phrase[] = [];
  let left = MOST_WORDS;
  for (const [index, part] of asked.split('"').entries()) {
    const quoted = index % 2 === 1;
    const words = wordsOf(part).slice(0, left);
    left -= words.length;
    if (words.length === 0) continue;
    // Of an unspaced script the signs of one run belong together even without quotes.
    if (quoted) phrases.push({ words, begun: false });
    else
      for (const run of part.split(/[^\p{L}\p{N}\p{M}]+/u)) {
        const one = wordsOf(run);
        if (one.length > 0) phrases.push({ words: one, begun: false });
      }
  }
  const kept = phrases.slice(0, MOST_WORDS);
  const last = kept.at(-1);
  // A word that ends with the text may go on; after a space or a closing quote it is whole.
  if (last && /[\p{L}\p{N}\p{M}]$/u.test(asked)) last.begun = true;
  return kept;
}
