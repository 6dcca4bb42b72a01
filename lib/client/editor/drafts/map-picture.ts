import type { Graph, GraphNode } from "../../../protocol/graph.ts";
import type { GraphChange } from "./diff-graphs.ts";
import { CARD } from "./shows-anything.ts";

export type Tone = "added" | "removed" | "changed" | "moved" | "same";
export type MapNode = { id: string; x: number; y: number; width: number; height: number; tone: Tone; title: string };
export type MapEdge = { id: string; from: { x: number; y: number }; to: { x: number; y: number }; tone: Tone };

/** Two documents as one small map, or one as it is; all in canvas units, `box` holds everything. */
export type MapPicture = {
  box: { x: number; y: number; width: number; height: number };
  nodes: MapNode[];
  edges: MapEdge[];
};

const ROOM = 60;

/**
 * Draws what `after` is, and in its place what it no longer has. With the changes between two documents every card and wire says what became
 * of it; without them all are the same.
 */
export function mapPicture(
  after: Graph,
  nameOf: (node: GraphNode) => string,
  changes: readonly GraphChange[] = [],
): MapPicture {
  const tones = nodeTones(changes);
  const card = (node: GraphNode): MapNode => ({
    id: node.id,
    ...node.position,
    width: node.width ?? CARD.width,
    height: node.height ?? CARD.height,
    tone: tones.get(node.id) ?? "same",
    title: nameOf(node),
  });
  const removed = changes.flatMap((one) => (one.kind === "node-removed" ? [one.node] : []));
  const nodes = [...removed.map(card), ...after.nodes.map(card)];
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const edgeTones = new Map<string, Tone>(
    changes.flatMap((one): [string, Tone][] =>
      one.kind === "edge-added"
        ? [[one.edge.id, "added"]]
        : one.kind === "edge-changed"
          ? [[one.after.id, "changed"]]
          : [],
    ),
  );
  const gone = changes.flatMap((one) => (one.kind === "edge-removed" ? [one.edge] : []));
  const edges = [
    ...gone.map((edge) => ({ edge, tone: "removed" as Tone })),
    ...after.edges.map((edge) => ({ edge, tone: edgeTones.get(edge.id) ?? "same" })),
  ].flatMap(({ edge, tone }): MapEdge[] => {
    const [from, to] = [byId.get(edge.source), byId.get(edge.target)];
    if (!from || !to) return [];
    return [
      {
        id: `${edge.id}-${tone}`,
        from: { x: from.x + from.width, y: from.y + from.height / 2 },
        to: { x: to.x, y: to.y + to.height / 2 },
        tone,
      },
    ];
  });
  return { box: boxOf(nodes), nodes, edges };
}

/** The strongest thing that happened to each node. */
function nodeTones(changes: readonly GraphChange[]): Map<string, Tone> {
  const tones = new Map<string, Tone>();
  for (const one of changes) {
    if (one.kind === "node-moved" && !tones.has(one.nodeId)) tones.set(one.nodeId, "moved");
    if (one.kind === "setting" || one.kind === "node-field") tones.set(one.nodeId, "changed");
    if (one.kind === "node-added") tones.set(one.node.id, "added");
    if (one.kind === "node-removed") tones.set(one.node.id, "removed");
  }
  return tones;
}

function boxOf(nodes: readonly MapNode[]): MapPicture["box"] {
  if (nodes.length === 0) return { x: 0, y: 0, width: 600, height: 400 };
  const left = Math.min(...nodes.map(({ x }) => x)) - ROOM;
  const top = Math.min(...nodes.map(({ y }) => y)) - ROOM;
  const right = Math.max(...nodes.map(({ x, width }) => x + width)) + ROOM;
  const bottom = Math.max(...nodes.map(({ y, height }) => y + height)) + ROOM;
  return { x: left, y: top, width: right - left, height: bottom - top };
}
