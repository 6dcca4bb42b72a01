import type { Graph, GraphEdge, GraphNode } from "../../../protocol/graph.ts";
import type { Registry } from "../../../sdk/registry.ts";
import { nodesById } from "../graph-index.ts";
import type { Point } from "../state.ts";
import { portsOf } from "./connect.ts";
import { newEdgeId, newId } from "./new-id.ts";

/** How far a copy stands from what it copies, canvas units. */
export const COPY_OFFSET: Point = { x: 40, y: 40 };

/**
 * Copies nodes beside themselves, with the wires between them. `incoming` also keeps the wires that come from nodes outside (as copies:
 * an output may feed any number of nodes). Gives the document and the ids of the copies, in the order of the document.
 */
export function duplicateNodes(
  graph: Graph,
  ids: Iterable<string>,
  offset: Point = COPY_OFFSET,
  options: { incoming?: boolean } = {},
): { graph: Graph; ids: string[] } {
  const wanted = new Set(ids);
  const nodes = graph.nodes.filter(({ id }) => wanted.has(id));
  const edges = graph.edges.filter(({ target }) => wanted.has(target));
  return addCopies(graph, { nodes, edges }, offset, options);
}

/**
 * Puts copies of nodes and wires into a document, each under a free id. Wires whose source is not among the nodes are kept only with
 * `incoming`, and only when the document has that node.
 */
export function addCopies(
  graph: Graph,
  from: { nodes: readonly GraphNode[]; edges: readonly GraphEdge[] },
  offset: Point,
  { incoming = false, registry }: { incoming?: boolean; registry?: Registry } = {},
): { graph: Graph; ids: string[] } {
  if (from.nodes.length === 0) return { graph, ids: [] };
  const present = nodesById(graph);
  const taken = new Set(present.keys());
  const renamed = new Map<string, string>();
  const copies = from.nodes.map((node): GraphNode => {
    // `hero-2` copied is `hero-3`, not `hero-2-2`.
    const id = taken.has(node.id) ? newId(taken, node.id.replace(/-\d+$/, "")) : node.id;
    taken.add(id);
    renamed.set(node.id, id);
    const position = { x: Math.round(node.position.x + offset.x), y: Math.round(node.position.y + offset.y) };
    return { ...structuredClone(node), id, position };
  });
  const nodes = copies.map((node) => inCopiedParent(node, renamed, present));
  let next: Graph = { ...graph, nodes: [...graph.nodes, ...nodes] };
  for (const edge of from.edges) {
    const target = renamed.get(edge.target);
    const source = renamed.get(edge.source) ?? (incoming && present.has(edge.source) ? edge.source : undefined);
    if (target === undefined || source === undefined) continue;
    // A way back from outside would close no circle around the copy.
    if (edge.loop && !renamed.has(edge.source)) continue;
    if (!renamed.has(edge.source) && registry && !hasOutput(next, registry, source, edge.sourceHandle)) continue;
    const ends = { source, sourceHandle: edge.sourceHandle, target, targetHandle: edge.targetHandle };
    const copy: GraphEdge = { id: newEdgeId(next, ends), ...ends, ...(edge.loop ? { loop: { ...edge.loop } } : {}) };
    next = { ...next, edges: [...next.edges, copy] };
  }
  return { graph: next, ids: nodes.map(({ id }) => id) };
}

/** A node inside another one (`parentId`) follows its parent's copy; a parent that is not here is forgotten. */
function inCopiedParent(
  node: GraphNode,
  renamed: ReadonlyMap<string, string>,
  present: ReadonlyMap<string, GraphNode>,
): GraphNode {
  if (node.parentId === undefined) return node;
  const { parentId, ...rest } = node;
  const parent = renamed.get(parentId) ?? (present.has(parentId) ? parentId : undefined);
  return parent === undefined ? rest : { ...rest, parentId: parent };
}

function hasOutput(graph: Graph, registry: Registry, nodeId: string, port: string): boolean {
  const node = nodesById(graph).get(nodeId);
  return node !== undefined && port in portsOf(registry.get(node.type), "out", node.config);
}
