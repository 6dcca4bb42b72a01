import type { Value } from "../protocol/values.ts";
import { combinePass } from "./passes.ts";
import { stepKey } from "./step-key.ts";
import type { Plan, PlanEdge, PlanLoop, PlanNode, StepRow, Steps } from "./types.ts";

/** Settled: nothing this step could still do will change what it gave. */
export const isSettled = (row: StepRow | undefined): row is StepRow =>
  row !== undefined && row.state !== "queued" && row.state !== "running" && row.state !== "waiting";

/** Nobody knows yet what such a step gave, but it may turn out. */
export const isDoubtful = (row: StepRow): boolean => row.state === "in_doubt" || row.state === "blocked";

/** Failed, and meant to go on: what it gave by `error` (and whatever else) is its answer. */
export const wentOn = (node: PlanNode, row: StepRow): boolean => row.state === "failed" && node.onError === "continue";

/** Ended without an answer: what it would have given is not "nothing" but unknown. */
const isUnanswered = (node: PlanNode, row: StepRow): boolean =>
  isDoubtful(row) || row.state === "cancelled" || (row.state === "failed" && !wentOn(node, row));

/** What left a step by a port; nothing when the port did not fire. */
export function fired(node: PlanNode, row: StepRow, port: string): readonly Value[] {
  if (row.state !== "done" && !wentOn(node, row)) return [];
  const values = row.outputs && Object.hasOwn(row.outputs, port) ? row.outputs[port] : undefined;
  if (values) return values;
  return wentOn(node, row) && port === "error" ? [{ kind: "text", text: row.error?.message ?? "failed" }] : [];
}

/** The steps an edge reads, oldest pass first. `over`: the step that ended a loop around them without an answer. */
export type Sources = { node: PlanNode; rows: StepRow[]; over?: StepRow };

const nodeOf = (plan: Plan, id: string): PlanNode => {
  const node = plan.nodes.get(id);
  if (!node) throw new Error(`There is no node ${id} in this plan.`);
  return node;
};

/** What a forward edge reads for a step of its target: the same pass inside shared loops, all passes of loops it leaves. */
export function forwardSources(plan: Plan, steps: Steps, edge: PlanEdge, at: readonly number[]): Sources | undefined {
  const source = nodeOf(plan, edge.source);
  const shared = source.loops.filter((loop) => loop.body.has(edge.target)).length;
  return collect(plan, steps, source, at.slice(0, shared));
}

/** What a loop edge reads for a step of its target in a later pass: the pass before. */
export function loopSources(plan: Plan, steps: Steps, loop: PlanLoop, at: readonly number[]): Sources | undefined {
  const before = [...at.slice(0, loop.depth), (at[loop.depth] ?? 0) - 1];
  return collect(plan, steps, nodeOf(plan, loop.source), before);
}

function collect(plan: Plan, steps: Steps, node: PlanNode, prefix: readonly number[]): Sources | undefined {
  const sources: Sources = { node, rows: [] };
  return gatherPasses(plan, steps, sources, prefix) ? sources : undefined;
}

function gatherPasses(plan: Plan, steps: Steps, sources: Sources, prefix: readonly number[]): boolean {
  const { node, rows } = sources;
  const loop = node.loops[prefix.length];
  if (!loop) {
    const row = steps.get(stepKey(node.id, combinePass(node, prefix)));
    if (!isSettled(row)) return false;
    rows.push(row);
    return true;
  }
  for (let index = 0; ; index++) {
    const here = [...prefix, index];
    const before = rows.length;
    if (!gatherPasses(plan, steps, sources, here)) return false;
    const own = loop.source === node.id ? { node, rows: rows.slice(before), over: sources.over } : undefined;
    const next = afterPass(plan, steps, loop, here, own);
    if (next.is === "open") continue;
    if (next.is === "undecided") return false;
    if (next.row) sources.over = next.row;
    return true;
  }
}

/**
 * What becomes of a loop after a pass (`indices` end with the loop's own): `open` = its edge fired and passes remain; `over`; or not decided
 * yet. `known` = what the loop's source gave in that pass, where it has been read already. `row` is the step that ended it without an answer.
 */
export type AfterPass = { is: "open" } | { is: "undecided" } | { is: "over"; row?: StepRow };

export function afterPass(
  plan: Plan,
  steps: Steps,
  loop: PlanLoop,
  indices: readonly number[],
  known?: Sources,
): AfterPass {
  const source = nodeOf(plan, loop.source);
  const sources = known ?? collect(plan, steps, source, indices);
  if (!sources) return { is: "undecided" };
  const stopped = sources.rows.find((row) => isUnanswered(source, row)) ?? sources.over;
  if (stopped) return { is: "over", row: stopped };
  const remain = (indices[loop.depth] ?? 0) + 1 < loop.passes;
  const again = remain && sources.rows.some((row) => fired(source, row, loop.edge.sourceHandle).length > 0);
  return again ? { is: "open" } : { is: "over" };
}

/** Does this pass exist: did the loop edge before it fire? The first pass of every loop does. */
export function isOpen(plan: Plan, steps: Steps, node: PlanNode, at: readonly number[]): boolean {
  const depth = at.findLastIndex((index) => index > 0);
  const loop = node.loops[depth];
  if (!loop) return true;
  const before = [...at.slice(0, depth), (at[depth] ?? 0) - 1];
  return afterPass(plan, steps, loop, before).is === "open";
}

/**
 * The loop edge that feeds a port in this pass instead of its forward edges: that of the innermost loop which is past its first pass.
 */
export function loopFeeding(node: PlanNode, port: string, at: readonly number[]): PlanLoop | undefined {
  const edges = node.loopIncoming.get(port);
  if (!edges) return undefined;
  return node.loops.findLast((loop) => (at[loop.depth] ?? 0) > 0 && edges.some((edge) => edge.id === loop.id));
}

/** What one step brings to a port: the values that left it by `port`, in order. */
export type Arrival = { node: PlanNode; row: StepRow; port: string; values: readonly Value[] };

/** What arrives at a port and from where, in edge order; undefined while it cannot be known. Not yet converted to the port's kind. */
export function arrivals(
  plan: Plan,
  steps: Steps,
  node: PlanNode,
  port: string,
  at: readonly number[],
): Arrival[] | undefined {
  const loop = loopFeeding(node, port, at);
  const found: Arrival[] = [];
  const read = (sources: Sources | undefined, handle: string): boolean => {
    for (const row of sources?.rows ?? []) {
      const source = (sources as Sources).node;
      found.push({ node: source, row, port: handle, values: fired(source, row, handle) });
    }
    return sources !== undefined;
  };
  if (loop) return read(loopSources(plan, steps, loop, at), loop.edge.sourceHandle) ? found : undefined;
  for (const edge of node.incoming.get(port) ?? [])
    if (!read(forwardSources(plan, steps, edge, at), edge.sourceHandle)) return undefined;
  return found;
}
