import type { Combine, CreateBatchBody } from "../../protocol/batches.ts";
import type { GraphInput } from "../../protocol/graph.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { tableOf } from "../../protocol/table/read-csv.ts";
import type { Table } from "../../protocol/table/table.ts";
import { assetsInCell, type Pictures, valueOfCell } from "./cell-values.ts";
import type { CheckCell } from "./check-cells.ts";
import { guessMapping, looksLikeHeader, type Mapping } from "./guess-mapping.ts";
import type { Records } from "./read-pasted.ts";
import type { Cell } from "./selection.ts";

/** A table on its way to become a batch: what was brought, and which input each column feeds. */
export type Draft = {
  brought: Records;
  /** Whether the first record holds the names. */
  header: boolean;
  table: Table;
  mapping: Mapping;
  /** Texts for inputs without a column, the same in every row, by input. */
  same: Readonly<Record<string, string>>;
  combine: Combine;
};

/** Begins with the likeliest reading. Throws InvalidError for what cannot be a table. */
export const startDraft = (brought: Records, inputs: readonly GraphInput[]): Draft =>
  withHeader({ brought, same: {}, combine: "zip" }, looksLikeHeader(brought.records, inputs), inputs);

/** The same text, with its first record read as names, or as a row under A, B, C …. Throws InvalidError. */
export function withHeader(
  draft: Pick<Draft, "brought" | "same" | "combine">,
  header: boolean,
  inputs: readonly GraphInput[],
): Draft {
  const { records, lines } = draft.brought;
  const names = (records[0] ?? []).map((_, index) => letters(index));
  const table = header ? tableOf(records, lines) : tableOf([names, ...records], [0, ...lines]);
  // Without names the columns are most likely meant in the order of the inputs.
  const mapping = header ? guessMapping(table.columns, inputs) : table.columns.map((_, index) => inputs[index]?.key);
  return { ...draft, header, table, mapping };
}

/** What spreadsheets call their columns: A … Z, AA …. */
export const letters = (index: number): string =>
  (index >= 26 ? letters(Math.floor(index / 26) - 1) : "") + String.fromCharCode(65 + (index % 26));

/** A cell written anew. Rows that are not touched stay the same objects. */
export function withCell(draft: Draft, row: number, column: number, text: string): Draft {
  const old = draft.table.rows[row];
  if (!old) return draft;
  return { ...draft, table: { ...draft.table, rows: draft.table.rows.with(row, old.with(column, text)) } };
}

/** A table without some of its rows. */
export function withoutRows(draft: Draft, rows: ReadonlySet<number>): Draft {
  const keep = <T>(all: readonly T[]): T[] => all.filter((_, index) => !rows.has(index));
  const { table } = draft;
  return { ...draft, table: { ...table, rows: keep(table.rows), lines: table.lines && keep(table.lines) } };
}

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

/** The next cell with a problem after a place, row by row, from the top again behind the last one; undefined when nothing is wrong. */
export function nextProblem({ cells }: Problems, after: Cell | undefined): Cell | undefined {
  const all = [...cells]
    .flatMap(([row, columns]) => [...columns.keys()].map((column): Cell => ({ row, column })))
    .sort((a, b) => a.row - b.row || a.column - b.column);
  const later = all.find(
    ({ row, column }) => !after || row > after.row || (row === after.row && column > after.column),
  );
  return later ?? all[0];
}

/** How many rows the batch will have, and whether that is too many. */
export function countRows({ table, mapping, combine }: Draft): { rows: number; tooMany: boolean } {
  const distinct = (column: number) =>
    new Set(table.rows.map((row) => row[column] ?? "").filter((cell) => cell.trim() !== "")).size;
  const rows =
    combine === "zip"
      ? table.rows.length
      : mapping.reduce((product, key, column) => product * (key === undefined ? 1 : Math.max(1, distinct(column))), 1);
  return { rows, tooMany: rows > LIMITS.batchRows };
}

/** What the server is told of a draft: its table, with dropped pictures by their asset, and which input each column feeds. */
export function bodyOf(
  draft: Draft,
  inputs: readonly GraphInput[],
  pictures: Pictures,
): Pick<CreateBatchBody, "columns" | "rows" | "map" | "inputs" | "combine"> {
  const { table, mapping, same, combine } = draft;
  const byKey = new Map(inputs.map((input) => [input.key, input]));
  const images = mapping.map((key) => {
    const input = key === undefined ? undefined : byKey.get(key);
    return input?.type === "image" ? input : undefined;
  });
  const rows = table.rows.map((row) =>
    row.map((cell, column) => (images[column] ? assetsInCell(cell, images[column]?.many === true, pictures) : cell)),
  );
  const shared = inputs.flatMap((input): [string, unknown][] => {
    const text = mapping.includes(input.key) ? undefined : same[input.key];
    const value = text ? valueOfCell(input, text, pictures) : undefined;
    return value === undefined ? [] : [[input.key, value]];
  });
  return {
    columns: table.columns,
    rows,
    map: Object.fromEntries(table.columns.map((name, column) => [name, mapping[column] ?? null])),
    inputs: Object.fromEntries(shared),
    combine,
  };
}
