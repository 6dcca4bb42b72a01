import { type Delimiter, readDelimited } from "./read-delimited.ts";

const LOOKED_AT = { records: 20, chars: 65_536 };
const CANDIDATES: readonly Delimiter[] = ["\t", ",", ";"];

/**
 * What separates the cells of a text: the delimiter that splits its first records into the same number of cells, the most of them. Where
 * none does, a file is split by what its first line holds most, so that a ragged line is found and named; a pasted text is one column.
 */
export function guessDelimiter(text: string, from: "file" | "paste"): Delimiter {
  const head = text.slice(0, LOOKED_AT.chars);
  // A clipboard with a tab is a spreadsheet's, whatever else its cells hold.
  if (from === "paste" && head.includes("\t")) return "\t";
  const found = CANDIDATES.map((delimiter) => {
    const all = readDelimited(head, delimiter, { lenient: true, most: LOOKED_AT.records + 1 });
    // The last one may have been cut off.
    const records = all.slice(0, head.length < text.length ? -1 : undefined).slice(0, LOOKED_AT.records);
    const widths = records.filter(({ cells }) => cells.some((cell) => cell !== "")).map(({ cells }) => cells.length);
    return { delimiter, first: widths[0] ?? 1, even: widths.every((width) => width === widths[0]) };
  });
  const best = (of: typeof found) => of.reduce((a, b) => (b.first > a.first ? b : a), { delimiter: "\t", first: 1 });
  const even = best(found.filter((candidate) => candidate.even));
  if (even.first > 1 || from === "paste") return even.delimiter as Delimiter;
  const widest = best(found);
  return widest.first > 1 ? (widest.delimiter as Delimiter) : ",";
}
