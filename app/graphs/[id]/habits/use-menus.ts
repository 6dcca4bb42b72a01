"use client";
import { useEffect } from "react";
import { nodesById } from "#lib/client/editor/graph-index.ts";
import { type Editor, openDialog, select } from "#lib/client/editor/store.ts";
import { useEditor } from "#lib/client/editor/use-editor.ts";
import { isTyping } from "./key-place.ts";

/** Right clicks (and the menu key, which browsers report the same way) on nodes, frames and wires open their menu. */
export function useMenus(): void {
  const editor = useEditor();
  useEffect(() => {
    const onMenu = (event: MouseEvent) => {
      if (event.defaultPrevented || !(event.target instanceof Element) || isTyping(event.target)) return;
      const on = selectUnder(editor, event.target);
      if (!on) return;
      event.preventDefault();
      openDialog(editor, { kind: "menu", screen: { x: event.clientX, y: event.clientY }, on });
    };
    // Before the canvas sees it: a card is no empty canvas.
    document.addEventListener("contextmenu", onMenu, { capture: true });
    return () => document.removeEventListener("contextmenu", onMenu, { capture: true });
  }, [editor]);
}

/** Selects what lies there, unless it is part of the selection already. */
function selectUnder(editor: Editor, target: Element): "node" | "edge" | undefined {
  const { document: graph, view } = editor.getState();
  const node = target.closest<HTMLElement>(".react-flow__node[data-id]")?.dataset.id;
  if (node !== undefined) {
    const isFrame = !nodesById(graph).has(node);
    if (isFrame && !graph.frames.some(({ id }) => id === node)) return undefined;
    if (isFrame && !view.selectedFrames.has(node)) select(editor, [], [], [node]);
    if (!isFrame && !view.selectedNodes.has(node)) select(editor, [node]);
    return "node";
  }
  const edge = target.closest<HTMLElement>(".react-flow__edge[data-id]")?.dataset.id;
  if (edge === undefined) return undefined;
  if (!view.selectedEdges.has(edge)) select(editor, [], [edge]);
  return "edge";
}
