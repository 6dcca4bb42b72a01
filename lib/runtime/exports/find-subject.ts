import { EntryRecord } from "../../protocol/entry-record.ts";
import { StepError } from "../../protocol/failure.ts";
import type { Graph } from "../../protocol/graph.ts";
import { looksSecret } from "../../protocol/looks-secret.ts";
import type { AssetId } from "../../protocol/values.ts";
import type { ArchiveRow, Journal } from "../ports.ts";
import { safeName } from "../safe-name.ts";
import type { ExportSubject } from "./exports-api.ts";
import { type KnownPicture, type Lineage, lineageOfRecord, lineageOfSteps, localChain } from "./lineage.ts";

/** One thing to export, with all that is known of how it came to be. */
export type Subject = {
  /** How people and manifests call it. */
  id: string;
  entry?: ArchiveRow;
  asset: AssetId;
  mediaType: string;
  /** Below some folder, without its ending. */
  name: string;
  title?: string;
  alt?: string;
  createdAt: Date;
  lineage: Lineage;
  /** From what a model drew or somebody brought to what is exported. */
  chain: KnownPicture[];
  /** The hash of the document that ran. */
  graphHash?: string;
};

const READABLE = new Set(["image/png", "image/jpeg", "image/webp"]);

/** True for pictures that can be written in another format: those that are read here, and those made from one. */
export const picturesOf = ({ chain }: Subject): KnownPicture[] =>
  chain.filter(({ mediaType }) => mediaType === undefined || READABLE.has(mediaType));

export const isPicture = (subject: Subject): boolean =>
  subject.mediaType.startsWith("image/") && picturesOf(subject).length > 0;

/** A name is seen in every list of files; one that holds a key gives way to an id. */
const shownName = (raw: string, id: string): string => safeName(looksSecret(raw) ? id : raw);

type Pictures = Map<AssetId, KnownPicture>;
/** Finds one thing after another; those of the same run in a row read its steps once. */
export type SubjectFinder = (what: ExportSubject) => Promise<Subject>;

/** What it gives throws StepError UNKNOWN_ENTRY, UNKNOWN_RUN, UNKNOWN_PICTURE. */
export function createSubjectFinder(journal: Journal): SubjectFinder {
  let last: { runId: string; pictures: Promise<Pictures> } | undefined;
  const pictures: PicturesOfRun = (runId) => {
    if (last?.runId !== runId) last = { runId, pictures: ofSteps(journal, runId) };
    return last.pictures;
  };
  return (what) => findSubject(journal, what, pictures);
}

type PicturesOfRun = (runId: string) => Promise<Pictures>;

async function findSubject(journal: Journal, what: ExportSubject, pictures: PicturesOfRun): Promise<Subject> {
  if ("run" in what) return ofRun(journal, what.run, what.asset, pictures);
  const archived = await journal.entry(what.entry);
  if (!archived) throw new StepError("UNKNOWN_ENTRY", `There is no archive entry ${what.entry}.`);
  // What people made of it since counts, also where they took something away.
  const card = await journal.archive.card(what.entry);
  const { title, alt, tags, collection } = card ?? archived;
  const entry = { ...archived, title, alt, tags, collection };
  return ofEntry(entry, pictures);
}

async function ofEntry(entry: ArchiveRow, pictures: PicturesOfRun): Promise<Subject> {
  const read = EntryRecord.safeParse(entry.record).data;
  const lineage = new Map([
    ...lineageOfRecord(read?.lineage ?? []),
    // Records of earlier editions tell nothing of the way; their run may.
    ...(read?.lineage ? [] : await pictures(entry.runId)),
  ]);
  const own = lineage.get(entry.asset);
  lineage.set(entry.asset, {
    ...own,
    asset: entry.asset,
    mediaType: entry.mediaType,
    made: own?.made ?? read?.made,
    title: own?.title ?? read?.node.title,
  });
  return {
    id: entry.id,
    entry,
    asset: entry.asset,
    mediaType: entry.mediaType,
    name: shownName(entry.name, entry.id),
    title: entry.title || undefined,
    alt: entry.alt || undefined,
    createdAt: new Date(entry.createdAt),
    lineage,
    chain: localChain(entry.asset, lineage),
    graphHash: read?.graph.revision,
  };
}

async function ofRun(journal: Journal, runId: string, asset: AssetId, pictures: PicturesOfRun): Promise<Subject> {
  const run = await journal.getRun(runId);
  if (!run) throw new StepError("UNKNOWN_RUN", `There is no run ${runId}.`);
  const lineage = await pictures(runId);
  const known = lineage.get(asset);
  if (!known) throw new StepError("UNKNOWN_PICTURE", "This run gave no such picture.");
  return {
    id: `${runId}/${asset.slice(7, 19)}`,
    asset,
    mediaType: known.mediaType ?? "image/png",
    name: shownName(
      `${run.graphName}-${known.title ?? "picture"}`.replaceAll("/", "-"),
      `${runId}-${asset.slice(7, 19)}`,
    ),
    createdAt: new Date(run.createdAt),
    lineage,
    chain: localChain(asset, lineage),
    graphHash: run.graphHash,
  };
}

async function ofSteps(journal: Journal, runId: string): Promise<Pictures> {
  const run = await journal.getRun(runId);
  if (!run) return new Map();
  return lineageOfSteps(await journal.steps(runId), await journal.getGraph(run.graphHash));
}

/** The names of the models behind a subject: those that drew, the snapshot that answered before what was asked for. */
export const modelsOf = ({ lineage, chain }: Subject): string[] => {
  const drawn = chain.flatMap(({ asset }) => lineage.get(asset)?.made ?? []);
  return [...new Set(drawn.flatMap(({ imageModel, model }) => imageModel ?? model ?? []))];
};

export const isSimulated = ({ chain }: Subject): boolean => chain.some(({ made }) => made?.simulated === true);

/** The document that ran. Throws StepError NO_GRAPH. */
export async function graphOf(journal: Journal, { graphHash, id }: Subject): Promise<{ graph: Graph; hash: string }> {
  const graph = graphHash === undefined ? undefined : await journal.getGraph(graphHash);
  if (!graph || graphHash === undefined)
    throw new StepError("NO_GRAPH", `The graph that made ${id} is not stored here.`);
  return { graph, hash: graphHash };
}
