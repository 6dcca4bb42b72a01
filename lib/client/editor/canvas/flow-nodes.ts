import type { GraphNode } from "../../../protocol/graph.ts";

/** A node as React Flow wants it. It carries no data: a card picks what it shows by id, so moving one never draws another. */
export type FlowNode = {
  id: string;
  type: "card";
  position: { x: number; y: number };
  data: Record<string, never>;
  selected: boolean;
  measured?: { width: number; height: number };
};

const NO_DATA: Record<string, never> = {};

/**
 * Turns a document's nodes into React Flow's. A node that did not change keeps its very object: React Flow skips what is identical.
 */
export function createFlowNodes(): (
  nodes: readonly GraphNode[],
  selected: ReadonlySet<string>,
  sizes: ReadonlyMap<string, { width: number; height: number }>,
) => FlowNode[] {
  let known = new Map<string, { node: GraphNode; flow: FlowNode }>();
  return (nodes, selected, sizes) => {
    const next = new Map<string, { node: GraphNode; flow: FlowNode }>();
    const flows = nodes.map((node) => {
      const old = known.get(node.id);
      const isSelected = selected.has(node.id);
      const measured = sizes.get(node.id);
      const same =
        old !== undefined &&
        old.flow.selected === isSelected &&
        old.flow.measured === measured &&
        old.node.position.x === node.position.x &&
        old.node.position.y === node.position.y;
      const flow: FlowNode = same
        ? old.flow
        : { id: node.id, type: "card", position: node.position, data: NO_DATA, selected: isSelected, measured };
      next.set(node.id, { node, flow });
      return flow;
    });
    known = next;
    return flows;
  };
}
