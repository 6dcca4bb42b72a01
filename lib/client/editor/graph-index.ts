import type { Graph, GraphEdge, GraphNode } from "../../protocol/graph.ts";

/** Fast answers about one list of edges; made once per list, because documents are never changed in place. */
export type EdgeIndex = {
  into(nodeId: string): readonly GraphEdge[];
  outOf(nodeId: string): readonly GraphEdge[];
  byId(id: string): GraphEdge | undefined;
};

const nodeIndexes = new WeakMap<readonly GraphNode[], ReadonlyMap<string, GraphNode>>();
const edgeIndexes = new WeakMap<readonly GraphEdge[], EdgeIndex>();

/** The nodes of a document by id. */
export function nodesById({ nodes }: Pick<Graph, "nodes">): ReadonlyMap<string, GraphNode> {
  let index = nodeIndexes.get(nodes);
  if (!index) {
    index = new Map(nodes.map((node) => [node.id, node]));
    nodeIndexes.set(nodes, index);
  }
  return index;
}

/** The edges of a document by their ends and ids. */
export function edgesOf({ edges }: Pick<Graph, "edges">): EdgeIndex {
  let index = edgeIndexes.get(edges);
  if (!index) {
    const into = Map.groupBy(edges, (edge) => edge.target);
    const outOf = Map.groupBy(edges, (edge) => edge.source);
    const byId = new Map(edges.map((edge) => [edge.id, edge]));
    index = {
      into: (id) => into.get(id) ?? NONE,
      outOf: (id) => outOf.get(id) ?? NONE,
      byId: (id) => byId.get(id),
    };
    edgeIndexes.set(edges, index);
  }
  return index;
}

const NONE: readonly GraphEdge[] = [];
