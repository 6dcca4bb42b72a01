/** Something that can be found by typing: its name weighs most, then the `also` texts, each less than the one before. */
export type Findable = { title: string; also?: readonly (string | undefined)[] };

/**
 * How well a query fits, 0–1; 0 = not at all. Every word of the query must be found: at the start of the title, at the start of a word,
 * inside, or (in the title only) as letters in this order.
 */
export function score(query: string, thing: Findable): number {
  const words = plain(query).split(" ").filter(Boolean);
  if (words.length === 0) return 1;
  const title = plain(thing.title);
  const also = (thing.also ?? []).map((text) => plain(text ?? ""));
  let sum = 0;
  for (const word of words) {
    const best = Math.max(inTitle(word, title), ...also.map((text, index) => inText(word, text) * 0.6 ** (index + 1)));
    if (best === 0) return 0;
    sum += best;
  }
  return sum / words.length;
}

/** The things a query finds, best first; with an empty query all of them in their own order. */
export function search<T>(query: string, things: readonly T[], findable: (thing: T) => Findable): T[] {
  if (query.trim() === "") return [...things];
  return things
    .map((thing) => ({ thing, score: score(query, findable(thing)) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ thing }) => thing);
}

function inTitle(word: string, title: string): number {
  if (title === word) return 1;
  if (title.startsWith(word)) return 0.95;
  return Math.max(inText(word, title) * 0.9, inOrder(word, title) ? 0.3 : 0);
}

function inText(word: string, text: string): number {
  const at = text.indexOf(word);
  if (at < 0) return 0;
  return at === 0 || text.includes(` ${word}`) ? 0.9 : 0.6;
}

function inOrder(word: string, text: string): boolean {
  let at = -1;
  for (const letter of word) {
    at = text.indexOf(letter, at + 1);
    if (at < 0) return false;
  }
  return true;
}

const plain = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[\s_\-.:/]+/g, " ")
    .trim();
