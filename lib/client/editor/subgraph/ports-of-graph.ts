import { type Boundary, boundaryOf, portsOfGraph } from "../../../engine/boundary.ts";
import type { Graph, GraphPorts } from "../../../protocol/graph.ts";
import type { Registry } from "../../../sdk/registry.ts";
import { portsOf } from "../edit/connect.ts";
import { titleOf } from "../edit/edit-nodes.ts";
import { newId } from "../edit/new-id.ts";

export type PortEnd = { node: string; port: string };
/** A port that could be shown, or is: where it stands, as people read it. */
export type OfferedPort = PortEnd & { side: "in" | "out"; title: string };

const knownTo =
  (registry: Registry): Parameters<typeof boundaryOf>[1] =>
  (node) => {
    const type = registry.get(node.type);
    return (
      type && {
        inputs: portsOf(type, "in", node.config),
        outputs: portsOf(type, "out", node.config),
        runs: type.runs !== false,
      }
    );
  };

/** What a graph shows of itself as a subgraph, as this program's node types tell it. */
export const boundary = (graph: Graph, registry: Registry): Boundary => boundaryOf(graph, knownTo(registry));

/** The ports a graph shows: those it names, else those it is taken to be open at. */
export const shownPorts = (graph: Graph, registry: Registry): GraphPorts => portsOfGraph(graph, knownTo(registry));

/** Every port that could be shown and is not: inputs without a wire (or that take many), and all outputs. */
export function offeredPorts(graph: Graph, registry: Registry): OfferedPort[] {
  const { inputs, outputs } = shownPorts(graph, registry);
  const shown = new Set([
    ...inputs.flatMap(({ to }) => to.map(({ node, port }) => `in ${node} ${port}`)),
    ...outputs.map(({ from }) => `out ${from.node} ${from.port}`),
  ]);
  const wired = new Set(graph.edges.filter(({ loop }) => !loop).map((edge) => `${edge.target} ${edge.targetHandle}`));
  return graph.nodes.flatMap((node) => {
    const type = registry.get(node.type);
    if (!type || type.runs === false) return [];
    return (["in", "out"] as const).flatMap((side) =>
      Object.entries(portsOf(type, side, node.config))
        .filter(([name, { many }]) => side === "out" || many || !wired.has(`${node.id} ${name}`))
        .filter(([name]) => !shown.has(`${side} ${node.id} ${name}`))
        .map(([name, port]) => ({
          node: node.id,
          port: name,
          side,
          title: `${titleOf(node, type)}: ${port.title ?? name}`,
        })),
    );
  });
}

const keysOf = (list: readonly { key: string }[]): Set<string> => new Set(list.map(({ key }) => key));

/** Shows a port. What was open by itself until now is written down with it, so that nothing that was there is lost. */
export function showPort(
  graph: Graph,
  registry: Registry,
  { node, port, side }: PortEnd & { side: "in" | "out" },
): Graph {
  const { inputs, outputs } = shownPorts(graph, registry);
  const taken = keysOf(side === "in" ? inputs : outputs);
  const key = taken.has(port) ? newId(taken, `${node}-${port}`) : port;
  return {
    ...graph,
    ports:
      side === "in"
        ? { inputs: [...inputs, { key, to: [{ node, port }] }], outputs }
        : { inputs, outputs: [...outputs, { key, from: { node, port } }] },
  };
}

/** Hides a port; wires of other graphs to it will be missed there when they take this version over. */
export function hidePort(graph: Graph, registry: Registry, side: "in" | "out", key: string): Graph {
  const { inputs, outputs } = shownPorts(graph, registry);
  const without = <T extends { key: string }>(list: T[]) => list.filter((one) => one.key !== key);
  return {
    ...graph,
    ports: side === "in" ? { inputs: without(inputs), outputs } : { inputs, outputs: without(outputs) },
  };
}

/** Gives a port a title; an empty one takes it away. Its name, by which wires know it, stays. */
export function titlePort(graph: Graph, registry: Registry, side: "in" | "out", key: string, title: string): Graph {
  const ports = shownPorts(graph, registry);
  const titled = <T extends { key: string; title?: string }>(list: T[]): T[] =>
    list.map((one) => {
      if (one.key !== key) return one;
      const { title: _, ...rest } = one;
      return (title === "" ? rest : { ...rest, title }) as T;
    });
  return {
    ...graph,
    ports: side === "in" ? { ...ports, inputs: titled(ports.inputs) } : { ...ports, outputs: titled(ports.outputs) },
  };
}
