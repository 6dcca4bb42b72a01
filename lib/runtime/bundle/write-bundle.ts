import { linksIn, refOf } from "../../engine/expand-graph.ts";
import type { BundleFile, BundleManifest } from "../../protocol/bundle.ts";
import type { Graph } from "../../protocol/graph.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { InvalidError, problem } from "../../protocol/problems.ts";
import { sha256 } from "../digest.ts";
import { linkedGraphs } from "../linked-graphs.ts";
import type { ZipPart } from "../ports/zip.ts";
import type { BundlePorts } from "./bundle-ports.ts";
import { canonicalText, refuseSecrets } from "./write-text.ts";

const ASSET = /sha256:([0-9a-f]{64})/g;
const ENDINGS: Record<string, string> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/webp": "webp",
  "image/avif": "avif",
};

/** What stands in a bundle: the document that is exported, and the table that goes with it. */
export type Bundled = { name: string; graph: Graph; document: object; role: "graph" | "template"; table?: Uint8Array };

/**
 * The files of a bundle, the manifest first. Pictures are read when their turn comes. Throws InvalidError SECRET_IN_EXPORT, ASSET_MISSING and
 * TOO_MANY_FILES before anything is written.
 */
export async function bundleParts(ports: BundlePorts, bundled: Bundled): Promise<ZipPart[]> {
  const linked = await linkedDocuments(ports, bundled.graph);
  const graphs = [bundled.graph, ...linked.map(({ graph }) => graph)];
  const sheets = [];
  const sheetIds = new Set<string>();
  for (const graph of graphs)
    for (const entry of await ports.sheets.forGraph(graph)) {
      const ref = `${entry.id}@${entry.sheetVersion}`;
      if (!sheetIds.has(ref)) sheets.push(entry);
      sheetIds.add(ref);
    }
  const texts = [
    textPart(`${bundled.role}.json`, bundled.role, bundled.document),
    ...linked.map(({ ref, graph }, index) => textPart(`graphs/${index + 1}-${graph.id}.json`, "graph", graph, ref)),
    ...(sheets.length > 0 ? [textPart("sheets.json", "sheet", { sheets })] : []),
    ...(bundled.table ? [filePart("table.csv", "table", bundled.table)] : []),
  ];
  const assets = await assetParts(ports, [bundled.document, ...graphs, sheets]);
  const parts = [...texts, ...assets];
  if (parts.length >= LIMITS.zipEntries)
    throw new InvalidError([problem("TOO_MANY_FILES", `A bundle holds at most ${LIMITS.zipEntries} files.`)]);
  const manifest: BundleManifest = {
    format: "throughline/bundle",
    version: 1,
    name: bundled.name,
    files: parts.map(({ entry }) => entry),
  };
  return [{ name: "manifest.json", bytes: Buffer.from(canonicalText(manifest)) }, ...parts.map(({ part }) => part)];
}

type Part = { entry: BundleFile; part: ZipPart };

function textPart(name: string, role: BundleFile["role"], document: object, ref?: string): Part {
  refuseSecrets(document);
  return filePart(name, role, Buffer.from(canonicalText(document)), ref);
}

const filePart = (name: string, role: BundleFile["role"], bytes: Uint8Array, ref?: string): Part => ({
  entry: { name, role, bytes: bytes.length, sha256: sha256(bytes), ...(ref === undefined ? {} : { ref }) },
  part: { name, bytes },
});

async function assetParts({ journal, assets }: BundlePorts, holders: unknown): Promise<Part[]> {
  const parts: Part[] = [];
  const hashes = new Set([...JSON.stringify(holders).matchAll(ASSET)].map(([, hex]) => hex as string));
  for (const hex of [...hashes].sort()) {
    const ref = `sha256:${hex}`;
    if (!(await assets.has(ref))) {
      const message = `The picture ${ref} is not in the store, so the bundle would not be whole.`;
      throw new InvalidError([problem("ASSET_MISSING", message)]);
    }
    const info = await journal.assetInfo(ref);
    const mediaType = info?.mediaType ?? "application/octet-stream";
    const name = `assets/${hex}.${ENDINGS[mediaType] ?? "bin"}`;
    async function* stream() {
      yield await assets.get(ref);
    }
    parts.push({
      entry: { name, role: "asset", bytes: info?.bytes ?? (await assets.get(ref)).length, sha256: hex, mediaType, ref },
      part: { name, stream },
    });
  }
  return parts;
}

/** The graphs a document leads to, those that others lead to first. Ones that cannot be had are the document's problem wherever it is opened. */
async function linkedDocuments(
  { journal, catalogue }: BundlePorts,
  graph: Graph,
): Promise<{ ref: string; graph: Graph }[]> {
  const known = await linkedGraphs(journal, catalogue, graph);
  const ordered = new Map<string, Graph>();
  const visit = (from: Graph, open: readonly string[]) => {
    for (const ref of linksIn(from, catalogue).map(refOf)) {
      const found = known.get(ref);
      if (!found || !("nodes" in found) || ordered.has(ref) || open.includes(ref)) continue;
      visit(found, [...open, ref]);
      ordered.set(ref, found);
    }
  };
  visit(graph, []);
  return [...ordered].map(([ref, one]) => ({ ref, graph: one }));
}
