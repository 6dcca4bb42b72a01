import type { Graph, GraphNode } from "../../../protocol/graph.ts";
import type { SizeOf } from "../edit/frames.ts";
import type { Point } from "../state.ts";

const GAP = { across: 100, down: 48 };

/**
 * Places for nodes so that wires run from left to right. Only `ids` are laid out when given (their left top corner stays where it was).
 * The layout engine comes when it is first asked for.
 */
export async function layOut(graph: Graph, sizeOf: SizeOf, ids?: ReadonlySet<string>): Promise<Map<string, Point>> {
  const dagre = (await import("@dagrejs/dagre")).default;
  const flow = new dagre.graphlib.Graph({ multigraph: true });
  flow.setGraph({ rankdir: "LR", ranksep: GAP.across, nodesep: GAP.down, edgesep: 16 });
  flow.setDefaultEdgeLabel(() => ({}));
  const nodes = ids ? graph.nodes.filter(({ id }) => ids.has(id)) : graph.nodes;
  for (const node of nodes) flow.setNode(node.id, { ...sizeOf(node) });
  for (const { id, source, target, loop } of graph.edges)
    if (!loop && flow.hasNode(source) && flow.hasNode(target)) flow.setEdge(source, target, {}, id);
  dagre.layout(flow);
  const corner = (places: Iterable<Point>) => {
    const all = [...places];
    return { x: Math.min(...all.map(({ x }) => x)), y: Math.min(...all.map(({ y }) => y)) };
  };
  const laid = new Map(
    nodes.map((node) => {
      const { x, y, width, height } = flow.node(node.id) as Point & { width: number; height: number };
      return [node.id, { x: x - width / 2, y: y - height / 2 }];
    }),
  );
  if (laid.size === 0) return laid;
  const [was, is] = [corner(nodes.map(({ position }) => position)), corner(laid.values())];
  return new Map([...laid].map(([id, { x, y }]) => [id, { x: x - is.x + was.x, y: y - is.y + was.y }]));
}

/** Puts nodes under (or beside) each other on the edge of the one that is furthest out. */
export function align(nodes: readonly GraphNode[], side: "left" | "top"): Map<string, Point> {
  const key = side === "left" ? "x" : "y";
  const edge = Math.min(...nodes.map(({ position }) => position[key]));
  return new Map(nodes.map(({ id, position }) => [id, { ...position, [key]: edge }]));
}

/** Makes the gaps between nodes equal; the first and the last stay where they are. */
export function distribute(nodes: readonly GraphNode[], along: "x" | "y", sizeOf: SizeOf): Map<string, Point> {
  const extent = (node: GraphNode) => (along === "x" ? sizeOf(node).width : sizeOf(node).height);
  const sorted = [...nodes].sort((a, b) => a.position[along] - b.position[along]);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (!first || !last || sorted.length < 3) return new Map();
  const between = sorted.slice(1, -1);
  const free =
    last.position[along] - first.position[along] - extent(first) - between.reduce((sum, n) => sum + extent(n), 0);
  const gap = free / (sorted.length - 1);
  let at = first.position[along] + extent(first) + gap;
  return new Map(
    between.map((node) => {
      const place = { ...node.position, [along]: at };
      at += extent(node) + gap;
      return [node.id, place];
    }),
  );
}
