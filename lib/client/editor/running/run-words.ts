import type { Graph } from "../../../protocol/graph.ts";
import type { EstimateAnswer } from "../../../protocol/http.ts";
import type { Problem } from "../../../protocol/problems.ts";
import type { RunDocument, StepState } from "../../../protocol/run.ts";
import type { RunView } from "../../watch-run.ts";
import { count, usd } from "../../words.ts";
import { upstream } from "./targets.ts";

const SETTLED: ReadonlySet<StepState> = new Set<StepState>([
  "done",
  "skipped",
  "failed",
  "cancelled",
  "blocked",
  "in_doubt",
]);

/** The part of an estimate that a run to these nodes would go through; all of it without any. */
export function costOf(
  graph: Graph,
  estimate: EstimateAnswer,
  to: ReadonlySet<string>,
): { costUsd: number; calls: number; cached: number; steps: number } {
  const cone = to.size === 0 ? undefined : upstream(graph, to);
  const nodes = estimate.nodes.filter(({ nodeId }) => cone?.has(nodeId) ?? true);
  return {
    costUsd: nodes.reduce((sum, node) => sum + Math.round(node.costUsd * 1e6), 0) / 1e6,
    calls: nodes.reduce((sum, node) => sum + node.calls, 0),
    cached: nodes.filter(({ items, cachedItems }) => items === 0 && cachedItems > 0).length,
    steps: nodes.length,
  };
}

/** What pressing Run would cost, in as few words as a button has room for; undefined while it is not known. */
export function priceLabel(cost: { costUsd: number; calls: number; cached: number }, simulated: boolean): string {
  if (cost.calls === 0) return cost.cached > 0 ? "free, all cached" : "free";
  return simulated ? "simulated" : usd(cost.costUsd);
}

/** The errors that keep a run to these nodes (or of everything) from starting. */
export function blocking(graph: Graph, problems: readonly Problem[], to: ReadonlySet<string>): readonly Problem[] {
  const errors = problems.filter(({ level }) => level === "error");
  if (to.size === 0 || errors.length === 0) return errors;
  const cone = upstream(graph, to);
  return errors.filter(({ node }) => node === undefined || cone.has(node));
}

/** How far a run is. `total` counts the steps known so far and the nodes that have none yet. */
export function progressOf({ document, live }: RunView): { done: number; total: number; cached: number } {
  const steps = [...live.steps.values()];
  return {
    done: steps.filter(({ state }) => SETTLED.has(state)).length,
    total: Math.max(steps.length, document.nodes?.length ?? 0),
    cached: steps.filter(({ state, cached }) => state === "done" && cached).length,
  };
}

/** What a run cost in words; a simulated one costs nothing and says so. */
export const spent = (run: Pick<RunDocument, "simulated">, costUsd: number): string =>
  run.simulated ? "simulated" : usd(costUsd);

/** How a run ended or where it rests, in one sentence for a line and a screen reader. */
export function resultSentence(view: RunView): string {
  const { document, live } = view;
  const { cached } = progressOf(view);
  const steps = [...live.steps.values()].filter(({ state }) => state === "done").length;
  const money = spent(document, live.costUsd);
  switch (live.status) {
    case "succeeded":
      return steps > 0 && cached === steps
        ? `Done. All ${count(steps, "step")} came from the cache, nothing was paid`
        : `Done, ${money}${cached > 0 ? `, ${cached} of ${count(steps, "step")} cached` : ""}`;
    case "failed":
      return `Failed, ${money}. What finished is kept`;
    case "cancelled":
      return `Stopped, ${money}. What finished is kept`;
    case "waiting":
      return "A step waits for your answer";
    case "paused":
      return PAUSED[live.reason ?? document.reason ?? "budget"];
    default:
      return "Running";
  }
}

const PAUSED = {
  budget: "Paused: the next call would go over the cap",
  quota: "Paused: the provider's quota is used up",
  disk: "Paused: the disk is full",
  in_doubt: "Paused: it is not known whether a call was paid for",
} as const;
