import { resolve } from "node:path";
import type { Sheet } from "#lib/protocol/library.ts";
import { LIMITS } from "#lib/protocol/limits.ts";
import { parseSheetRef, type SheetRef } from "#lib/protocol/sheet-ref.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT } from "../exit-code.ts";
import { parseChoice, parseCount } from "../parse-options.ts";
import { readRegularFile } from "../read-regular-file.ts";
import { when } from "../words.ts";
import { WrongUse } from "../wrong-use.ts";

/** `sheets [list] [QUERY]`: the library, the last changed first. */
export async function listSheets(
  context: CommandContext,
  query: string | undefined,
  options: { tag?: string; archived: boolean; limit?: string; json: boolean },
): Promise<number> {
  const limit = Math.min(LIMITS.listPage, options.limit === undefined ? 50 : parseCount("--limit", options.limit));
  const { library } = await context.studio();
  const found = await library.list({ q: query, tag: options.tag, archived: options.archived, limit });
  if (options.json) {
    context.console.json(found);
    return EXIT.ok;
  }
  if (found.sheets.length === 0)
    context.console.print(["dim", query || options.tag ? "Nothing fits." : "The library is empty."]);
  for (const { id, newest, name, updatedAt, tags } of found.sheets)
    context.console.print(`${id}@${newest}`, "  ", when(updatedAt), "  ", name, "  ", ["dim", tags.join(" ")]);
  return EXIT.ok;
}

/** `sheets show NAME[@VERSION]`: the text as it is sent, on stdout; what else is to know on stderr. */
export async function showSheet(context: CommandContext, named: string, options: { json: boolean }): Promise<number> {
  const { library } = await context.studio();
  const sheet = await find(context, named);
  const versions = await library.versions(sheet.id, { limit: LIMITS.listPage });
  if (options.json) {
    context.console.json({ ...sheet, versions });
    return EXIT.ok;
  }
  context.console.say(["bold", sheet.name], `  ${sheet.id}@${sheet.version}`, ["dim", `  ${sheet.tags.join(" ")}`]);
  const [, ...parents] = sheet.effective?.chain ?? [];
  if (parents.length > 0) context.console.say("extends ", parents.map((p) => `${p.id}@${p.version}`).join(" → "));
  if (sheet.broken) context.console.say(["red", sheet.broken]);
  for (const { version, createdAt, note } of versions)
    context.console.say([
      "dim",
      `${version === sheet.version ? "▸" : " "} ${version}  ${when(createdAt)}  ${note ?? ""}`,
    ]);
  for (const line of (sheet.effective?.text ?? sheet.text).split("\n")) context.console.print(line);
  return EXIT.ok;
}

/** `sheets export NAME[@VERSION] --out DIR`: the sheet and those it extends as a file others can import. */
export async function exportSheet(
  context: CommandContext,
  named: string,
  options: { out: string; as: string; json: boolean },
): Promise<number> {
  const as = parseChoice("--as", ["json", "zip"] as const, options.as);
  const { library } = await context.studio();
  const { id } = await find(context, named);
  const folder = resolve(context.host.cwd, options.out);
  const files = await library.exportTo(folder, { id, version: refOf(named).version }, as);
  if (options.json) context.console.json({ sheet: id, files });
  else for (const file of files) context.console.print(file);
  return EXIT.ok;
}

/** `sheets import FILE`: a `.sheet.json` or its zip; a name that is another sheet's already becomes a fresh one. */
export async function importSheet(
  context: CommandContext,
  file: string,
  options: { replace: boolean; json: boolean },
): Promise<number> {
  const bytes = await readRegularFile(file, { cwd: context.host.cwd, maxBytes: LIMITS.bundleBytes, what: "File" });
  const { library } = await context.studio();
  const adopted = await library.importBytes(bytes, { replace: options.replace });
  if (options.json) {
    context.console.json(adopted);
    return EXIT.ok;
  }
  const WORDS = {
    made: "is in the library now",
    known: "was known already",
    renamed: "is in the library under a fresh name",
    added: "is a new version",
  };
  for (const { id, version, was } of adopted.sheets) context.console.print(`${id}@${version} ${WORDS[was]}.`);
  if (adopted.missing.length > 0)
    context.console.say(["yellow", `${adopted.missing.length} sample pictures did not come along; import the zip.`]);
  return EXIT.ok;
}

function refOf(named: string): SheetRef {
  const ref = parseSheetRef(named);
  if (!ref) throw new WrongUse("UNKNOWN_SHEET", `${named}: write the id of a sheet, or id@version.`);
  return ref;
}

async function find(context: CommandContext, named: string): Promise<Sheet> {
  const ref = refOf(named);
  const sheet = await (await context.studio()).library.read(ref.id, ref.version);
  if (!sheet) throw new WrongUse("UNKNOWN_SHEET", `There is no sheet ${named}. See throughline sheets.`);
  return sheet;
}
