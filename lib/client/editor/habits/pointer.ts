import { titleOf } from "../edit/edit-nodes.ts";
import { nodesById } from "../graph-index.ts";
import type { Point } from "../state.ts";
import { type Editor, select } from "../store.ts";
import { freePlace } from "./walk.ts";

const pointers = new WeakMap<Editor, Point>();
const NEW_SIZE = { width: 300, height: 260 };
const GAP = 80;

/** Remembers where the mouse is over the canvas (client pixels); undefined when it left, or a key was used to move. */
export function rememberPointer(editor: Editor, at: Point | undefined): void {
  if (at) pointers.set(editor, at);
  else pointers.delete(editor);
}

/**
 * Where something new goes: under the mouse; without one to the right of the selected node, else in the middle of what is visible, never on
 * top of another node.
 */
export function placeForNew(editor: Editor): { canvas: Point; screen: Point } {
  const { viewport } = editor.around;
  const pointer = pointers.get(editor);
  if (pointer && viewport) return { canvas: viewport.toCanvas(pointer), screen: pointer };
  const { document, view } = editor.getState();
  const size = (id: string) => {
    const node = nodesById(document).get(id);
    return node && viewport ? viewport.sizeOf(node) : NEW_SIZE;
  };
  const boxes = document.nodes.map((node) => ({ ...node.position, ...size(node.id) }));
  const beside = nodesById(document).get([...view.selectedNodes].at(-1) ?? "");
  const wanted = beside
    ? { x: beside.position.x + size(beside.id).width + GAP, y: beside.position.y }
    : (viewport?.center() ?? { x: 0, y: 0 });
  const canvas = freePlace(wanted, NEW_SIZE, boxes);
  return { canvas, screen: viewport?.toScreen(canvas) ?? { x: 0, y: 0 } };
}

/** Selects a node, brings it into view where it is not, and moves the keyboard to its card once that is drawn. */
export function goToNode(editor: Editor, id: string, { fit = false }: { fit?: boolean } = {}): void {
  const node = nodesById(editor.getState().document).get(id);
  if (!node) return;
  select(editor, [id]);
  soon(() => {
    if (fit) editor.around.viewport?.fit([id]);
    // The card may have been drawn only because it came into view.
    soon(() => editor.around.viewport?.focus(id));
  });
}

/** Runs when what was just changed has been drawn. */
export const soon = (then: () => void): void => {
  if (typeof requestAnimationFrame === "undefined") setTimeout(then);
  else requestAnimationFrame(() => requestAnimationFrame(then));
};

/** What people call a node of this document. */
export const nameOf = (editor: Editor, id: string): string => {
  const node = nodesById(editor.getState().document).get(id);
  return node ? titleOf(node, editor.around.registry.get(node.type)) : id;
};
