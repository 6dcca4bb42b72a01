import type { GraphEdge } from "../../../protocol/graph.ts";

/** An edge as React Flow wants it; like a card, a wire picks what it shows by id. */
export type FlowEdge = Pick<GraphEdge, "id" | "source" | "sourceHandle" | "target" | "targetHandle"> & {
  type: "wire";
  selected: boolean;
  ariaLabel: string;
};

/** Turns a document's edges into React Flow's. An edge that did not change keeps its very object. */
export function createFlowEdges(): (
  edges: readonly GraphEdge[],
  selected: ReadonlySet<string>,
  nameOf: (nodeId: string) => string,
) => FlowEdge[] {
  let known = new Map<string, { edge: GraphEdge; flow: FlowEdge }>();
  return (edges, selected, nameOf) => {
    const next: typeof known = new Map();
    const flows = edges.map((edge) => {
      const old = known.get(edge.id);
      const isSelected = selected.has(edge.id);
      const ariaLabel = `Wire from ${nameOf(edge.source)} to ${nameOf(edge.target)}`;
      const same = old?.edge === edge && old.flow.selected === isSelected && old.flow.ariaLabel === ariaLabel;
      const { id, source, sourceHandle, target, targetHandle } = edge;
      const flow: FlowEdge = same
        ? old.flow
        : { id, source, sourceHandle, target, targetHandle, type: "wire", selected: isSelected, ariaLabel };
      next.set(edge.id, { edge, flow });
      return flow;
    });
    known = next;
    return flows;
  };
}
