import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, renameSync, statSync } from "node:fs";
import { readdir, readFile, rm, stat, utimes } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { AssetId } from "#lib/protocol/values.ts";
import { AssetMissing, type AssetStore } from "#lib/runtime/ports.ts";
import { absent, refused } from "./disk-errors.ts";
import { syncFolder, writeDurably } from "./durable.ts";

const NAME = /^sha256:([0-9a-f]{64})$/;
const SHARD = /^[0-9a-f]{2}$/;

/**
 * Assets as files: `<folder>/assets/<first two hex>/<hex>`, readable by their owner only. A name appears by rename, after its bytes are on
 * the disk; so whatever is there is whole, whoever crashed. Throws DiskFull when the disk takes no writes.
 */
export const createFileAssets = ({ folder }: { folder: string }): AssetStore => {
  const root = resolve(folder, "assets");
  const temp = join(root, "tmp");

  const place = (asset: string): { shard: string; path: string } | undefined => {
    const hex = NAME.exec(asset)?.[1];
    if (hex === undefined) return undefined;
    const shard = join(root, hex.slice(0, 2));
    return { shard, path: join(shard, hex) };
  };

  const sizeOf = async (path: string): Promise<number | undefined> => {
    try {
      const found = await stat(path);
      return found.isFile() ? found.size : undefined;
    } catch (error) {
      if (absent(error)) return undefined;
      throw error;
    }
  };

  return {
    async put(bytes) {
      const asset = nameOf(bytes);
      const { shard, path } = place(asset)!;
      try {
        const known = statSync(path, { throwIfNoEntry: false })?.size === bytes.length;
        if (known) {
          // Young again: the collector spares young assets, whose reference may be about to be written.
          const at = new Date();
          await utimes(path, at, at);
        } else {
          makeFolder(temp);
          const draft = join(temp, `${process.pid}-${randomUUID()}`);
          try {
            await writeDurably(draft, bytes);
            if (makeFolder(shard)) await syncFolder(root);
            renameSync(draft, path);
          } catch (error) {
            await rm(draft, { force: true }).catch(() => {});
            throw error;
          }
        }
        // Also for known bytes: whoever renamed them may have died before its name was on the disk. Costs nothing when it is.
        await syncFolder(shard);
        return { asset, known };
      } catch (error) {
        throw refused(error, path);
      }
    },

    async get(asset) {
      const at = place(asset);
      if (!at) throw new AssetMissing(asset, "is no asset name (sha256: and 64 hex digits)");
      let bytes: Buffer;
      try {
        bytes = await readFile(at.path);
      } catch (error) {
        if (absent(error)) throw new AssetMissing(asset, `is not in the store: ${at.path} does not exist`);
        throw error;
      }
      if (nameOf(bytes) !== asset)
        throw new AssetMissing(asset, `is damaged: the bytes in ${at.path} have another hash`);
      return bytes;
    },

    async has(asset) {
      const at = place(asset);
      return at !== undefined && (await sizeOf(at.path)) !== undefined;
    },

    path: (asset) => place(asset)?.path,

    async *list() {
      for (const shard of (await entries(root)).filter((name) => SHARD.test(name)))
        for (const hex of await entries(join(root, shard))) {
          const asset: AssetId = `sha256:${hex}`;
          const path = place(asset)?.path;
          const found = path === undefined ? undefined : await stat(path).catch(() => undefined);
          if (found?.isFile()) yield { asset, bytes: found.size, modifiedAt: found.mtimeMs };
        }
    },

    async delete(asset) {
      const at = place(asset);
      if (at) await rm(at.path, { force: true });
    },

    async sweep(olderThanMs) {
      let removed = 0;
      for (const name of await entries(temp)) {
        const path = join(temp, name);
        const found = await stat(path).catch(() => undefined);
        if (!found || Date.now() - found.mtimeMs < olderThanMs) continue;
        await rm(path, { force: true });
        removed += 1;
      }
      return removed;
    },
  };
};

const nameOf = (bytes: Uint8Array): AssetId => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

/** Names in a folder in order; none when there is no such folder. */
async function entries(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (absent(error)) return [];
    throw error;
  }
}

/** True when the folder was not there before. */
const makeFolder = (path: string): boolean => mkdirSync(path, { recursive: true, mode: 0o700 }) !== undefined;
