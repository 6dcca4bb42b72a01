type Json = string;

/** `revision` only ever grows. `words`: everything a person may look for, in lower case. */
export type SheetTable = {
  id: string;
  revision: number;
  name: string;
  newest: number;
  tags: Json;
  archived: 0 | 1;
  words: string;
  created_at: number;
  updated_at: number;
};
/** `parent`: the id of the sheet it extends, without the version. */
export type SheetVersionTable = {
  sheet_id: string;
  version: number;
  text: string;
  extends: string | null;
  parent: string | null;
  samples: Json;
  hash: string;
  note: string | null;
  made_from: Json | null;
  created_at: number;
};
export type SheetSnapshotTable = { hash: string; json: Json; created_at: number };

export type LibraryTables = {
  sheet: SheetTable;
  sheet_version: SheetVersionTable;
  sheet_snapshot: SheetSnapshotTable;
};
