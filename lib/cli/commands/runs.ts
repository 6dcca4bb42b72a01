import { LIMITS } from "#lib/protocol/limits.ts";
import { RUN_STATUSES } from "#lib/protocol/run.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT } from "../exit-code.ts";
import { parseChoice, parseCount } from "../parse-options.ts";
import { money, stateSpan, when } from "../words.ts";

/** `runs`: newest first, one page. */
export async function runsCommand(
  context: CommandContext,
  options: { json: boolean; limit?: string; before?: string; status?: string },
): Promise<number> {
  const limit = Math.min(LIMITS.listPage, options.limit === undefined ? 20 : parseCount("--limit", options.limit));
  const status = options.status === undefined ? undefined : parseChoice("--status", RUN_STATUSES, options.status);
  const page = await (await context.studio()).listRuns({ limit, before: options.before, status });
  if (options.json) {
    context.console.json(page);
    return EXIT.ok;
  }
  if (page.runs.length === 0)
    context.console.print(["dim", "No runs yet. Start one with: npx throughline run GRAPH.json"]);
  for (const run of page.runs) {
    const state = run.reason ? `${run.status}: ${run.reason}` : run.status;
    context.console.print(
      run.runId,
      "  ",
      stateSpan(state, 16),
      "  ",
      when(run.createdAt),
      "  ",
      money(run.costUsd).padEnd(9),
      "  ",
      run.graphName,
    );
  }
  if (page.next) context.console.print(["dim", `more: npx throughline runs --before ${page.next}`]);
  return EXIT.ok;
}
