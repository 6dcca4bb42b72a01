"use client";
import { replaceConfig } from "#lib/client/editor/edit/node-basics.ts";
import { exampleSettings } from "#lib/client/editor/fields/example-settings.ts";
import { change } from "#lib/client/editor/store.ts";
import { useEditor } from "#lib/client/editor/use-editor.ts";
import type { AnyNode } from "#lib/sdk/define-node.ts";
import { SMALL } from "./controls/control-props.ts";
import { Fold } from "./panel-parts.tsx";

/** Settings to start from, taken from the type's own examples. */
export function Examples({ id, type }: { id: string; type: AnyNode }) {
  const editor = useEditor();
  const examples = exampleSettings(type);
  if (examples.length === 0) return null;
  return (
    <Fold title="Try an example">
      <ul className="flex flex-col gap-1.5">
        {examples.map(({ name, config }) => (
          <li key={name} className="flex items-center justify-between gap-2 text-xs">
            <span className="min-w-0 text-soft">{name.charAt(0).toUpperCase() + name.slice(1)}</span>
            <button
              type="button"
              aria-label={`Use: ${name}`}
              onClick={() =>
                change(editor, `Example: ${name}`, (graph) => replaceConfig(graph, id, config), {
                  say: `Settings of the example: ${name}`,
                })
              }
              className={`${SMALL} shrink-0`}
            >
              Use
            </button>
          </li>
        ))}
      </ul>
      <p className="text-soft text-xs">It takes the place of the settings above; undo brings them back.</p>
    </Fold>
  );
}
