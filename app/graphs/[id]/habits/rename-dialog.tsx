"use client";
import { useState } from "react";
import { renameNode, titleOf } from "#lib/client/editor/edit/edit-nodes.ts";
import { goToNode } from "#lib/client/editor/habits/pointer.ts";
import { change } from "#lib/client/editor/store.ts";
import { useEditor, useGraphNode, useNodeType } from "#lib/client/editor/use-editor.ts";
import type { DialogProps } from "../dialogs.tsx";
import { Popup } from "./popup.tsx";

const LONGEST = 200;

/** Gives a node a name of its own, beside the node. */
export default function RenameDialog({ dialog, close }: DialogProps<"rename">) {
  const editor = useEditor();
  const node = useGraphNode(dialog.nodeId);
  const type = useNodeType(node?.type ?? "");
  const [title, setTitle] = useState(node?.title ?? "");
  if (!node) return null;
  const { viewport } = editor.around;
  const at = viewport?.toScreen(node.position) ?? { x: innerWidth / 2, y: innerHeight / 3 };
  const usual = type?.title ?? node.type;
  const accept = () => {
    const next = title.trim();
    change(editor, `Rename ${titleOf(node, type)}`, (graph) => renameNode(graph, node.id, next), {
      say: `Renamed to ${next || usual}`,
    });
    close();
    goToNode(editor, node.id);
  };
  return (
    <Popup label={`Rename ${titleOf(node, type)}`} at={at} size={{ width: 300, height: 120 }} close={close}>
      <form
        className="flex flex-col gap-2 p-3"
        onSubmit={(event) => {
          event.preventDefault();
          accept();
        }}
      >
        <label className="flex flex-col gap-1.5 text-soft text-xs">
          Name of this node
          <input
            // biome-ignore lint/a11y/noAutofocus: the box is what the dialog was opened for.
            autoFocus
            onFocus={(event) => event.target.select()}
            value={title}
            maxLength={LONGEST}
            placeholder={usual}
            onChange={(event) => setTitle(event.target.value)}
            className="rounded-lg border border-line bg-well px-2.5 py-2 text-ink text-sm"
          />
        </label>
        <p className="text-soft text-xs">Enter keeps it. Left empty, the node is called {usual} again.</p>
      </form>
    </Popup>
  );
}
