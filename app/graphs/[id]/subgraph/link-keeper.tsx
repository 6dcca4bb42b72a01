"use client";
import { useEffect } from "react";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";

/** Draws nothing: knows of newer versions of the graphs that are linked here, and reads the ports of links that somebody wrote by hand. */
export function LinkKeeper() {
  const editor = useEditor();
  const linked = useEditorState(({ document }) =>
    document.nodes
      .flatMap((node) => {
        const link = editor.around.registry.get(node.type)?.link?.(node.config);
        return link ? [`${link.graph}@${link.revision}`] : [];
      })
      .join(" "),
  );
  useEffect(() => {
    if (linked === "") return;
    const look = () => {
      if (document.visibilityState !== "visible") return;
      void import("#lib/client/editor/subgraph/keep-links.ts").then(({ keepLinks }) => keepLinks(editor));
    };
    look();
    document.addEventListener("visibilitychange", look);
    window.addEventListener("focus", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      window.removeEventListener("focus", look);
    };
  }, [editor, linked]);
  return null;
}
