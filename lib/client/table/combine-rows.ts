import { TABLE_LIMITS } from "./read-table.ts";

/** `zip`: rows as they stand. `product`: every combination of what the columns hold. */
export type Combine = "zip" | "product";

/** How many rows `combine` would make. */
export function countCombined(rows: readonly (readonly string[])[], used: readonly number[], combine: Combine): number {
  if (combine === "zip") return rows.length;
  return used.reduce((product, column) => product * Math.max(1, distinct(rows, column).length), 1);
}

/**
 * The rows of a batch made from a table's. In a product the first used column changes slowest, empty cells do not count and equal ones
 * once; columns that are not used are empty. Undefined when there would be more rows than a table holds.
 */
export function combineRows(
  rows: readonly (readonly string[])[],
  used: readonly number[],
  combine: Combine,
): readonly (readonly string[])[] | undefined {
  if (combine === "zip") return rows;
  if (countCombined(rows, used, combine) > TABLE_LIMITS.rows) return undefined;
  const width = rows[0]?.length ?? 0;
  let combined: string[][] = [Array.from({ length: width }, () => "")];
  for (const column of used) {
    const values = distinct(rows, column);
    if (values.length === 0) continue;
    combined = combined.flatMap((row) => values.map((value) => row.with(column, value)));
  }
  return combined;
}

const distinct = (rows: readonly (readonly string[])[], column: number): string[] => [
  ...new Set(rows.map((row) => row[column] ?? "").filter((cell) => cell.trim() !== "")),
];
