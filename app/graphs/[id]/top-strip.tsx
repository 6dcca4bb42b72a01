"use client";
import dynamic from "next/dynamic";
import Link from "next/link";
import { change, seal } from "#lib/client/editor/store.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";
import { Mark } from "../../_ui/mark.tsx";
import { SaveBadge } from "./drafts/save-badge.tsx";
import { PublishBadge } from "./publish/publish-badge.tsx";
import { RunBar } from "./running/run-bar.tsx";

const WayBar = dynamic(() => import("./subgraph/way-bar.tsx").then((part) => part.WayBar));

/** Where we are and how safe it is on the left; what a run would cost and the button for it on the right. */
export function TopStrip() {
  const editor = useEditor();
  const name = useEditorState(({ document }) => document.name);
  return (
    <header className="pointer-events-none absolute inset-x-0 top-0 z-20 flex items-start justify-between gap-3 p-3 *:pointer-events-auto">
      <div className="flex min-w-0 items-center gap-2 rounded-xl border border-line bg-surface/95 py-1 pr-2 pl-1.5 shadow-sm max-sm:gap-0.5 max-sm:pr-1">
        <Link href="/" aria-label="Home" title="Home" className="rounded-lg p-1.5 hover:bg-ink/8">
          <Mark />
        </Link>
        <span aria-hidden="true" className="text-soft max-sm:hidden">
          /
        </span>
        {(editor.around.way?.length ?? 0) > 0 && <WayBar />}
        <input
          aria-label="Name of the graph"
          value={name}
          maxLength={200}
          onChange={(event) =>
            change(editor, "Rename the graph", (graph) => ({ ...graph, name: event.target.value }), {
              merge: "graph-name",
            })
          }
          onBlur={() => seal(editor)}
          className="field-sizing-content min-w-16 max-sm:min-w-8 max-w-[32ch] truncate rounded-md bg-transparent px-1.5 py-1 font-semibold text-sm hover:bg-ink/8"
        />
        <SaveBadge />
        <PublishBadge />
      </div>
      <RunBar />
    </header>
  );
}
