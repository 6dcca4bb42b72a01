import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { createCredentials } from "#lib/adapters/c2pa/credentials.ts";
import { createFolderWriter } from "#lib/adapters/files/folder-writer.ts";
import { createPsdWriter } from "#lib/adapters/psd/psd-writer.ts";
import { createDeliveryWriter } from "#lib/adapters/sharp/delivery.ts";
import { createSharpOps } from "#lib/adapters/sharp/sharp-image-ops.ts";
import { createZip } from "#lib/adapters/zip/zip.ts";
import { createExports } from "#lib/runtime/exports/exports.ts";
import type { Journal } from "#lib/runtime/ports.ts";
import { safeName } from "#lib/runtime/safe-name.ts";
import { systemClock } from "#lib/runtime/system-clock.ts";
import { type AnyNode, AssetId, defineNode } from "#lib/sdk/index.ts";
import { openTestStudio } from "../test-studio.ts";

/** Gives a stored picture as what a model drew: real originals carry things that the simulator's do not. */
export const drawn = defineNode({
  type: "drawn",
  version: 1,
  title: "Drawn",
  group: "sources",
  docs: "For tests.",
  effect: "pure",
  inputs: {},
  outputs: { image: { kind: "image" } },
  config: z.object({
    asset: AssetId,
    by: z.enum(["model", "upload"]).default("model"),
    simulated: z.boolean().default(false),
    prompt: z.string().default("a red bicycle"),
  }),
  async run(ctx, _inputs, { asset, by, simulated, prompt }) {
    const image = await ctx.images.load(asset, { label: "hero" });
    if (by === "upload") return { image };
    const made = { by, node: image.made.node, run: image.made.run, imageModel: "gpt-image-2", prompt };
    return { image: { ...image, made: simulated ? { ...made, simulated: true } : made } };
  },
  examples: [],
});

/** Ends what a test opened. */
const opened: (() => Promise<void>)[] = [];
export const closeAll = async (): Promise<void> => {
  for (const close of opened.splice(0)) await close();
};

/** A studio with the real adapters of exports. No provider is ever asked. */
export async function anExportingStudio(
  more: { own?: { cert: string; key: string }; creator?: string; credit?: string } = {},
) {
  const { own, ...names } = more;
  const provider = { name: "openai", simulated: false } as Parameters<typeof openTestStudio>[0];
  const set = await openTestStudio(provider, { nodes: [drawn as unknown as AnyNode] });
  const folder = mkdtempSync(join(tmpdir(), "credentials-"));
  const credentials = createCredentials({ folder, version: "0.0.1", own, now: Date.now });
  const psd = createPsdWriter();
  const ports = { journal: set.journal, assets: set.assets, ops: createSharpOps(), clock: systemClock };
  const exportsOver = (journal: Journal) =>
    createExports({
      ...ports,
      journal,
      credentials,
      psd,
      delivery: createDeliveryWriter(),
      zip: createZip({ names: () => safeName }),
      folderWriter: createFolderWriter({ product: "/nowhere", data: set.folder }),
      signature: { version: "0.0.1", ...names },
    });
  opened.push(async () => {
    await credentials.close();
    await psd.close();
    await set.studio.stop();
  });
  const put = async (bytes: Buffer): Promise<AssetId> => {
    const { asset } = await set.assets.put(bytes);
    const { width, height, mediaType } = await ports.ops.inspect(bytes);
    await set.journal.putAssetInfo({ asset, bytes: bytes.length, mediaType, width, height });
    return asset;
  };
  return { ...set, exports: exportsOver(set.journal), exportsOver, credentials, put };
}
