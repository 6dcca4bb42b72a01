import type { Graph, GraphEdge, GraphNode } from "../../../protocol/graph.ts";

/**
 * Would two documents run alike? Places, titles, frames and notes about the document do not count. Documents share what did not change, so
 * settings are compared as objects first.
 */
export function sameToRun(a: Graph, b: Graph): boolean {
  if (a === b) return true;
  return (
    a.id === b.id &&
    (a.inputs === b.inputs || JSON.stringify(a.inputs) === JSON.stringify(b.inputs)) &&
    sameList(a.nodes, b.nodes, sameNode) &&
    sameList(a.edges, b.edges, sameEdge)
  );
}

const sameList = <T>(a: readonly T[], b: readonly T[], same: (a: T, b: T) => boolean): boolean =>
  a === b || (a.length === b.length && a.every((one, index) => one === b[index] || same(one, b[index] as T)));

const sameNode = (a: GraphNode, b: GraphNode): boolean =>
  a.id === b.id &&
  a.type === b.type &&
  a.typeVersion === b.typeVersion &&
  a.take === b.take &&
  a.mode === b.mode &&
  a.pin === b.pin &&
  (a.config === b.config || JSON.stringify(a.config) === JSON.stringify(b.config));

const sameEdge = (a: GraphEdge, b: GraphEdge): boolean =>
  a.source === b.source &&
  a.sourceHandle === b.sourceHandle &&
  a.target === b.target &&
  a.targetHandle === b.targetHandle &&
  a.loop?.passes === b.loop?.passes;
