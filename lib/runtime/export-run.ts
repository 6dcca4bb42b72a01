import { mkdir, realpath, writeFile } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { StepError } from "../protocol/failure.ts";
import type { Graph } from "../protocol/graph.ts";
import type { RunDocument } from "../protocol/run.ts";
import type { ImageValue } from "../protocol/values.ts";
import type { ArchiveRow, AssetStore, Journal } from "./ports.ts";
import { nameKeeper, safeName } from "./safe-name.ts";

const EXTENSIONS: Record<string, string> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/webp": "webp",
  "image/avif": "avif",
};

/** Code and data folders that an export must never write into. */
const FORBIDDEN = ["app", "lib", "nodes", "node_modules", ".next", ".git", "bin"];

/** Refuses folders that hold the product itself or its data. */
export function checkExportFolder(folder: string, product: string, data: string): void {
  const target = resolve(folder);
  const within = (parent: string) => target === parent || target.startsWith(parent + sep);
  const bad =
    target === resolve(product) || within(resolve(data)) || FORBIDDEN.some((name) => within(resolve(product, name)));
  if (bad)
    throw new StepError(
      "NAME_UNSAFE",
      `${folder} holds the product or its data. Choose another folder for the pictures.`,
    );
}

type Planned = { name: string; bytes: () => Promise<Buffer | string> };

/**
 * Writes a run below `folder`: images of leaf nodes as `<nodeId>-<n>.<ext>`, archive entries under their own names with their sidecars,
 * and run.json. Returns absolute paths. Names never collide and never leave the folder.
 */
export async function exportRun(
  journal: Journal,
  assets: AssetStore,
  document: RunDocument,
  graph: Graph,
  folder: string,
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const root = await realpath(folder);
  const keep = nameKeeper();
  keep("run", "json");
  const planned: Planned[] = [];
  for (const entry of await journal.entries({ runId: document.runId, limit: 10_000 }))
    planned.push(...entryFiles(entry, assets, keep));
  planned.push(...leafFiles(document, graph, assets, keep));
  const files: string[] = [];
  for (const { name, bytes } of planned) {
    const path = resolve(root, name);
    if (!path.startsWith(root + sep)) throw new StepError("NAME_UNSAFE", `The name ${name} would leave the folder.`);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, await bytes());
    files.push(path);
  }
  const record = join(root, "run.json");
  await writeFile(record, `${JSON.stringify({ ...document, files: [...files, record] }, null, 2)}\n`);
  return [...files, record];
}

function entryFiles(entry: ArchiveRow, assets: AssetStore, keep: ReturnType<typeof nameKeeper>): Planned[] {
  const extension = String(entry.record.extension ?? "bin");
  const name = keep(safeName(entry.name), extension);
  const picture = { name, bytes: () => assets.get(entry.asset) };
  if (entry.record.sidecar !== true) return [picture];
  const { record, ...head } = entry;
  return [
    picture,
    {
      name: `${name}.json`,
      bytes: async () => `${JSON.stringify({ ...head, ...record, file: name.split("/").at(-1) }, null, 2)}\n`,
    },
  ];
}

function leafFiles(
  document: RunDocument,
  graph: Graph,
  assets: AssetStore,
  keep: ReturnType<typeof nameKeeper>,
): Planned[] {
  const feeding = new Set(graph.edges.map((edge) => edge.source));
  return graph.nodes
    .filter((node) => !feeding.has(node.id))
    .flatMap((node) =>
      Object.values(document.outputs[node.id] ?? {})
        .flat()
        .filter((value): value is ImageValue => value.kind === "image")
        .map((image, index) => ({
          name: keep(`${safeName(node.id)}-${index + 1}`, EXTENSIONS[image.mediaType] ?? "bin"),
          bytes: () => assets.get(image.asset),
        })),
    );
}
