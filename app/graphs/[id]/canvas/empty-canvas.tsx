"use client";
import { useEffect, useState } from "react";
import { callApi } from "#lib/client/call-api.ts";
import { replaceDocument } from "#lib/client/editor/store.ts";
import { useEditor } from "#lib/client/editor/use-editor.ts";
import { Graph } from "#lib/protocol/graph.ts";

type Starter = { id: string; title: string; description: string; cover?: string; file: string };

const MOST = 6;

/** What to do first: how to add a node, and finished graphs to begin with. */
export function EmptyCanvas() {
  const editor = useEditor();
  const [starters, setStarters] = useState<readonly Starter[]>([]);
  useEffect(() => {
    let wanted = true;
    // A studio without starters simply shows none.
    callApi<Starter[]>("/graphs/templates/index.json").then(
      (list) => wanted && setStarters(list.slice(0, MOST)),
      () => {},
    );
    return () => {
      wanted = false;
    };
  }, []);
  const open = async ({ title, file }: Starter) => {
    const graph = Graph.parse(await callApi<unknown>(file));
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
