import { extname } from "node:path";
import type { ExportManifest, ExportOptions, ExportWhat } from "../../protocol/exports.ts";
import { StepError } from "../../protocol/failure.ts";
import { sha256 } from "../digest.ts";
import { AssetMissing } from "../ports.ts";
import { nameKeeper } from "../safe-name.ts";
import { type DeliverPorts, deliver } from "./deliver.ts";
import type { ExportSubject } from "./exports-api.ts";
import { createSubjectFinder, type Subject } from "./find-subject.ts";
import { refuseSecrets } from "./no-secrets.ts";

/** A finished file of an export. The last but one is the manifest, the last the checksums. */
export type ExportPart = { name: string; bytes: Buffer };

/**
 * The files of an export, one subject in memory at a time: its file, its companion record where it is an archive entry, and at the end the
 * manifest and the same checksums as `sha256sum -c` reads them. A subject that cannot be written is named there and does not stop the others.
 */
export async function* exportParts(
  ports: DeliverPorts,
  subjects: readonly ExportSubject[],
  options: ExportOptions,
  now: Date,
): AsyncGenerator<ExportPart> {
  const keep = nameKeeper();
  const findSubject = createSubjectFinder(ports.journal);
  const manifestName = keep("manifest", "json");
  const sumsName = keep("sha256sums", "txt");
  const files: ExportManifest["files"] = [];
  const missing: ExportManifest["missing"] = [];
  const sealed = (
    name: string,
    bytes: Buffer,
    more: Omit<ExportManifest["files"][number], "name" | "sha256" | "bytes">,
  ) => {
    files.push({ name, sha256: sha256(bytes), bytes: bytes.length, ...more });
    return { name, bytes };
  };
  const unable = (what: string, error: unknown) => {
    if (error instanceof StepError) missing.push({ what, code: error.code, message: error.message });
    else if (error instanceof AssetMissing) missing.push({ what, code: "ASSET_MISSING", message: error.message });
    else throw error;
  };

  for (const wanted of subjects) {
    const what = "entry" in wanted ? wanted.entry : `${wanted.run}/${wanted.asset.slice(7, 19)}`;
    try {
      const subject = await findSubject(wanted);
      const file = await deliver(ports, subject, options);
      const extension = extname(file.name);
      const name = keep(file.name.slice(0, -extension.length), extension.slice(1));
      const { mediaType, credentials, sourceType } = file;
      const record = subject.entry && recordFile(subject, name, what, unable);
      const recordName = record && keep(name, "json");
      const about = {
        mediaType,
        record: recordName,
        entry: subject.entry?.id,
        asset: subject.asset,
        sourceType,
        credentials,
      };
      yield sealed(name, file.bytes, about);
      if (record && recordName) yield sealed(recordName, record, { mediaType: "application/json" });
    } catch (error) {
      unable(what, error);
    }
  }
  const manifest: ExportManifest = {
    format: "throughline/export",
    version: 1,
    createdAt: now.toISOString(),
    as: options.as,
    files,
    missing,
  };
  yield { name: manifestName, bytes: Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`) };
  yield { name: sumsName, bytes: Buffer.from(files.map(({ name, sha256: sum }) => `${sum}  ${name}\n`).join("")) };
}

/** The companion record as it lies beside the file; undefined when it may not leave, which the manifest then says. */
function recordFile(
  { entry }: Subject,
  name: string,
  what: string,
  unable: (what: string, error: unknown) => void,
): Buffer | undefined {
  if (!entry) return undefined;
  const { record, ...head } = entry;
  const text = `${JSON.stringify({ ...head, ...record, file: name.split("/").at(-1) }, null, 2)}\n`;
  try {
    refuseSecrets(text, "The record");
    return Buffer.from(text);
  } catch (error) {
    unable(`${what} (record)`, error);
    return undefined;
  }
}

/** Everything a request names, each thing once, in its order. */
export function namedSubjects({ entries, pictures }: Pick<ExportWhat, "entries" | "pictures">): ExportSubject[] {
  const named = new Map<string, ExportSubject>();
  for (const entry of entries) named.set(entry, { entry });
  for (const { run, asset } of pictures) named.set(`${run} ${asset}`, { run, asset });
  return [...named.values()];
}
