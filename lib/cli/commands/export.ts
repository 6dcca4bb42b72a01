import { resolve } from "node:path";
import { LIMITS } from "#lib/protocol/limits.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT } from "../exit-code.ts";
import { templateName } from "../find-template.ts";
import { parseChoice } from "../parse-options.ts";
import { readRegularFile } from "../read-regular-file.ts";
import { unknownRun } from "../unknown-run.ts";
import { count } from "../words.ts";
import { WrongUse } from "../wrong-use.ts";
import { exportEntry } from "./export-entry.ts";
import { exportPictures, type PictureOptions, wantsPictures } from "./export-pictures.ts";

export type ExportOptions = PictureOptions & {
  out?: string;
  as?: string;
  table?: string;
  entry?: string;
  bundle?: string;
  withCache?: boolean;
  json: boolean;
};

/** `export NAME --out DIR`: the files of a run that has been; or, for a template or a stored graph, a file that others can import. */
export async function exportCommand(
  context: CommandContext,
  named: string | undefined,
  options: ExportOptions,
): Promise<number> {
  if (wantsPictures(options)) return await exportPictures(context, named, options);
  if (options.entry !== undefined || options.bundle !== undefined || options.withCache)
    return await exportEntry(context, named, options);
  if (named === undefined || options.out === undefined)
    throw new WrongUse("BAD_OPTION", "Write export NAME --out DIR, or export --entry ID --bundle FILE.zip.");
  const studio = await context.studio();
  const folder = resolve(context.host.cwd, options.out);
  if (options.as === undefined && options.table === undefined && (await studio.run(named))) {
    return report(context, { runId: named }, await studio.exportRun(named, folder), options.json);
  }
  const as = parseChoice(
    "--as",
    ["json", "zip"] as const,
    options.as ?? (options.table === undefined ? "json" : "zip"),
  );
  if (as === "json" && options.table !== undefined)
    throw new WrongUse("BAD_OPTION", "--table goes into a bundle: add --as zip.");
  const table =
    options.table === undefined
      ? undefined
      : await readRegularFile(options.table, { cwd: context.host.cwd, maxBytes: LIMITS.uploadBytes, what: "Table" });
  const name = templateName(named);
  if (!name || named.startsWith("run_")) throw unknownRun(named);
  const of = (await studio.templates.get(name.id)) ? "template" : "graph";
  const files = await studio.bundles.exportTo(folder, { of, ...name }, as, table);
  if (!files) throw unknownRun(named);
  return report(context, { [of]: name.id }, files, options.json);
}

function report({ console }: CommandContext, what: Record<string, string>, files: string[], json: boolean): number {
  if (json) console.json({ ...what, files });
  else {
    for (const file of files) console.print(file);
    console.say(["dim", `${count(files.length, "file")} written`]);
  }
  return EXIT.ok;
}
