import { LIMITS } from "../../protocol/limits.ts";

/** Records of a text, the line each begins on (from 1), before anybody said whether the first one holds the names. */
export type Records = { records: string[][]; lines: number[] };
type Delimiter = "\t" | "," | ";";

/**
 * What was pasted from a spreadsheet, or typed. With a tab in it it is a spreadsheet's, whatever else its cells hold; else commas and
 * semicolons count where they split every line alike, for lines of prose hold commas too. Blank records are left out.
 */
export function readPasted(text: string): Records {
  const delimiter = text.includes("\t") ? "\t" : (evenDelimiter(text) ?? "\t");
  const filled = split(text, delimiter, LIMITS.batchRows + 2).filter(({ cells }) =>
    cells.some((cell) => cell.trim() !== ""),
  );
  return { records: filled.map(({ cells }) => cells), lines: filled.map(({ line }) => line) };
}

const LOOKED_AT = { records: 20, chars: 65_536 };

function evenDelimiter(text: string): Delimiter | undefined {
  const head = text.slice(0, LOOKED_AT.chars);
  return ([",", ";"] as const)
    .map((delimiter) => {
      const widths = split(head, delimiter, LOOKED_AT.records)
        .filter(({ cells }) => cells.some((cell) => cell !== ""))
        .map(({ cells }) => cells.length);
      return { delimiter, width: widths.every((width) => width === widths[0]) ? (widths[0] ?? 1) : 1 };
    })
    .filter(({ width }) => width > 1)
    .sort((a, b) => b.width - a.width)[0]?.delimiter;
}

/**
 * Records of a clipboard, in time linear to its length. A cell that begins with a quote runs to its closing quote, over delimiters and line
 * ends; `""` inside is one quote. Spreadsheets leave a cell such as `"Hello" she said` unquoted: a quote that does not close its cell is a quote.
 */
function split(text: string, delimiter: Delimiter, most: number): { cells: string[]; line: number }[] {
  const records: { cells: string[]; line: number }[] = [];
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  let line = 1;
  let unclosed = false;
  const ends = (index: number) =>
    index >= text.length || text[index] === delimiter || text[index] === "\n" || text[index] === "\r";
  while (at < text.length && records.length < most) {
    const record = { cells: [] as string[], line };
    for (;;) {
      const quote = text[at] === '"' && !unclosed ? closingQuote(text, at) : undefined;
      if (quote === -1) unclosed = true;
      if (quote !== undefined && quote >= 0 && ends(quote + 1)) {
        const cell = text
          .slice(at + 1, quote)
          .replaceAll('""', '"')
          .replaceAll("\r\n", "\n");
        record.cells.push(cell);
        line += cell.split("\n").length - 1;
        at = quote + 1;
      } else {
        const start = at;
        while (!ends(at)) at += 1;
        record.cells.push(text.slice(start, at));
      }
      if (text[at] !== delimiter) break;
      at += 1;
    }
    if (text[at] === "\r" && text[at + 1] === "\n") at += 1;
    at += 1;
    line += 1;
    records.push(record);
  }
  return records;
}

/** Where the quote is that closes the one at `open`; -1 when none does. */
function closingQuote(text: string, open: number): number {
  for (let at = text.indexOf('"', open + 1); at >= 0; at = text.indexOf('"', at + 2))
    if (text[at + 1] !== '"') return at;
  return -1;
}
