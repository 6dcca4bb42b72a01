import { createHash } from "node:crypto";
import type { AssetId } from "#lib/protocol/values.ts";
import { AssetMissing, type AssetStore } from "#lib/runtime/ports.ts";

/** An AssetStore that lives in memory, for tests that want real bytes and no disk. */
export function createMemoryAssetStore(): AssetStore {
  const files = new Map<AssetId, Buffer>();
  return {
    async put(bytes) {
      const asset: AssetId = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
      const known = files.has(asset);
      if (!known) files.set(asset, Buffer.from(bytes));
      return { asset, known };
    },
    async get(asset) {
      const bytes = files.get(asset);
      if (!bytes) throw new AssetMissing(asset);
      return bytes;
    },
    has: async (asset) => files.has(asset),
    path: () => undefined,
    async *list() {
      for (const [asset, bytes] of files) yield { asset, bytes: bytes.length, modifiedAt: 0 };
    },
    async delete(asset) {
      files.delete(asset);
    },
    sweep: async () => 0,
  };
}
