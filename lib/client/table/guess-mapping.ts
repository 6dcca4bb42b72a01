import type { GraphInput } from "../../protocol/graph.ts";

/** Which input each column feeds, by column; undefined = not used. An input stands at most once. */
export type Mapping = readonly (string | undefined)[];

/** Case, spaces and punctuation of a name do not count. */
export const plainName = (name: string): string =>
  name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s_\-.:*()]+/g, "");

/** Columns and inputs that are called the same, by the input's key first, then by its title. A single column feeds a single input in any case. */
export function guessMapping(columns: readonly string[], inputs: readonly GraphInput[]): Mapping {
  const taken = new Set<string>();
  const take = (key: string | undefined): string | undefined => {
    if (key === undefined || taken.has(key)) return undefined;
    taken.add(key);
    return key;
  };
  const by = (named: (input: GraphInput) => string) => (column: string) =>
    take(inputs.find((input) => plainName(named(input)) === plainName(column) && !taken.has(input.key))?.key);
  const byKey = columns.map(by(({ key }) => key));
  const byTitle = columns.map((column, index) => byKey[index] ?? by(({ title = "" }) => title)(column));
  return columns.length === 1 && inputs.length === 1 ? [inputs[0]?.key] : byTitle;
}

/** A column feeds another input, or none; whoever fed it before does not any more. */
export const withMapped = (mapping: Mapping, column: number, key: string | undefined): Mapping =>
  mapping.map((old, index) => (index === column ? key : key !== undefined && old === key ? undefined : old));

/** Whether the first record holds names rather than values: some input is called so, or nothing in it looks like a value. */
export function looksLikeHeader(records: readonly (readonly string[])[], inputs: readonly GraphInput[]): boolean {
  const cells = records[0] ?? [];
  const names = new Set(inputs.flatMap(({ key, title }) => [plainName(key), plainName(title ?? key)]));
  const plain = cells.map(plainName);
  if (plain.some((name) => names.has(name))) return true;
  return (
    records.length > 1 &&
    cells.length > 1 &&
    new Set(plain).size === cells.length &&
    cells.every((cell) => cell.trim() !== "" && cell.length <= 40 && !/^(https?:|sha256:|[-+]?\d|#)/i.test(cell.trim()))
  );
}
