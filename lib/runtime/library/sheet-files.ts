import { canonical } from "../../engine/canonical.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { parseJson } from "../../protocol/parse-json.ts";
import { InvalidError, problem } from "../../protocol/problems.ts";
import { type SheetEntry, SheetFile } from "../../protocol/sheet-file.ts";
import type { SheetRef } from "../../protocol/sheet-ref.ts";
import { plainIssues } from "../../sdk/plain-issues.ts";
import { sha256 } from "../digest.ts";
import type { Zip, ZipPart } from "../ports/zip.ts";
import type { AssetStore, Library, SheetRow, SheetVersionRow } from "../ports.ts";
import { checkSheetWords } from "./check-draft.ts";
import { resolveSheet } from "./resolve-sheet.ts";

/** A sheet of the library as it travels. */
export const entryOf = (
  row: SheetRow,
  { text, samples, version, note, extends: parent }: SheetVersionRow,
): SheetEntry => ({
  id: row.id,
  name: row.name,
  tags: row.tags,
  sheetVersion: version,
  text,
  samples,
  ...(note ? { note } : {}),
  ...(parent ? { extends: parent } : {}),
});

/** A sheet and those behind it, at the versions they lead to now, the nearest first. Throws StepError SHEET_UNKNOWN and its kin. */
export async function entriesOf(library: Library, ref: SheetRef): Promise<SheetEntry[]> {
  const { chain } = await resolveSheet(library, ref);
  const entries: SheetEntry[] = [];
  for (const { id, version } of chain) {
    const [row, found] = await Promise.all([library.sheet(id), library.sheetVersion(id, version)]);
    if (row && found) entries.push(entryOf(row, found));
  }
  return entries;
}

/** The document of a sheet. Throws InvalidError SECRET_IN_SHEET: what leaves the studio holds no key. */
export function sheetFile([sheet, ...parents]: SheetEntry[]): SheetFile {
  if (!sheet) throw new InvalidError([problem("SHEET_UNKNOWN", "There is no such sheet.")]);
  const secrets = [sheet, ...parents].flatMap(checkSheetWords);
  if (secrets.length > 0) throw new InvalidError(secrets);
  return { format: "throughline/sheet", version: 1, sheet, parents };
}

/** One spelling for one document, so that a sheet can lie in git. */
export const sheetFileText = (file: SheetFile): string =>
  `${JSON.stringify(JSON.parse(canonical(file)), undefined, 2)}\n`;

const EXTENSIONS: Record<string, string> = { "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp" };

/** The same with every picture that is in the store. */
export async function* sheetZip(zip: Zip, assets: AssetStore, file: SheetFile): AsyncGenerator<Uint8Array> {
  const parts = async function* (): AsyncGenerator<ZipPart> {
    yield { name: `${file.sheet.id}.sheet.json`, bytes: Buffer.from(sheetFileText(file)) };
    const named = new Map([file.sheet, ...file.parents].flatMap(({ samples }) => samples.map((s) => [s.asset, s])));
    for (const [asset, { mediaType }] of named)
      if (await assets.has(asset))
        yield { name: `pictures/${asset.slice(7)}.${EXTENSIONS[mediaType] ?? "bin"}`, bytes: await assets.get(asset) };
  };
  yield* zip.write(parts());
}

/** What a file holds. `pictures` by hash; their bytes are what the hash says. Throws InvalidError, StepError of the zip. */
export async function readSheetBytes(
  zip: Zip,
  bytes: Uint8Array,
): Promise<{ entries: SheetEntry[]; pictures: Map<string, Buffer> }> {
  if (bytes.length === 0) throw new InvalidError([problem("EMPTY_FILE", "The file is empty.")]);
  if (!(bytes[0] === 0x50 && bytes[1] === 0x4b))
    return { entries: readSheetText(Buffer.from(bytes).toString("utf8")), pictures: new Map() };
  const pictures = new Map<string, Buffer>();
  let entries: SheetEntry[] | undefined;
  for await (const entry of zip.read(bytes)) {
    const [, hex] = /^pictures\/([0-9a-f]{64})\.[a-z]+$/.exec(entry.name) ?? [];
    if (hex) {
      const picture = await entry.bytes(LIMITS.uploadBytes);
      if (sha256(picture) !== hex)
        throw new InvalidError([problem("HASH_MISMATCH", `The picture ${entry.name} is not what its name says.`)]);
      pictures.set(`sha256:${hex}`, picture);
    } else if (entry.name.endsWith(".sheet.json") && !entry.name.includes("/"))
      entries = readSheetText((await entry.bytes(LIMITS.jsonBytes)).toString("utf8"));
  }
  if (!entries) throw new InvalidError([problem("SHEET_FILE", "There is no .sheet.json in this archive.")]);
  return { entries, pictures };
}

function readSheetText(text: string): SheetEntry[] {
  const document = parseJson(text);
  const format = (document as { format?: unknown; version?: unknown } | null) ?? {};
  if (format.format !== "throughline/sheet")
    throw new InvalidError([
      problem("SCHEMA_UNKNOWN", "This is not a spec sheet: its format is not throughline/sheet."),
    ]);
  if (typeof format.version === "number" && format.version > 1)
    throw new InvalidError([problem("SCHEMA_TOO_NEW", "This sheet was written by a newer program. Update this one.")]);
  const read = SheetFile.safeParse(document, { reportInput: true });
  if (!read.success)
    throw new InvalidError(
      plainIssues(read.error.issues, {}).map((issue) => ({ ...issue, level: "error", code: "BAD_FIELD" })),
    );
  return [read.data.sheet, ...read.data.parents];
}
