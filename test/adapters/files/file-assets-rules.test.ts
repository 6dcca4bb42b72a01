import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFileAssets } from "#lib/adapters/files/file-assets.ts";
import { assetStoreConformance } from "#test/adapters/conformance/asset-store.ts";

assetStoreConformance("The assets folder", async () => {
  const folder = await mkdtemp(join(tmpdir(), "assets-"));
  const assets = createFileAssets({ folder });
  return {
    assets,
    async damage(asset) {
      const path = assets.path(asset)!;
      const content = await readFile(path);
      content[0]! ^= 1;
      await writeFile(path, content);
    },
    discard: () => rm(folder, { recursive: true }),
  };
});
