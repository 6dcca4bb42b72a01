import { EntryRecord } from "../../protocol/entry-record.ts";
import { type ArchiveRow, AssetMissing, type AssetStore } from "../ports.ts";
import { findCredentials } from "./find-credentials.ts";
import { lineageOfRecord, localChain } from "./lineage.ts";

/**
 * Adds to new archive entries whether the original carries content credentials, and whether the archived file is that original: what an export
 * can keep is known before anything is exported. The simulator signs nothing, so its pictures are not opened for it.
 */
export async function recordCredentials(assets: AssetStore, entries: readonly ArchiveRow[]): Promise<ArchiveRow[]> {
  const told: ArchiveRow[] = [];
  for (const entry of entries) told.push(await withCredentials(assets, entry));
  return told;
}

async function withCredentials(assets: AssetStore, entry: ArchiveRow): Promise<ArchiveRow> {
  const record = EntryRecord.safeParse(entry.record).data;
  if (record?.simulated) return entry;
  const [root] = localChain(entry.asset, lineageOfRecord(record?.lineage ?? []));
  const original = root?.asset ?? entry.asset;
  const bytes = await assets.get(original).catch((error) => {
    if (error instanceof AssetMissing) return undefined;
    throw error;
  });
  const found = bytes && findCredentials(bytes);
  if (!found) return entry;
  const credentials = { of: original, ...found, untouched: original === entry.asset };
  return { ...entry, record: { ...entry.record, credentials } };
}
