import type { Combine } from "../batches.ts";
import { LIMITS } from "../limits.ts";
import { InvalidError, problem } from "../problems.ts";
import type { Table } from "./table.ts";

/**
 * The rows of a batch made from a table's. In a product the first used column changes slowest, empty cells do not count, equal ones count once,
 * and columns that are not used are empty. Throws InvalidError TOO_MANY_ROWS.
 */
export function combineRows(table: Table, used: readonly number[], combine: Combine): Table {
  if (combine === "zip") return table;
  const lists = used
    .map((column) => ({ column, values: distinct(table.rows, column) }))
    .filter((l) => l.values.length > 0);
  const size = lists.reduce((product, { values }) => product * values.length, 1);
  if (size > LIMITS.batchRows)
    throw new InvalidError([
      problem("TOO_MANY_ROWS", `All combinations would make ${size} rows; at most ${LIMITS.batchRows} are taken.`),
    ]);
  let rows: string[][] = [table.columns.map(() => "")];
  for (const { column, values } of lists) rows = rows.flatMap((row) => values.map((value) => row.with(column, value)));
  return { columns: table.columns, rows };
}

const distinct = (rows: readonly (readonly string[])[], column: number): string[] => [
  ...new Set(rows.map((row) => row[column] ?? "").filter((cell) => cell.trim() !== "")),
];
