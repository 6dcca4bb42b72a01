import type { GraphInput } from "../../protocol/graph.ts";
import { ROW_WORDS } from "./batch-words.ts";
import type { OutputColumn, TableRow } from "./table-row.ts";
import type { BatchView } from "./watch-batch.ts";

/** A column of a batch's table: the row's number, its status, its own cells, its results, its cost. */
export type TableColumn =
  | { kind: "row" | "state" | "cost"; key: string; title: string }
  | { kind: "cell"; key: string; title: string; index: number; input?: GraphInput }
  | { kind: "output"; key: string; title: string };

/** Columns from left to right. Own columns that feed an input come first, in their order; `titles` names nodes by id. */
export function tableColumns(
  { columns, map, inputs }: Pick<BatchView, "columns" | "map" | "inputs">,
  outputs: readonly OutputColumn[],
  titles: ReadonlyMap<string, string>,
): TableColumn[] {
  const cells = columns.map((title, index): Extract<TableColumn, { kind: "cell" }> => {
    const key = Object.hasOwn(map, title) ? map[title] : undefined;
    return { kind: "cell", key: `cell ${index}`, title, index, input: inputs.find((input) => input.key === key) };
  });
  const several = (node: string) => outputs.filter((output) => output.node === node).length > 1;
  return [
    { kind: "row", key: "row", title: "Row" },
    { kind: "state", key: "state", title: "State" },
    ...cells.filter(({ input }) => input !== undefined),
    ...outputs.map(({ key, node, port }) => {
      const name = titles.get(node) ?? node;
      return { kind: "output" as const, key: `out ${key}`, title: several(node) ? `${name}, ${port}` : name };
    }),
    { kind: "cost", key: "cost", title: "Cost" },
    ...cells.filter(({ input }) => input === undefined),
  ];
}

/** What a cell says as text, e.g. for the clipboard; pictures by their address at `origin`. */
export function cellText(row: TableRow, column: TableColumn, origin: string): string {
  switch (column.kind) {
    case "row":
      return String(row.index + 1);
    case "state":
      return row.error ? `${ROW_WORDS[row.status]}: ${row.error.message}` : ROW_WORDS[row.status];
    case "cost":
      return String(row.costUsd);
    case "cell":
      return row.cells[column.index] ?? "";
    case "output":
      return (row.outputs.get(column.key.slice(4)) ?? [])
        .map((shown) =>
          shown.kind === "words" ? shown.text : `${origin}/api/assets/${shown.asset.replace("sha256:", "")}`,
        )
        .join("\n");
  }
}
