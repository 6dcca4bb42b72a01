export type Placed<T> = { item: T; index: number; width: number };
export type Row<T> = { height: number; items: Placed<T>[] };

/** Aspects beyond these would leave a strip or a needle: such pictures are shown cut. */
const [NARROWEST, WIDEST] = [0.4, 3.2];

/** Width by height as it is shown. */
export const aspectOf = ({ width, height }: { width?: number; height?: number }): number =>
  width && height ? Math.min(WIDEST, Math.max(NARROWEST, width / height)) : 1;

/**
 * Rows that fill the width exactly, every picture in its true aspect: a row takes pictures until it would be lower than wished. The last row is not stretched.
 * All lengths in pixels; widths are whole, and sum with the gaps to `width`.
 */
export function justify<T extends { width?: number; height?: number }>(
  items: readonly T[],
  { width, wished, gap }: { width: number; wished: number; gap: number },
): Row<T>[] {
  const rows: Row<T>[] = [];
  let row: { item: T; index: number; aspect: number }[] = [];
  let aspects = 0;
  const close = (height: number, fill: boolean) => {
    const placed = row.map(({ item, index, aspect }) => ({ item, index, width: Math.floor(aspect * height) }));
    // Rounding leaves a few pixels: they go to the pictures one by one.
    if (fill) {
      let left = width - gap * (row.length - 1) - placed.reduce((sum, one) => sum + one.width, 0);
      for (let at = 0; left > 0 && placed.length > 0; at = (at + 1) % placed.length, left -= 1) {
        const one = placed[at];
        if (one) one.width += 1;
      }
    }
    rows.push({ height: Math.round(height), items: placed });
    row = [];
    aspects = 0;
  };
  for (const [index, item] of items.entries()) {
    const aspect = aspectOf(item);
    row.push({ item, index, aspect });
    aspects += aspect;
    const height = (width - gap * (row.length - 1)) / aspects;
    if (height <= wished * 1.15) close(height, true);
  }
  if (row.length > 0) close(Math.min(wished, (width - gap * (row.length - 1)) / aspects), false);
  return rows;
}

/** Where the arrows lead from a picture: left and right along the order, up and down to the nearest middle in the next row. */
export function stepFrom<T>(
  rows: readonly Row<T>[],
  index: number,
  direction: "left" | "right" | "up" | "down",
): number | undefined {
  const last = rows.at(-1)?.items.at(-1)?.index ?? -1;
  if (direction === "left") return index > 0 ? index - 1 : undefined;
  if (direction === "right") return index < last ? index + 1 : undefined;
  const at = rows.findIndex(({ items }) => items.some((one) => one.index === index));
  const target = rows[at + (direction === "down" ? 1 : -1)];
  const here = middleOf(rows[at], index);
  if (!target || here === undefined) return undefined;
  let best: { index: number; far: number } | undefined;
  for (const one of target.items) {
    const far = Math.abs((middleOf(target, one.index) ?? 0) - here);
    if (!best || far < best.far) best = { index: one.index, far };
  }
  return best?.index;
}

function middleOf<T>(row: Row<T> | undefined, index: number): number | undefined {
  let left = 0;
  for (const one of row?.items ?? []) {
    if (one.index === index) return left + one.width / 2;
    left += one.width;
  }
  return undefined;
}

/** The preview to ask for: wide enough for the screen's pixels, from a few sizes so that they are found again. */
export const previewWidth = (longest: number, density: number): number =>
  [160, 320, 480, 640, 960, 1280].find((size) => size >= longest * Math.min(2, density)) ?? 1280;
