import type { Graph } from "../../../protocol/graph.ts";
import type { Registry } from "../../../sdk/registry.ts";
import { portsOf } from "../edit/connect.ts";
import { changeNode } from "../edit/edit-nodes.ts";
import { nodesById } from "../graph-index.ts";
import { boundary } from "./ports-of-graph.ts";

/**
 * Lets a node stand for a graph, or for another version of it. Wires to ports that version does not show are taken away; `lost` says how many. The very same
 * document when the node cannot stand for a graph.
 */
export function relink(
  graph: Graph,
  registry: Registry,
  nodeId: string,
  to: { linked: Graph; revision: number },
): { graph: Graph; lost: number } {
  const node = nodesById(graph).get(nodeId);
  const type = registry.get(node?.type ?? "");
  if (!node || !type?.linkTo) return { graph, lost: 0 };
  const ports = boundary(to.linked, registry);
  const config = type.linkTo(node.config, { graph: to.linked.id, revision: to.revision, ports });
  const known = new Set(to.linked.inputs.map(({ key }) => key));
  const given = Object.entries((config.inputs as object | undefined) ?? {}).filter(([key]) => known.has(key));
  const { inputs: _, ...rest } = config;
  const next = given.length > 0 ? { ...rest, inputs: Object.fromEntries(given) } : rest;
  const [into, from] = [portsOf(type, "in", next), portsOf(type, "out", next)];
  const edges = graph.edges.filter(
    (edge) =>
      (edge.target !== nodeId || Object.hasOwn(into, edge.targetHandle)) &&
      (edge.source !== nodeId || Object.hasOwn(from, edge.sourceHandle)),
  );
  const changed = changeNode(graph, nodeId, (old) => ({ ...old, config: next }));
  const lost = graph.edges.length - edges.length;
  return { graph: lost > 0 ? { ...changed, edges } : changed, lost };
}
