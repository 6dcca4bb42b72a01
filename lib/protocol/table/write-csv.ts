import { stringify } from "csv-stringify/browser/esm/sync";

/** What makes a spreadsheet take a cell for a formula, full-width forms included. */
const FORMULA = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;
const NUMBER = /^[+-]?(\d+([.,]\d+)*|\.\d+)([eE][+-]?\d+)?$/;

/** True when a cell can only be a number. */
export const isNumeric = (cell: string): boolean => NUMBER.test(cell.trim());

/** A cell that no spreadsheet takes for a formula: an apostrophe before it where it would. A number in a column of numbers stays one. */
export const escapeCell = (cell: string, numericColumn: boolean): string =>
  FORMULA.test(cell) && !(numericColumn && isNumeric(cell)) ? `'${cell}` : cell;

/** Lines of a table that spreadsheets open safely; `numeric[column]`: the column holds numbers throughout. What was escaped is quoted. */
export const writeCsv = (rows: readonly (readonly string[])[], numeric: readonly boolean[]): string =>
  stringify(
    rows.map((cells) => cells.map((cell, column) => escapeCell(cell, numeric[column] === true))),
    { quoted_match: /^'|\r/ },
  );
