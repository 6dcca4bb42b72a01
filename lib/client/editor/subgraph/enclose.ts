import type { Graph, GraphEdge, GraphInput, GraphNode, GraphPorts } from "../../../protocol/graph.ts";
import type { Registry } from "../../../sdk/registry.ts";
import { portsOf } from "../edit/connect.ts";
import { titleOf } from "../edit/edit-nodes.ts";
import { usesOfInput } from "../edit/inputs.ts";
import { withoutLostPorts } from "../edit/lost-ports.ts";
import { newId } from "../edit/new-id.ts";
import { lateNames } from "../fields/node-fields.ts";
import { edgesOf, nodesById } from "../graph-index.ts";
import { linkingType } from "./link-of.ts";
import { boundary } from "./ports-of-graph.ts";

export type Enclosed = {
  /** The graph the selection becomes; to be saved. */
  inner: Graph;
  /** The document with one node in the place of the selection, once the graph is saved. */
  around(link: { graph: string; revision: number }): { graph: Graph; id: string };
};

type Cut = { edge: GraphEdge; key: string };

/**
 * Takes nodes out into a graph of their own. Every wire that is cut becomes a port: one for each output that comes in, one for each output that goes out, and
 * one for each output that led nowhere yet. Inputs of the graph that the nodes name go along and are bound to those they had. Undefined when none of the nodes is there.
 */
export function enclose(
  graph: Graph,
  registry: Registry,
  ids: Iterable<string>,
  named: { id: string; name: string; title: string },
): Enclosed | undefined {
  const type = linkingType(registry);
  const index = nodesById(graph);
  const wanted = new Set([...ids].filter((id) => index.has(id)));
  if (!type?.linkTo || wanted.size === 0) return undefined;
  const nodes = graph.nodes.filter(({ id }) => wanted.has(id));
  const within = graph.edges.filter(({ source, target }) => wanted.has(source) && wanted.has(target));
  const { ports, into, out } = cutPorts(graph, registry, wanted);
  const inputs = graph.inputs.filter(({ key }) => usesOfInput({ nodes }, key, lateNames(registry)).length > 0);
  const inner: Graph = {
    format: graph.format,
    version: graph.version,
    id: named.id,
    name: named.name,
    inputs,
    nodes: nodes.map((node) => withoutParent(node, wanted)),
    edges: within,
    frames: [],
    ports,
  };
  return {
    inner,
    around({ graph: linked, revision }) {
      const left = graph.nodes.filter((node) => !wanted.has(node.id));
      const id = newId(new Set(left.map((node) => node.id)), named.title);
      const config = { graph: "", ...boundTo(inputs) };
      const node: GraphNode = {
        id,
        type: type.type,
        typeVersion: type.version,
        title: named.title,
        position: middleOf(nodes),
        config: type.linkTo?.(config, { graph: linked, revision, ports: boundary(inner, registry) }) ?? config,
        take: 1,
        mode: "on",
      };
      const ends = new Map<string, GraphEdge>([
        ...into.map(({ edge, key }): [string, GraphEdge] => [edge.id, { ...edge, target: id, targetHandle: key }]),
        ...out.map(({ edge, key }): [string, GraphEdge] => [edge.id, { ...edge, source: id, sourceHandle: key }]),
      ]);
      const seen = new Set<string>();
      const edges = graph.edges
        .filter(({ source, target }) => !(wanted.has(source) && wanted.has(target)))
        .map((edge) => ends.get(edge.id) ?? edge)
        // Wires from one output to several of the nodes have become one wire.
        .filter((edge) => {
          const way = [edge.source, edge.sourceHandle, edge.target, edge.targetHandle].join(" ");
          return !seen.has(way) && seen.add(way);
        });
      // Where the first of them stood, so that the order of the document stays as it was.
      const at = graph.nodes.findIndex((one) => wanted.has(one.id));
      const list = [...left];
      list.splice(Math.min(at, list.length), 0, node);
      return { graph: withoutLostPorts({ ...graph, nodes: list, edges }), id };
    },
  };
}

/** What the selection is called: by the one node at its end, else by how many there are. */
export function nameFor(graph: Graph, registry: Registry, ids: Iterable<string>): string {
  const wanted = new Set(ids);
  const last = graph.nodes.filter(
    (node) =>
      wanted.has(node.id) &&
      registry.get(node.type)?.runs !== false &&
      !edgesOf(graph)
        .outOf(node.id)
        .some(({ target, loop }) => !loop && wanted.has(target)),
  );
  const [only] = last;
  if (last.length === 1 && only) return titleOf(only, registry.get(only.type));
  return `${wanted.size} nodes`;
}

function cutPorts(
  graph: Graph,
  registry: Registry,
  wanted: ReadonlySet<string>,
): { ports: GraphPorts; into: Cut[]; out: Cut[] } {
  const nodes = nodesById(graph);
  const inputs = new Map<string, GraphPorts["inputs"][number]>();
  const outputs = new Map<string, GraphPorts["outputs"][number]>();
  const name = (taken: readonly { key: string }[], node: string, port: string) => {
    const keys = new Set(taken.map(({ key }) => key));
    return keys.has(port) ? newId(keys, `${node}-${port}`) : port;
  };
  const show = (node: string, port: string): string => {
    const way = `${node} ${port}`;
    const known = outputs.get(way);
    if (known) return known.key;
    const key = name([...outputs.values()], node, port);
    outputs.set(way, { key, from: { node, port } });
    return key;
  };
  const into: Cut[] = [];
  const out: Cut[] = [];
  for (const edge of graph.edges) {
    const [from, to] = [wanted.has(edge.source), wanted.has(edge.target)];
    if (from === to) continue;
    if (from) {
      out.push({ edge, key: show(edge.source, edge.sourceHandle) });
      continue;
    }
    const way = [edge.source, edge.sourceHandle, edge.loop ? "back" : ""].join(" ");
    const end = { node: edge.target, port: edge.targetHandle };
    const known = inputs.get(way);
    if (known) known.to.push(end);
    const port = known ?? { key: name([...inputs.values()], end.node, end.port), to: [end] };
    inputs.set(way, port);
    into.push({ edge, key: port.key });
  }
  for (const id of wanted) {
    const node = nodes.get(id) as GraphNode;
    if (edgesOf(graph).outOf(id).length > 0) continue;
    for (const port of Object.keys(portsOf(registry.get(node.type), "out", node.config))) show(id, port);
  }
  return { ports: { inputs: [...inputs.values()], outputs: [...outputs.values()] }, into, out };
}

/** Inputs that go along are what they were: each is bound to the one it was. */
const boundTo = (inputs: readonly GraphInput[]): { inputs?: Record<string, unknown> } =>
  inputs.length === 0 ? {} : { inputs: Object.fromEntries(inputs.map(({ key }) => [key, { $input: key }])) };

function withoutParent(node: GraphNode, wanted: ReadonlySet<string>): GraphNode {
  if (node.parentId === undefined || wanted.has(node.parentId)) return node;
  const { parentId: _, ...rest } = node;
  return rest;
}

function middleOf(nodes: readonly GraphNode[]): GraphNode["position"] {
  const half = (values: number[]) => Math.round((Math.min(...values) + Math.max(...values)) / 2);
  return { x: half(nodes.map(({ position }) => position.x)), y: half(nodes.map(({ position }) => position.y)) };
}
