import { createEditor, type Editor } from "#lib/client/editor/store.ts";
import { Graph } from "#lib/protocol/graph.ts";
import { createRegistry } from "#lib/sdk/registry.ts";
import { NODES } from "#nodes/index.ts";

export const registry = createRegistry(NODES);

/** A document from little: nodes as `id: type` (with settings), wires as `source.port > target.port`. */
export function aGraph(
  nodes: Record<
    string,
    string | { type: string; config?: Record<string, unknown>; title?: string; x?: number; y?: number }
  >,
  wires: readonly string[] = [],
  more: Record<string, unknown> = {},
): Graph {
  return Graph.parse({
    id: "test",
    nodes: Object.entries(nodes).map(([id, node], index) => {
      const { type, config = {}, title, x = index * 400, y = 0 } = typeof node === "string" ? { type: node } : node;
      return { id, type, config, position: { x, y }, ...(title ? { title } : {}) };
    }),
    edges: wires.map((wire, index) => {
      const [from = "", to = ""] = wire.split(" > ");
      const [source, sourceHandle] = from.split(".");
      const [target, targetHandle] = to.split(".");
      return { id: `e${index + 1}`, source, sourceHandle, target, targetHandle };
    }),
    ...more,
  });
}

export const anEditor = (graph: Graph = aGraph({})): Editor & { paths: string[] } => {
  const paths: string[] = [];
  return Object.assign(createEditor(graph, { registry, navigate: (path) => paths.push(path) }), { paths });
};

/** Wires as text, in the form aGraph takes. */
export const wiresOf = ({ edges }: Pick<Graph, "edges">): string[] =>
  edges.map((edge) => `${edge.source}.${edge.sourceHandle} > ${edge.target}.${edge.targetHandle}`);
