import { readTemplate } from "../../../engine/expression.ts";
import type { Graph, GraphEdge, GraphInput, GraphNode } from "../../../protocol/graph.ts";
import type { Registry } from "../../../sdk/registry.ts";
import { newKey, removeInput, renameInput } from "../edit/inputs.ts";
import { withoutLostPorts } from "../edit/lost-ports.ts";
import { newEdgeId, newId } from "../edit/new-id.ts";
import { lateNames } from "../fields/node-fields.ts";
import { nodesById } from "../graph-index.ts";
import { shownPorts } from "./ports-of-graph.ts";

type End = { node: string; port: string };

/**
 * Puts the nodes of a linked graph in the place of the node that stands for it: the link is given up, nothing else changes. Values the node gave to inputs
 * are bound or filled in where they were used; what it left to the linked graph becomes an input of this one. The very same document when the node is not there.
 */
export function unpack(
  graph: Graph,
  registry: Registry,
  nodeId: string,
  linked: Graph,
): { graph: Graph; ids: string[] } {
  const node = nodesById(graph).get(nodeId);
  const link = node && registry.get(node.type)?.link?.(node.config);
  if (!node || !link) return { graph, ids: [] };
  const { inputs, nodes: inner } = withInputs(graph, registry, linked, link.inputs);
  const taken = new Set(graph.nodes.map(({ id }) => id).filter((id) => id !== nodeId));
  const names = new Map<string, string>();
  for (const { id } of inner) {
    const free = taken.has(id) ? newId(taken, id) : id;
    taken.add(free);
    names.set(id, free);
  }
  const corner = {
    x: Math.min(...inner.map((one) => one.position.x)),
    y: Math.min(...inner.map((one) => one.position.y)),
  };
  const moved = (at: { x: number; y: number }) => ({
    x: Math.round(at.x - corner.x + node.position.x),
    y: Math.round(at.y - corner.y + node.position.y),
  });
  const put = inner.map((one): GraphNode => {
    const model = registry.get(one.type)?.effect === "model";
    const parentId = one.parentId === undefined ? undefined : names.get(one.parentId);
    const { parentId: _, ...rest } = one;
    return {
      ...rest,
      ...(parentId === undefined ? {} : { parentId }),
      id: names.get(one.id) ?? one.id,
      position: moved(one.position),
      take: model ? one.take + node.take - 1 : one.take,
      mode: node.mode === "on" ? one.mode : node.mode,
    };
  });
  const at = graph.nodes.indexOf(node);
  const nodes = [...graph.nodes.slice(0, at), ...put, ...graph.nodes.slice(at + 1)];
  const frameIds = new Set(graph.frames.map(({ id }) => id));
  const frames = linked.frames.map((frame) => {
    const id = frameIds.has(frame.id) ? newId(frameIds, frame.id) : frame.id;
    frameIds.add(id);
    return { ...frame, id, position: moved(frame.position) };
  });
  const edges = wires(graph, registry, nodeId, linked, names);
  return {
    graph: withoutLostPorts({ ...graph, inputs, nodes, edges, frames: [...graph.frames, ...frames] }),
    ids: put.map(({ id }) => id),
  };
}

function wires(
  graph: Graph,
  registry: Registry,
  nodeId: string,
  linked: Graph,
  names: ReadonlyMap<string, string>,
): GraphEdge[] {
  const ports = shownPorts(linked, registry);
  const outside = ({ node, port }: End): End[] => {
    const name = names.get(node);
    return name === undefined ? [] : [{ node: name, port }];
  };
  const into = (key: string) => ports.inputs.find((one) => one.key === key)?.to.flatMap(outside) ?? [];
  const from = (key: string) => ports.outputs.filter((one) => one.key === key).flatMap((one) => outside(one.from));
  let made: Pick<Graph, "edges"> = {
    edges: graph.edges.filter((edge) => edge.source !== nodeId && edge.target !== nodeId),
  };
  const draw = (sources: End[], targets: End[], loop: GraphEdge["loop"]) => {
    for (const source of sources)
      for (const target of targets) {
        const ends = { source: source.node, sourceHandle: source.port, target: target.node, targetHandle: target.port };
        const edge: GraphEdge = { id: newEdgeId(made, ends), ...ends, ...(loop ? { loop } : {}) };
        made = { edges: [...made.edges, edge] };
      }
  };
  for (const edge of linked.edges)
    draw(
      outside({ node: edge.source, port: edge.sourceHandle }),
      outside({ node: edge.target, port: edge.targetHandle }),
      edge.loop,
    );
  for (const edge of graph.edges) {
    if (edge.source !== nodeId && edge.target !== nodeId) continue;
    draw(
      edge.source === nodeId ? from(edge.sourceHandle) : [{ node: edge.source, port: edge.sourceHandle }],
      edge.target === nodeId ? into(edge.targetHandle) : [{ node: edge.target, port: edge.targetHandle }],
      edge.loop,
    );
  }
  return made.edges;
}

/** The inner nodes as they read in the outer graph, and the inputs that graph has then. */
function withInputs(
  graph: Graph,
  registry: Registry,
  linked: Graph,
  given: Readonly<Record<string, unknown>>,
): { inputs: GraphInput[]; nodes: GraphNode[] } {
  const late = lateNames(registry);
  const own = new Set(graph.inputs.map(({ key }) => key));
  let inputs = graph.inputs;
  // Names that neither graph has, so that exchanging names never mixes two of them up.
  const between = new Map(linked.inputs.map(({ key }, at) => [key, `between_${at}_${key}`.slice(0, 60)]));
  let open = linked;
  for (const [key, name] of between) open = renameInput(open, key, name, late);
  for (const input of linked.inputs) {
    const name = between.get(input.key) ?? input.key;
    const value = Object.hasOwn(given, input.key) ? given[input.key] : undefined;
    const bound = typeof value === "object" && value !== null ? (value as { $input?: unknown }).$input : undefined;
    if (typeof value === "string" && value.includes("{{")) {
      open = { ...open, nodes: open.nodes.map((node) => filledIn(node, name, value)) };
      continue;
    }
    const to = typeof bound === "string" && own.has(bound) ? bound : newKey(inputs, input.key);
    if (to !== bound) inputs = [...inputs, { ...input, key: to, default: value ?? input.default }];
    open = removeInput(renameInput(open, name, to, late), to);
  }
  return { inputs, nodes: open.nodes };
}

/** A node with a text in the place of an input's name. What is done to the name there cannot be done to a text: it stays and is told as unknown. */
function filledIn(node: GraphNode, key: string, text: string): GraphNode {
  const fill = (value: unknown): unknown => {
    if (typeof value === "string" && value.includes("{{"))
      return readTemplate(value)
        .map((piece) => {
          if (piece.kind === "text") return piece.text;
          if (piece.kind === "brace") return "\\{{";
          const plain =
            piece.kind === "expression" &&
            piece.expression.path.join(".") === key &&
            piece.expression.filters.length === 0;
          return plain ? text : piece.source;
        })
        .join("");
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value);
    if (entries.length === 1 && entries[0]?.[0] === "$input" && entries[0][1] === key) return text;
    return Object.fromEntries(entries.map(([name, one]) => [name, fill(one)]));
  };
  return { ...node, config: fill(node.config) as GraphNode["config"] };
}
