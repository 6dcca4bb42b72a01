import type { Library, SheetRow, SheetSnapshot, SheetVersionRow } from "#lib/runtime/ports.ts";

type Shelf = Pick<Library, "sheet" | "sheetVersion" | "saveSheet" | "sheetSnapshot" | "putSheetSnapshot">;

/** The part of the library that nodes and resolving need, in memory. The whole port is tested against SQLite. */
export function createMemoryLibrary(): Shelf {
  const sheets = new Map<string, SheetRow>();
  const versions = new Map<string, SheetVersionRow[]>();
  const snapshots = new Map<string, SheetSnapshot>();
  return {
    sheet: async (id) => sheets.get(id),
    sheetVersion: async (id, version) =>
      version === undefined ? versions.get(id)?.at(-1) : versions.get(id)?.find((row) => row.version === version),
    sheetSnapshot: async (hash) => snapshots.get(hash),
    putSheetSnapshot: async (hash, snapshot) => void (snapshots.has(hash) || snapshots.set(hash, snapshot)),
    async saveSheet({ id, name, tags, archived, content, version }, expected) {
      const head = sheets.get(id);
      if (!head && expected !== undefined) return undefined;
      if (head && expected !== "any" && expected !== head.revision) return { conflict: head };
      const rows = versions.get(id) ?? [];
      const added = content !== undefined && content.hash !== rows.at(-1)?.hash;
      const number = added ? Math.max((head?.newest ?? 0) + 1, version ?? 1) : (head?.newest ?? 0);
      if (added) versions.set(id, [...rows, { ...content, sheetId: id, version: number, createdAt: 0 }]);
      const saved: SheetRow = {
        id,
        revision: (head?.revision ?? 0) + 1,
        name: name ?? head?.name ?? id,
        newest: number,
        tags: tags ?? head?.tags ?? [],
        archived: archived ?? head?.archived ?? false,
        createdAt: 0,
        updatedAt: 0,
      };
      sheets.set(id, saved);
      return { saved, added };
    },
  };
}
