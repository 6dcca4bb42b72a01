import type { GraphInput } from "../../protocol/graph.ts";
import type { Table } from "../../protocol/table/table.ts";

/** Pictures that were dropped on a table, by their plain file name; a cell names one of them. */
export type Pictures = ReadonlyMap<string, DroppedPicture>;
export type DroppedPicture = { asset: string; name: string; width?: number; height?: number };

/** One picture of a cell: stored, to be fetched by the server, or not understood. */
export type PictureCell =
  | { kind: "asset"; asset: string; name?: string }
  | { kind: "url"; url: string }
  | { kind: "missing"; name: string };

const ASSET = /^(?:sha256:)?([0-9a-f]{64})$/;

/** What of a path or name in a cell counts: the last part, whatever its case. */
export const pictureKey = (name: string): string =>
  (name.trim().split(/[\\/]/).at(-1) ?? "").normalize("NFC").toLowerCase();

/** The pictures a cell names: assets, addresses, or names of dropped files; several on lines of their own or between | signs. */
export function picturesOfCell(cell: string, many: boolean, pictures: Pictures): PictureCell[] {
  const parts = many ? cell.split(/[\n|]/) : [cell];
  return parts.flatMap((part): PictureCell[] => {
    const text = part.trim();
    if (text === "") return [];
    const [, hex] = ASSET.exec(text) ?? [];
    if (hex !== undefined) return [{ kind: "asset", asset: `sha256:${hex}` }];
    if (/^https?:\/\//i.test(text))
      return URL.canParse(text) ? [{ kind: "url", url: text }] : [{ kind: "missing", name: text }];
    const dropped = pictures.get(pictureKey(text));
    return dropped ? [{ kind: "asset", asset: dropped.asset, name: dropped.name }] : [{ kind: "missing", name: text }];
  });
}

/** What a cell gives to an input, as a run takes it. Texts stay texts: the server reads numbers, yes and no, and colours as it does for any run. */
export function valueOfCell(input: GraphInput, cell: string, pictures: Pictures): unknown {
  if (input.type !== "image") return cell;
  const values = picturesOfCell(cell, input.many === true, pictures).map((picture) =>
    picture.kind === "asset" ? { asset: picture.asset } : { url: picture.kind === "url" ? picture.url : picture.name },
  );
  if (values.length === 0) return undefined;
  return input.many ? values : values[0];
}

/** A cell with the dropped pictures it names written as assets; everything else stays as it stands. */
export function assetsInCell(cell: string, many: boolean, pictures: Pictures): string {
  const named = picturesOfCell(cell, many, pictures);
  if (!named.some((picture) => picture.kind === "asset" && picture.name !== undefined)) return cell;
  return named
    .map((picture) => (picture.kind === "asset" ? picture.asset : picture.kind === "url" ? picture.url : picture.name))
    .join(" | ");
}

/** The names of pictures that cells of these columns ask for and nobody dropped yet. */
export function missingPictures(
  table: Table,
  columns: readonly { column: number; many: boolean }[],
  pictures: Pictures,
): string[] {
  // Names that differ in their folder or case only ask for the same file.
  const missing = new Map<string, string>();
  for (const { column, many } of columns)
    for (const row of table.rows)
      for (const picture of picturesOfCell(row[column] ?? "", many, pictures))
        if (picture.kind === "missing" && !missing.has(pictureKey(picture.name)))
          missing.set(pictureKey(picture.name), picture.name);
  return [...missing.values()];
}
