import type { GridColumn } from "./grid-row.tsx";

/** Where columns stand (px). What is left of the width is shared by those that grow. */
export function layoutColumns(
  columns: readonly GridColumn[],
  available: number,
): { lefts: number[]; widths: number[]; total: number } {
  const least = columns.reduce((sum, { width }) => sum + width, 0);
  const growing = columns.filter(({ grow }) => grow).length;
  const share = growing === 0 ? 0 : Math.max(0, Math.floor((available - least) / growing));
  const widths = columns.map(({ width, grow }) => width + (grow ? share : 0));
  const lefts: number[] = [];
  let total = 0;
  for (const width of widths) {
    lefts.push(total);
    total += width;
  }
  return { lefts, widths, total: Math.max(total, available) };
}
