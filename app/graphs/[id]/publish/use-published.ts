"use client";
import { useEffect, useSyncExternalStore } from "react";
import { loadPublished, onPublished, type Published, publishedOf } from "#lib/client/editor/publish/published.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";

/** What is published of this graph; asked for once it is known to the server. */
export function usePublished(): Published | undefined {
  const editor = useEditor();
  const saved = useEditorState(({ save }) => save.revision !== undefined);
  useEffect(() => {
    // Without an answer the badge says nothing; publishing itself will say what is wrong.
    if (saved && publishedOf(editor) === undefined) loadPublished(editor).catch(() => {});
  }, [editor, saved]);
  return useSyncExternalStore(
    (listener) => onPublished(editor, listener),
    () => publishedOf(editor),
    () => undefined,
  );
}
