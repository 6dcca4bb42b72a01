"use client";
import { Send } from "lucide-react";
import { draftDiffers } from "#lib/client/editor/publish/published.ts";
import { openDialog } from "#lib/client/editor/store.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";
import { usePublished } from "./use-published.ts";

/** Which revision others run, and whether the draft is another by now. */
export function PublishBadge() {
  const editor = useEditor();
  const template = usePublished()?.template;
  const empty = useEditorState(({ document }) => document.nodes.length === 0);
  const differs = useEditorState((state) => template !== undefined && draftDiffers(state, template));
  if (empty && !template) return null;
  const words = !template
    ? "Publish"
    : differs
      ? `Published ${template.revision} · draft differs`
      : `Published ${template.revision}`;
  return (
    <button
      type="button"
      title={
        !template
          ? "Publish: others run it from a form"
          : differs
            ? "What others run is not what is on the canvas. Publish the draft"
            : "What others run is what is on the canvas"
      }
      onClick={() => openDialog(editor, { kind: "publish" })}
      className={`flex min-h-7 items-center gap-1.5 whitespace-nowrap rounded-md px-1.5 text-xs hover:bg-ink/8 hover:text-ink ${differs ? "text-brand" : "text-soft"}`}
    >
      <Send aria-hidden="true" className="size-3.5 shrink-0" />
      <span className="max-md:sr-only">{words}</span>
    </button>
  );
}
