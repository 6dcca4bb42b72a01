import type { LineagePicture } from "../../protocol/entry-record.ts";

export type LineageSpot = { picture: LineagePicture; column: number; row: number };
/** A line from a parent to what was made of it; `thread`: the conversation goes on along it, `turn` is where it has come to. */
export type LineageLine = { from: string; to: string; thread: boolean; turn?: number };
export type LineageLayout = { spots: LineageSpot[]; lines: LineageLine[]; columns: number; rows: number };

/**
 * A lineage as columns from references to the final picture: each stands right of all it was made from. What a thread continues stays in its row where it
 * can, so that the conversation reads as one line.
 */
export function layOutLineage(pictures: readonly LineagePicture[]): LineageLayout {
  const known = new Map(pictures.map((picture) => [picture.asset, picture]));
  const columns = new Map<string, number>();
  for (const { asset, parents } of pictures) {
    const before = parents.flatMap((parent) => columns.get(parent) ?? []);
    columns.set(asset, before.length > 0 ? Math.max(...before) + 1 : 0);
  }
  // A reference stands right before what it was used for, not at the far left.
  for (const { asset, parents } of pictures) {
    if (parents.length > 0) continue;
    const uses = pictures.filter((one) => one.parents.includes(asset)).map((one) => columns.get(one.asset) ?? 0);
    if (uses.length > 0) columns.set(asset, Math.max(0, Math.min(...uses) - 1));
  }
  const taken = new Map<number, Set<number>>();
  const rows = new Map<string, number>();
  // From the end back: the final picture and its thread lie in the first row.
  for (const { asset, parents, continues } of [...pictures].reverse()) {
    if (!rows.has(asset)) rows.set(asset, free(taken, columns.get(asset) ?? 0, 0));
    const row = rows.get(asset) ?? 0;
    const main = continues ?? parents[0];
    for (const parent of [...parents].sort((a, b) => Number(b === main) - Number(a === main)))
      if (known.has(parent) && !rows.has(parent)) rows.set(parent, free(taken, columns.get(parent) ?? 0, row));
  }
  const spots = pictures.map((picture) => ({
    picture,
    column: columns.get(picture.asset) ?? 0,
    row: rows.get(picture.asset) ?? 0,
  }));
  const lines = pictures.flatMap(({ asset, parents, continues, turn }) =>
    parents
      .filter((parent) => known.has(parent))
      .map((parent) => ({
        from: parent,
        to: asset,
        thread: parent === continues,
        ...(parent === continues && turn ? { turn: turn.depth } : {}),
      })),
  );
  return {
    spots,
    lines,
    columns: Math.max(0, ...spots.map(({ column }) => column + 1)),
    rows: Math.max(0, ...spots.map(({ row }) => row + 1)),
  };
}

/** The first free place of a column from a row on. */
function free(taken: Map<number, Set<number>>, column: number, from: number): number {
  const used = taken.get(column) ?? new Set();
  taken.set(column, used);
  let row = from;
  while (used.has(row)) row += 1;
  used.add(row);
  return row;
}
