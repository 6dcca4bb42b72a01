import type { Graph } from "../../../protocol/graph.ts";
import type { EstimateAnswer } from "../../../protocol/http.ts";
import type { StepState } from "../../../protocol/run.ts";
import { outermost } from "../../inside.ts";
import type { NodeRun, NodeTake } from "../node-run.ts";
import { currentTake } from "./current-take.ts";
import { keepSame } from "./same-value.ts";

const OPEN: ReadonlySet<StepState> = new Set<StepState>(["queued", "running", "waiting", "in_doubt"]);

type Facts = {
  document: Pick<Graph, "nodes">;
  /** By node id, for the document as it is now. */
  recipes: ReadonlyMap<string, string>;
  /** The newest run, node by node. */
  runs: ReadonlyMap<string, NodeRun>;
  takes: ReadonlyMap<string, readonly NodeTake[]>;
  /** Of the document as it is now; absent while that is not known. */
  estimate?: EstimateAnswer;
};

/**
 * What each card shows: what goes on in the newest run; else the past result that the document, as it is now, would bring back for nothing (so
 * stepping back to a take, or undoing a prompt, shows its picture at once); else the newest result there is, which is stale.
 */
export function shownRuns(facts: Facts, previous: ReadonlyMap<string, NodeRun>): ReadonlyMap<string, NodeRun> {
  const wouldRun = new Map(facts.estimate?.nodes.map(({ nodeId, items }) => [nodeId, items > 0]));
  // Work that costs nothing is done again where a graph is put in place; that makes no result old.
  for (const { nodeId, calls } of facts.estimate?.nodes ?? []) {
    const holder = outermost(nodeId);
    if (holder !== nodeId) wouldRun.set(holder, wouldRun.get(holder) === true || calls > 0);
  }
  const next = new Map<string, NodeRun>();
  for (const node of facts.document.nodes) {
    const run = facts.runs.get(node.id);
    const takes = facts.takes.get(node.id) ?? [];
    const current = currentTake(node, facts.recipes.get(node.id), takes);
    const told = wouldRun.get(node.id);
    if (run && OPEN.has(run.state)) next.set(node.id, run);
    else if (run?.state === "done" && (!current || isResult(current, run))) {
      // A result that was not loaded as a take yet has just been made: nothing says that it is old.
      const old = !current && takes.some((take) => isResult(take, run));
      const known = run.key !== undefined || run.inner !== undefined;
      next.set(node.id, { ...run, stale: known && told !== undefined ? told && !current : old });
    } else if (current) next.set(node.id, takeAsRun(current, false));
    else if (run) next.set(node.id, run);
    else if (takes[0]) next.set(node.id, takeAsRun(takes[0], told ?? true));
  }
  return keepSame(next, previous);
}

/** Is this past result what the run gave? Runs that read the cache gave the result of another run. */
const isResult = (take: NodeTake, run: NodeRun): boolean =>
  take.key === undefined ? take.runId === run.runId : take.key === run.key;

const takeAsRun = (take: NodeTake, stale: boolean): NodeRun => ({
  runId: take.runId,
  state: "done",
  cached: take.cached,
  stale,
  why: `take ${take.take}`,
  pass: take.pass,
  passes: take.pass + 1,
  rehydrated: Object.values(take.outputs)
    .flat()
    .some((value) => value.kind === "image" && value.made.rehydrated === true),
  endedAt: take.at,
  costUsd: take.costUsd,
  key: take.key,
  items: take.items,
  warnings: [],
  outputs: take.outputs,
  partials: [],
  calls: [],
});
