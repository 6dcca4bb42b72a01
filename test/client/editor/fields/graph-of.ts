import { Graph } from "#lib/protocol/graph.ts";
import { createRegistry } from "#lib/sdk/registry.ts";
import { NODES } from "#nodes/index.ts";

export const registry = createRegistry(NODES);

/** A document from what matters to a test. */
export const graphOf = (part: {
  inputs?: object[];
  nodes?: { id: string; type: string; [more: string]: unknown }[];
  edges?: [from: string, to: string][];
}): Graph =>
  Graph.parse({
    id: "g",
    name: "Autumn",
    inputs: part.inputs ?? [],
    nodes: part.nodes ?? [],
    edges: (part.edges ?? []).map(([from, to], index) => {
      const [source, sourceHandle] = from.split(".");
      const [target, targetHandle] = to.split(".");
      return { id: `e${index}`, source, sourceHandle, target, targetHandle };
    }),
  });

/** One node of a document. */
export const nodeOf = (graph: Graph, id: string) => {
  const node = graph.nodes.find((one) => one.id === id);
  if (!node) throw new Error(`no node ${id}`);
  return node;
};
