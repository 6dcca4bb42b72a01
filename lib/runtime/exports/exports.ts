import { type ExportLook, ExportManifest, type ExportWhat, GraphFromPicture } from "../../protocol/exports.ts";
import { StepError } from "../../protocol/failure.ts";
import { graphInPng } from "../../protocol/graph-in-picture.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { parseJson } from "../../protocol/parse-json.ts";
import { hasErrors, InvalidError } from "../../protocol/problems.ts";
import { readGraph } from "../../protocol/read-graph.ts";
import type { ImageValue } from "../../protocol/values.ts";
import type { Zip } from "../ports/zip.ts";
import type { Clock, FolderWriter } from "../ports.ts";
import { createTurnstile } from "../turnstile.ts";
import { type DeliverPorts, deliver } from "./deliver.ts";
import type { ExportSubject, Exports } from "./exports-api.ts";
import { findCredentials } from "./find-credentials.ts";
import { createSubjectFinder, isPicture, isSimulated } from "./find-subject.ts";
import { exportParts, namedSubjects } from "./write-zip.ts";

/** Exports made at once: each holds the pixels of a few pictures. */
const AT_ONCE = 2;
/** Originals that are opened to see what they carry, before people are told that it is not known. */
const LOOKED_INTO = 200;

/** What only exports need of the world. */
export type ExportTools = Pick<DeliverPorts, "credentials" | "delivery" | "psd" | "signature">;

type Ports = Omit<DeliverPorts, "oneDocument"> & { zip: Zip; clock: Clock; folderWriter: FolderWriter };

export function createExports(given: Ports): Exports {
  const ports = { ...given, oneDocument: createTurnstile(1) };
  const { journal, assets } = ports;
  const oneOfFew = createTurnstile(AT_ONCE);

  /** All that is wanted, known to be there. */
  const subjectsOf = async (what: ExportWhat): Promise<ExportSubject[]> => {
    const ofRun = what.run === undefined ? [] : await finalPictures(what.run);
    const subjects = [...namedSubjects(what), ...ofRun];
    if (subjects.length === 0) throw new StepError("NOTHING_TO_EXPORT", "There is no picture to export here.");
    if (subjects.length > LIMITS.exportFiles)
      throw new StepError("TOO_MANY_FILES", `At most ${LIMITS.exportFiles} files go into one export.`);
    const findSubject = createSubjectFinder(journal);
    for (const subject of subjects) {
      if ("entry" in subject) {
        if (!(await journal.entry(subject.entry)))
          throw new StepError("UNKNOWN_ENTRY", `There is no archive entry ${subject.entry}.`);
      } else await findSubject(subject);
    }
    return subjects;
  };

  /** What a run archived, and what its last nodes gave. */
  const finalPictures = async (runId: string): Promise<ExportSubject[]> => {
    const run = await journal.getRun(runId);
    if (!run) throw new StepError("UNKNOWN_RUN", `There is no run ${runId}.`);
    const entries = await journal.entries({ runId, limit: LIMITS.exportFiles });
    const graph = await journal.getGraph(run.graphHash);
    const feeding = new Set(graph?.edges.map(({ source }) => source));
    const images = (await journal.steps(runId))
      .filter(({ nodeId }) => !feeding.has(nodeId))
      .flatMap(({ outputs }) => Object.values(outputs ?? {}).flat())
      .filter((value): value is ImageValue => value.kind === "image");
    const pictures = images.map(({ asset }) => ({ run: runId, asset }));
    return namedSubjects({ entries: entries.map(({ id }) => id).reverse(), pictures });
  };

  const look = async (what: ExportWhat): Promise<ExportLook> => {
    const found: ExportLook = {
      files: 0,
      pictures: 0,
      bytes: 0,
      credentials: 0,
      simulated: 0,
      signer: await signerWords(ports),
    };
    const findSubject = createSubjectFinder(journal);
    for (const wanted of await subjectsOf(what)) {
      const subject = await findSubject(wanted);
      const root = subject.chain[0]?.asset ?? subject.asset;
      found.files += 1;
      found.bytes += (await journal.assetInfo(subject.asset))?.bytes ?? 0;
      if (isPicture(subject)) found.pictures += 1;
      if (isSimulated(subject)) found.simulated += 1;
      else if (found.files <= LOOKED_INTO && findCredentials(await assets.get(root))) found.credentials += 1;
    }
    return found;
  };

  return {
    look,
    async one(wanted, options, signal) {
      const subject = await createSubjectFinder(journal)(wanted);
      return oneOfFew(async () => {
        signal?.throwIfAborted();
        return deliver(ports, subject, options);
      });
    },
    async many(what, options) {
      const subjects = await subjectsOf(what);
      const now = new Date(ports.clock.now());
      const name = `throughline-${now.toISOString().slice(0, 10)}-${subjects.length}-files.zip`;
      return { name, chunks: ports.zip.write(exportParts(ports, subjects, options, now)) };
    },
    async toFolder(what, options, folder) {
      const subjects = await subjectsOf(what);
      const files: string[] = [];
      let manifest: ExportManifest | undefined;
      for await (const { name, bytes } of exportParts(ports, subjects, options, new Date(ports.clock.now()))) {
        files.push(...(await ports.folderWriter.write(folder, [{ name, content: async () => bytes }])));
        if (name === "manifest.json") manifest = ExportManifest.parse(JSON.parse(bytes.toString("utf8")));
      }
      if (!manifest) throw new Error("an export without a manifest");
      return { files, manifest };
    },
    graphInPicture,
  };
}

async function signerWords({ credentials }: Pick<DeliverPorts, "credentials">): Promise<ExportLook["signer"]> {
  try {
    const { kind, name } = await credentials.signer();
    return kind === "own"
      ? { kind, says: `Your certificate: ${name}.` }
      : {
          kind,
          says: "A local test certificate: others will not trust it. Set C2PA_CERT and C2PA_KEY to sign with your own.",
        };
  } catch (error) {
    if (error instanceof StepError) return { kind: "own", says: error.message };
    throw error;
  }
}

function graphInPicture(bytes: Uint8Array): GraphFromPicture {
  const found = graphInPng(bytes);
  if (!found) throw new StepError("NO_WORKFLOW", "This file is no PNG that carries a graph.");
  if ("problem" in found) throw new StepError(found.code, found.problem);
  const { graph, problems } = readGraph(parseJson(found.json));
  if (!graph || hasErrors(problems)) throw new InvalidError(problems);
  return GraphFromPicture.parse({ graph, made: { models: [], ...found.made } });
}
