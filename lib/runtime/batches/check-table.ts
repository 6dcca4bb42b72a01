import { canonical } from "../../engine/canonical.ts";
import { resolveInputs } from "../../engine/inputs.ts";
import type { Graph, GraphInput } from "../../protocol/graph.ts";
import { looksSecret } from "../../protocol/looks-secret.ts";
import { hasErrors, InvalidError, type Problem, problem } from "../../protocol/problems.ts";
import { readGraph } from "../../protocol/read-graph.ts";
import { combineRows } from "../../protocol/table/combine-rows.ts";
import { mapColumns } from "../../protocol/table/map-columns.ts";
import { few } from "../../protocol/table/read-csv.ts";
import { rowName, type Table } from "../../protocol/table/table.ts";
import type { AssetId } from "../../protocol/values.ts";
import { sha256 } from "../digest.ts";
import { withStandIns } from "../picture-inputs.ts";
import type { AssetStore } from "../ports.ts";
import type { CreateBatch } from "./batches-api.ts";
import { assetInPart, partsOfCell, type RowReading, rowInputs } from "./row-inputs.ts";

export type CheckedRow = { cells: string[]; pictures?: Record<string, AssetId> };
/** A request that can be stored: every cell fits its input. */
export type CheckedTable = {
  graph: Graph;
  graphHash: string;
  reading: RowReading;
  rows: CheckedRow[];
  /** Rows to run now. */
  only?: ReadonlySet<number>;
  tableHash: string;
  planHash: string;
};

type Request = Omit<CreateBatch, "table"> & { table: Table };

/** Equal for equal tables, whatever is done with them. */
export const hashTable = ({ columns, rows }: Table, combine = "zip"): string =>
  sha256(JSON.stringify([combine, columns, rows]));

/** Reads graph, columns and every cell. Throws InvalidError with every problem, each with its row (from 0 on) and column. */
export async function checkTable(assets: Pick<AssetStore, "has">, request: Request): Promise<CheckedTable> {
  const { graph, problems: wrong } = readGraph(request.graph);
  if (!graph || hasErrors(wrong)) throw new InvalidError(wrong);
  const { table: given, combine = "zip" } = request;
  const map = mapColumns(given.columns, graph.inputs, request.map);
  const used = given.columns.flatMap((column, index) => (map.has(column) ? [index] : []));
  const table = combineRows(given, used, combine);
  const reading = { columns: table.columns, inputs: graph.inputs, map, shared: request.inputs ?? {} };
  const rows = table.rows.map((cells) => ({ cells, pictures: picturesIn(reading, cells, request.pictures) }));
  const problems = [
    ...rowsOutside(request.only, rows.length),
    ...rows.flatMap((row, index) => rowProblems(reading, row, index, table.lines)),
    ...secretCells(table, map),
  ];
  if (problems.length === 0) problems.push(...(await missingPictures(assets, reading, rows, table.lines)));
  if (problems.length > 0) throw new InvalidError(few(said(problems)));
  const graphHash = sha256(canonical(graph));
  const { to, takes, inputs: shared } = request;
  const plan = { graphHash, columns: table.columns, rows, map: [...map], shared, to, takes, only: request.only };
  return {
    graph,
    graphHash,
    reading,
    rows,
    only: request.only && new Set(request.only),
    tableHash: hashTable(given, combine),
    planHash: sha256(JSON.stringify(plan)),
  };
}

const columnOf = (map: RowReading["map"], key: string | undefined): string | undefined =>
  [...map].find(([, input]) => input === key)?.[0];

/** What is wrong with a row, each problem named by row and column. The law of every run decides. */
export function rowProblems(reading: RowReading, row: CheckedRow, index: number, lines?: readonly number[]): Problem[] {
  const { given, problems: unfit } = withStandIns(reading.inputs, rowInputs(reading, row.cells, row.pictures));
  return [...unfit, ...resolveInputs(reading.inputs, given).problems].map(({ code, message, field }) => {
    const column = columnOf(reading.map, field);
    // What no column feeds is wrong for every row alike.
    if (column === undefined) return problem(code, message, { field });
    const where = `${rowName(index, lines)}, column "${column}"`;
    return problem(code, `${where[0]?.toUpperCase()}${where.slice(1)}: ${message}`, { field: column, row: index });
  });
}

/** Each once: what is the same for all rows is one problem. */
const said = (problems: Problem[]): Problem[] => [...new Map(problems.map((one) => [one.message, one])).values()];

const rowsOutside = (only: readonly number[] | undefined, total: number): Problem[] => {
  const beyond = only?.find((row) => row >= total || row < 0);
  return beyond === undefined
    ? []
    : [problem("UNKNOWN_ROW", `There is no row ${beyond}; the table has ${total}, counted from 0.`, { field: "only" })];
};

/** Columns nobody reads are kept and written out again; a key or password in them must not be. */
const secretCells = (table: Table, map: RowReading["map"]): Problem[] =>
  table.columns.flatMap((column, at) =>
    map.has(column)
      ? []
      : table.rows.flatMap((cells, row) =>
          looksSecret(cells[at] ?? "")
            ? [
                problem(
                  "SECRET_IN_TABLE",
                  `The column "${column}" holds what looks like a key or a password in ${rowName(row, table.lines)}.`,
                  { field: column, row },
                ),
              ]
            : [],
        ),
  );

const imageInputs = (reading: RowReading): { at: number; column: string; input: GraphInput }[] =>
  reading.columns.flatMap((column, at) => {
    const input = reading.inputs.find(({ key, type }) => type === "image" && key === reading.map.get(column));
    return input ? [{ at, column, input }] : [];
  });

/** The stored picture of every part of the row's cells that does not name it by itself. */
export function picturesIn(
  reading: RowReading,
  cells: readonly string[],
  stored: ReadonlyMap<string, AssetId> = new Map(),
): Record<string, AssetId> | undefined {
  const found: [string, AssetId][] = [];
  for (const { at, input } of imageInputs(reading))
    for (const part of partsOfCell(cells[at] ?? "", input.many === true)) {
      const asset = assetInPart(part) ?? stored.get(part);
      // An asset written without its prefix is kept in full, so that the garbage collector sees it.
      if (asset !== undefined && asset !== part) found.push([part, asset]);
    }
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

async function missingPictures(
  assets: Pick<AssetStore, "has">,
  reading: RowReading,
  rows: readonly CheckedRow[],
  lines?: readonly number[],
): Promise<Problem[]> {
  const known = new Map<AssetId, boolean>();
  const problems: Problem[] = [];
  for (const { at, column, input } of imageInputs(reading))
    for (const [row, { cells }] of rows.entries())
      for (const part of partsOfCell(cells[at] ?? "", input.many === true)) {
        const asset = assetInPart(part);
        if (asset === undefined) continue;
        if (!known.has(asset)) known.set(asset, await assets.has(asset));
        if (!known.get(asset))
          problems.push(
            problem("ASSET_MISSING", `The picture in ${rowName(row, lines)}, column "${column}" is not in the store.`, {
              field: column,
              row,
            }),
          );
      }
  return problems;
}
