import type { GraphInput, InputValues } from "../../protocol/graph.ts";
import { type Pictures, valueOfCell } from "./cell-values.ts";
import type { CheckCell } from "./check-cells.ts";
import { type Combine, combineRows, countCombined } from "./combine-rows.ts";
import { guessMapping, looksLikeHeader, type Mapping } from "./guess-mapping.ts";
import { type RawTable, type Table, tableOf } from "./read-table.ts";

/** A table on its way to become a batch: what was brought, and which input each column feeds. */
export type Draft = {
  raw: RawTable;
  /** Whether the first line holds the names. */
  header: boolean;
  table: Table;
  mapping: Mapping;
  /** Texts for inputs without a column, the same in every row, by input. */
  same: Readonly<Record<string, string>>;
  combine: Combine;
};

/** Begins with the likeliest reading. Throws TableError for what cannot be a table. */
export const startDraft = (raw: RawTable, inputs: readonly GraphInput[]): Draft =>
  withHeader({ raw, same: {}, combine: "zip" }, looksLikeHeader(raw, inputs), inputs);

/** The same text, with its first line read as names, or as a row. Throws TableError. */
export function withHeader(
  draft: Pick<Draft, "raw" | "same" | "combine">,
  header: boolean,
  inputs: readonly GraphInput[],
): Draft {
  const table = tableOf(draft.raw, header);
  // Without names the columns are most likely meant in the order of the inputs.
  const mapping = header ? guessMapping(table.columns, inputs) : table.columns.map((_, index) => inputs[index]?.key);
  return { ...draft, header, table, mapping };
}

/** A cell written anew. Rows that are not touched stay the same objects. */
export function withCell(draft: Draft, row: number, column: number, text: string): Draft {
  const old = draft.table.rows[row];
  if (!old) return draft;
  return { ...draft, table: { ...draft.table, rows: draft.table.rows.with(row, old.with(column, text)) } };
}

/** A table without some of its rows. */
export function withoutRows(draft: Draft, rows: ReadonlySet<number>): Draft {
  const keep = <T>(all: readonly T[]): T[] => all.filter((_, index) => !rows.has(index));
  return { ...draft, table: { ...draft.table, rows: keep(draft.table.rows), lines: keep(draft.table.lines) } };
}

const usedColumns = ({ mapping }: Draft): number[] =>
  mapping.flatMap((key, index) => (key === undefined ? [] : [index]));

export type Problems = {
  /** Sentences by row of the table and column. */
  cells: ReadonlyMap<number, ReadonlyMap<number, string>>;
  /** Sentences by input that no column feeds. */
  inputs: ReadonlyMap<string, string>;
  total: number;
};

/** Everything that is wrong with a draft, each at its place. */
export function problemsOf(draft: Draft, inputs: readonly GraphInput[], check: CheckCell): Problems {
  const cells = new Map<number, Map<number, string>>();
  const uncovered = new Map<string, string>();
  let total = 0;
  for (const input of inputs) {
    const column = draft.mapping.indexOf(input.key);
    const texts = column < 0 ? [] : draft.table.rows.map((row) => row[column] ?? "");
    // In a product empty cells do not count, unless there is nothing else.
    const blanks = draft.combine === "zip" || texts.every((text) => text.trim() === "");
    texts.forEach((text, row) => {
      const problem = text.trim() === "" && !blanks ? undefined : check(input, text);
      if (problem === undefined) return;
      const ofRow = cells.get(row) ?? new Map<number, string>();
      cells.set(row, ofRow.set(column, problem));
      total += 1;
    });
    if (column >= 0) continue;
    const problem = check(input, draft.same[input.key] || undefined);
    if (problem === undefined) continue;
    uncovered.set(input.key, problem);
    total += 1;
  }
  return { cells, inputs: uncovered, total };
}

/** How many rows the batch will have. */
export const countRows = (draft: Draft): number => countCombined(draft.table.rows, usedColumns(draft), draft.combine);

/** A row of the batch: its values by input, and all its cells as they were brought, by the name of the column. */
export type DraftRow = { inputs: InputValues; cells: readonly string[] };

/** The rows of the batch; undefined when there would be more than a table holds. */
export function rowsOf(draft: Draft, inputs: readonly GraphInput[], pictures: Pictures): DraftRow[] | undefined {
  const combined = combineRows(draft.table.rows, usedColumns(draft), draft.combine);
  return combined?.map((cells) => {
    const values: InputValues = {};
    for (const input of inputs) {
      const column = draft.mapping.indexOf(input.key);
      const text = column >= 0 ? (cells[column] ?? "") : draft.same[input.key] || undefined;
      const value = text === undefined ? undefined : valueOfCell(input, text, pictures);
      if (value !== undefined) values[input.key] = value;
    }
    return { inputs: values, cells };
  });
}
