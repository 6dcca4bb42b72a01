import type { BatchRow } from "../../protocol/batches.ts";
import type { Value } from "../../protocol/values.ts";

/** What one place of a row's results shows. */
export type Shown =
  | { kind: "picture"; asset: string; width?: number; height?: number }
  | { kind: "words"; text: string };

/** A row as the table keeps it: its outputs as pictures and words, without what the run's own page tells. */
export type TableRow = Omit<BatchRow, "outputs" | "files"> & {
  /** By output column (`node.port`). */
  outputs: ReadonlyMap<string, readonly Shown[]>;
};

/** Where results stand in the table. */
export type OutputColumn = { key: string; node: string; port: string };

/** Keeps of a row what the table draws. */
export function tableRow({ outputs, files: _, ...row }: BatchRow): TableRow {
  const shown = new Map<string, readonly Shown[]>();
  for (const [node, ports] of Object.entries(outputs))
    for (const [port, values] of Object.entries(ports)) {
      const visible = values.flatMap((value) => shownValue(value) ?? []);
      if (visible.length > 0) shown.set(`${node}.${port}`, visible);
    }
  return { ...row, outputs: shown };
}

/** The columns of results so far, with those a row adds at the end; the same list when it adds none. */
export function withOutputs(columns: readonly OutputColumn[], row: TableRow): readonly OutputColumn[] {
  const known = new Set(columns.map(({ key }) => key));
  const added = [...row.outputs.keys()].filter((key) => !known.has(key));
  if (added.length === 0) return columns;
  return [
    ...columns,
    ...added.map((key) => ({
      key,
      node: key.slice(0, key.lastIndexOf(".")),
      port: key.slice(key.lastIndexOf(".") + 1),
    })),
  ];
}

function shownValue(value: Value): Shown | undefined {
  switch (value.kind) {
    case "image":
    case "mask":
      return { kind: "picture", asset: value.asset, width: value.width, height: value.height };
    case "file":
      return value.mediaType.startsWith("image/")
        ? { kind: "picture", asset: value.asset, width: value.image?.width, height: value.image?.height }
        : { kind: "words", text: value.label ?? value.mediaType };
    case "text":
      return { kind: "words", text: value.text };
    case "number":
      return { kind: "words", text: String(value.number) };
    case "verdict":
      return { kind: "words", text: `${value.passed ? "Passed" : "Did not pass"}, ${Math.round(value.score * 100)} %` };
    case "spec":
      return { kind: "words", text: value.name };
    case "thread":
      return value.text === undefined ? undefined : { kind: "words", text: value.text };
    case "record":
      return { kind: "words", text: JSON.stringify(value.record) };
    case "revision":
      return undefined;
  }
}
