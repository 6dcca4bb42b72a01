import { resolve } from "node:path";
import type { CommandContext } from "./command-context.ts";
import type { Showing } from "./drive-and-report.ts";
import { exitCodeOf } from "./exit-code.ts";
import { printRunReport } from "./run-report.ts";
import { unknownRun } from "./unknown-run.ts";

/** Shows a run that is at rest as `json` asks, writes its files below `out`, and gives the exit code of its status. */
export async function showDocument(
  context: CommandContext,
  runId: string,
  showing: Omit<Showing, "events"> & { events?: boolean },
): Promise<number> {
  const studio = await context.studio();
  const document = await studio.run(runId);
  if (!document) throw unknownRun(runId);
  const files =
    showing.out === undefined ? document.files : await studio.exportRun(runId, resolve(context.host.cwd, showing.out));
  if (showing.json) context.console.json({ ...document, files });
  else if (!showing.events) printRunReport(context.console, { ...document, files });
  return exitCodeOf(document);
}
