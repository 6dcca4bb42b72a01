/** Characters of a reading that are looked at: no picture holds more that could be read. */
const MOST_READ = 10_000;
/** Letters and digits of scripts that part words by spaces; of the others any place may begin a word. */
const IN_WORD = /[\p{L}\p{N}\p{M}]/u;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const BETWEEN_UNSPACED =
  /(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]) (?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])/gu;

/** One character to compare and the characters it stands for. */
type Letter = { key: string; shown: string };

export type TextLikeness = {
  /** 1 − edit distance ÷ length, 0–1. */
  score: number;
  /** The part of the reading that comes nearest, one line. */
  nearest: string;
};

/**
 * How well a reading of a picture agrees with the words that should stand in it. Both are brought to Unicode NFKC, one kind of quotes and dashes
 * and single spaces (line breaks are spaces); capitals count only with `caseSensitive`. `exactly` compares the whole reading (edit distance ÷ the
 * longer text); `contains` looks for the best place in it (edit distance ÷ the expected text), and begins or ends inside a word at the price of
 * one edit, so that "Sales" is not "Sale". Readings are cut at 10,000 characters.
 */
export function textLikeness(
  expected: string,
  reading: string,
  rule: { match: "contains" | "exactly"; caseSensitive: boolean },
): TextLikeness {
  const wanted = lettersOf(plain(expected), rule.caseSensitive);
  const read = lettersOf(plain(reading.slice(0, MOST_READ)), rule.caseSensitive);
  if (wanted.length === 0) return { score: read.length === 0 ? 1 : 0, nearest: shownOf(read) };
  const anywhere = rule.match === "contains";
  const { edits, from, to } = nearestPlace(wanted, read, anywhere);
  const length = anywhere ? wanted.length : Math.max(wanted.length, read.length);
  return { score: Math.max(0, 1 - edits / length), nearest: shownOf(read.slice(from, to)).trim() };
}

const plain = (text: string): string =>
  text
    .replace(/[‘’‚‛′`´]/g, "'")
    .replace(/[“”„‟″«»]/g, '"')
    .replace(/[‐‑‒–—―−]/g, "-")
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .replace(/\s+/g, " ")
    .replace(BETWEEN_UNSPACED, "")
    .trim();

/** Folding by way of capitals makes `ß` and `SS` the same. */
const lettersOf = (text: string, caseSensitive: boolean): Letter[] =>
  [...text].flatMap((char) =>
    caseSensitive
      ? [{ key: char, shown: char }]
      : [...char.toUpperCase().toLowerCase()].map((key, index) => ({ key, shown: index === 0 ? char : "" })),
  );

const shownOf = (letters: readonly Letter[]): string => letters.map(({ shown }) => shown).join("");

/** The price of beginning or ending before letter `at`: one edit inside a word. */
function cutPrice(letters: readonly Letter[], at: number): number {
  const [before, after] = [letters[at - 1]?.key, letters[at]?.key];
  if (before === undefined || after === undefined) return 0;
  return IN_WORD.test(before) && IN_WORD.test(after) && !UNSPACED.test(before) && !UNSPACED.test(after) ? 1 : 0;
}

/** Least edits that turn `wanted` into a part of `read` (all of it unless `anywhere`), and which part: Sellers' algorithm, one row at a time. */
function nearestPlace(wanted: readonly Letter[], read: readonly Letter[], anywhere: boolean) {
  const prices = read.concat({ key: "", shown: "" }).map((_, at) => cutPrice(read, at));
  let row = prices.map((price, at) => ({ edits: anywhere ? price : at, from: anywhere ? at : 0 }));
  for (const letter of wanted) {
    const next = [{ edits: row[0]!.edits + 1, from: row[0]!.from }];
    for (let at = 1; at <= read.length; at++) {
      const replaced = row[at - 1]!.edits + (read[at - 1]!.key === letter.key ? 0 : 1);
      const [left, up] = [next[at - 1]!.edits + 1, row[at]!.edits + 1];
      const edits = Math.min(replaced, left, up);
      const from = edits === replaced ? row[at - 1]!.from : edits === up ? row[at]!.from : next[at - 1]!.from;
      next.push({ edits, from });
    }
    row = next;
  }
  if (!anywhere) return { edits: row[read.length]!.edits, from: 0, to: read.length };
  let best = { edits: Number.POSITIVE_INFINITY, from: 0, to: 0 };
  row.forEach(({ edits, from }, to) => {
    const whole = edits + prices[to]!;
    if (whole < best.edits) best = { edits: whole, from, to };
  });
  return best;
}
