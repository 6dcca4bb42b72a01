"use client";
import { useEffect, useState } from "react";
import { sayWhy } from "#lib/client/call-api.ts";
import { notify } from "#lib/client/editor/habits/notices.ts";
import { replaceDocument } from "#lib/client/editor/store.ts";
import { useEditor } from "#lib/client/editor/use-editor.ts";
import type { TemplateEntry } from "#lib/protocol/template-index.ts";

const MOST = 6;

/** What to do first: how to add a node, and finished graphs to begin with. */
export function EmptyCanvas() {
  const editor = useEditor();
  const [starters, setStarters] = useState<readonly TemplateEntry[]>([]);
  useEffect(() => {
    let wanted = true;
    // A studio without starters simply shows none.
    import("#lib/client/home/templates.ts")
      .then(({ loadTemplates }) => loadTemplates())
      .then(
        (list) => wanted && setStarters(list.slice(0, MOST)),
        () => {},
      );
    return () => {
      wanted = false;
    };
  }, []);
  const open = async (starter: TemplateEntry) => {
    const { templateGraph } = await import("#lib/client/home/templates.ts");
    const graph = await templateGraph(starter).catch((error: unknown) => notify(editor, sayWhy(error), "fail"));
    if (!graph) return;
    const { title } = starter;
    replaceDocument(editor, `Start from ${title}`, { ...graph, id: editor.getState().document.id });
    requestAnimationFrame(() => editor.around.viewport?.fit());
  };
  return (
    <div className="canvas-empty">
      <p className="text-soft">
        Press <kbd>Tab</kbd> to add a node
      </p>
      {starters.length > 0 && (
        <ul aria-label="Start from" className="grid grid-cols-2 gap-3 sm:grid-cols-3">
          {starters.map((starter) => (
            <li key={starter.id}>
              <button type="button" onClick={() => void open(starter)} className="canvas-starter">
                {starter.cover && <img src={starter.cover} alt="" loading="lazy" />}
                <span className="font-semibold text-[13px]">{starter.title}</span>
                <span className="line-clamp-2 text-soft text-xs">{starter.description}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
