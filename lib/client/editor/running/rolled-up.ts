import type { RunDocument, StepState } from "../../../protocol/run.ts";
import { isWithin } from "../../inside.ts";
import type { NodeRun } from "../node-run.ts";

/** What is told of several steps as one: the first of these that any of them is in. */
const TELLING: readonly StepState[] = [
  "failed",
  "waiting",
  "in_doubt",
  "running",
  "queued",
  "cancelled",
  "blocked",
  "done",
  "skipped",
];

/** The state of several steps together; undefined for none. Something still queued beside settled ones is under way. */
export function stateOfAll(states: readonly StepState[]): StepState | undefined {
  const state = TELLING.find((one) => states.includes(one));
  return state === "queued" && states.some((one) => one === "done") ? "running" : state;
}

/**
 * What goes on in a node that stands for a graph: the steps inside it, rolled up into one. `runs` holds them by their whole ids. Undefined while there is
 * none.
 */
export function rolledUp(
  id: string,
  document: Pick<RunDocument, "runId" | "nodes" | "outputs">,
  runs: ReadonlyMap<string, NodeRun>,
): NodeRun | undefined {
  const nodes = (document.nodes ?? []).filter(
    (node) => node.id !== id && isWithin(node.id, id) && node.graph === undefined,
  );
  const inside = nodes.flatMap((node) => {
    const run = runs.get(node.id);
    return run ? [{ node, run }] : [];
  });
  const state = stateOfAll(inside.map(({ run }) => run.state));
  if (!state) return undefined;
  const all = inside.map(({ run }) => run);
  const done = all.filter((run) => run.state === "done");
  const starts = all.flatMap(({ startedAt }) => startedAt ?? []);
  const ends = all.flatMap(({ endedAt }) => endedAt ?? []);
  const unsettled = state === "running" || state === "queued";
  const telling = all.find((run) => run.state === state);
  return {
    runId: document.runId,
    state,
    cached: done.length > 0 && done.every(({ cached }) => cached),
    stale: false,
    why: `${done.length} of ${inside.length} steps inside done`,
    pass: 0,
    passes: 1,
    rehydrated: all.some(({ rehydrated }) => rehydrated),
    startedAt: starts.length > 0 ? Math.min(...starts) : undefined,
    endedAt: !unsettled && ends.length > 0 ? Math.max(...ends) : undefined,
    costUsd: Math.round(all.reduce((sum, { costUsd }) => sum + costUsd, 0) * 1e6) / 1e6,
    error: telling?.error,
    kept: telling?.kept,
    warnings: all.flatMap(({ warnings }) => warnings),
    question: telling?.question,
    outputs: Object.hasOwn(document.outputs, id) ? (document.outputs[id] ?? {}) : {},
    partials: all.find(({ partials }) => partials.length > 0)?.partials ?? [],
    calls: all.flatMap(({ calls }) => calls),
    inner: inside.map(({ node, run }) => ({
      nodeId: node.id,
      title: node.title,
      type: node.type,
      state: run.state,
      cached: run.cached,
    })),
  };
}
