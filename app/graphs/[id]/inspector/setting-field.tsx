"use client";
import { memo, useCallback } from "react";
import { setSetting } from "#lib/client/editor/edit/edit-nodes.ts";
import type { Field } from "#lib/client/editor/fields/control.ts";
import { nodesById } from "#lib/client/editor/graph-index.ts";
import { change, seal } from "#lib/client/editor/store.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";
import type { SetValue } from "./controls/control-props.ts";
import { FieldBox } from "./field-box.tsx";
import { FieldPlace } from "./field-place.ts";

/** One setting of one node. Draws again for its own value only; typing into it is one step to undo. */
export const SettingField = memo(function SettingField({ nodeId, field }: { nodeId: string; field: Field }) {
  const editor = useEditor();
  const value = useEditorState(({ document }) => nodesById(document).get(nodeId)?.config[field.name]);
  const set: SetValue = useCallback(
    (next, first) => {
      change(
        editor,
        `${next === undefined ? "Reset" : "Change"} ${field.title}`,
        (graph) => setSetting(first ? first(graph) : graph, nodeId, field.name, next),
        { merge: `field:${nodeId}:${field.name}` },
      );
    },
    [editor, nodeId, field],
  );
  const done = useCallback(() => seal(editor), [editor]);
  return (
    <FieldPlace value={nodeId}>
      <FieldBox field={field} path={field.name} value={value} onChange={set} onDone={done} />
    </FieldPlace>
  );
});
