"use client";
import { useEffect, useState } from "react";
import { nodesById } from "#lib/client/editor/graph-index.ts";
import { useEditor } from "#lib/client/editor/use-editor.ts";

/** Takes files that are dropped anywhere no field asks for them. True while files are held over the page. */
export function useFiles(): boolean {
  const editor = useEditor();
  const [over, setOver] = useState(false);
  useEffect(() => {
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const onOver = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      // A field that takes files itself says so by preventing the default.
      setOver(!event.defaultPrevented);
      event.preventDefault();
    };
    const onLeave = (event: DragEvent) => event.relatedTarget === null && setOver(false);
    const onDrop = async (event: DragEvent) => {
      setOver(false);
      if (event.defaultPrevented || !holdsFiles(event)) return;
      event.preventDefault();
      // The list is gone after the first await.
      const files = [...(event.dataTransfer?.files ?? [])];
      const screen = { x: event.clientX, y: event.clientY };
      const card =
        event.target instanceof Element ? event.target.closest<HTMLElement>(".react-flow__node[data-id]") : null;
      const id = card?.dataset.id ?? "";
      const { takeInFiles } = await import("#lib/client/editor/habits/take-in-files.ts");
      await takeInFiles(editor, files, {
        at: editor.around.viewport?.toCanvas(screen) ?? { x: 0, y: 0 },
        onto: nodesById(editor.getState().document).has(id) ? id : undefined,
        insert: event.altKey,
      });
    };
    window.addEventListener("dragover", onOver);
    window.addEventListener("dragleave", onLeave);
    window.addEventListener("drop", onDrop);
    return () => {
      window.removeEventListener("dragover", onOver);
      window.removeEventListener("dragleave", onLeave);
      window.removeEventListener("drop", onDrop);
    };
  }, [editor]);
  return over;
}
