"use client";
import { Trash2 } from "lucide-react";
import { setSetting } from "#lib/client/editor/edit/edit-nodes.ts";
import { change } from "#lib/client/editor/store.ts";
import { useEditor, useGraphNode } from "#lib/client/editor/use-editor.ts";
import { MINI } from "./controls/control-props.ts";
import { Section } from "./panel-parts.tsx";

/** Settings in the document that the type does not know. They are kept on every save and shown as they are. */
export function UnknownSettings({ id, names }: { id: string; names: readonly string[] }) {
  const editor = useEditor();
  const node = useGraphNode(id);
  if (!node || names.length === 0) return null;
  return (
    <Section title="Settings nobody knows here">
      <p className="text-soft text-xs">They are kept as they are and do nothing in this version.</p>
      {names.map((name) => (
        <div key={name} className="flex items-start gap-1">
          <div className="min-w-0 flex-1">
            <p className="font-medium text-xs">{name}</p>
            <pre className="max-h-32 overflow-auto whitespace-pre-wrap break-words rounded-lg bg-well p-2 font-mono text-[11px] text-soft">
              {JSON.stringify(node.config[name], null, 2)}
            </pre>
          </div>
          <button
            type="button"
            aria-label={`Remove ${name}`}
            title="Remove"
            onClick={() => change(editor, `Remove ${name}`, (graph) => setSetting(graph, id, name, undefined))}
            className={MINI}
          >
            <Trash2 aria-hidden="true" className="size-3.5" />
          </button>
        </div>
      ))}
    </Section>
  );
}
