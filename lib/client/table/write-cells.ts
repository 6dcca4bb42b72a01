/** Cells as spreadsheets take them from the clipboard: tabs between them, and quotes where a cell holds tabs, quotes or line ends. */
export const writeCells = (rows: readonly (readonly string[])[]): string =>
  rows
    .map((row) => row.map((cell) => (/[\t\n\r"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join("\t"))
    .join("\n");
