import { type Failure, StepError } from "../../protocol/failure.ts";
import type { Graph } from "../../protocol/graph.ts";
import { InvalidError } from "../../protocol/problems.ts";
import type { BatchRecord, BatchRowRecord, Journal, NewRowRun } from "../ports.ts";
import type { StartRun } from "../studio-api.ts";
import { rowInputs } from "./row-inputs.ts";

/** Runs a person started are 10: they are always taken first. */
export const ROW_PRIORITY = 0;

export type StartPorts = {
  journal: Pick<Journal, "batches" | "requeue">;
  /** A run as it would be stored: checked, its pictures fetched. Throws InvalidError and StepError. */
  compose(request: StartRun): Promise<NewRowRun>;
};

/**
 * Makes a row's run, or lets the one it has go on. A row that cannot become a run fails by itself; others are not touched. Whoever else does the same at the
 * same time, there is one run.
 */
export async function startRow(
  { journal, compose }: StartPorts,
  batch: BatchRecord,
  graph: Graph,
  row: BatchRowRecord,
): Promise<void> {
  const { batches } = journal;
  if (row.todo === "resume" && row.runId !== undefined) {
    await journal.requeue(row.runId, { inDoubt: batch.inDoubt });
    // A run that waits, or that somebody has, is not queued: the row shows what it is.
    await batches.follow(batch.id, row.index);
    return;
  }
  const { map, shared, to, takes, rowBudgetMicro, template } = batch.options;
  const reading = { columns: batch.columns, inputs: graph.inputs, map: new Map(Object.entries(map)), shared };
  try {
    const run = await compose({
      graph,
      inputs: rowInputs(reading, row.cells, row.pictures),
      to,
      takes,
      budgetMicro: rowBudgetMicro,
      inDoubt: batch.inDoubt,
      template,
    });
    await batches.start(batch.id, row.index, row.revision, {
      ...run,
      batchId: batch.id,
      rowIndex: row.index,
      priority: ROW_PRIORITY,
    });
  } catch (error) {
    const failure = failureOf(error);
    if (!failure) throw error;
    await batches.fail(batch.id, row.index, row.revision, failure);
  }
}

function failureOf(error: unknown): Failure | undefined {
  if (error instanceof StepError) return { code: error.code, message: error.message };
  if (!(error instanceof InvalidError)) return undefined;
  const first = error.problems.find(({ level }) => level === "error");
  return { code: first?.code ?? "invalid", message: error.message };
}
