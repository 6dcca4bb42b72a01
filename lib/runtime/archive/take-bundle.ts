import * as z from "zod";
import { canonical } from "../../engine/canonical.ts";
import { EntryBundle, type EntryImported } from "../../protocol/catalogue.ts";
import { EntryRecord } from "../../protocol/entry-record.ts";
import { StepError } from "../../protocol/failure.ts";
import { SheetContent } from "../../protocol/library.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { looksSecret } from "../../protocol/looks-secret.ts";
import { parseJson } from "../../protocol/parse-json.ts";
import { hasErrors } from "../../protocol/problems.ts";
import { readGraph } from "../../protocol/read-graph.ts";
import { AssetId, Turn, Value } from "../../protocol/values.ts";
import { storeForeign } from "../bundle/store-foreign.ts";
import { sha256 } from "../digest.ts";
import { sheetHash } from "../library/resolve-sheet.ts";
import type { Zip } from "../ports/zip.ts";
import type { ArchiveRow, ImageOps, ResultRow, TurnRow } from "../ports.ts";
import { safeName } from "../safe-name.ts";
import { assetsIn } from "./bundle-contents.ts";
import type { RemakePorts } from "./remake.ts";

type Ports = Pick<RemakePorts, "journal" | "assets" | "clock"> & { zip: Zip; ops: ImageOps };

/** Documents of a bundle may be large: a run's results tell every picture of it. */
const ROOMY = { bytes: 64 * 1024 * 1024, depth: 64 };
const Text = z.string().max(1000);

const Entry = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9_-]{1,100}$/),
  runId: z.string().regex(/^[A-Za-z0-9_-]{1,100}$/),
  nodeId: Text,
  pass: z.int().min(0),
  item: z.int().min(0),
  position: z.int().min(0),
  name: Text,
  asset: AssetId,
  mediaType: z.enum(["image/png", "image/jpeg", "image/webp", "image/avif", "application/octet-stream"]),
  collection: z.string().max(200).optional(),
  title: z.string().max(1000).optional(),
  alt: z.string().max(10_000).optional(),
  tags: z.array(z.string().max(100)).max(50),
  record: EntryRecord,
  createdAt: z.number(),
});
const Result = z.strictObject({
  key: z.string().regex(/^[0-9a-f]{64}$/),
  outputs: z.record(z.string(), z.array(Value)),
  warnings: z.array(z.string()).optional(),
  rehydrated: z.boolean().optional(),
  runId: Text,
  nodeId: Text,
  costMicro: z.number().min(0),
  createdAt: z.number(),
});
const StoredTurn = z.strictObject({
  responseId: Text,
  parentId: Text.optional(),
  provider: Text,
  prompt: z.string(),
  specText: z.string().optional(),
  specName: z.string().optional(),
  asset: AssetId.optional(),
  stored: z.boolean(),
  turn: Turn,
  createdAt: z.number(),
});

const broken = (message: string) => new StepError("BUNDLE_BROKEN", message);

/** The manifest of an entry's bundle; undefined for any other zip. */
export async function manifestOf(zip: Zip, archive: Uint8Array): Promise<EntryBundle | undefined> {
  if (archive[0] !== 0x50 || archive[1] !== 0x4b) return undefined;
  for await (const entry of zip.read(archive)) {
    if (entry.name !== "manifest.json") continue;
    const value = parseJson((await entry.bytes(LIMITS.uploadBytes)).toString("utf8"), ROOMY);
    return (value as { format?: unknown } | null)?.format === "throughline/archive-bundle"
      ? checked(EntryBundle, value, "its manifest")
      : undefined;
  }
  return undefined;
}

/**
 * Takes in an entry's bundle: every file is what the manifest says, every document is what its name says, every picture named by a result is there. Only
 * then is anything but bytes stored. Nothing that is here is replaced, and nothing runs.
 */
export async function takeBundle(ports: Ports, archive: Uint8Array): Promise<EntryImported> {
  const { journal, zip, clock } = ports;
  const manifest = await manifestOf(zip, archive);
  if (!manifest) throw broken("This zip is no bundle of an archive entry: it has no manifest that says so.");
  const listed = new Map(manifest.files.map((file) => [file.name, file]));
  const documents = new Map<string, unknown>();
  const assets = new Set<string>();
  for await (const { name, bytes: read } of zip.read(archive)) {
    if (name === "manifest.json") continue;
    const file = listed.get(name);
    if (!file) throw broken(`The bundle holds ${name.slice(0, 200)}, which its manifest does not list.`);
    const bytes = await read(LIMITS.bundleBytes);
    if (bytes.length !== file.bytes || sha256(bytes) !== file.sha256)
      throw new StepError(
        "CHECKSUM",
        `${name.slice(0, 200)} is not what the manifest says: it was damaged or changed.`,
      );
    listed.delete(name);
    if (file.role !== "asset") {
      const text = bytes.toString("utf8");
      if (looksSecret(text))
        throw new StepError(
          "SECRET_IN_IMPORT",
          `${name} holds what looks like a key or a password; nothing is taken in.`,
        );
      documents.set(name, parseJson(text, ROOMY));
      continue;
    }
    if (!name.startsWith(`assets/${file.sha256}.`))
      throw broken(`${name.slice(0, 200)} is not the picture it is called.`);
    await storeForeign(ports, bytes);
    assets.add(`sha256:${file.sha256}`);
  }
  for (const name of listed.keys()) throw broken(`The bundle lacks ${name.slice(0, 200)}.`);
  const entry = checked(Entry, documents.get("record.json"), "its record");
  if (entry.id !== manifest.entry) throw broken("The record is of another entry than the manifest says.");
  const graphs = graphsIn(documents);
  const main = graphs.find(({ hash }) => hash === entry.record.graph.revision);
  if (!main) throw broken("The graph of this entry is not in the bundle.");
  for (const { hash, document } of graphs) await journal.putGraph(document, hash);
  for (const [name, value] of documents) {
    if (!name.startsWith("sheets/")) continue;
    const sheet = checked(SheetContent.pick({ text: true, samples: true }), value, name);
    if (name !== `sheets/${sheetHash(sheet.text, sheet.samples)}.json`)
      throw broken(`${name} is not the sheet it is called.`);
    await journal.library.putSheetSnapshot(sheetHash(sheet.text, sheet.samples), sheet);
  }
  const results = checked(z.array(Result), documents.get("results.json") ?? [], "its results");
  const turns = checked(z.array(StoredTurn), documents.get("turns.json") ?? [], "its turns");
  // A result whose picture is not here would be worse than none: the picture could never be drawn again.
  const whole = results.filter(({ outputs }) => assetsIn(outputs).isSubsetOf(assets));
  if (!assets.has(entry.asset)) throw broken("The picture of this entry is not in the bundle.");
  const taken = await journal.archive.take({
    entry: { ...entry, name: safeName(entry.name) } as ArchiveRow,
    graph: main,
    assets: [],
    results: whole as ResultRow[],
    turns: turns as TurnRow[],
    at: clock.now(),
  });
  return { entryId: entry.id, name: entry.name, known: !taken.added, assets: assets.size, results: taken.results };
}

/** Every graph stands under the hash of its very bytes. */
const graphsIn = (documents: ReadonlyMap<string, unknown>) =>
  [...documents].flatMap(([name, value]) => {
    const [, hash] = /^graphs\/([0-9a-f]{64})\.json$/.exec(name) ?? [];
    if (hash === undefined) return [];
    const { graph, problems } = readGraph(value);
    if (!graph || hasErrors(problems)) throw broken(`${name} is no graph that can be read.`);
    if (sha256(canonical(graph)) !== hash) throw broken(`${name} is not the graph it is called.`);
    return [{ hash, document: graph }];
  });

function checked<S extends z.ZodType>(schema: S, value: unknown, what: string): z.output<S> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw broken(`${what} cannot be read: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`.trim());
}
