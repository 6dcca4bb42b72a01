import type { GraphNode } from "../../../protocol/graph.ts";
import { changeNode, titleOf } from "../edit/edit-nodes.ts";
import { nodesById } from "../graph-index.ts";
import type { NodeTake } from "../node-run.ts";
import { change, type Editor, say } from "../store.ts";
import { currentTake, recipesOf } from "./current-take.ts";
import { starred, toggleStar } from "./stars.ts";

/** The past result a node of the document stands at now; undefined when it would run. */
export function takeNow(editor: Editor, nodeId: string): NodeTake | undefined {
  const { document, run } = editor.getState();
  const node = nodesById(document).get(nodeId);
  return node && currentTake(node, recipesOf(document, run.estimate?.sheets).get(nodeId), run.takes.get(nodeId) ?? []);
}

/**
 * Makes a past result current, as one step that can be undone: its take number where the node is still what it was then, else a pin to the very
 * result. False when it cannot be brought back, which is said.
 */
export function useTake(editor: Editor, nodeId: string, take: NodeTake): boolean {
  const { document, run } = editor.getState();
  const free = { ...document, nodes: document.nodes.map((n) => (n.id === nodeId ? unpinned(n) : n)) };
  const recipe = recipesOf(free, run.estimate?.sheets).get(nodeId);
  const { key } = take;
  const asTake = recipe !== undefined && take.recipes?.includes(recipe) === true;
  if (!asTake && (key === undefined || (take.items ?? 1) !== 1)) {
    say(
      editor,
      "This result was made with other settings and cannot be brought back by itself. Open its run to see it.",
    );
    return false;
  }
  return change(
    editor,
    `Take ${take.take}`,
    (graph) =>
      changeNode(graph, nodeId, (node) => {
        if (asTake)
          return node.take === take.take && node.pin === undefined ? node : { ...unpinned(node), take: take.take };
        return node.pin === key ? node : { ...node, pin: key };
      }),
    { say: `Take ${take.take} of ${nameOf(editor, nodeId)}` },
  );
}

/** Asks for another try the next time the node runs: a take number no result has yet. */
export function newTake(editor: Editor, nodeId: string): boolean {
  const takes = editor.getState().run.takes.get(nodeId) ?? [];
  return change(
    editor,
    `New take of ${nameOf(editor, nodeId)}`,
    (graph) =>
      changeNode(graph, nodeId, (node) => ({
        ...unpinned(node),
        take: Math.max(node.take, ...takes.map(({ take }) => take)) + 1,
      })),
    { say: `New take of ${nameOf(editor, nodeId)}` },
  );
}

/** One past result further: `-1` = the one before, `1` = the one after. False at the ends. */
export function stepTake(editor: Editor, nodeId: string, by: -1 | 1): boolean {
  const takes = editor.getState().run.takes.get(nodeId) ?? [];
  const now = takeNow(editor, nodeId);
  // Newest first; a node that stands at none of them is ahead of all.
  const at = now ? takes.indexOf(now) : -1;
  const next = takes[at - by];
  return next !== undefined && at - by >= 0 && useTake(editor, nodeId, next);
}

/** Lets a pinned node run again by its own settings. */
export const unpin = (editor: Editor, nodeId: string): boolean =>
  change(editor, `Unpin ${nameOf(editor, nodeId)}`, (graph) => changeNode(graph, nodeId, unpinned), {
    say: `${nameOf(editor, nodeId)} is not pinned any more`,
  });

/** Stars the result the node stands at, or takes the star away. */
export function starTake(editor: Editor, nodeId: string): boolean {
  const key = takeNow(editor, nodeId)?.key;
  if (key === undefined) return false;
  const has = starred(editor.getState().document, nodeId).includes(key);
  const label = has ? "Take the star away" : "Star the take";
  return change(editor, label, (graph) => toggleStar(graph, nodeId, key), { say: has ? "Star taken away" : "Starred" });
}

function unpinned(node: GraphNode): GraphNode {
  if (node.pin === undefined) return node;
  const { pin: _, ...rest } = node;
  return rest;
}

function nameOf(editor: Editor, nodeId: string): string {
  const node = nodesById(editor.getState().document).get(nodeId);
  return node ? titleOf(node, editor.around.registry.get(node.type)) : nodeId;
}
