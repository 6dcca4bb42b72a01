import type { Graph, GraphNode } from "../../../protocol/graph.ts";
import { nodesById } from "../graph-index.ts";
import type { Point } from "../state.ts";
import { moveNodes } from "./edit-nodes.ts";
import { newId } from "./new-id.ts";

export type GraphFrame = Graph["frames"][number];
export type SizeOf = (node: GraphNode) => { width: number; height: number };

/** Room between a frame and what it holds; more at the top, where its title stands. Canvas units. */
const ROOM = { side: 32, top: 64, bottom: 32 };
const LEAST = { width: 160, height: 120 };

/** Colours a frame may have: names, so that every theme finds its own tone. */
export const FRAME_COLORS = ["stone", "blue", "green", "amber", "rose", "violet"] as const;

/** Draws a frame around nodes; the very same document when none of them is there. */
export function frameAround(
  graph: Graph,
  ids: Iterable<string>,
  sizeOf: SizeOf,
  title = "",
): { graph: Graph; id?: string } {
  const nodes = nodesById(graph);
  const held = [...new Set(ids)].flatMap((id) => nodes.get(id) ?? []);
  if (held.length === 0) return { graph };
  const boxes = held.map((node) => ({ ...node.position, ...sizeOf(node) }));
  const left = Math.min(...boxes.map(({ x }) => x)) - ROOM.side;
  const top = Math.min(...boxes.map(({ y }) => y)) - ROOM.top;
  const right = Math.max(...boxes.map(({ x, width }) => x + width)) + ROOM.side;
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height)) + ROOM.bottom;
  return addFrame(graph, { x: left, y: top }, { width: right - left, height: bottom - top }, title);
}

/** Adds an empty frame. */
export function addFrame(
  graph: Graph,
  position: Point,
  size: { width: number; height: number } = { width: 480, height: 320 },
  title = "",
): { graph: Graph; id: string } {
  const id = newId(new Set(graph.frames.map((frame) => frame.id)), "frame");
  const frame: GraphFrame = { id, title, ...whole({ position, ...size }) };
  return { graph: { ...graph, frames: [...graph.frames, frame] }, id };
}

/** The nodes that lie in a frame, by their middle. */
export function nodesIn(
  graph: Graph,
  frame: Pick<GraphFrame, "position" | "width" | "height">,
  sizeOf: SizeOf,
): string[] {
  const { position, width, height } = frame;
  return graph.nodes
    .filter((node) => {
      const size = sizeOf(node);
      const [x, y] = [node.position.x + size.width / 2, node.position.y + size.height / 2];
      return x >= position.x && x <= position.x + width && y >= position.y && y <= position.y + height;
    })
    .map(({ id }) => id);
}

/** Moves a frame, and with it the nodes that were in it when the move began. `to` is the frame's new place, `held` where they stood. */
export function moveFrame(graph: Graph, id: string, to: Point, from: Point, held: ReadonlyMap<string, Point>): Graph {
  const moved = changeFrame(graph, id, (frame) => ({ ...frame, position: to }));
  const [dx, dy] = [Math.round(to.x) - from.x, Math.round(to.y) - from.y];
  return moveNodes(moved, new Map([...held].map(([node, { x, y }]) => [node, { x: x + dx, y: y + dy }])));
}

/** Changes a frame; sizes stay large enough to hold on to, places stay whole. */
export function changeFrame(graph: Graph, id: string, edit: (frame: GraphFrame) => GraphFrame): Graph {
  const old = graph.frames.find((frame) => frame.id === id);
  if (!old) return graph;
  const edited = edit(old);
  const next = { ...edited, ...whole(edited) };
  if (JSON.stringify(next) === JSON.stringify(old)) return graph;
  return { ...graph, frames: graph.frames.map((frame) => (frame === old ? next : frame)) };
}

const whole = ({ position, width, height }: Pick<GraphFrame, "position" | "width" | "height">) => ({
  position: { x: Math.round(position.x), y: Math.round(position.y) },
  width: Math.max(LEAST.width, Math.round(width)),
  height: Math.max(LEAST.height, Math.round(height)),
});
