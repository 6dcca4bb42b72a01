import type { Graph } from "../../../protocol/graph.ts";
import { nodesById } from "../graph-index.ts";

/** What a card takes up where nobody measured it (pixels). */
export const CARD = { width: 288, height: 220 };

/** Does a view of this size (pixels) show anything of a document? An empty one shows everywhere. */
export function showsAnything(
  graph: Graph,
  view: { x: number; y: number; zoom: number },
  size: { width: number; height: number },
): boolean {
  if (nodesById(graph).size === 0) return true;
  return graph.nodes.some(({ position, width = CARD.width, height = CARD.height }) => {
    const [left, top] = [position.x * view.zoom + view.x, position.y * view.zoom + view.y];
    return left < size.width && top < size.height && left + width * view.zoom > 0 && top + height * view.zoom > 0;
  });
}
