import { neighbours, reach, reversed } from "../../../engine/graph-order.ts";
import type { Graph } from "../../../protocol/graph.ts";
import type { NodeRun } from "../node-run.ts";

const ids = ({ nodes }: Pick<Graph, "nodes">) => nodes.map(({ id }) => id);
const forward = ({ edges }: Pick<Graph, "edges">) => edges.filter(({ loop }) => !loop);

/** These nodes and everything they need, loops included: what a run to them would go through. */
export const upstream = (graph: Pick<Graph, "nodes" | "edges">, from: Iterable<string>): ReadonlySet<string> =>
  reach(from, neighbours(ids(graph), reversed(graph.edges)));

/** These nodes and everything that hangs on them. */
export const downstream = (graph: Pick<Graph, "nodes" | "edges">, from: Iterable<string>): ReadonlySet<string> =>
  reach(from, neighbours(ids(graph), forward(graph)));

/** Where a run "from here" leads: everything after these nodes, in the order of the document. What comes before is read from the cache. */
export function targetsFromHere(graph: Graph, from: Iterable<string>): string[] {
  const wanted = downstream(graph, from);
  return ids(graph).filter((id) => wanted.has(id));
}

/**
 * The document in which only this node runs: everything before it is held at the result it showed last, where there is one that can be named by
 * a key. Results of several items cannot; those nodes are left to the cache.
 */
export function holdUpstream(graph: Graph, nodeId: string, shown: ReadonlyMap<string, NodeRun>): Graph {
  const before = upstream(graph, [nodeId]);
  return {
    ...graph,
    nodes: graph.nodes.map((node) => {
      const run = shown.get(node.id);
      if (node.id === nodeId || !before.has(node.id) || node.pin !== undefined || node.mode !== "on") return node;
      if (run?.state !== "done" || run.key === undefined || run.items !== 1) return node;
      return { ...node, pin: run.key };
    }),
  };
}
