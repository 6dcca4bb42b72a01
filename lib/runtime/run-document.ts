import { refOf } from "../engine/expand-graph.ts";
import type { Catalogue } from "../engine/types.ts";
import { toUsd } from "../protocol/money.ts";
import type { CallView, RunDocument, Step } from "../protocol/run.ts";
import { type GraphOfRun, graphOfRun } from "./graph-of-run.ts";
import type { CallRow, Journal, RunRow, StepRecord } from "./ports.ts";

/** Calls that cost or may cost: sent, whatever became of them, unless the provider refused them unpaid. */
const counts = (call: CallRow): boolean =>
  call.state === "completed" ||
  call.state === "accepted" ||
  call.state === "in_doubt" ||
  call.state === "abandoned" ||
  call.costMicro > 0;

const spent = (call: CallRow): number =>
  call.state === "intent" || call.state === "accepted" ? call.reservedMicro : call.costMicro;

const callView = (call: CallRow): CallView => {
  const pictures = call.answer?.pictures as { revisedPrompt?: string }[] | undefined;
  return {
    key: call.key,
    nodeId: call.nodeId,
    pass: call.pass,
    item: call.item,
    slot: call.slot,
    attempt: call.attempt,
    state: call.state,
    lane: call.lane,
    model: call.model,
    responseId: call.responseId,
    costUsd: toUsd(spent(call)),
    estimated: call.estimated || undefined,
    prompt: call.request.prompt as string | undefined,
    revisedPrompt: pictures?.[0]?.revisedPrompt,
    error: call.error,
  };
};

const stepView = (record: StepRecord, calls: CallRow[]): Step => {
  const mine = calls.filter((call) => call.nodeId === record.nodeId && call.pass === record.pass);
  return {
    nodeId: record.nodeId,
    pass: record.pass,
    state: record.state,
    cached: record.cached,
    why: record.why,
    calls: mine.filter(counts).length,
    costUsd: toUsd(mine.reduce((sum, call) => sum + spent(call), 0)),
    items: record.items,
    rehydrated: record.rehydrated,
    warnings: record.warnings,
    question: record.question,
    dueAt: record.dueAt,
    answer: record.answer,
    answeredAt: record.answeredAt,
    answeredBy: record.answeredBy,
    from: record.from,
    error: record.error,
    startedAt: record.startedAt,
    endedAt: record.endedAt,
  };
};

/** The document of a run, from its rows: what `show`, the API and `run --json` give. */
export async function runDocument(
  { journal, catalogue }: { journal: Journal; catalogue: Catalogue },
  runId: string,
): Promise<RunDocument | undefined> {
  const run = await journal.getRun(runId);
  if (!run) return undefined;
  const [found, records, calls] = await Promise.all([
    graphOfRun({ journal, catalogue }, run),
    journal.steps(runId),
    journal.callsOfRun(runId),
  ]);
  const nodes = found ? nodesOf(found, catalogue) : [];
  const order = new Map(nodes.map((node, index) => [node.id, index]));
  const outputs: RunDocument["outputs"] = Object.fromEntries(nodes.map((node) => [node.id, {}]));
  const sorted = [...records].sort(
    (a, b) => (order.get(a.nodeId) ?? 0) - (order.get(b.nodeId) ?? 0) || a.pass - b.pass,
  );
  for (const record of sorted) {
    const ports = outputs[record.nodeId] ?? {};
    for (const [port, values] of Object.entries(record.outputs ?? {}))
      ports[port] = [...(ports[port] ?? []), ...values];
    outputs[record.nodeId] = ports;
  }
  // What a node that stands for a graph gave is what its ports lead to.
  for (const { id, outputs: ends } of found?.expanded.opened ?? [])
    for (const [port, end] of Object.entries(ends)) {
      const values = outputs[end.node]?.[end.port];
      if (values) outputs[id] = { ...outputs[id], [port]: values };
    }
  return {
    ...summary(run),
    revision: run.graphHash,
    sheets: run.params.sheets,
    nodes,
    inputs: run.params.inputs,
    outputs,
    steps: sorted.map((record) => stepView(record, calls)),
    calls: calls.map(callView),
    files: [],
    costUsd: toUsd(calls.reduce((sum, call) => sum + spent(call), 0)),
    paidCalls: calls.filter(counts).length,
    budgetUsd: run.budgetMicro === null ? null : toUsd(run.budgetMicro),
    seq: run.lastSeq,
  };
}

/** Nodes as they were drawn, without notes and what else never runs, each that stood for a graph followed by what was put in its place. */
function nodesOf({ drawn, expanded }: GraphOfRun, catalogue: Catalogue): NonNullable<RunDocument["nodes"]> {
  const inner = Map.groupBy([...expanded.opened, ...expanded.graph.nodes], ({ id }) =>
    id.slice(0, id.lastIndexOf("/")),
  );
  const graphs = new Map(expanded.opened.map(({ id, link }) => [id, refOf(link)]));
  const listed = (node: { id: string; title?: string; type: string }): NonNullable<RunDocument["nodes"]> => {
    const { id, title, type } = node;
    if (catalogue.get(type)?.runs === false) return [];
    const graph = graphs.get(id);
    return [{ id, title, type, ...(graph ? { graph } : {}) }, ...(inner.get(id) ?? []).flatMap(listed)];
  };
  return drawn.nodes.flatMap(listed);
}

/** The head of a run's document. */
export const summary = (run: RunRow) => ({
  runId: run.id,
  status: run.status,
  reason: run.reason,
  graphId: run.graphId,
  graphName: run.graphName,
  template: run.params.template,
  batch: run.batchId === undefined ? undefined : { id: run.batchId, row: run.rowIndex ?? 0 },
  simulated: run.simulated,
  createdAt: run.createdAt,
  startedAt: run.startedAt,
  endedAt: run.endedAt,
  error: run.error,
});
