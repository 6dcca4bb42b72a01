import { LIMITS } from "#lib/protocol/limits.ts";
import type { EntryFilter } from "#lib/runtime/archive/archive-api.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT } from "../exit-code.ts";
import { parseChoice, parseCount } from "../parse-options.ts";
import { count, when } from "../words.ts";
import { WrongUse } from "../wrong-use.ts";

export type ArchiveOptions = {
  run?: string;
  graph?: string;
  template?: string;
  model?: string;
  verdict?: string;
  collection?: string;
  tag: string[];
  since?: string;
  until?: string;
  starred?: boolean;
  simulated?: string;
  deleted?: boolean;
  best?: boolean;
  limit?: string;
  before?: string;
  json: boolean;
};

/** `archive [QUERY]`: finished pictures and files, newest first or best first, narrowed by what they are. */
export async function archiveCommand(
  context: CommandContext,
  query: string | undefined,
  options: ArchiveOptions,
): Promise<number> {
  const limit = Math.min(LIMITS.listPage, options.limit === undefined ? 20 : parseCount("--limit", options.limit));
  const filter = filterOf(query, options);
  const { catalogue } = await context.studio();
  const order = options.best ? "best" : "newest";
  const { entries, next } = await catalogue.search(filter, { limit, order, cursor: options.before });
  if (options.json) {
    const records = await catalogue.records(entries.map(({ id }) => id));
    context.console.json({ entries: entries.map((entry) => ({ ...entry, record: records.get(entry.id) })), next });
    return EXIT.ok;
  }
  const narrowed = Object.keys(filter).length > 0;
  if (entries.length === 0) context.console.print(["dim", narrowed ? "Nothing fits." : "The archive is empty."]);
  for (const entry of entries) {
    const marks = [entry.starred ? "★" : "", entry.verdict ?? "", entry.collection ?? "", ...entry.tags].filter(
      Boolean,
    );
    context.console.print(entry.id, "  ", when(entry.createdAt), "  ", entry.title ?? entry.name, "  ", [
      "dim",
      marks.join(" "),
    ]);
  }
  if (next !== undefined)
    context.console.say(["dim", `${count(entries.length, "entry", "entries")}; go on with --before ${next}`]);
  return EXIT.ok;
}

function filterOf(query: string | undefined, options: ArchiveOptions): EntryFilter {
  const { run, graph, template, model, verdict, collection, tag, since, until, starred, simulated, deleted } = options;
  return Object.fromEntries(
    Object.entries({
      text: query,
      runId: run,
      graph,
      template,
      model,
      verdict: verdict && parseChoice("--verdict", ["pass", "iterate", "restart", "reject", "none"], verdict),
      collection,
      tags: tag.length > 0 ? tag : undefined,
      from: since && parseDay("--since", since),
      to: until && parseDay("--until", until),
      starred: starred || undefined,
      simulated: simulated && parseChoice("--simulated", ["yes", "no"], simulated) === "yes",
      deleted: deleted || undefined,
    }).filter(([, value]) => value !== undefined),
  );
}

/** Midnight UTC of a day. */
function parseDay(option: string, text: string): number {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(at)) throw new WrongUse("BAD_OPTION", `${option} ${text}: write a day such as 2026-11-20.`);
  return at;
}
