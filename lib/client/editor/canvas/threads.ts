import type { Graph, GraphEdge, GraphNode } from "../../../protocol/graph.ts";
import type { PortKind, Turn, Value } from "../../../protocol/values.ts";
import type { Registry } from "../../../sdk/registry.ts";
import { portsOf } from "../edit/connect.ts";
import { edgesOf, nodesById } from "../graph-index.ts";

/** Kinds that can carry a conversation. */
const SPEAKING: ReadonlySet<PortKind> = new Set(["image", "thread"]);

/** What goes along one wire, as the graph alone tells it: the kind of value, and whether a conversation goes on over it. */
export type WireRoute = { kind: PortKind; thread: boolean };

const routes = new WeakMap<readonly GraphNode[], { edges: readonly GraphEdge[]; of: Map<string, WireRoute> }>();

/** The routes of all wires of a document, worked out once per document. */
export function wireRoutes(graph: Pick<Graph, "nodes" | "edges">, registry: Registry): ReadonlyMap<string, WireRoute> {
  const held = routes.get(graph.nodes);
  if (held?.edges === graph.edges) return held.of;
  const of = new Map<string, WireRoute>();
  const walking = new Set<string>();
  const [nodes, index] = [nodesById(graph), edgesOf(graph)];

  const routeOf = (edge: GraphEdge): WireRoute => {
    const known = of.get(edge.id);
    if (known) return known;
    const [from, to] = [nodes.get(edge.source), nodes.get(edge.target)];
    const [source, target] = [registry.get(from?.type ?? ""), registry.get(to?.type ?? "")];
    const output = portsOf(source, "out", from?.config)[edge.sourceHandle];
    // A circle of wires ends where it began.
    if (!from || !source || !output || walking.has(edge.id)) return { kind: output?.kind ?? "any", thread: false };
    walking.add(edge.id);
    const before = index
      .into(from.id)
      .filter((one) => !portsOf(source, "in", from.config)[one.targetHandle]?.many)
      .map(routeOf);
    walking.delete(edge.id);
    const kind = output.kind === "any" ? (before.find((route) => route.kind !== "any")?.kind ?? "any") : output.kind;
    const speaks =
      // What goes on inside a subgraph is not known here; what really came out says it after the first run.
      source.effect === "model" || source.link !== undefined
        ? from.config.lane !== "oneshot"
        : before.some((route) => route.thread && SPEAKING.has(kind));
    const input = portsOf(target, "in", to?.config)[edge.targetHandle];
    const given = Object.values(portsOf(target, "out", to?.config));
    const takesUp = input !== undefined && goesOn(input, target?.effect, given);
    const route = { kind, thread: SPEAKING.has(kind) && speaks && takesUp };
    of.set(edge.id, route);
    return route;
  };

  for (const edge of graph.edges) routeOf(edge);
  routes.set(graph.nodes, { edges: graph.edges, of });
  return of;
}

/** Does a port take a conversation up? One of a model continues it; a list is only looked at; a local step hands it on with its picture. */
function goesOn(
  input: { kind: PortKind; many?: boolean },
  effect: string | undefined,
  outputs: readonly { kind: PortKind }[],
): boolean {
  if (input.many || !(SPEAKING.has(input.kind) || input.kind === "any")) return false;
  if (effect === "model") return outputs.some(({ kind }) => SPEAKING.has(kind));
  return effect === "pure" && outputs.some(({ kind }) => SPEAKING.has(kind) || kind === "any");
}

/**
 * The place in the conversation that a wire carried in the last run (1 for the first picture); 0 when it carried none; undefined when it
 * carried nothing at all.
 */
export function turnOn(values: readonly Value[] | undefined): number | undefined {
  if (!values || values.length === 0) return undefined;
  return Math.max(0, ...values.map((value) => turnIn(value)?.depth ?? 0));
}

const turnIn = (value: Value): Turn | undefined =>
  value.kind === "image" || value.kind === "thread" ? value.turn : undefined;
