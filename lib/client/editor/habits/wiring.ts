import type { Graph } from "../../../protocol/graph.ts";
import type { Port } from "../../../sdk/ports.ts";
import type { Registry } from "../../../sdk/registry.ts";
import { type Ends, portsOf, refusal } from "../edit/connect.ts";
import { titleOf } from "../edit/edit-nodes.ts";
import { edgesOf, nodesById } from "../graph-index.ts";

/** One end a wire can start from. */
export type PortChoice = { port: string; side: "in" | "out"; title: string; kind: Port["kind"]; wires: number };

/** One way to complete a wire; `why` says what is in the way. */
export type WireChoice = { ends: Ends; node: string; port: string; why: string | null; replaces: boolean };

/** What a port is called: its own title, else its name. */
export const portTitle = (name: string, port: Pick<Port, "title"> | undefined): string => port?.title ?? name;

/** The ports of a node, outputs first, as ends to wire from. */
export function portChoices(graph: Graph, registry: Registry, nodeId: string): PortChoice[] {
  const node = nodesById(graph).get(nodeId);
  if (!node) return [];
  const { into, outOf } = edgesOf(graph);
  return (["out", "in"] as const).flatMap((side) =>
    Object.entries(portsOf(registry.get(node.type), side, node.config)).map(([port, definition]) => ({
      port,
      side,
      title: portTitle(port, definition),
      kind: definition.kind,
      wires:
        side === "out"
          ? outOf(nodeId).filter(({ sourceHandle }) => sourceHandle === port).length
          : into(nodeId).filter(({ targetHandle }) => targetHandle === port).length,
    })),
  );
}

/** Where a wire from this port can go, those that fit first; the rest says why not. */
export function wireChoices(
  graph: Graph,
  registry: Registry,
  nodeId: string,
  { port, side }: Pick<PortChoice, "port" | "side">,
): WireChoice[] {
  const other = side === "out" ? "in" : "out";
  const choices = graph.nodes
    .filter(({ id }) => id !== nodeId)
    .flatMap((node) => {
      const type = registry.get(node.type);
      return Object.entries(portsOf(type, other, node.config)).map(([name, definition]): WireChoice => {
        const ends: Ends =
          side === "out"
            ? { source: nodeId, sourceHandle: port, target: node.id, targetHandle: name }
            : { source: node.id, sourceHandle: name, target: nodeId, targetHandle: port };
        return {
          ends,
          node: titleOf(node, type),
          port: portTitle(name, definition),
          why: sentence(refusal(graph, registry, ends)),
          replaces: replaces(graph, registry, ends),
        };
      });
    });
  return [...choices.filter(({ why }) => why === null), ...choices.filter(({ why }) => why !== null)];
}

const sentence = (why: string | null): string | null => why && why.slice(0, 1).toUpperCase() + why.slice(1);

/** Would this wire take the place of another one? */
function replaces(graph: Graph, registry: Registry, ends: Ends): boolean {
  const target = nodesById(graph).get(ends.target);
  const port = portsOf(registry.get(target?.type ?? ""), "in", target?.config)[ends.targetHandle];
  if (port?.many) return false;
  return edgesOf(graph)
    .into(ends.target)
    .some(({ targetHandle, loop }) => targetHandle === ends.targetHandle && !loop);
}

/** A wire in words, seen from one of its nodes: `Prompt ← Hero prompt` or `Image → Resize`. */
export type WireLine = { edgeId: string; text: string; other: string; direction: "in" | "out" };

/** All wires of a node in words, incoming first. */
export function wireLines(graph: Graph, registry: Registry, nodeId: string): WireLine[] {
  const nodes = nodesById(graph);
  const node = nodes.get(nodeId);
  if (!node) return [];
  const type = registry.get(node.type);
  const name = (id: string) => {
    const other = nodes.get(id);
    return other ? titleOf(other, registry.get(other.type)) : id;
  };
  const { into, outOf } = edgesOf(graph);
  const [inputs, outputs] = [portsOf(type, "in", node.config), portsOf(type, "out", node.config)];
  const passes = (loop: { passes: number } | undefined) => (loop ? ` (loop, at most ${loop.passes} passes)` : "");
  return [
    ...into(nodeId).map((edge) => ({
      edgeId: edge.id,
      text: `${portTitle(edge.targetHandle, inputs[edge.targetHandle])} ← ${name(edge.source)}${passes(edge.loop)}`,
      other: edge.source,
      direction: "in" as const,
    })),
    ...outOf(nodeId).map((edge) => ({
      edgeId: edge.id,
      text: `${portTitle(edge.sourceHandle, outputs[edge.sourceHandle])} → ${name(edge.target)}${passes(edge.loop)}`,
      other: edge.target,
      direction: "out" as const,
    })),
  ];
}
