/** One record of a delimited text and the line it begins on, counted from 1. */
export type Delimited = { cells: string[]; line: number };
export type Delimiter = "\t" | "," | ";";

/** A table that cannot be read; `code` is stable, `line` counts from 1. */
export class TableError extends Error {
  readonly code: string;
  readonly line?: number;
  constructor(code: string, message: string, line?: number) {
    super(message);
    this.name = "TableError";
    this.code = code;
    this.line = line;
  }
}

/**
 * Splits a delimited text into records, in time linear to its length. A cell that begins with a quote runs to its closing quote, over
 * delimiters and line ends; `""` inside is one quote. `lenient` is for the clipboard, where spreadsheets leave a cell such as `"Hello" she
 * said` unquoted: a quote that does not close its cell is then a quote. Otherwise it throws CSV_MALFORMED with the line. `most` stops early.
 */
export function readDelimited(
  text: string,
  delimiter: Delimiter,
  { lenient = false, most = Number.POSITIVE_INFINITY }: { lenient?: boolean; most?: number } = {},
): Delimited[] {
  const records: Delimited[] = [];
  const from = text.startsWith("\uFEFF") ? 1 : 0;
  let [at, line, unclosed] = [from, 1, false];
  const ends = (index: number) =>
    index >= text.length || text[index] === delimiter || text[index] === "\n" || text[index] === "\r";
  const wrong = (problem: string): TableError => new TableError("CSV_MALFORMED", `Line ${line}: ${problem}`, line);

  while (at < text.length && records.length < most) {
    const record: Delimited = { cells: [], line };
    for (;;) {
      const quoted = text[at] === '"' && !unclosed ? closingQuote(text, at) : undefined;
      if (quoted === -1 && !lenient) throw wrong("a quote is opened here and never closed.");
      if (quoted === -1) unclosed = true;
      if (quoted !== undefined && quoted >= 0 && ends(quoted + 1)) {
        const cell = text
          .slice(at + 1, quoted)
          .replaceAll('""', '"')
          .replaceAll("\r\n", "\n");
        record.cells.push(cell);
        line += lineEnds(cell);
        at = quoted + 1;
      } else {
        if (quoted !== undefined && quoted >= 0 && !lenient)
          throw wrong("a quote closes in the middle of a cell. Write quotes inside a quoted cell twice.");
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

function lineEnds(text: string): number {
  let found = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) found += 1;
  return found;
}
