import type { ExportOptions } from "../../protocol/exports.ts";
import { isWrittenAnew } from "../../protocol/exports.ts";
import { StepError } from "../../protocol/failure.ts";
import type { Credentials } from "../ports/credentials.ts";
import type { DeliveryWriter, PsdWriter } from "../ports/export-formats.ts";
import type { AssetStore, ImageOps, Journal } from "../ports.ts";
import { CREDENTIALS } from "./credential-words.ts";
import { describePicture, type Signature } from "./describe-picture.ts";
import type { ExportedFile } from "./exports-api.ts";
import { findCredentials } from "./find-credentials.ts";
import { graphOf, isPicture, modelsOf, picturesOf, type Subject } from "./find-subject.ts";
import { graphText } from "./graph-text.ts";
import { layeredDocument } from "./layers.ts";
import { signPicture } from "./sign-picture.ts";
import { sourceTypeOf } from "./source-type.ts";

export type DeliverPorts = {
  journal: Journal;
  assets: AssetStore;
  ops: ImageOps;
  credentials: Credentials;
  delivery: DeliveryWriter;
  psd: PsdWriter;
  signature: Signature;
  /** The pixels of a layered document are hundreds of megabytes: one at a time. */
  oneDocument<T>(work: () => Promise<T>): Promise<T>;
};

const EXTENSIONS: Record<string, string> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/webp": "webp",
  "image/avif": "avif",
};

/** One subject as a file in the wished format. Throws StepError NOT_A_PICTURE, GRAPH_NEEDS_PNG and those of its parts. */
export async function deliver(ports: DeliverPorts, subject: Subject, options: ExportOptions): Promise<ExportedFile> {
  const { as } = options;
  if (options.graph && as !== "png")
    throw new StepError("GRAPH_NEEDS_PNG", "Only a PNG can carry a graph. Choose PNG, or leave the graph out.");
  const sourceType = sourceTypeOf(subject.asset, subject.lineage);
  const { name } = subject;
  if (as === "original" || as === "zip") {
    const bytes = await ports.assets.get(subject.asset);
    const extension = String(subject.entry?.record.extension ?? EXTENSIONS[subject.mediaType] ?? "bin");
    const credentials = await stateOfOriginal(ports.assets, subject, bytes);
    return { name: `${name}.${extension}`, bytes, mediaType: subject.mediaType, credentials, sourceType };
  }
  if (!isPicture(subject))
    throw new StepError("NOT_A_PICTURE", `${subject.id} is no picture that can be written in another format.`);
  if (!isWrittenAnew(as)) {
    const write = async () => ports.psd.write(await layeredDocument(ports, subject, options.metadata));
    const bytes = await ports.oneDocument(write);
    const carries = findCredentials(await rootBytes(ports.assets, subject)) !== undefined;
    const credentials = carries ? CREDENTIALS.lostByFormat : CREDENTIALS.none;
    return { name: `${name}.psd`, bytes, mediaType: "image/vnd.adobe.photoshop", credentials, sourceType };
  }
  const source = picturesOf(subject).at(-1)?.asset ?? subject.asset;
  const written = await ports.delivery.write(await ports.assets.get(source), {
    format: as,
    quality: options.quality,
    size: options.size,
    xmp: options.metadata ? describePicture(subject, ports.signature) : undefined,
    texts: options.graph ? [{ keyword: "throughline", text: await graphFor(ports, subject) }] : undefined,
  });
  const { bytes, state } = await signPicture(ports, subject, written, options.credentials);
  return { name: `${name}.${written.extension}`, bytes, mediaType: written.mediaType, credentials: state, sourceType };
}

async function graphFor({ journal }: DeliverPorts, subject: Subject): Promise<string> {
  const { graph, hash } = await graphOf(journal, subject);
  return graphText(graph, { asset: subject.asset, graphHash: hash, models: modelsOf(subject) });
}

const rootBytes = (assets: AssetStore, { chain, asset }: Subject): Promise<Buffer> =>
  assets.get(chain[0]?.asset ?? asset);

/** What an untouched file carries, and whether something was lost on its way here. */
export async function stateOfOriginal(assets: AssetStore, subject: Subject, bytes: Buffer) {
  if (findCredentials(bytes)) return CREDENTIALS.kept;
  const [root] = subject.chain;
  if (root === undefined || root.asset === subject.asset) return CREDENTIALS.none;
  return findCredentials(await assets.get(root.asset)) ? CREDENTIALS.lostByChange : CREDENTIALS.none;
}
