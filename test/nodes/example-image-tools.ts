import { createSharpOps } from "#lib/adapters/sharp/sharp-image-ops.ts";
import { createImageTools } from "#lib/runtime/image-tools.ts";
import type { AssetStore } from "#lib/runtime/ports.ts";
import type { ImageTools } from "#lib/sdk/index.ts";

/** The live pixel tools over a store in memory. */
export const createExampleImageTools = (assets: AssetStore): ImageTools =>
  createImageTools({
    ops: createSharpOps(),
    assets,
    putAssetInfo: async () => {},
    about: { node: "node-1", type: "test", run: "run_1" },
  });
