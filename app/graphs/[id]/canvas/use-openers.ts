"use client";
import { type MouseEvent, useMemo } from "react";
import { canvasOf } from "#lib/client/editor/canvas/canvas-state.ts";
import { lookOf } from "#lib/client/editor/canvas/card-look.ts";
import { nodesById } from "#lib/client/editor/graph-index.ts";
import { type Editor, openDialog } from "#lib/client/editor/store.ts";

/** Double click and right click on empty canvas ask what should be added there; a double click on a card opens its picture, its note, or the graph it stands for. */
export function useOpeners(editor: Editor) {
  return useMemo(() => {
    const pick = (event: { clientX: number; clientY: number }) => {
      const screen = { x: event.clientX, y: event.clientY };
      openDialog(editor, {
        kind: "picker",
        screen,
        canvas: editor.around.viewport?.toCanvas(screen) ?? { x: 0, y: 0 },
      });
    };
    return {
      onDoubleClick: (event: MouseEvent) => {
        if ((event.target as Element).classList.contains("react-flow__pane")) pick(event);
      },
      onPaneContextMenu: (event: MouseEvent | globalThis.MouseEvent) => {
        event.preventDefault();
        pick(event);
      },
      onNodeDoubleClick: (event: MouseEvent, { id }: { id: string }) => {
        const { document, run } = editor.getState();
        const type = editor.around.registry.get(nodesById(document).get(id)?.type ?? "");
        if (lookOf(type) === "note") return canvasOf(editor).setState({ writing: id });
        const node = nodesById(document).get(id);
        if (node && type?.link?.(node.config) && !(event.target as Element).closest("header"))
          return void import("#lib/client/editor/subgraph/actions.ts").then(({ openInside }) => openInside(editor, id));
        if (!(event.target as Element).closest(".canvas-pictures")) return;
        const pictures = Object.values(run.nodes.get(id)?.outputs ?? {})
          .flat()
          .filter((value) => value.kind === "image");
        const index = [...(event.currentTarget as Element).querySelectorAll(".canvas-pictures img")].indexOf(
          event.target as Element,
        );
        if (pictures.length > 0)
          openDialog(editor, { kind: "picture", pictures, index: Math.min(Math.max(0, index), pictures.length - 1) });
      },
    };
  }, [editor]);
}
