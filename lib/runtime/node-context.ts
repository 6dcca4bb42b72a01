import { fillLate } from "../engine/fill.ts";
import type { Way } from "../engine/settle.ts";
import { StepError } from "../protocol/failure.ts";
import type { TemplateRef } from "../protocol/templates.ts";
import type { ImageValue, RecordValue } from "../protocol/values.ts";
import type { ArchiveRequest, DeliveryRequest, NodeContext } from "../sdk/context.ts";
import type { ImageTools } from "../sdk/image-tools.ts";
import type { StepName } from "../sdk/late-names.ts";
import type { ModelTools } from "../sdk/model-tools.ts";
import { sha256 } from "./digest.ts";
import { type ArchiveRow, AssetMissing, type AssetStore } from "./ports.ts";
import { safeName } from "./safe-name.ts";

/** Everything about the item a node is run for. */
export type ItemFacts = {
  graph: { id: string; name: string };
  revision: string;
  node: { id: string; title: string; type: string };
  run: {
    id: string;
    createdAt: number;
    inputs: Record<string, unknown>;
    depth?: number;
    template?: TemplateRef;
    simulated?: boolean;
  };
  passIndex: number;
  pass: { index: number; last: boolean };
  item: { index: number; count: number };
  way(output: string): Way;
};

export type ContextParts = {
  sheets: NodeContext["sheets"];
  assets: AssetStore;
  images: ImageTools;
  model: ModelTools;
  signal: AbortSignal;
  now(): number;
  warn(message: string): void;
  progress(message: string, fraction?: number): void;
  /** Receives archive entries; they are committed with the step. */
  keepEntry(entry: ArchiveRow): void;
  /** Sends a signed message; left out where nothing may leave. */
  deliver?(position: number, request: DeliveryRequest): Promise<{ id: string; status: number }>;
  roomFor: NodeContext["money"]["roomFor"];
  /** The item's result is not to be stored for other runs. */
  forThisRun(): void;
};

/** The `ctx` a node receives. */
export function createNodeContext(facts: ItemFacts, parts: ContextParts): NodeContext {
  let position = 0;
  let delivery = 0;
  const date = new Date(facts.run.createdAt).toISOString().slice(0, 10);
  return {
    graph: facts.graph,
    node: { id: facts.node.id, title: facts.node.title },
    run: { id: facts.run.id, date },
    pass: facts.pass,
    item: facts.item,
    way: facts.way,
    money: { roomFor: parts.roomFor },
    forThisRun: parts.forThisRun,
    signal: parts.signal,
    images: parts.images,
    model: parts.model,
    fill: (template, names) =>
      fillLate(template, {
        "graph.id": facts.graph.id,
        "graph.name": facts.graph.name,
        "run.id": facts.run.id,
        "run.date": date,
        ...names,
      } satisfies Record<StepName, string> & typeof names),
    hash: sha256,
    warn: parts.warn,
    progress: parts.progress,
    readText: async (asset) => {
      try {
        return (await parts.assets.get(asset)).toString("utf8");
      } catch (error) {
        if (error instanceof AssetMissing) throw new StepError("ASSET_MISSING", error.message);
        throw error;
      }
    },
    sheets: parts.sheets,
    archive: {
      put: async (request) => {
        const entry = archiveEntry(facts, request, position++, parts.now());
        parts.keepEntry(entry);
        return entryValue(entry);
      },
    },
    deliveries: {
      send: async (request) => {
        if (!parts.deliver) throw new StepError("NO_DELIVERIES", "Nothing is sent from here.");
        return parts.deliver(delivery++, request);
      },
    },
  };
}

const EXTENSIONS: Record<string, string> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/webp": "webp",
  "image/avif": "avif",
};

/** The catalogue row of a finished asset with everything that explains it. The same item of the same run always gets the same id. */
function archiveEntry(facts: ItemFacts, request: ArchiveRequest, position: number, now: number): ArchiveRow {
  const image: ImageValue | undefined = request.subject.kind === "image" ? request.subject : request.subject.image;
  const { asset, mediaType } = request.subject;
  const key = [facts.run.id, facts.node.id, facts.passIndex, facts.item.index, position].join("/");
  const extension = request.subject.kind === "file" ? request.subject.extension : (EXTENSIONS[mediaType] ?? "bin");
  return {
    id: `entry_${sha256(key).slice(0, 24)}`,
    runId: facts.run.id,
    nodeId: facts.node.id,
    pass: facts.passIndex,
    item: facts.item.index,
    position,
    name: safeName(request.name),
    asset,
    mediaType,
    collection: request.collection,
    title: request.title,
    alt: request.alt,
    tags: request.tags,
    record: {
      format: "throughline/entry",
      version: 1,
      asset,
      // Of a file, the picture that was written into it.
      of: image && image.asset !== asset ? image.asset : undefined,
      extension,
      sidecar: request.sidecar,
      label: image?.label ?? (request.subject.kind === "file" ? request.subject.label : undefined),
      width: image?.width,
      height: image?.height,
      graph: { ...facts.graph, revision: facts.revision },
      run: { id: facts.run.id, inputs: facts.run.inputs },
      node: facts.node,
      made: image?.made,
      turn: image?.turn,
      verdicts: request.verdicts,
      simulated: image?.made.simulated === true || undefined,
    },
    createdAt: now,
  };
}

const entryValue = (entry: ArchiveRow): RecordValue => ({
  kind: "record",
  record: {
    id: entry.id,
    name: entry.name,
    asset: entry.asset,
    mediaType: entry.mediaType,
    collection: entry.collection,
    title: entry.title,
    alt: entry.alt,
    tags: entry.tags,
    extension: entry.record.extension,
    sidecar: entry.record.sidecar,
  },
});
