import { LIMITS } from "#lib/protocol/limits.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT } from "../exit-code.ts";
import { parseCount } from "../parse-options.ts";
import { when } from "../words.ts";

/** `archive [QUERY]`: finished pictures and files, newest first; a query searches names, titles, tags and prompts. */
export async function archiveCommand(
  context: CommandContext,
  query: string | undefined,
  options: { json: boolean; limit?: string; before?: string; run?: string },
): Promise<number> {
  const limit = Math.min(LIMITS.listPage, options.limit === undefined ? 20 : parseCount("--limit", options.limit));
  const entries = await (await context.studio()).archive({
    text: query,
    runId: options.run,
    limit,
    before: options.before,
  });
  if (options.json) {
    context.console.json({ entries });
    return EXIT.ok;
  }
  if (entries.length === 0) context.console.print(["dim", query ? "Nothing fits." : "The archive is empty."]);
  for (const entry of entries) {
    context.console.print(entry.id, "  ", when(entry.createdAt), "  ", entry.name, "  ", ["dim", entry.tags.join(" ")]);
  }
  return EXIT.ok;
}
