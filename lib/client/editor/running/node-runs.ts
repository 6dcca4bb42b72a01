import type { FoldedStep } from "../../../engine/fold.ts";
import { stepKey } from "../../../engine/step-key.ts";
import type { CallView, StepState } from "../../../protocol/run.ts";
import type { RunView } from "../../watch-run.ts";
import { count } from "../../words.ts";
import type { NodeRun } from "../node-run.ts";
import { rolledUp } from "./rolled-up.ts";
import { keepSame } from "./same-value.ts";

const UNSETTLED: ReadonlySet<StepState> = new Set<StepState>(["queued", "running"]);

/**
 * A run node by node: the newest pass of each, with what it gave so far. What did not change since `previous` is the very same object, and
 * when nothing did, so is the map. Nodes without a step are not in it.
 */
export function nodeRuns(view: RunView, previous: ReadonlyMap<string, NodeRun>): ReadonlyMap<string, NodeRun> {
  const { document, live } = view;
  const steps = Map.groupBy(live.steps.values(), ({ nodeId }) => nodeId);
  const calls = Map.groupBy(document.calls, ({ nodeId }) => nodeId);
  const costs = new Map<string, number>();
  for (const { nodeId, costUsd } of live.calls.values()) costs.set(nodeId, (costs.get(nodeId) ?? 0) + costUsd);
  const held = new Map(document.steps.map((step) => [stepKey(step.nodeId, step.pass), step]));
  const next = new Map<string, NodeRun>();
  for (const [nodeId, passes] of steps) {
    const step = passes.reduce((newest, one) => (one.pass > newest.pass ? one : newest));
    const key = stepKey(nodeId, step.pass);
    // Events leave out what only the document knows, and the document may be older than they are.
    const known = held.get(key);
    const mine = calls.get(nodeId) ?? NO_CALLS;
    const unsettled = UNSETTLED.has(step.state);
    next.set(nodeId, {
      runId: document.runId,
      state: step.state,
      cached: step.cached,
      stale: false,
      why: step.why || known?.why || undefined,
      pass: step.pass,
      passes: passes.length,
      rehydrated: (step.rehydrated ?? known?.rehydrated) === true,
      startedAt: step.startedAt ?? known?.startedAt,
      endedAt: unsettled ? undefined : (step.endedAt ?? known?.endedAt),
      costUsd: round(costs.get(nodeId) ?? 0),
      key: step.items[0]?.key,
      items: step.items.length,
      error: step.error,
      kept: keptOf(step, mine),
      warnings: step.warnings ?? known?.warnings ?? [],
      question: step.state === "waiting" ? (step.question ?? known?.question) : undefined,
      outputs: Object.hasOwn(document.outputs, nodeId) ? (document.outputs[nodeId] ?? {}) : {},
      partials: unsettled ? (view.partials.get(key) ?? []) : [],
      calls: mine,
    });
  }
  for (const { id, graph } of document.nodes ?? []) {
    const one = graph === undefined ? undefined : rolledUp(id, document, next);
    if (one) next.set(id, one);
  }
  return keepSame(next, previous);
}

const NO_CALLS: readonly CallView[] = [];
/** Money to a micro-USD: sums of floats must not differ by how they were summed. */
const round = (usd: number): number => Math.round(usd * 1e6) / 1e6;

function keptOf(step: FoldedStep, calls: readonly CallView[]): string | undefined {
  if (!step.error) return undefined;
  const good = step.items.filter(({ state }) => state === "done").length;
  if (good > 0) return `${count(good, "item")} of ${step.items.length} kept`;
  const paid = calls.filter(({ pass, state }) => pass === step.pass && state === "completed").length;
  return paid > 0 ? `${count(paid, "paid answer")} kept` : undefined;
}
