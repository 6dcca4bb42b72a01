import { LIMITS } from "#lib/protocol/limits.ts";
import { parseJson } from "#lib/protocol/parse-json.ts";
import { hasErrors, InvalidError } from "#lib/protocol/problems.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT } from "../exit-code.ts";
import { readRegularFile } from "../read-regular-file.ts";
import { count } from "../words.ts";
import { problemLine } from "../write-problems.ts";
import { WrongUse } from "../wrong-use.ts";
import { importEntry } from "./import-entry.ts";

export type ImportOptions = { id?: string; replace: boolean; allow: boolean; json: boolean };

/**
 * `import FILE`: stores a graph under its id so that the studio shows it; an existing one only with `--replace`. Templates, bundles and pictures with a
 * graph in them become drafts under an id that is free.
 */
export async function importCommand(context: CommandContext, file: string, options: ImportOptions): Promise<number> {
  const bytes = await readRegularFile(file, { cwd: context.host.cwd, maxBytes: LIMITS.bundleBytes, what: "File" });
  if (!isPlainGraph(bytes)) return await importForeign(context, bytes, options);
  const json = parseJson(bytes.toString("utf8"));
  const studio = await context.studio();
  const { graph, problems } = await studio.check(json);
  if (!graph) throw new InvalidError(problems);
  if (hasErrors(problems)) context.console.say(["yellow", "The graph cannot run as it is; it is stored all the same."]);
  const id = options.id ?? graph.id;
  const current = options.replace ? await studio.graph(id) : undefined;
  const outcome = await studio.saveGraph(id, json, current?.etag);
  if (!("saved" in outcome)) {
    throw new WrongUse(
      "GRAPH_EXISTS",
      `A graph ${id} is stored already; add --replace for a new revision, or --id for another name.`,
    );
  }
  const { saved, created } = outcome;
  if (options.json) context.console.json({ id, revision: saved.revision, etag: saved.etag, created });
  else context.console.print(`${id} is stored as revision ${saved.revision}.`);
  return EXIT.ok;
}

/** A graph document as text; all else says at its beginning what it is. */
const isPlainGraph = (bytes: Buffer): boolean =>
  !/^(PK|\x89PNG)/.test(bytes.toString("latin1", 0, 4)) &&
  !/"format"\s*:\s*"throughline\/(template|bundle)"/.test(bytes.toString("utf8", 0, LIMITS.jsonBytes * 4));

async function importForeign(context: CommandContext, bytes: Buffer, options: ImportOptions): Promise<number> {
  if (options.id !== undefined || options.replace)
    throw new WrongUse("BAD_OPTION", "--id and --replace are for plain graphs; this file gets an id that is free.");
  const { bundles, catalogue } = await context.studio();
  if (await catalogue.isBundle(bytes)) return await importEntry(context, bytes, options);
  const made = await bundles.importBytes(bytes);
  const allowed = options.allow ? await bundles.allowContacts(made.graphId) : undefined;
  for (const problem of made.warnings) context.console.say(...problemLine(problem));
  if (options.json)
    context.console.json({ id: made.graphId, ...made, allowed: allowed?.allowed ?? made.contacts.length === 0 });
  else {
    const pictures = made.assets > 0 ? ` with ${count(made.assets, "picture")}` : "";
    context.console.print(`${made.graphId} is stored as a draft${pictures}.`);
    if (made.contacts.length > 0 && !allowed)
      context.console.print([
        "yellow",
        `Its runs would contact ${made.contacts.join(", ")}. Allow that in the editor, or import with --allow.`,
      ]);
  }
  return EXIT.ok;
}
