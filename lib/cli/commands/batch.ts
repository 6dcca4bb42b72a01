import type { CreateBatch } from "#lib/runtime/batches/batches-api.ts";
import { batchRequestOf, parseRows, type TableOptions } from "../batch-request.ts";
import type { CommandContext } from "../command-context.ts";
import { driveBatch, reportBatch, type ShowingBatch, unknownBatch } from "../drive-batch.ts";
import { parseBudget, parseCount } from "../parse-options.ts";
import { planOf } from "../plan-run.ts";
import { count, money } from "../words.ts";
import { WrongUse } from "../wrong-use.ts";

export type BatchOptions = TableOptions & ShowingBatch & { only?: string; batch?: string };

/** `batch GRAPH.json --rows FILE.csv`: a run for each row, executed here; `--only` and `--batch` go on with an earlier one. */
export async function batchCommand(context: CommandContext, file: string, options: BatchOptions): Promise<number> {
  const only = options.only === undefined ? undefined : parseRows(options.only);
  const concurrency = options.concurrency === undefined ? undefined : parseCount("--concurrency", options.concurrency);
  if (options.batch !== undefined && options.rows === undefined)
    return await goOn(context, options.batch, options, {
      only,
      concurrency,
      graph: (await planOf(context, file, options)).graph,
    });
  const request = await batchRequestOf(context, file, options);
  const { batches } = await context.studio({ concurrency });
  if (options.batch !== undefined || (only !== undefined && typeof only === "string")) {
    const id = (request.graph as { id?: unknown } | null)?.id;
    const batch =
      options.batch ?? (await batches.latest(typeof id === "string" ? id : "untitled", request.table, request.combine));
    if (batch === undefined)
      throw new WrongUse(
        "UNKNOWN_BATCH",
        "No batch of this graph and table is in this data folder; leave --only out to start one.",
      );
    return await goOn(context, batch, options, { only, concurrency, graph: request.graph });
  }
  const wanted = { ...request, only, concurrency: request.concurrency };
  await sayEstimate(context, wanted);
  const signal = context.host.interruptible();
  const { batchId, total, created } = await batches.create(wanted);
  context.console.say(["dim", `${batchId} · ${count(total, "row")}${created ? "" : " · sent a moment ago already"}`]);
  return await driveBatch(context, batchId, options, { signal, afterSeq: 1, concurrency });
}

async function goOn(
  context: CommandContext,
  batchId: string,
  options: BatchOptions,
  change: { only?: ReturnType<typeof parseRows>; concurrency?: number; graph: unknown },
): Promise<number> {
  const { only, concurrency, graph } = change;
  const { batches } = await context.studio({ concurrency });
  const before = await batches.head(batchId);
  if (!before) throw unknownBatch(batchId);
  const which = typeof only === "string" ? { only } : { rows: only };
  const budgetMicro = options.budget === undefined ? undefined : parseBudget(options.budget);
  const signal = context.host.interruptible();
  const going = await batches.resume(batchId, { ...which, budgetMicro, graph });
  if (!going?.rows && going?.status !== "running") {
    context.console.say("Nothing is left to do.");
    return await reportBatch(context, batchId, options);
  }
  return await driveBatch(context, batchId, options, { signal, afterSeq: before.seq, concurrency });
}

/** The most it would cost, told before anything is spent. */
async function sayEstimate({ console, studio }: CommandContext, request: CreateBatch): Promise<void> {
  const estimate = await (await studio()).batches.estimate(request);
  const free = estimate.freeRows ? ` · ${count(estimate.freeRows, "row")} free` : "";
  console.say(["dim", `at most ${money(estimate.costUsd)} · ${count(estimate.calls, "paid call")}${free}`]);
}
