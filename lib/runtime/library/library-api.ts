import type { Graph } from "../../protocol/graph.ts";
import type {
  DistilBody,
  DistilPrice,
  EffectiveSheet,
  Sheet,
  SheetDraft,
  SheetPreview,
  SheetSummary,
  SheetUseNow,
  SheetUserList,
  SheetVersionSummary,
} from "../../protocol/library.ts";
import type { Problem } from "../../protocol/problems.ts";
import type { SheetEntry, SheetFile, SheetsAdopted } from "../../protocol/sheet-file.ts";

/** What became of a change that names the state it was made from. */
export type SheetChange = { saved: Sheet; added: boolean } | { conflict: Sheet } | { needsMatch: Sheet } | "unknown";

/** The spec sheets people keep: named, with versions 1 to n that never change. Throws InvalidError for drafts and files that cannot be kept. */
export type LibraryDesk = {
  /** Newest change first; `q` finds sheets that hold every word; `before` = the id the page before ended with. */
  list(query: {
    q?: string;
    tag?: string;
    archived?: boolean;
    limit: number;
    before?: string;
  }): Promise<{ sheets: SheetSummary[]; tags: string[]; next?: string }>;
  /** One version, the newest when none is named. */
  read(id: string, version?: number): Promise<Sheet | undefined>;
  versions(id: string, page: { limit: number; before?: number }): Promise<SheetVersionSummary[]>;
  create(draft: SheetDraft): Promise<Sheet>;
  /** `ifMatch` is an etag of the sheet, or `*` for whatever is there. `added` tells whether it became a new version. */
  save(id: string, draft: SheetDraft, ifMatch: string | undefined): Promise<SheetChange>;
  /** Makes an earlier version the newest again, as a new version with the same content. */
  rollBack(id: string, version: number, note: string | undefined, ifMatch: string | undefined): Promise<SheetChange>;
  /** Hides a sheet from lists and pickers, or shows it again. What uses it goes on using it. */
  archive(id: string, archived: boolean, ifMatch: string | undefined): Promise<SheetChange>;
  /** What a draft would be sent as. */
  preview(draft: SheetPreview): Promise<EffectiveSheet>;
  /** Which saved graphs and sheets name it. */
  users(id: string): Promise<SheetUserList>;

  /** A sheet and those behind it as a document. Throws InvalidError SHEET_UNKNOWN, SECRET_IN_SHEET. */
  exportFile(id: string, version?: number): Promise<SheetFile>;
  /** The same with its pictures, as a zip. */
  exportZip(id: string, version?: number): Promise<AsyncIterable<Uint8Array>>;
  /** Writes either of them below a folder a person named, and gives its path. */
  exportTo(folder: string, ref: { id: string; version?: number }, as: "json" | "zip"): Promise<string[]>;
  /** Reads `.sheet.json` or the zip. */
  importBytes(bytes: Uint8Array, options: { replace: boolean }): Promise<SheetsAdopted>;

  /** Every sheet a graph uses at the version it uses now, and those behind them: what a bundle carries. Missing ones are left out. */
  forGraph(graph: Graph): Promise<SheetEntry[]>;
  /** Takes in the sheets of a bundle. A name that is taken by another sheet becomes a fresh one: `refs` says which. */
  adopt(entries: readonly SheetEntry[], options?: { replace?: boolean }): Promise<SheetsAdopted>;
  /** A graph with its sheets called as `refs` says. */
  renamed(graph: Graph, refs: Readonly<Record<string, string>>): Graph;
  /** What the settings of a graph lead to now, with the newest versions; problems name what is missing. */
  uses(graph: Graph): Promise<{ uses: SheetUseNow[]; problems: Problem[] }>;

  /** What writing a sheet from a conversation costs at most. Throws InvalidError UNKNOWN_TURN, ASSET_MISSING. */
  distilPrice(body: DistilBody): Promise<DistilPrice>;
  /** Starts the run that writes it: one call at most, in the ledger like all others. */
  distil(body: DistilBody): Promise<{ runId: string }>;
};
