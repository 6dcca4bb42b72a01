import type { CollectionInfo, EntryCard, EntryChange, FacetName, FacetValue } from "../../protocol/catalogue.ts";
import type { Graph } from "../../protocol/graph.ts";
import type { AssetInfo } from "./assets.ts";
import type { ArchiveRow, ResultRow, TurnRow } from "./journal.ts";

/** What is looked for; every part that is there must hold. An empty string = those that have none. `text` as a person typed it. */
export type EntryFilter = {
  text?: string;
  graph?: string;
  template?: string;
  model?: string;
  verdict?: string;
  collection?: string;
  tags?: readonly string[];
  /** `2026-11`, UTC. */
  month?: string;
  /** Epoch ms; `to` is not in it. */
  from?: number;
  to?: number;
  simulated?: boolean;
  starred?: boolean;
  /** True: only what is in the bin; else only what is not. */
  deleted?: boolean;
  runId?: string;
  batch?: string;
  asset?: string;
};

/** `cursor` is the `next` of the page before; pages neither repeat nor skip what was there all the time. */
export type EntryPage = { limit: number; cursor?: string; order?: "newest" | "best" };

/** The catalogue of finished assets: what was archived stays as it was; what people say of it since can be changed. */
export type ArchiveCatalogue = {
  /** Bad search syntax finds less, never throws. */
  search(filter: EntryFilter, page: EntryPage): Promise<{ cards: EntryCard[]; next?: string }>;
  /**
   * How many are found, and how they spread: each facet counted with all parts of the filter but its own. At most `most` values each, the largest first.
   * `capped`: there are more than were counted.
   */
  facets(
    filter: EntryFilter,
    most: number,
  ): Promise<{ total: number; capped?: boolean; facets: Record<FacetName, FacetValue[]> }>;
  card(id: string): Promise<EntryCard | undefined>;
  /** Records by entry; those in the bin too. */
  records(ids: readonly string[]): Promise<Map<string, ArchiveRow["record"]>>;
  /** Gives how many were found and changed. */
  change(ids: readonly string[], change: EntryChange, at: number): Promise<number>;
  /** By name; the empty ones too. `cover` is the newest picture. */
  collections(): Promise<CollectionInfo[]>;
  /** False when it is there already. */
  addCollection(name: string): Promise<boolean>;
  /** Renames it wherever it stands; onto another one joins them. False: there is none of that name. */
  renameCollection(from: string, to: string): Promise<boolean>;
  /** Takes it away; its entries stay, in no collection. False: there is none of that name. */
  removeCollection(name: string): Promise<boolean>;
  /** The saved revision of a graph that has this very document. */
  revisionOf(graphId: string, hash: string): Promise<number | undefined>;
  /** Stores what a bundle brought, all or nothing; what is there already stays as it is. Gives whether the entry was new, and how many results were. */
  take(bundle: TakenBundle): Promise<{ added: boolean; results: number }>;
};

/** Everything of a bundle but the bytes, which are stored before. */
export type TakenBundle = {
  entry: ArchiveRow;
  graph: { document: Graph; hash: string };
  assets: AssetInfo[];
  results: ResultRow[];
  turns: TurnRow[];
  at: number;
};
