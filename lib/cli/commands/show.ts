import type { CommandContext } from "../command-context.ts";
import { EXIT } from "../exit-code.ts";
import { printRunReport, printRunSteps } from "../run-report.ts";
import { unknownRun } from "../unknown-run.ts";

/** `show RUN`: the run's document; looking at it succeeds whatever became of the run. */
export async function showCommand(context: CommandContext, runId: string, options: { json: boolean }): Promise<number> {
  const document = await (await context.studio()).run(runId);
  if (!document) throw unknownRun(runId);
  if (options.json) context.console.json(document);
  else {
    printRunSteps(context.console, document);
    printRunReport(context.console, document);
  }
  return EXIT.ok;
}
