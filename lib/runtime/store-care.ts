import { AssetMissing, type AssetStore, type Clock, type Journal } from "./ports.ts";
import type { FsckReport } from "./studio-api.ts";

/** Reads everything there is and says what does not hold: database integrity, every asset's hash, every reference. */
export async function fsck(journal: Journal, assets: AssetStore): Promise<FsckReport> {
  const problems: FsckReport["problems"] = [];
  const database = await journal.check();
  for (const message of database.problems) problems.push({ code: "JOURNAL", message });
  const present = new Set<string>();
  let bytes = 0;
  for await (const file of assets.list()) {
    present.add(file.asset);
    bytes += file.bytes;
    try {
      await assets.get(file.asset);
    } catch (error) {
      if (!(error instanceof AssetMissing)) throw error;
      problems.push({
        code: "ASSET_DAMAGED",
        asset: file.asset,
        message: `${error.message} Restore it from a backup, or raise the take of the node that made it to draw it again.`,
      });
    }
  }
  const referenced = await journal.referencedAssets();
  for (const asset of referenced) {
    if (!present.has(asset))
      problems.push({
        code: "ASSET_MISSING",
        asset,
        message: `Asset ${asset} is referenced but not in the store. Restore it from a backup, or raise the take of the node that made it to draw it again.`,
      });
  }
  return { ok: problems.length === 0, assets: present.size, bytes, results: referenced.size, problems };
}

/** Young assets are kept: their row may be about to be written. */
const MIN_AGE_MS = 3_600_000;

/** Deletes assets nothing refers to and old temp files. `dryRun` only counts. */
export async function collectGarbage(
  journal: Journal,
  assets: AssetStore,
  clock: Clock,
  dryRun: boolean,
): Promise<{ deleted: number; bytes: number; kept: number }> {
  const referenced = await journal.referencedAssets();
  const report = { deleted: 0, bytes: 0, kept: 0 };
  for await (const file of assets.list()) {
    if (referenced.has(file.asset) || clock.now() - file.modifiedAt < MIN_AGE_MS) {
      report.kept += 1;
      continue;
    }
    report.deleted += 1;
    report.bytes += file.bytes;
    if (dryRun) continue;
    await assets.delete(file.asset);
    await journal.deleteAssetInfo(file.asset);
  }
  if (!dryRun) await assets.sweep(MIN_AGE_MS);
  return report;
}
