import type { SheetSummary } from "../../protocol/library.ts";
import { formatSheetRef, parseSheetRef, type SheetRef } from "../../protocol/sheet-ref.ts";

/** How a setting stands to the sheet it names. */
export type SheetChoice = {
  ref: SheetRef;
  /** Absent while the library does not know it. */
  sheet?: SheetSummary | undefined;
  follows: boolean;
  /** The version it means now. */
  version?: number | undefined;
  /** A newer version than the one it is pinned to. */
  update?: number | undefined;
};

/** What a setting says; undefined when it names no sheet (or is filled in by an input). */
export function sheetChoice(value: unknown, sheets: readonly SheetSummary[] | undefined): SheetChoice | undefined {
  const ref = typeof value === "string" && !value.includes("{{") ? parseSheetRef(value) : undefined;
  if (!ref) return undefined;
  const sheet = sheets?.find(({ id }) => id === ref.id);
  const follows = ref.version === undefined;
  const version = ref.version ?? sheet?.newest;
  const update = !follows && sheet && sheet.newest > (ref.version ?? 0) ? sheet.newest : undefined;
  return { ref, sheet, follows, version, update };
}

/** The setting pinned to the version it means now, or following. */
export const pinned = ({ ref, version }: SheetChoice): string => formatSheetRef({ id: ref.id, version });
export const following = ({ ref }: SheetChoice): string => ref.id;

/** In a few words, for the row under the name. */
export const choiceWords = ({ follows, version, sheet }: SheetChoice): string =>
  !sheet
    ? "Not in this library"
    : follows
      ? `Follows the newest version, ${version} now`
      : `Pinned to version ${version}`;
