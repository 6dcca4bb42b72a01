import type { Catalogue } from "../../engine/types.ts";
import type { BatchDocument, BatchHead, BatchRow } from "../../protocol/batches.ts";
import { toUsd } from "../../protocol/money.ts";
import { lastNodesOf } from "../export-run.ts";
import { graphOfRun } from "../graph-of-run.ts";
import type { BatchRecord, BatchRowRecord, Journal } from "../ports.ts";

export type ShowPorts = { journal: Journal; catalogue: Catalogue };

/** A batch without its rows. */
export async function batchHead({ batches }: Pick<Journal, "batches">, batch: BatchRecord): Promise<BatchHead> {
  const [counts, costMicro] = await Promise.all([batches.counts(batch.id), batches.cost(batch.id)]);
  return {
    batchId: batch.id,
    name: batch.name,
    status: batch.status,
    reason: batch.reason,
    graphId: batch.graphId,
    graphName: batch.graphName,
    template: batch.options.template,
    total: batch.total,
    counts,
    costUsd: toUsd(costMicro),
    budgetUsd: batch.budgetMicro === null ? null : toUsd(batch.budgetMicro),
    simulated: batch.simulated,
    createdAt: batch.createdAt,
    startedAt: batch.startedAt,
    endedAt: batch.endedAt,
    seq: batch.lastSeq,
  };
}

/** The nodes nothing follows, in the graph as the batch's runs have it. */
export async function lastNodes(ports: ShowPorts, rows: readonly BatchRowRecord[]): Promise<string[]> {
  const ran = rows.find((row) => row.runId !== undefined);
  const run = ran?.runId === undefined ? undefined : await ports.journal.getRun(ran.runId);
  const graph = run && (await graphOfRun(ports, run))?.expanded.graph;
  return graph ? lastNodesOf(graph) : [];
}

/** Rows as they are shown: what their runs cost and what came out at the end. */
export async function showRows(ports: ShowPorts, rows: readonly BatchRowRecord[]): Promise<BatchRow[]> {
  const { batches } = ports.journal;
  const runIds = rows.flatMap((row) => row.runId ?? []);
  const [costs, outputs] = await Promise.all([
    batches.costs(runIds),
    lastNodes(ports, rows).then((nodes) => batches.outputs(runIds, nodes)),
  ]);
  return rows.map((row) => ({
    index: row.index,
    cells: row.cells,
    status: row.status,
    reason: row.reason,
    runId: row.runId,
    outputs: Object.fromEntries(outputs.get(row.runId ?? "") ?? []),
    files: [],
    costUsd: toUsd(costs.get(row.runId ?? "") ?? 0),
    error: row.error,
    seq: row.seq,
  }));
}

/** The batch with one page of its rows. */
export async function batchDocument(
  ports: ShowPorts,
  batch: BatchRecord,
  page: Parameters<Journal["batches"]["rows"]>[1],
): Promise<BatchDocument> {
  const { batches } = ports.journal;
  const [head, found] = await Promise.all([
    batchHead(ports.journal, batch),
    // One more tells whether there is a next page.
    page.limit === 0 ? [] : batches.rows(batch.id, { ...page, limit: page.limit + 1 }),
  ]);
  const rows = found.slice(0, page.limit);
  return {
    ...head,
    columns: batch.columns,
    map: batch.options.map,
    inputs: batch.inputs,
    shared: batch.options.shared,
    rows: await showRows(ports, rows),
    next: found[page.limit]?.index,
  };
}
