import type {
  CatalogueEntry,
  CollectionInfo,
  EntryCard,
  EntryChange,
  EntryGraph,
  EntryImported,
  Facets,
} from "../../protocol/catalogue.ts";
import type { MicroUsd } from "../../protocol/money.ts";
import type { EntryFilter, EntryPage } from "../ports/archive.ts";

export type { EntryFilter, EntryPage } from "../ports/archive.ts";

/** Money in micro-USD; null = no cap; undefined = the default cap. `anyway`: also where another provider draws than the one that drew it. */
export type Remake = { budgetMicro?: MicroUsd | null; anyway?: boolean };

/** The catalogue of finished pictures and files, and making them again. */
export type EntryCatalogue = {
  search(filter: EntryFilter, page: EntryPage): Promise<{ entries: EntryCard[]; next?: string }>;
  facets(filter: EntryFilter): Promise<Facets>;
  /** Undefined = there is none. Those in the bin are given too. */
  entry(id: string): Promise<CatalogueEntry | undefined>;
  /** Records of the cards of one page. */
  records(ids: readonly string[]): Promise<Map<string, Record<string, unknown>>>;
  /** Throws StepError SECRET_IN_TEXT for words that look like a key, ASSET_MISSING for an entry whose bytes are gone and that is to leave the bin. */
  change(ids: readonly string[], change: EntryChange): Promise<number>;
  collections(): Promise<CollectionInfo[]>;
  addCollection(name: string): Promise<boolean>;
  renameCollection(from: string, to: string): Promise<boolean>;
  removeCollection(name: string): Promise<boolean>;
  /** The document that made it. Undefined = no such entry. Throws StepError GRAPH_MISSING. */
  graphOf(id: string, options?: { similar?: boolean }): Promise<EntryGraph | undefined>;
  /** A run of the same revision, inputs, takes and decisions, up to the node that archived it. Undefined = no such entry. Throws StepError OTHER_PROVIDER, GRAPH_MISSING, InvalidError. */
  remake(id: string, options?: Remake): Promise<{ runId: string } | undefined>;
  /** The same with one more take of the node that drew last. Throws StepError NOTHING_DRAWN too. */
  similar(id: string, options?: Remake): Promise<{ runId: string; takes: Record<string, number> } | undefined>;
  /**
   * A zip with all that remaking an entry takes: record, graphs, sheets, pictures, and with `cache` what was made on the way. Undefined = no such entry.
   * Throws StepError SECRET_IN_EXPORT, ASSET_MISSING, GRAPH_MISSING, before a byte is written.
   */
  bundle(
    id: string,
    options: { cache: boolean },
  ): Promise<{ name: string; bytes: AsyncIterable<Uint8Array> } | undefined>;
  /** Is this zip an entry's bundle? */
  isBundle(archive: Uint8Array): Promise<boolean>;
  /** Takes in a bundle. Nothing runs by it, and nothing that is here is replaced. Throws StepError BUNDLE_BROKEN, CHECKSUM, SECRET_IN_IMPORT, ZIP_*, IMAGE_*. */
  takeBundle(archive: Uint8Array): Promise<EntryImported>;
};
