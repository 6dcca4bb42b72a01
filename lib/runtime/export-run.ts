import type { Graph } from "../protocol/graph.ts";
import type { RunDocument } from "../protocol/run.ts";
import type { ImageValue, Outputs } from "../protocol/values.ts";
import { jsonWithoutSecrets } from "./exports/no-secrets.ts";
import type { ArchiveRow, AssetStore, FolderWriter, HandedFile, Journal } from "./ports.ts";
import { nameKeeper, safeName } from "./safe-name.ts";

const EXTENSIONS: Record<string, string> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/webp": "webp",
  "image/avif": "avif",
};

/**
 * Writes a run below `folder`: images of leaf nodes as `<nodeId>-<n>.<ext>`, archive entries under their own names with their sidecars,
 * and run.json. Returns absolute paths. Names never collide. `below`: a folder of its own in there.
 */
export async function exportRun(
  ports: { journal: Journal; assets: AssetStore; folderWriter: FolderWriter },
  document: RunDocument,
  graph: Graph,
  folder: string,
  below?: string,
): Promise<string[]> {
  const { folderWriter } = ports;
  const keep = nameKeeper();
  const record = keep("run", "json");
  const files = await runFiles(ports, document.runId, lastNodesOf(graph), (node) => document.outputs[node] ?? {}, keep);
  const placed = (name: string) => (below === undefined ? name : `${below}/${name}`);
  const paths = await folderWriter.write(
    folder,
    files.map((file) => ({ ...file, name: placed(file.name) })),
  );
  const content = async () => `${jsonWithoutSecrets({ ...document, files: paths })}\n`;
  return [...paths, ...(await folderWriter.write(folder, [{ name: placed(record), content }]))];
}

/** The nodes nothing follows. */
export function lastNodesOf(graph: Graph): string[] {
  const feeding = new Set(graph.edges.map((edge) => edge.source));
  return graph.nodes.filter((node) => !feeding.has(node.id)).map((node) => node.id);
}

/** What a run leaves behind: its archive entries under their own names with their sidecars, then the images of its last nodes. */
export async function runFiles(
  ports: { journal: Pick<Journal, "entries">; assets: AssetStore },
  runId: string,
  lastNodes: readonly string[],
  outputsOf: (nodeId: string) => Outputs,
  keep: ReturnType<typeof nameKeeper> = nameKeeper(),
): Promise<HandedFile[]> {
  const { journal, assets } = ports;
  const entries = await journal.entries({ runId, limit: 10_000 });
  const inOrder = entries.sort(
    (a, b) => a.nodeId.localeCompare(b.nodeId) || a.pass - b.pass || a.item - b.item || a.position - b.position,
  );
  return [
    ...inOrder.flatMap((entry) => entryFiles(entry, assets, keep)),
    ...lastNodes.flatMap((node) => leafFiles(node, outputsOf(node), assets, keep)),
  ];
}

function entryFiles(entry: ArchiveRow, assets: AssetStore, keep: ReturnType<typeof nameKeeper>): HandedFile[] {
  const extension = String(entry.record.extension ?? "bin");
  const name = keep(safeName(entry.name), extension);
  const picture = { name, content: () => assets.get(entry.asset) };
  if (entry.record.sidecar !== true) return [picture];
  const { record, ...head } = entry;
  return [
    picture,
    {
      name: keep(name, "json"),
      content: async () => `${jsonWithoutSecrets({ ...head, ...record, file: name.split("/").at(-1) })}\n`,
    },
  ];
}

function leafFiles(
  nodeId: string,
  outputs: Outputs,
  assets: AssetStore,
  keep: ReturnType<typeof nameKeeper>,
): HandedFile[] {
  return Object.values(outputs)
    .flat()
    .filter((value): value is ImageValue => value.kind === "image")
    .map((image, index) => ({
      name: keep(`${safeName(nodeId)}-${index + 1}`, EXTENSIONS[image.mediaType] ?? "bin"),
      content: () => assets.get(image.asset),
    }));
}
