import type { SheetContent, SheetOrigin } from "../../protocol/library.ts";

/** A sheet without its versions. `revision` grows with every change of it and never comes back; `newest` is its newest version. */
export type SheetRow = {
  id: string;
  revision: number;
  name: string;
  newest: number;
  tags: string[];
  archived: boolean;
  createdAt: number;
  updatedAt: number;
};

/** One version; never changes. `hash` names its content. */
export type SheetVersionRow = SheetContent & {
  sheetId: string;
  version: number;
  hash: string;
  note?: string;
  madeFrom?: SheetOrigin;
  createdAt: number;
};

/** What a change leaves; what is left out stays. `content` that is already the newest version adds none. */
export type SheetWrite = {
  id: string;
  name?: string;
  tags?: string[];
  archived?: boolean;
  content?: SheetContent & { hash: string; note?: string; madeFrom?: SheetOrigin };
  /** The number of the version that is added where it is above the newest; left out = the next. */
  version?: number;
};

/** A sheet as it was sent, by the hash of what went out: what a run keeps, whatever becomes of the library. */
export type SheetSnapshot = Pick<SheetContent, "text" | "samples">;

export type Library = {
  /**
   * One transaction. `expected`: undefined = the id must be new; a revision, or `any`. A sheet that is not there is never made for a revision or
   * `any`: the answer is undefined.
   */
  saveSheet(
    write: SheetWrite,
    expected: number | "any" | undefined,
  ): Promise<{ saved: SheetRow; added: boolean } | { conflict: SheetRow } | undefined>;
  sheet(id: string): Promise<SheetRow | undefined>;
  /** Newest change first; `words` finds sheets that hold every one of them; `before` = the last id of the page before. */
  sheets(query: {
    words?: string;
    tag?: string;
    archived: boolean;
    limit: number;
    before?: string;
  }): Promise<SheetRow[]>;
  /** Every tag of sheets that are not put away, in order. */
  sheetTags(): Promise<string[]>;
  /** The newest version when none is named. */
  sheetVersion(id: string, version?: number): Promise<SheetVersionRow | undefined>;
  /** Newest first; those before a version when one is given. */
  sheetVersions(id: string, page: { limit: number; before?: number }): Promise<SheetVersionRow[]>;
  /** Versions whose parent is this sheet, at any version, of sheets whose newest version they are. */
  sheetsExtending(id: string): Promise<SheetVersionRow[]>;
  /** Kept once under its hash and never changed. */
  putSheetSnapshot(hash: string, snapshot: SheetSnapshot): Promise<void>;
  sheetSnapshot(hash: string): Promise<SheetSnapshot | undefined>;
};
