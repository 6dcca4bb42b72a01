import type { CommandContext } from "../command-context.ts";
import { driveAndReport, type Showing } from "../drive-and-report.ts";
import { parseBudget, parseChoice } from "../parse-options.ts";
import { showDocument } from "../show-document.ts";
import { unknownRun } from "../unknown-run.ts";
import { WrongUse } from "../wrong-use.ts";

/** `resume RUN`: goes on after a crash, a cancel, a pause or a failure; what is paid for is never bought again. */
export async function resumeCommand(
  context: CommandContext,
  runId: string,
  options: Showing & { budget?: string; inDoubt?: string },
): Promise<number> {
  if (runId.startsWith("batch_"))
    throw new WrongUse("NOT_YET", "Batches cannot be resumed here yet; resume one of its runs.");
  const change = {
    budgetMicro: options.budget === undefined ? undefined : parseBudget(options.budget),
    inDoubt:
      options.inDoubt === undefined
        ? undefined
        : parseChoice("--in-doubt", ["retry", "give-up"] as const, options.inDoubt),
  };
  const studio = await context.studio();
  const before = await studio.run(runId);
  if (!before) throw unknownRun(runId);
  const signal = context.host.interruptible();
  const outcome = await studio.resume(runId, change);
  if (outcome === "unknown") throw unknownRun(runId);
  if (outcome === "nothing-left" || outcome === "waiting") {
    context.console.say(outcome === "waiting" ? "This run waits for a person." : "Nothing is left to do.");
    return showDocument(context, runId, options);
  }
  if (outcome === "live") context.console.say("Another process has this run; watching it.");
  return driveAndReport(context, runId, options, {
    signal,
    afterSeq: before.seq,
    nodeIds: before.steps.map((step) => step.nodeId),
  });
}
