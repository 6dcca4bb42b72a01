import type { Graph, GraphEdge } from "../../../protocol/graph.ts";
import type { Registry } from "../../../sdk/registry.ts";
import { edgesOf } from "../graph-index.ts";
import { connect, refusal } from "./connect.ts";

/**
 * Deletes nodes and their wires. What came in and what went out of a deleted node are joined where they fit, so that deleting a node in the
 * middle leaves a line that still runs. Loops are not joined.
 */
export function removeNodes(graph: Graph, registry: Registry, ids: Iterable<string>): Graph {
  const gone = new Set(ids);
  if (!graph.nodes.some(({ id }) => gone.has(id))) return graph;
  const joins = joinsAround(graph, gone);
  let next: Graph = {
    ...graph,
    nodes: graph.nodes.filter(({ id }) => !gone.has(id)),
    edges: graph.edges.filter(({ source, target }) => !gone.has(source) && !gone.has(target)),
  };
  for (const ends of joins) {
    const taken = edgesOf(next)
      .into(ends.target)
      .some((edge) => edge.targetHandle === ends.targetHandle);
    if (!taken && refusal(next, registry, ends) === null) next = connect(next, registry, ends);
  }
  return next;
}

/** Wires that would take the place of the deleted nodes: from each source before to each target after, in the order of the document. */
function joinsAround(graph: Graph, gone: ReadonlySet<string>): GraphEdge[] {
  const { into } = edgesOf(graph);
  const before = (edge: GraphEdge, seen: ReadonlySet<string>): GraphEdge[] => {
    if (!gone.has(edge.source)) return [edge];
    if (seen.has(edge.source)) return [];
    return into(edge.source)
      .filter(({ loop }) => !loop)
      .flatMap((one) => before(one, new Set([...seen, edge.source])));
  };
  return graph.edges
    .filter((edge) => gone.has(edge.source) && !gone.has(edge.target) && !edge.loop)
    .flatMap((edge) =>
      before(edge, new Set()).map((first) => ({
        ...edge,
        source: first.source,
        sourceHandle: first.sourceHandle,
      })),
    );
}
