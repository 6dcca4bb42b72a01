export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

/** `share` 0–1 of the way through the sorted values. */
export const quantile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
};

export type Row = { what: string; value: string; beside?: string; note?: string };

/** The one table at the end, in columns as wide as they need to be. */
export function table(rows: readonly Row[]): string {
  const cells = [
    ["", "measured", "beside", "note"],
    ...rows.map((row) => [row.what, row.value, row.beside ?? "", row.note ?? ""]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((row) => row[column]!.length)));
  const lines = cells.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0]!) : column < 3 ? cell.padStart(widths[column]!) : cell,
      )
      .join("  ")
      .trimEnd(),
  );
  lines.splice(1, 0, "─".repeat(Math.max(...lines.map((line) => line.length))));
  return lines.join("\n");
}

export const ms = (value: number): string => (value < 10 ? `${value.toFixed(3)} ms` : `${value.toFixed(0)} ms`);
export const times = (value: number): string => `${value < 10 ? value.toFixed(1) : value.toFixed(0)}×`;
export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
