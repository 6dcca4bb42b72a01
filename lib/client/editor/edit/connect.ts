import { fit } from "../../../engine/fit.ts";
import type { Graph, GraphEdge } from "../../../protocol/graph.ts";
import type { AnyNode, NodePorts } from "../../../sdk/define-node.ts";
import type { Port } from "../../../sdk/ports.ts";
import type { Registry } from "../../../sdk/registry.ts";
import { edgesOf, nodesById } from "../graph-index.ts";
import { newEdgeId } from "./new-id.ts";

export type Ends = Pick<GraphEdge, "source" | "sourceHandle" | "target" | "targetHandle">;

/** Passes a new loop edge starts with. */
const FIRST_PASSES = 3;

/** The ports of one side of a node as it stands: with `onError: continue` there is an `error` output more. */
export function portsOf(
  type: AnyNode | undefined,
  side: "in" | "out",
  config: Record<string, unknown> = {},
): Record<string, Port> {
  if (!type) return {};
  const { inputs, outputs } = type.portsFor ? portsBySettings(type, config) : type;
  if (side === "in") return inputs;
  if (config.onError !== "continue" || "error" in outputs) return outputs;
  return { ...outputs, error: { kind: "text", title: "Error" } };
}

const bySettings = new WeakMap<object, NodePorts>();

/** Read once for each settings object: documents are never changed in place. */
function portsBySettings(type: AnyNode, config: Record<string, unknown>): NodePorts {
  let ports = bySettings.get(config);
  if (!ports) {
    ports = type.portsFor?.(config) ?? type;
    bySettings.set(config, ports);
  }
  return ports;
}

/** Null when a wire may be drawn between two ports, else a sentence that says why not. */
export function refusal(graph: Graph, registry: Registry, ends: Ends): string | null {
  const nodes = nodesById(graph);
  const [from, to] = [nodes.get(ends.source), nodes.get(ends.target)];
  if (!from || !to) return "One end of this wire is gone.";
  const output = portsOf(registry.get(from.type), "out", from.config)[ends.sourceHandle];
  const input = portsOf(registry.get(to.type), "in", to.config)[ends.targetHandle];
  if (!output || !input) return "This port is not known here.";
  if (from === to) return "A node cannot feed itself.";
  if (
    edgesOf(graph)
      .into(to.id)
      .some((edge) => sameEnds(edge, ends))
  )
    return "These ports are wired already.";
  const unfit = fit(output.kind, input.kind);
  if (unfit !== null) return `${unfit}.`;
  return null;
}

/**
 * Draws a wire. A single-valued input lets go of the wire it had; a wire that leads back to a node before its source becomes a loop.
 * The very same document when the ports do not fit.
 */
export function connect(graph: Graph, registry: Registry, ends: Ends): Graph {
  if (refusal(graph, registry, ends) !== null) return graph;
  const target = nodesById(graph).get(ends.target);
  const input = portsOf(registry.get(target?.type ?? ""), "in", target?.config)[ends.targetHandle];
  const edges = input?.many
    ? graph.edges
    : graph.edges.filter(
        (edge) =>
          edge.target !== ends.target ||
          edge.targetHandle !== ends.targetHandle ||
          // The way back of a loop is another kind of wire: the first pass and the later ones may feed the same port.
          edge.loop !== undefined,
      );
  const kept = { ...graph, edges };
  const { source, sourceHandle, target: to, targetHandle } = ends;
  const edge: GraphEdge = { id: newEdgeId(kept, ends), source, sourceHandle, target: to, targetHandle };
  if (leadsTo(kept, to, source)) edge.loop = { passes: FIRST_PASSES };
  return { ...graph, edges: [...edges, edge] };
}

/** Is there a way along forward wires from one node to another? */
export function leadsTo(graph: Pick<Graph, "edges">, from: string, to: string): boolean {
  const { outOf } = edgesOf(graph);
  const seen = new Set<string>();
  const open = [from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === to) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    for (const edge of outOf(id)) if (!edge.loop) open.push(edge.target);
  }
  return false;
}

/** Takes wires away. */
export function removeEdges(graph: Graph, ids: Iterable<string>): Graph {
  const gone = new Set(ids);
  const edges = graph.edges.filter(({ id }) => !gone.has(id));
  return edges.length === graph.edges.length ? graph : { ...graph, edges };
}

/** Says how often a loop may go round (1–20); undefined makes it an ordinary wire. */
export function setPasses(graph: Graph, edgeId: string, passes: number | undefined): Graph {
  const edge = edgesOf(graph).byId(edgeId);
  if (!edge || edge.loop?.passes === passes) return graph;
  const { loop: _, ...rest } = edge;
  const next: GraphEdge = passes === undefined ? rest : { ...rest, loop: { passes } };
  return { ...graph, edges: graph.edges.map((one) => (one === edge ? next : one)) };
}

/** The first port of a node that a wire from (or to) a port of this kind may use, free ones first. */
export function firstFitting(
  type: AnyNode,
  side: "in" | "out",
  kind: Port["kind"],
  taken: ReadonlySet<string> = new Set(),
): string | undefined {
  const fits = Object.entries(portsOf(type, side)).filter(([, port]) =>
    side === "in" ? fit(kind, port.kind) === null : fit(port.kind, kind) === null,
  );
  const best = [
    fits.filter(([name, port]) => !taken.has(name) && port.kind === kind),
    fits.filter(([name, port]) => !taken.has(name) || port.many),
    fits,
  ].find((list) => list.length > 0);
  return best?.[0]?.[0];
}

const sameEnds = (a: Ends, b: Ends): boolean =>
  a.source === b.source &&
  a.sourceHandle === b.sourceHandle &&
  a.target === b.target &&
  a.targetHandle === b.targetHandle;
