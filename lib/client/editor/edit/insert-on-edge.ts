import type { Graph } from "../../../protocol/graph.ts";
import type { Registry } from "../../../sdk/registry.ts";
import { edgesOf, nodesById } from "../graph-index.ts";
import { connect, firstFitting, portsOf, removeEdges } from "./connect.ts";

/** Puts a node into a wire: what the wire carried goes through the node. The very same document when the node does not fit there. */
export function insertOnEdge(graph: Graph, registry: Registry, edgeId: string, nodeId: string): Graph {
  const edge = edgesOf(graph).byId(edgeId);
  const nodes = nodesById(graph);
  const [from, to, node] = [nodes.get(edge?.source ?? ""), nodes.get(edge?.target ?? ""), nodes.get(nodeId)];
  const type = registry.get(node?.type ?? "");
  if (!edge || edge.loop || !from || !to || !type || nodeId === edge.source || nodeId === edge.target) return graph;
  const source = portsOf(registry.get(from.type), "out", from.config)[edge.sourceHandle];
  const target = portsOf(registry.get(to.type), "in", to.config)[edge.targetHandle];
  if (!source || !target) return graph;
  const taken = new Set(
    edgesOf(graph)
      .into(nodeId)
      .map(({ targetHandle }) => targetHandle),
  );
  const input = firstFitting(type, "in", source.kind, taken);
  const output = firstFitting(type, "out", target.kind);
  if (input === undefined || output === undefined) return graph;
  const cut = removeEdges(graph, [edgeId]);
  const first = connect(cut, registry, {
    source: edge.source,
    sourceHandle: edge.sourceHandle,
    target: nodeId,
    targetHandle: input,
  });
  const second = connect(first, registry, {
    source: nodeId,
    sourceHandle: output,
    target: edge.target,
    targetHandle: edge.targetHandle,
  });
  return first === cut || second === first ? graph : second;
}
