"use client";
import dynamic from "next/dynamic";
import { useEditorState } from "#lib/client/editor/use-editor.ts";

const FilmStrip = dynamic(() => import("./film-strip.tsx").then((part) => part.FilmStrip));

/** The film strip of a node's takes, oldest first; a click goes back to one, which costs nothing. */
export function CardTakes({ nodeId }: { nodeId: string }) {
  const takes = useEditorState(({ run }) => run.takes.get(nodeId));
  return takes && takes.length > 1 ? <FilmStrip nodeId={nodeId} takes={takes} /> : null;
}
