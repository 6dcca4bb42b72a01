import type { GraphInput, InputValues } from "../../protocol/graph.ts";
import type { AssetId } from "../../protocol/values.ts";

const ASSET = /^(?:sha256:)?([0-9a-f]{64})$/i;

/** The parts of a cell of an image input: one, or for many images those on lines of their own or between | signs. */
export const partsOfCell = (cell: string, many: boolean): string[] =>
  (many ? cell.split(/[\n|]/) : [cell]).map((part) => part.trim()).filter((part) => part !== "");

/** The asset a part names by itself. */
export const assetInPart = (part: string): AssetId | undefined => {
  const [, hex] = ASSET.exec(part) ?? [];
  return hex === undefined ? undefined : `sha256:${hex.toLowerCase()}`;
};

/** What all rows have in common, to read one. */
export type RowReading = {
  columns: readonly string[];
  inputs: readonly GraphInput[];
  /** Column → input. */
  map: ReadonlyMap<string, string>;
  shared: InputValues;
};

/**
 * What a row gives to the graph's inputs. Texts stay texts: `resolveInputs` reads numbers, yes and no, and colours as for any run. A picture is an
 * asset, one of `pictures`, or an address; anything else is left as it stands for `resolveInputs` to refuse.
 */
export function rowInputs(
  { columns, inputs, map, shared }: RowReading,
  cells: readonly string[],
  pictures: Readonly<Record<string, AssetId>> = {},
): InputValues {
  const values: InputValues = { ...shared };
  const declared = new Map(inputs.map((input) => [input.key, input]));
  for (const [index, column] of columns.entries()) {
    const input = declared.get(map.get(column) ?? "");
    if (!input) continue;
    const cell = cells[index] ?? "";
    const given = input.type === "image" ? picturesOf(cell, input.many === true, pictures) : cell;
    if (given !== undefined) values[input.key] = given;
  }
  return values;
}

function picturesOf(cell: string, many: boolean, pictures: Readonly<Record<string, AssetId>>): unknown {
  const found = partsOfCell(cell, many).map((part) => {
    const asset = assetInPart(part) ?? (Object.hasOwn(pictures, part) ? pictures[part] : undefined);
    return asset === undefined ? part : { asset };
  });
  if (found.length === 0) return undefined;
  return many ? found : found[0];
}
