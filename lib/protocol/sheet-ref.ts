/** A sheet of the library as a setting names it: `house-style@3` is pinned to that version, `house-style` follows the newest. */
export type SheetRef = { id: string; version?: number };

const REF = /^([^@#]{1,100})(?:@([1-9][0-9]{0,8}))?$/u;

/** Reads what a setting says; undefined when it names no sheet. Names are forgiven: `House style` is `house-style`. */
export function parseSheetRef(text: string): SheetRef | undefined {
  const [, name, version] = REF.exec(text.trim()) ?? [];
  const id = name === undefined ? "" : sheetIdOf(name);
  if (id === "") return undefined;
  return version === undefined ? { id } : { id, version: Number(version) };
}

export const formatSheetRef = ({ id, version }: SheetRef): string => (version === undefined ? id : `${id}@${version}`);

/** Words that stand where an id would in addresses. */
const TAKEN = new Set(["import", "preview", "distil", "new"]);

/** The id a name leads to: letters, digits and single hyphens, in lower case, at most 64 characters; empty when nothing of it is left. */
export function sheetIdOf(name: string): string {
  const id = name
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 64)
    .replace(/-+$/, "");
  return TAKEN.has(id) ? `${id}-sheet` : id;
}
