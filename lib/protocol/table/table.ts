/** A table as text: every row has as many cells as there are columns. `lines[i]` is the line of the file where row i begins (from 1 on). */
export type Table = { columns: string[]; rows: string[][]; lines?: number[] };

/** "row 3 (line 5)": rows are counted from 1 for people; the line is told where the table was a file. */
export const rowName = (index: number, lines?: readonly number[]): string =>
  `row ${index + 1}${lines?.[index] === undefined ? "" : ` (line ${lines[index]})`}`;
