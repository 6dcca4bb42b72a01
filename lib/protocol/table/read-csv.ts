import { CsvError, type InfoRecord, parse } from "csv-parse/browser/esm/sync";
import { LIMITS } from "../limits.ts";
import { InvalidError, type Problem, problem } from "../problems.ts";
import { exceedsBytes } from "../utf8.ts";
import { decodeTable } from "./decode-table.ts";
import type { Table } from "./table.ts";

type Delimiter = "," | ";" | "\t";
type Record = { record: string[]; info: InfoRecord };

/** Records looked at to find the delimiter. */
const LOOKED_AT = 20;
const HEAD_CHARS = 64 * 1024;
const MOST_PROBLEMS = 20;

/** A table file as it is on the disk: CSV with commas, semicolons or tabs, UTF-8 or UTF-16. Throws InvalidError as `readCsv` does. */
export function readTableFile(bytes: Uint8Array): Table {
  if (bytes.length > LIMITS.tableBytes) throw tooLarge();
  if (bytes[0] === 0x50 && bytes[1] === 0x4b)
    throw new InvalidError([problem("NOT_A_TABLE", "This is a workbook or an archive. Save it as CSV first.")]);
  return readCsv(decodeTable(bytes).text);
}

/**
 * A table as text; the first record names the columns. Cells keep their text, line ends within them become \n. Throws InvalidError: TABLE_TOO_LARGE,
 * TOO_MANY_ROWS, TOO_MANY_COLUMNS, CELL_TOO_LARGE, CSV_MALFORMED, RAGGED_LINE, DUPLICATE_COLUMN, TABLE_EMPTY; each names its row and line.
 */
export function readCsv(given: string): Table {
  if (exceedsBytes(given, LIMITS.tableBytes)) throw tooLarge();
  const unmarked = given.charCodeAt(0) === 0xfeff ? given.slice(1) : given;
  if (unmarked.includes("\0"))
    throw new InvalidError([problem("NOT_A_TABLE", "This is not a table in plain text. Save it as CSV.")]);
  // Some spreadsheets say in a first line what separates the cells.
  const told = /^sep=([,;\t])\r?\n/i.exec(unmarked);
  const text = (told ? unmarked.slice(told[0].length) : unmarked).replace(/\r\n?/g, "\n");
  const delimiter = (told?.[1] as Delimiter | undefined) ?? delimiterOf(text);
  const records = recordsOf(text, delimiter, LIMITS.batchRows + 2);
  const skipped = told ? 1 : 0;
  return tableOf(
    records.map(({ record }) => record),
    records.map(({ record, info }) => info.lines - lineEnds(record) + skipped),
  );
}

/**
 * A table from records, the first of which names the columns; `lines` = where each begins. Columns that are empty throughout at the right edge
 * are left out. Throws InvalidError.
 */
export function tableOf(records: readonly string[][], lines?: readonly number[]): Table {
  const [names = [], ...body] = records;
  const at = (row: number) => `Line ${lines?.[row + 1] ?? row + 2} (row ${row + 1})`;
  if (names.length > LIMITS.tableColumns && names.slice(LIMITS.tableColumns).some((name) => name.trim() !== ""))
    throw refused(
      "TOO_MANY_COLUMNS",
      `The table has ${names.length} columns; at most ${LIMITS.tableColumns} are taken.`,
    );
  if (body.length > LIMITS.batchRows)
    throw refused(
      "TOO_MANY_ROWS",
      `The table has more than ${LIMITS.batchRows} rows; row ${LIMITS.batchRows + 1} is too many.`,
    );
  const ragged = body.flatMap((cells, row) =>
    cells.length === names.length
      ? []
      : [
          problem(
            "RAGGED_LINE",
            `${at(row)} has ${count(cells.length)}, the first line names ${count(names.length)}.`,
            { row },
          ),
        ],
  );
  if (ragged.length > 0) throw new InvalidError(few(ragged));
  const width = Math.max(0, ...records.map((cells) => cells.findLastIndex((cell) => cell.trim() !== "") + 1));
  const columns = names.slice(0, width).map((name) => name.trim());
  const problems = [
    ...columnProblems(columns),
    ...body.flatMap((cells, row) =>
      cells.flatMap((cell, column) =>
        exceedsBytes(cell, LIMITS.cellBytes)
          ? [
              problem(
                "CELL_TOO_LARGE",
                `${at(row)}, column ${column + 1} "${columns[column]}" holds more than the limit of ${LIMITS.cellBytes} bytes.`,
                { row, field: columns[column] },
              ),
            ]
          : [],
      ),
    ),
  ];
  if (problems.length > 0) throw new InvalidError(few(problems));
  if (body.length === 0)
    throw refused("TABLE_EMPTY", "The table has no rows below its first line, which names the columns.");
  return {
    columns,
    rows: body.map((cells) => cells.slice(0, width)),
    ...(lines ? { lines: lines.slice(1) } : {}),
  };
}

/** Two columns of one name, whatever its case, or none: a cell's place must have one name. */
export function columnProblems(columns: readonly string[]): Problem[] {
  const seen = new Map<string, number>();
  return columns.flatMap((name, index) => {
    if (name === "")
      return [
        problem("DUPLICATE_COLUMN", `Column ${index + 1} has no name. Give it one, or remove it.`, { field: name }),
      ];
    const folded = name.normalize("NFC").toLowerCase();
    const first = seen.get(folded);
    if (first !== undefined)
      return [
        problem(
          "DUPLICATE_COLUMN",
          `Columns ${first + 1} and ${index + 1} are both called "${name}". Rename one of them.`,
          {
            field: name,
          },
        ),
      ];
    seen.set(folded, index);
    return [];
  });
}

function recordsOf(text: string, delimiter: Delimiter, most: number): Record[] {
  try {
    return parse(text, {
      delimiter,
      info: true,
      to: most,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: 0,
      record_delimiter: "\n",
    }) as unknown as Record[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const row = Number(error.records ?? 0);
    const where = row === 0 ? "The first line" : `Row ${row} (record ${row + 1})`;
    throw refused(
      "CSV_MALFORMED",
      error.code === "CSV_QUOTE_NOT_CLOSED"
        ? `${where} opens a quote that is never closed.`
        : `${where} cannot be read: ${error.message}.`,
      row === 0 ? {} : { row: row - 1 },
    );
  }
}

/** The delimiter that splits the first records into the same number of cells, the most of them; else what splits the first line most. */
function delimiterOf(text: string): Delimiter {
  const head = text.slice(0, HEAD_CHARS);
  const found = ([",", ";", "\t"] as const).map((delimiter) => {
    const widths = widthsOf(head, delimiter, head.length < text.length);
    const first = widths[0] ?? 1;
    return { delimiter, first, even: widths.every((width) => width === first) };
  });
  const even = found.filter((one) => one.even && one.first > 1);
  return (even.length > 0 ? even : found).reduce((best, one) => (one.first > best.first ? one : best)).delimiter;
}

function widthsOf(head: string, delimiter: Delimiter, cut: boolean): number[] {
  for (const most of [LOOKED_AT, 1]) {
    try {
      const records = recordsOf(head, delimiter, most).map(({ record }) => record.length);
      // The last of a head that was cut off may be half a record.
      return cut && records.length < most && records.length > 1 ? records.slice(0, -1) : records;
    } catch {
      // An open quote in the head: the first record alone may still be whole.
    }
  }
  return [];
}

const lineEnds = (cells: readonly string[]): number =>
  cells.reduce((sum, cell) => sum + (cell.match(/\n/g)?.length ?? 0), 0);
const count = (cells: number): string => `${cells} ${cells === 1 ? "cell" : "cells"}`;
const refused = (code: string, message: string, where: Partial<Problem> = {}) =>
  new InvalidError([problem(code, message, where)]);
const tooLarge = () =>
  refused(
    "TABLE_TOO_LARGE",
    `The table is larger than the limit of ${LIMITS.tableBytes} bytes. Split it into several.`,
  );

/** The first of many problems, and how many more there are. */
export function few(problems: Problem[], most: number = MOST_PROBLEMS): Problem[] {
  if (problems.length <= most) return problems;
  const first = problems[0] as Problem;
  return [...problems.slice(0, most), { ...first, message: `… and ${problems.length - most} more like these.` }];
}
