import type * as z from "zod";
import { BundleManifest, TemplateFile } from "../../protocol/bundle.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { parseJson } from "../../protocol/parse-json.ts";
import { InvalidError, type Problem, problem, warning } from "../../protocol/problems.ts";
import { type SheetEntry, SheetFile } from "../../protocol/sheet-file.ts";
import { sha256 } from "../digest.ts";
import type { Zip } from "../ports/zip.ts";

/** A document that came in, not yet believed. `template` = the form and words around it. */
export type FoundDocument = { graph: unknown; template?: Omit<TemplateFile, "graph">; warnings: Problem[] };
/** A bundle without its pictures: those are read one by one when the rest is known to be sound. */
export type FoundBundle = FoundDocument & {
  manifest: BundleManifest;
  linked: { ref: string; graph: unknown }[];
  sheets: SheetEntry[];
  table?: Buffer;
};

/** Files are indented, and a template stands around its graph; the graph itself is held to its own limits afterwards. */
const ROOMY = { bytes: 4 * LIMITS.jsonBytes, depth: LIMITS.jsonDepth + 2 };

const unfit = (code: string, message: string) => new InvalidError([problem(code, message)]);

/** Graph or template JSON. Throws InvalidError. */
export function readDocument(text: string): FoundDocument {
  const value = parseJson(text, ROOMY);
  const format = (value as { format?: unknown } | null)?.format;
  if (format === "throughline/bundle")
    throw unfit("SCHEMA_UNKNOWN", "This is the manifest of a bundle: import the whole zip file.");
  if (format !== "throughline/template") return { graph: value, warnings: [] };
  const { fields, warnings } = onlyKnown(value as Record<string, unknown>);
  const { graph, ...template } = checked(TemplateFile, fields, "This is not a template that can be read");
  return { graph, template, warnings };
}

/** A template file's own fields; what would start something is left out and told. */
function onlyKnown(value: Record<string, unknown>): { fields: Record<string, unknown>; warnings: Problem[] } {
  if (typeof value.version === "number" && value.version > 1)
    throw unfit("SCHEMA_TOO_NEW", "This template comes from a newer version of the program. Update the program.");
  const known = new Set(Object.keys(TemplateFile.shape));
  const warnings = Object.keys(value)
    .filter((key) => !known.has(key))
    .map((key) => key.slice(0, 80))
    .map((field) =>
      warning("FIELD_REMOVED", `The field "${field}" was left out: an imported template starts nothing by itself.`, {
        field,
      }),
    );
  return { fields: Object.fromEntries(Object.entries(value).filter(([key]) => known.has(key))), warnings };
}

/** Everything of a bundle but its pictures, each file as its manifest says it is. Throws InvalidError and StepError ZIP_*. */
export async function readBundle(zip: Zip, archive: Uint8Array): Promise<FoundBundle> {
  const texts = new Map<string, Buffer>();
  const names = new Set<string>();
  for await (const entry of zip.read(archive)) {
    names.add(entry.name);
    if (!entry.name.startsWith("assets/")) texts.set(entry.name, await entry.bytes(LIMITS.uploadBytes));
  }
  const head = texts.get("manifest.json");
  if (!head) throw unfit("BUNDLE_BROKEN", "This zip is not a bundle: it has no manifest.json.");
  const said = json(head);
  if ((said as { format?: unknown } | null)?.format === "throughline/archive-bundle")
    throw unfit("SCHEMA_UNKNOWN", "This is the bundle of an archived picture: open it in the archive.");
  const manifest = checked(BundleManifest, said, "The manifest of this bundle cannot be read");
  const listed = new Map(manifest.files.map((file) => [file.name, file]));
  for (const name of names)
    if (name !== "manifest.json" && !listed.has(name))
      throw unfit("BUNDLE_BROKEN", `The bundle holds ${name.slice(0, 200)}, which its manifest does not list.`);
  for (const [name, file] of listed) {
    if (!names.has(name)) throw unfit("BUNDLE_BROKEN", `The bundle lacks ${name.slice(0, 200)}.`);
    const bytes = texts.get(name);
    if (file.role === "asset" ? bytes : !bytes)
      throw unfit("BUNDLE_BROKEN", `${name.slice(0, 200)} does not stand where pictures and documents belong.`);
    if (bytes) checkSum(file, bytes);
  }
  const mains = manifest.files.filter(
    ({ name, role }) => (role === "graph" || role === "template") && !name.includes("/"),
  );
  const [main] = mains;
  const text = main && texts.get(main.name);
  if (!text || mains.length > 1)
    throw unfit("BUNDLE_BROKEN", "A bundle holds exactly one graph.json or template.json.");
  const ofRole = (role: string) =>
    manifest.files
      .filter((file) => file.role === role)
      .flatMap((file) => {
        const bytes = texts.get(file.name);
        return bytes ? [{ file, bytes }] : [];
      });
  return {
    ...readDocument(decode(text)),
    manifest,
    linked: ofRole("graph")
      .filter(({ file }) => file !== main)
      .map(({ file, bytes }) => ({ ref: file.ref ?? "", graph: json(bytes) })),
    sheets: ofRole("sheet").flatMap(({ bytes }) => sheetsIn(json(bytes))),
    table: ofRole("table")[0]?.bytes,
  };
}

/** Throws InvalidError CHECKSUM when the bytes are not those the manifest tells of. */
export function checkSum(file: BundleManifest["files"][number], bytes: Buffer): void {
  if (bytes.length === file.bytes && sha256(bytes) === file.sha256) return;
  throw unfit("CHECKSUM", `${file.name} in this bundle is not what its manifest says: it was damaged or changed.`);
}

const sheetsIn = (value: unknown): SheetEntry[] => {
  const list = (value as { sheets?: unknown } | null)?.sheets;
  return checked(SheetFile.shape.sheet.array().max(500), list, "The sheets of this bundle cannot be read");
};

const json = (bytes: Buffer): unknown => parseJson(decode(bytes), ROOMY);

export function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw unfit("MALFORMED_JSON", "This file is neither a graph nor a bundle: it is not UTF-8 text.");
  }
}

function checked<S extends z.ZodType>(schema: S, value: unknown, what: string): z.output<S> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw unfit("BAD_FIELD", `${what}: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`.trim());
}
