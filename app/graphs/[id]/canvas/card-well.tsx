"use client";
import { memo, useMemo } from "react";
import { settingsShown } from "#lib/client/editor/canvas/card-settings.ts";
import { select, setView } from "#lib/client/editor/store.ts";
import { useEditor } from "#lib/client/editor/use-editor.ts";
import type { GraphNode } from "#lib/protocol/graph.ts";
import type { AnyNode } from "#lib/sdk/define-node.ts";

/** At most three settings; a click opens the inspector on that field. */
export const CardWell = memo(function CardWell({ node, type }: { node: GraphNode; type: AnyNode }) {
  const editor = useEditor();
  const settings = useMemo(() => settingsShown(type, node.config), [type, node.config]);
  if (settings.length === 0) return null;
  const open = (field: string) => {
    select(editor, [node.id]);
    setView(editor, { inspectorOpen: true, field: { nodeId: node.id, field } });
  };
  return (
    <ul className="canvas-well">
      {settings.map(({ field, label, value, own }) => (
        <li key={field}>
          <button
            type="button"
            className="nodrag"
            tabIndex={-1}
            onClick={() => open(field)}
            title={`${label}: ${value}`}
          >
            <span className="shrink-0 text-soft">{label}</span>
            <span className="truncate tabular-nums" data-own={own || undefined}>
              {value}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
});
