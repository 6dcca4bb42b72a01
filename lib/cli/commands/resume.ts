import type { Studio } from "#lib/runtime/studio-api.ts";
import type { CommandContext } from "../command-context.ts";
import { driveAndReport, type Showing } from "../drive-and-report.ts";
import { driveBatch, reportBatch, unknownBatch } from "../drive-batch.ts";
import { parseBudget, parseChoice } from "../parse-options.ts";
import { showDocument } from "../show-document.ts";
import { unknownRun } from "../unknown-run.ts";

/** `resume RUN|BATCH`: goes on after a crash, a cancel, a pause or a failure; what is paid for is never bought again. */
export async function resumeCommand(
  context: CommandContext,
  runId: string,
  options: Showing & { budget?: string; inDoubt?: string },
): Promise<number> {
  const change = {
    budgetMicro: options.budget === undefined ? undefined : parseBudget(options.budget),
    inDoubt:
      options.inDoubt === undefined
        ? undefined
        : parseChoice("--in-doubt", ["retry", "give-up"] as const, options.inDoubt),
  };
  if (runId.startsWith("batch_")) return await resumeBatch(context, runId, change, options);
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

/** Rows that failed, were refused, cancelled or paused go on; a person asked. */
async function resumeBatch(
  context: CommandContext,
  batchId: string,
  change: Parameters<Studio["batches"]["resume"]>[1],
  options: Showing,
): Promise<number> {
  const { batches } = await context.studio();
  const before = await batches.head(batchId);
  if (!before) throw unknownBatch(batchId);
  const signal = context.host.interruptible();
  const going = await batches.resume(batchId, change);
  if (!going?.rows && going?.status !== "running") {
    context.console.say(going?.status === "waiting" ? "Its rows wait for a person." : "Nothing is left to do.");
    return await reportBatch(context, batchId, options);
  }
  return await driveBatch(context, batchId, options, { signal, afterSeq: before.seq });
}
