type Flag = 0 | 1;

/**
 * What an entry is found by and what people made of it since it was archived; `archive_entry` keeps the record. Narrow on purpose: lists and counts read
 * this table and its indexes alone. A text that is absent is empty, so that it can be looked for like any other.
 */
export type ArchiveCardTable = {
  id: string;
  created_at: number;
  deleted: Flag;
  /** Epoch ms; 0 = not in the bin. */
  deleted_at: number;
  starred: Flag;
  simulated: Flag;
  graph_id: string;
  template_id: string;
  model: string;
  /** The decision of the last verdict, or `none`. */
  verdict: string;
  collection: string;
  /** `2026-11`, UTC. */
  month: string;
  run_id: string;
  batch_id: string;
  asset: string;
  node_id: string;
  graph_name: string;
  name: string;
  title: string;
  alt: string;
  media_type: string;
  width: number | null;
  height: number | null;
  score: number | null;
  tags: string;
  /** Its number in the index of texts. */
  text_row: number;
};
/** `deleted` repeats the card's, so that tags are counted without it. */
export type ArchiveTagTable = { tag: string; entry_id: string; deleted: Flag };
export type ArchiveCollectionTable = { name: string; created_at: number };

export type ArchiveTables = {
  archive_card: ArchiveCardTable;
  archive_tag: ArchiveTagTable;
  archive_collection: ArchiveCollectionTable;
};
