"use client";
import { useState } from "react";
import { setSetting, titleOf } from "#lib/client/editor/edit/edit-nodes.ts";
import { nodesById } from "#lib/client/editor/graph-index.ts";
import { wiredPicture } from "#lib/client/editor/paint/node-pictures.ts";
import { change } from "#lib/client/editor/store.ts";
import { useEditor, useGraphNode, useNodeType } from "#lib/client/editor/use-editor.ts";
import { count } from "#lib/client/words.ts";
import { Mark } from "#lib/protocol/marks.ts";
import { MarkupDialog } from "../../../_ui/markup/markup-dialog.tsx";
import type { DialogProps } from "../dialogs.tsx";
import { NoPicture, Waiting } from "./no-picture.tsx";
import { sizeOf, usePicture } from "./use-picture.ts";

/** Draws over the picture that is wired into a node; the marks are its setting. */
export default function MarkupOfNode({ dialog: { nodeId, field }, close }: DialogProps<"markup">) {
  const editor = useEditor();
  const node = useGraphNode(nodeId);
  const type = useNodeType(node?.type ?? "");
  const [found] = useState(() => wiredPicture(editor, editor.getState(), nodeId));
  const [start] = useState(() => {
    const saved = nodesById(editor.getState().document).get(nodeId)?.config[field];
    return Array.isArray(saved) ? saved.flatMap((one) => Mark.safeParse(one).data ?? []) : [];
  });
  const { picture, error } = usePicture("asset" in found ? found.asset : undefined);
  const title = node ? titleOf(node, type) : "Markup";
  if (!node) return null;
  if (!("asset" in found)) return <NoPicture title={title} missing={found} close={close} />;
  if (!picture) return <Waiting title={title} error={error} close={close} />;
  return (
    <MarkupDialog
      title={title}
      size={sizeOf(picture)}
      source={picture}
      start={start}
      aside="Say in the edit after this node what the marks mean. They are an instruction, not part of the result."
      onDone={(marks, changed) => {
        if (changed)
          change(editor, "Draw marks", (graph) => setSetting(graph, nodeId, field, marks), {
            say: `${count(marks.length, "mark")} drawn`,
          });
        close();
      }}
      onClose={close}
    />
  );
}
