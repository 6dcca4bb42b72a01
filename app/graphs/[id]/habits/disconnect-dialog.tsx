"use client";
import { useState } from "react";
import { removeEdges } from "#lib/client/editor/edit/connect.ts";
import { search } from "#lib/client/editor/habits/fuzzy.ts";
import { goToNode, nameOf } from "#lib/client/editor/habits/pointer.ts";
import { wireLines } from "#lib/client/editor/habits/wiring.ts";
import { change } from "#lib/client/editor/store.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";
import type { DialogProps } from "../dialogs.tsx";
import { Popup } from "./popup.tsx";
import { SearchList } from "./search-list.tsx";

/** Takes wires of a node away without a mouse. */
export default function DisconnectDialog({ dialog, close }: DialogProps<"disconnect">) {
  const editor = useEditor();
  const document = useEditorState((state) => state.document);
  const [query, setQuery] = useState("");
  const lines = wireLines(document, editor.around.registry, dialog.nodeId);
  const found = search(query, lines, ({ text }) => ({ title: text }));
  const node = document.nodes.find(({ id }) => id === dialog.nodeId);
  const at = (node && editor.around.viewport?.toScreen(node.position)) ?? { x: innerWidth / 3, y: innerHeight / 4 };
  const label = `Disconnect ${nameOf(editor, dialog.nodeId)}`;
  const options = (direction: "in" | "out") =>
    found.filter((line) => line.direction === direction).map(({ edgeId, text }) => ({ id: edgeId, title: text }));
  return (
    <Popup label={label} at={{ x: at.x + 24, y: at.y + 48 }} size={{ width: 340, height: 360 }} close={close}>
      <SearchList
        label={label}
        placeholder="Which wire?"
        query={query}
        onQuery={setQuery}
        empty="This node has no wires."
        sections={[
          { title: "Coming in", options: options("in") },
          { title: "Going out", options: options("out") },
        ]}
        onPick={(id) => {
          const line = lines.find(({ edgeId }) => edgeId === id);
          close();
          change(editor, "Disconnect", (graph) => removeEdges(graph, [id]), { say: `Wire ${line?.text} taken away` });
          goToNode(editor, dialog.nodeId);
        }}
      />
    </Popup>
  );
}
