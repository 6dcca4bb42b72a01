import type { Graph, GraphNode } from "../../../protocol/graph.ts";
import type { AnyNode } from "../../../sdk/define-node.ts";
import { nodesById } from "../graph-index.ts";
import type { Point } from "../state.ts";
import { newId } from "./new-id.ts";

/** Adds a node of a type at a place; gives the document and the new node's id. */
export function addNode(
  graph: Graph,
  type: Pick<AnyNode, "type" | "version">,
  position: Point,
  config: Record<string, unknown> = {},
): { graph: Graph; id: string } {
  const id = newId(nodesById(graph), type.type);
  const node: GraphNode = {
    id,
    type: type.type,
    typeVersion: type.version,
    position: rounded(position),
    config,
    take: 1,
    mode: "on",
  };
  return { graph: { ...graph, nodes: [...graph.nodes, node] }, id };
}

/** Changes one node; the very same document when it is not there or nothing is different. */
export function changeNode(graph: Graph, id: string, edit: (node: GraphNode) => GraphNode): Graph {
  const node = nodesById(graph).get(id);
  if (!node) return graph;
  const next = edit(node);
  if (next === node) return graph;
  return { ...graph, nodes: graph.nodes.map((one) => (one === node ? next : one)) };
}

/** Changes several nodes with one pass over the list. */
export function changeNodes(graph: Graph, ids: Iterable<string>, edit: (node: GraphNode) => GraphNode): Graph {
  const wanted = new Set(ids);
  let changed = false;
  const nodes = graph.nodes.map((node) => {
    if (!wanted.has(node.id)) return node;
    const next = edit(node);
    changed ||= next !== node;
    return next;
  });
  return changed ? { ...graph, nodes } : graph;
}

/** Puts nodes at places (canvas units, kept whole so that documents diff well). */
export function moveNodes(graph: Graph, places: ReadonlyMap<string, Point>): Graph {
  return changeNodes(graph, places.keys(), (node) => {
    const { x, y } = rounded(places.get(node.id) ?? node.position);
    return x === node.position.x && y === node.position.y ? node : { ...node, position: { x, y } };
  });
}

/** Sets one setting; `undefined` takes it out, so that its default holds again. */
export function setSetting(graph: Graph, id: string, field: string, value: unknown): Graph {
  return changeNode(graph, id, (node) => {
    if (Object.is(node.config[field], value) && (value !== undefined || !(field in node.config))) return node;
    const { [field]: _, ...rest } = node.config;
    return { ...node, config: value === undefined ? rest : { ...node.config, [field]: value } };
  });
}

/** Gives a node a name of its own; an empty one takes it away. */
export const renameNode = (graph: Graph, id: string, title: string): Graph =>
  changeNode(graph, id, (node) => {
    if ((node.title ?? "") === title) return node;
    const { title: _, ...rest } = node;
    return title === "" ? rest : { ...node, title };
  });

/** Sets the mode of nodes, or back to on when all of them have it already. */
export function toggleMode(graph: Graph, ids: Iterable<string>, mode: "bypass" | "mute"): Graph {
  const wanted = [...ids];
  const index = nodesById(graph);
  const all = wanted.every((id) => index.get(id)?.mode === mode);
  const next = all ? "on" : mode;
  return changeNodes(graph, wanted, (node) => (node.mode === next ? node : { ...node, mode: next }));
}

/** What a person calls a node: its own title, else its type's. */
export const titleOf = (node: GraphNode, type: Pick<AnyNode, "title"> | undefined): string =>
  node.title || type?.title || node.type;

const rounded = ({ x, y }: Point): Point => ({ x: Math.round(x), y: Math.round(y) });
