import type { Graph, GraphNode, GraphPorts } from "../protocol/graph.ts";
import { fit } from "./fit.ts";
import type { PortShape } from "./types.ts";

type End = { node: string; port: string };
type Titled = PortShape & { title?: string };

/** What a graph shows of itself where it is used inside another one: its ports with their kinds, in order. */
export type Boundary = { inputs: Record<string, Titled>; outputs: Record<string, Titled> };

/** What is known of a node: its ports, and whether it runs at all. */
export type PortsOfNode = (
  node: GraphNode,
) => { inputs: Record<string, Titled>; outputs: Record<string, Titled>; runs: boolean } | undefined;

/**
 * The ports of a graph as a subgraph. Those it names itself; a graph that names none is open where it has to be: inputs that need a wire and have
 * none, and every output of a node after which nothing comes.
 */
export function portsOfGraph(graph: Pick<Graph, "nodes" | "edges" | "ports">, portsOf: PortsOfNode): GraphPorts {
  if (graph.ports) return graph.ports;
  const wired = new Set(graph.edges.filter(({ loop }) => !loop).map((edge) => `${edge.target} ${edge.targetHandle}`));
  const feeding = new Set(graph.edges.map(({ source }) => source));
  const live = graph.nodes.filter(({ mode }) => mode === "on");
  const named = (node: GraphNode, port: string, among: object) =>
    Object.keys(among).length === 1 ? node.id : `${node.id}-${port}`;
  return {
    inputs: live.flatMap((node) => {
      const known = portsOf(node);
      const open = Object.entries(known?.runs ? known.inputs : {}).filter(
        ([port, { optional }]) => !optional && !wired.has(`${node.id} ${port}`),
      );
      return open.map(([port]) => ({ key: named(node, port, open), to: [{ node: node.id, port }] }));
    }),
    outputs: live.flatMap((node) => {
      const known = portsOf(node);
      if (!known?.runs || feeding.has(node.id)) return [];
      return Object.keys(known.outputs).map((port) => ({
        key: named(node, port, known.outputs),
        from: { node: node.id, port },
      }));
    }),
  };
}

/** The ports of a graph with what they carry. A port that leads to several inputs takes what fits them all; those that lead nowhere are left out. */
export function boundaryOf(graph: Pick<Graph, "nodes" | "edges" | "ports">, portsOf: PortsOfNode): Boundary {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const find = (side: "inputs" | "outputs", { node, port }: End): { shape: Titled; node: GraphNode } | undefined => {
    const holder = nodes.get(node);
    const shapes = holder && portsOf(holder)?.[side];
    const shape = shapes && Object.hasOwn(shapes, port) ? shapes[port] : undefined;
    return holder && shape && { shape, node: holder };
  };
  const { inputs, outputs } = portsOfGraph(graph, portsOf);
  const titleOf = (title: string | undefined, found: { shape: Titled; node: GraphNode } | undefined) =>
    title ?? (found?.node.title ? `${found.node.title}: ${found.shape.title ?? ""}`.replace(/: $/, "") : undefined);
  return {
    inputs: Object.fromEntries(
      inputs.flatMap(({ key, title, to }) => {
        const ends = to.flatMap((end) => find("inputs", end) ?? []);
        const shape = together(ends.map((end) => end.shape));
        return shape ? [[key, { ...shape, title: titleOf(title, ends[0]) ?? shape.title }]] : [];
      }),
    ),
    outputs: Object.fromEntries(
      outputs.flatMap(({ key, title, from }) => {
        const end = find("outputs", from);
        return end ? [[key, { kind: end.shape.kind, title: titleOf(title, end) ?? end.shape.title }]] : [];
      }),
    ),
  };
}

/** One port for several: of the narrowest kind, many when all are, needed when one needs it. */
function together(shapes: readonly Titled[]): Titled | undefined {
  const [first, ...rest] = shapes;
  if (!first) return undefined;
  return rest.reduce<Titled>(
    (one, other) => ({
      kind:
        fit(other.kind, one.kind) === null && one.kind !== other.kind && other.kind !== "any" ? other.kind : one.kind,
      ...(one.many && other.many ? { many: true } : {}),
      ...(one.optional && other.optional ? { optional: true } : {}),
      title: one.title,
    }),
    first,
  );
}
