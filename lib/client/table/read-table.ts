import { decodeText } from "./decode-text.ts";
import { guessDelimiter } from "./guess-delimiter.ts";
import { type Delimited, type Delimiter, readDelimited, TableError } from "./read-delimited.ts";

/** The most a table may hold; a larger one is refused before it is shown. */
export const TABLE_LIMITS = { rows: 10_000, columns: 200, cellBytes: 32 * 1024, fileBytes: 10 * 1024 * 1024 } as const;

/** A text as records, before anybody said whether the first one holds the names. */
export type RawTable = { records: Delimited[]; delimiter: Delimiter; note?: string };
/** A table: names of its columns, and rows of the same width. `lines[i]` is where row i stands in its text. */
export type Table = { columns: string[]; rows: string[][]; lines: number[] };

/** Reads a dropped file: CSV, TSV, semicolons, UTF-8, UTF-16. Throws TableError. */
export function readTableFile(bytes: Uint8Array): RawTable {
  if (bytes.length > TABLE_LIMITS.fileBytes)
    throw new TableError("FILE_TOO_LARGE", "The file is larger than 10 MB. Split it into several tables.");
  if (bytes[0] === 0x50 && bytes[1] === 0x4b)
    throw new TableError(
      "NOT_A_TABLE",
      "This is an Excel workbook. Save it as CSV, or copy its cells and paste them here.",
    );
  const { text, encoding } = decodeText(bytes);
  if (text.includes("\0"))
    throw new TableError("NOT_A_TABLE", "This file is not a table in plain text. Save it as CSV.");
  const read = readRecords(text, "file");
  return encoding === "windows-1252"
    ? { ...read, note: "The file is not UTF-8; it was read as Windows text. Look at the accents." }
    : read;
}

/** Reads what was pasted from a spreadsheet, or typed. Throws TableError. */
export const readPastedTable = (text: string): RawTable => readRecords(text, "paste");

function readRecords(text: string, from: "file" | "paste"): RawTable {
  // Excel writes its delimiter into the first line of some files.
  const [, told] = /^\uFEFF?sep=([,;\t])\r?\n/i.exec(text) ?? [];
  const body = told === undefined ? text : text.slice(text.indexOf("\n") + 1);
  const delimiter = (told as Delimiter | undefined) ?? guessDelimiter(body, from);
  const skipped = told === undefined ? 0 : 1;
  const records = readDelimited(body, delimiter, { lenient: from === "paste", most: TABLE_LIMITS.rows + 2 })
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ""))
    .map(({ cells, line }) => ({ cells, line: line + skipped }));
  if (records.length === 0)
    throw new TableError("TABLE_EMPTY", "There is nothing in it. Copy the cells with their names and paste again.");
  return { records: withoutEmptyEdge(records), delimiter };
}

/** Spreadsheets copy empty columns on the right along. */
function withoutEmptyEdge(records: Delimited[]): Delimited[] {
  const last = (cells: string[]) => cells.findLastIndex((cell) => cell.trim() !== "") + 1;
  const width = Math.max(...records.map(({ cells }) => last(cells)));
  return records.map((record) =>
    record.cells.length > width ? { ...record, cells: record.cells.slice(0, width) } : record,
  );
}

/** Names and rows of a raw table. Without `header` the columns are named A, B, C …. Throws TableError for what cannot be a table. */
export function tableOf({ records }: RawTable, header: boolean): Table {
  const first = records[0]?.cells ?? [];
  if (first.length > TABLE_LIMITS.columns)
    throw new TableError(
      "TOO_MANY_COLUMNS",
      `The table has ${first.length} columns; at most ${TABLE_LIMITS.columns} are read.`,
    );
  const columns = header ? first.map((name) => name.trim()) : first.map((_, index) => letters(index));
  checkNames(columns, records[0]?.line ?? 1);
  const body = header ? records.slice(1) : records;
  if (body.length > TABLE_LIMITS.rows)
    throw new TableError("TOO_MANY_ROWS", "The table has more than 10,000 rows. Split it into several tables.");
  if (body.length === 0) throw new TableError("TABLE_EMPTY", "There are names but no rows under them.");
  for (const { cells, line } of body) {
    if (cells.length !== columns.length)
      throw new TableError(
        "CSV_RAGGED",
        `Line ${line} has ${cells.length} cells where the first line has ${columns.length}. Mend that line and try again.`,
        line,
      );
    const long = cells.findIndex(
      (cell) => cell.length * 3 > TABLE_LIMITS.cellBytes && bytesOf(cell) > TABLE_LIMITS.cellBytes,
    );
    if (long >= 0)
      throw new TableError(
        "CELL_TOO_LONG",
        `Line ${line}: the cell under “${columns[long]}” is longer than 32 kB.`,
        line,
      );
  }
  return { columns, rows: body.map(({ cells }) => cells), lines: body.map(({ line }) => line) };
}

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

function checkNames(columns: readonly string[], line: number): void {
  const seen = new Set<string>();
  columns.forEach((name, index) => {
    if (name === "")
      throw new TableError(
        "EMPTY_COLUMN",
        `The ${ordinal(index + 1)} column has no name. Give it one, or leave the column out.`,
        line,
      );
    if (seen.has(name.toLowerCase()))
      throw new TableError("DUPLICATE_COLUMN", `Two columns are called “${name}”. Rename one of them.`, line);
    seen.add(name.toLowerCase());
  });
}

const ordinal = (n: number): string =>
  `${n}${["th", "st", "nd", "rd"][n % 100 > 10 && n % 100 < 14 ? 0 : n % 10] ?? "th"}`;

/** What spreadsheets call their columns: A … Z, AA …. */
export const letters = (index: number): string =>
  (index >= 26 ? letters(Math.floor(index / 26) - 1) : "") + String.fromCharCode(65 + (index % 26));
