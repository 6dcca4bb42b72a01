import type { Point } from "../state.ts";
import type { FlowEdge } from "./flow-edges.ts";
import type { FlowNode } from "./flow-nodes.ts";

/** Points along a wire that are looked at when something is dropped on it. */
const SAMPLES = 24;

/** The bend of a wire from left to right; wires that lead back swing wider. */
export function wireBend(from: Point, to: Point): number {
  const dx = to.x - from.x;
  return dx >= 0 ? Math.max(dx / 2, Math.min(40, dx + 12)) : 30 + Math.sqrt(-dx) * 7;
}

/** The SVG path of a wire and the middle of it. */
export function wirePath(from: Point, to: Point): { path: string; middle: Point } {
  const bend = wireBend(from, to);
  return {
    path: `M${from.x},${from.y} C${from.x + bend},${from.y} ${to.x - bend},${to.y} ${to.x},${to.y}`,
    middle: pointOn(from, to, 0.5),
  };
}

function pointOn(from: Point, to: Point, t: number): Point {
  const bend = wireBend(from, to);
  const u = 1 - t;
  const at = (a: number, b: number, c: number, d: number) =>
    u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d;
  return { x: at(from.x, from.x + bend, to.x - bend, to.x), y: at(from.y, from.y, to.y, to.y) };
}

/** The ends of a wire on the canvas; undefined when one of its ports is not there. */
export function wireEnds(
  edge: Pick<FlowEdge, "source" | "sourceHandle" | "target" | "targetHandle">,
  nodes: ReadonlyMap<string, FlowNode>,
): { from: Point; to: Point } | undefined {
  const end = (nodeId: string, port: string, type: "source" | "target"): Point | undefined => {
    const node = nodes.get(nodeId);
    const handle = node?.handles.find((one) => one.type === type && one.id === port);
    if (!node || !handle) return undefined;
    const x = node.position.x + handle.x + (type === "source" ? handle.width : 0);
    return { x, y: node.position.y + handle.y + handle.height / 2 };
  };
  const from = end(edge.source, edge.sourceHandle, "source");
  const to = end(edge.target, edge.targetHandle, "target");
  return from && to ? { from, to } : undefined;
}

/** The wire that runs through the middle of a node that is held over the canvas; the one nearest to its centre. */
export function wireUnder(
  held: FlowNode,
  edges: readonly FlowEdge[],
  nodes: ReadonlyMap<string, FlowNode>,
): string | undefined {
  const { width, height } = held.measured;
  const center = { x: held.position.x + width / 2, y: held.position.y + height / 2 };
  let best: { id: string; distance: number } | undefined;
  for (const edge of edges) {
    if (edge.source === held.id || edge.target === held.id) continue;
    const ends = wireEnds(edge, nodes);
    if (!ends || missesBox(ends, held)) continue;
    for (let step = 1; step < SAMPLES; step += 1) {
      const { x, y } = pointOn(ends.from, ends.to, step / SAMPLES);
      const [dx, dy] = [Math.abs(x - center.x), Math.abs(y - center.y)];
      if (dx > width * 0.35 || dy > height * 0.35) continue;
      const distance = Math.hypot(dx, dy);
      if (!best || distance < best.distance) best = { id: edge.id, distance };
    }
  }
  return best?.id;
}

function missesBox({ from, to }: { from: Point; to: Point }, { position, measured }: FlowNode): boolean {
  const bend = wireBend(from, to);
  return (
    Math.max(from.x + bend, to.x) < position.x ||
    Math.min(from.x, to.x - bend) > position.x + measured.width ||
    Math.max(from.y, to.y) < position.y ||
    Math.min(from.y, to.y) > position.y + measured.height
  );
}
