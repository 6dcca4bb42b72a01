"use client";
import { History, ListOrdered, ListTree, type LucideIcon, Variable } from "lucide-react";
import dynamic from "next/dynamic";
import type { ComponentType } from "react";
import type { Panel } from "#lib/client/editor/state.ts";
import { setView } from "#lib/client/editor/store.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";

const OutlinePanel = dynamic(() => import("./habits/outline-panel.tsx").then((part) => part.OutlinePanel));
const InputsPanel = dynamic(() => import("./inspector/inputs-panel.tsx").then((part) => part.InputsPanel));
const QueuePanel = dynamic(() => import("./running/queue-panel.tsx").then((part) => part.QueuePanel));
const VersionsPanel = dynamic(() => import("./drafts/versions-panel.tsx").then((part) => part.VersionsPanel));

const PANELS: { panel: Panel; title: string; Icon: LucideIcon; Body: ComponentType }[] = [
  { panel: "outline", title: "Outline", Icon: ListTree, Body: OutlinePanel },
  { panel: "inputs", title: "Inputs", Icon: Variable, Body: InputsPanel },
  { panel: "queue", title: "Runs", Icon: ListOrdered, Body: QueuePanel },
  { panel: "versions", title: "Versions", Icon: History, Body: VersionsPanel },
];

/** The rail on the left and the one panel that is open beside it. */
export function LeftRail() {
  const editor = useEditor();
  const open = useEditorState(({ view }) => view.panel);
  const shown = PANELS.find(({ panel }) => panel === open);
  return (
    <div className="pointer-events-none absolute top-18 bottom-3 left-3 z-10 flex items-start gap-2 *:pointer-events-auto max-md:bottom-18 max-md:flex-col">
      <nav
        aria-label="Panels"
        className="flex flex-col gap-1 rounded-xl max-md:flex-row border border-line bg-surface/95 p-1 shadow-sm"
      >
        {PANELS.map(({ panel, title, Icon }) => (
          <button
            key={panel}
            type="button"
            aria-pressed={panel === open}
            title={title}
            onClick={() => setView(editor, { panel: panel === open ? undefined : panel })}
            className="rounded-lg p-2 text-soft hover:bg-ink/8 hover:text-ink aria-pressed:bg-ink/10 aria-pressed:text-ink"
          >
            <Icon aria-hidden="true" className="size-4.5" />
            <span className="sr-only">{title}</span>
          </button>
        ))}
      </nav>
      {shown && (
        <section
          aria-label={shown.title}
          className="flex max-h-full w-72 max-w-[calc(100vw-5rem)] max-md:max-h-none max-md:min-h-0 max-md:w-[calc(100vw-1.5rem)] max-md:max-w-none flex-col overflow-hidden rounded-xl border border-line bg-surface shadow-sm"
        >
          <h2 className="border-line border-b px-3 py-2 font-semibold text-sm">{shown.title}</h2>
          <div className="min-h-0 overflow-y-auto">
            <shown.Body />
          </div>
        </section>
      )}
    </div>
  );
}
