import { hasErrors } from "#lib/protocol/problems.ts";
import type { CommandContext } from "../command-context.ts";
import { driveAndReport, type Showing } from "../drive-and-report.ts";
import { EXIT } from "../exit-code.ts";
import { type PlanOptions, planOf } from "../plan-run.ts";
import { problemLine, writeInvalid } from "../write-problems.ts";

export type RunOptions = PlanOptions & Showing;

/** `run GRAPH.json`: checks the graph, creates a run and executes it here until it rests. */
export async function runCommand(context: CommandContext, file: string, options: RunOptions): Promise<number> {
  const request = await planOf(context, file, options);
  const studio = await context.studio(request);
  const { graph, problems } = await studio.check(request.graph, request);
  if (hasErrors(problems)) {
    writeInvalid(context.console, problems, options.json);
    return EXIT.wrongUse;
  }
  for (const problem of problems) context.console.say(...problemLine(problem));
  const signal = context.host.interruptible();
  const { runId } = await studio.startRun(request);
  return driveAndReport(context, runId, options, { signal, nodeIds: graph?.nodes.map((node) => node.id) });
}
