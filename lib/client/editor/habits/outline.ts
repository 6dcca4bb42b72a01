import { orderNodes } from "../../../engine/graph-order.ts";
import type { Graph, GraphNode } from "../../../protocol/graph.ts";
import { nodesIn, type SizeOf } from "../edit/frames.ts";

/** A part of the outline: a frame with the nodes that stand in it, or (without a frame) all the others. */
export type Part = { frame?: Graph["frames"][number]; nodes: readonly GraphNode[] };

/** The document as a list of parts: frames from left to right, then what stands in none; nodes in the order in which they run. */
export function outlineOf(graph: Graph, sizeOf: SizeOf): Part[] {
  const { nodes, edges, frames } = graph;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const forward = edges.filter(({ loop, source, target }) => !loop && byId.has(source) && byId.has(target));
  const { order } = orderNodes([...byId.keys()], forward);
  const ordered = new Set(order);
  // Nodes on a circle have no order of their own; they come last, as they stand in the document.
  const inOrder = [...order, ...[...byId.keys()].filter((id) => !ordered.has(id))].flatMap((id) => byId.get(id) ?? []);
  const sorted = [...frames].sort((a, b) => a.position.x - b.position.x || a.position.y - b.position.y);
  // Frames may lie in frames: a node belongs to the smallest one around it.
  const home = new Map<string, (typeof frames)[number]>();
  for (const frame of [...frames].sort((a, b) => b.width * b.height - a.width * a.height))
    for (const id of nodesIn(graph, frame, sizeOf)) home.set(id, frame);
  const parts: Part[] = sorted.map((frame) => ({
    frame,
    nodes: inOrder.filter((node) => home.get(node.id) === frame),
  }));
  const loose = inOrder.filter((node) => home.get(node.id) === undefined);
  return loose.length > 0 ? [...parts, { nodes: loose }] : parts;
}

/** Where an arrow key leads in a tree of rows: `level` from 1, `open` undefined for a row that cannot be opened. */
export type Row = { key: string; level: number; open?: boolean };
export type TreeMove = { to: string } | { open: string } | { shut: string } | undefined;

/** The move of a key, as in every tree (WAI-ARIA, tree view pattern). */
export function treeMove(rows: readonly Row[], at: string, key: string): TreeMove {
  const index = rows.findIndex((row) => row.key === at);
  const row = rows[index];
  const go = (to: Row | undefined): TreeMove => to && { to: to.key };
  if (!row) return go(rows[0]);
  if (key === "ArrowDown") return go(rows[index + 1]);
  if (key === "ArrowUp") return go(rows[index - 1]);
  if (key === "Home") return go(rows[0]);
  if (key === "End") return go(rows.at(-1));
  if (key === "ArrowRight") {
    if (row.open === false) return { open: row.key };
    const next = rows[index + 1];
    return row.open && next && next.level > row.level ? go(next) : undefined;
  }
  if (key === "ArrowLeft") {
    if (row.open) return { shut: row.key };
    return go(rows.slice(0, index).findLast(({ level }) => level < row.level));
  }
  return undefined;
}
