import type { Graph } from "../../../protocol/graph.ts";
import { nodesById } from "../graph-index.ts";

/** The ports a graph names, without those of nodes that are gone; the very same document when all are there. */
export function withoutLostPorts(graph: Graph): Graph {
  const { ports } = graph;
  if (!ports) return graph;
  const nodes = nodesById(graph);
  const inputs = ports.inputs.flatMap((one) => {
    const to = one.to.filter(({ node }) => nodes.has(node));
    return to.length === one.to.length ? [one] : to.length > 0 ? [{ ...one, to }] : [];
  });
  const outputs = ports.outputs.filter(({ from }) => nodes.has(from.node));
  const same = outputs.length === ports.outputs.length && inputs.every((one, index) => one === ports.inputs[index]);
  return same && inputs.length === ports.inputs.length ? graph : { ...graph, ports: { inputs, outputs } };
}
