import { canonical } from "../../engine/canonical.ts";
import type { EntryBundle } from "../../protocol/catalogue.ts";
import { StepError } from "../../protocol/failure.ts";
import { looksSecret } from "../../protocol/looks-secret.ts";
import { sha256 } from "../digest.ts";
import type { Zip, ZipPart } from "../ports/zip.ts";
import type { ArchiveRow, AssetStore, Journal } from "../ports.ts";
import { safeName } from "../safe-name.ts";
import { bundleContents } from "./bundle-contents.ts";
import type { RemakePorts } from "./remake.ts";

type Ports = Pick<RemakePorts, "journal" | "assets" | "catalogue" | "clock"> & { zip: Zip };
type File = EntryBundle["files"][number];

/** The zip of an entry: its manifest first, then documents, then pictures, each read when its turn comes. */
export async function writeBundle(
  ports: Ports,
  entry: ArchiveRow,
  { cache }: { cache: boolean },
): Promise<{ name: string; bytes: AsyncIterable<Uint8Array> }> {
  const contents = await bundleContents(ports, entry, cache);
  const files: File[] = [];
  const documents: ZipPart[] = [];
  const put = (name: string, role: File["role"], value: unknown) => {
    const text = `${canonical(value)}\n`;
    if (looksSecret(text))
      throw new StepError(
        "SECRET_IN_EXPORT",
        `${name} would hold what looks like a key or a password, so nothing is exported. Take it out of the graph or its inputs.`,
      );
    const bytes = Buffer.from(text);
    files.push({ name, role, bytes: bytes.length, sha256: sha256(bytes) });
    documents.push({ name, bytes });
  };
  put("record.json", "record", contents.entry);
  for (const { hash, graph } of contents.graphs) put(`graphs/${hash}.json`, "graph", graph);
  for (const { hash, sheet } of contents.sheets) put(`sheets/${hash}.json`, "sheet", sheet);
  if (contents.results.length > 0) put("results.json", "results", contents.results);
  if (contents.turns.length > 0) put("turns.json", "turns", contents.turns);
  const pictures: ZipPart[] = [];
  for (const asset of contents.assets) {
    const digest = asset.slice("sha256:".length);
    const { bytes, extension } = await factsOf(ports, asset);
    const name = `assets/${digest}.${extension}`;
    files.push({ name, role: "asset", bytes, sha256: digest });
    pictures.push({ name, stream: () => bytesOf(ports.assets, asset) });
  }
  const manifest: EntryBundle = {
    format: "throughline/archive-bundle",
    version: 1,
    entry: entry.id,
    cache,
    createdAt: new Date(ports.clock.now()).toISOString(),
    files,
  };
  const head: ZipPart = { name: "manifest.json", bytes: Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`) };
  const name = `${safeName(entry.name).split("/").at(-1) ?? "entry"}.archive.zip`;
  return { name, bytes: ports.zip.write([head, ...documents, ...pictures]) };
}

const EXTENSIONS: Record<string, string> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/webp": "webp",
  "image/avif": "avif",
};

async function factsOf({ journal, assets }: { journal: Journal; assets: AssetStore }, asset: string) {
  const info = await journal.assetInfo(asset);
  const bytes = info?.bytes ?? (await assets.get(asset)).length;
  return { bytes, extension: EXTENSIONS[info?.mediaType ?? ""] ?? "bin" };
}

async function* bytesOf(assets: AssetStore, asset: string): AsyncGenerator<Uint8Array> {
  yield await assets.get(asset);
}
