import { StepError } from "../../protocol/failure.ts";
import type { Sheet, SheetSummary, SheetVersionSummary } from "../../protocol/library.ts";
import type { Library, SheetRow, SheetVersionRow } from "../ports.ts";
import { effectiveSheet } from "./resolve-sheet.ts";

/** Characters of a sheet that a card shows. */
const OPENING = 280;

/** Names a state of a sheet: every change makes another one. */
export const etagOf = ({ revision, newest }: SheetRow): string => `${newest}-${revision}`;

export function sheetSummary(row: SheetRow, newest: SheetVersionRow | undefined): SheetSummary {
  const { id, name, tags, archived, createdAt, updatedAt } = row;
  return {
    ...{ id, name, newest: row.newest, tags, archived, createdAt, updatedAt },
    ...(newest?.extends ? { extends: newest.extends } : {}),
    opening: (newest?.text ?? "").trim().slice(0, OPENING),
    samples: newest?.samples ?? [],
  };
}

/** A version in full, as it goes out. Where a sheet behind it is missing it can still be read, and says what is broken. */
export async function sheetView(library: Library, row: SheetRow, version: SheetVersionRow): Promise<Sheet> {
  const { id, name, newest, tags, archived, createdAt, updatedAt } = row;
  const { text, samples, note, hash, madeFrom } = version;
  const whole = await effectiveSheet(
    library,
    { ...version, id, name },
    version.version === newest ? { id } : { id, version: version.version },
  ).catch((error) => {
    if (error instanceof StepError) return error;
    throw error;
  });
  return {
    ...{ id, name, newest, tags, archived, createdAt, updatedAt, etag: etagOf(row) },
    ...{ version: version.version, text, samples, hash, versionAt: version.createdAt },
    ...(version.extends ? { extends: version.extends } : {}),
    ...(note ? { note } : {}),
    ...(madeFrom ? { madeFrom } : {}),
    ...(whole instanceof StepError ? { broken: whole.message } : { effective: whole }),
  };
}

export const versionSummary = (row: SheetVersionRow): SheetVersionSummary => ({
  version: row.version,
  hash: row.hash,
  characters: row.text.length,
  samples: row.samples.length,
  createdAt: row.createdAt,
  ...(row.note ? { note: row.note } : {}),
  ...(row.extends ? { extends: row.extends } : {}),
  ...(row.madeFrom ? { madeFrom: row.madeFrom } : {}),
});
