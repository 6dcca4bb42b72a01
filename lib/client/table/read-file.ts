import { decodeTable } from "../../protocol/table/decode-table.ts";
import { readTableFile } from "../../protocol/table/read-csv.ts";
import type { Records } from "./read-pasted.ts";

/** A dropped or chosen file: CSV, TSV, semicolons, UTF-8, UTF-16. `note`: what a person should look at. Throws InvalidError. */
export function readFile(bytes: Uint8Array): Records & { note?: string } {
  const { columns, rows, lines = [] } = readTableFile(bytes);
  const read = { records: [columns, ...rows], lines: [1, ...lines] };
  return decodeTable(bytes).encoding === "windows-1252"
    ? { ...read, note: "The file is not UTF-8; it was read as Windows text. Look at the accents." }
    : read;
}
