"use client";
import { PanelRightClose, PanelRightOpen } from "lucide-react";
import dynamic from "next/dynamic";
import { setView } from "#lib/client/editor/store.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";
import { GraphPanel } from "./graph-panel.tsx";
import { ResizeEdge, usePanelWidth } from "./panel-width.tsx";

// Forms come when something is first selected: the editor's first load carries none of them.
const EdgePanel = dynamic(() => import("./edge-panel.tsx").then((part) => part.EdgePanel));
const FramePanel = dynamic(() => import("./frame-panel.tsx").then((part) => part.FramePanel));
const NodePanel = dynamic(() => import("./node-panel.tsx").then((part) => part.NodePanel));
const SeveralPanel = dynamic(() => import("./several-panel.tsx").then((part) => part.SeveralPanel));

/** What is selected, as a form: beside the canvas, on a phone a sheet from below. With nothing selected, the graph itself. */
export function Inspector() {
  const editor = useEditor();
  const open = useEditorState(({ view }) => view.inspectorOpen);
  const empty = useEditorState(
    ({ view }) => view.selectedNodes.size + view.selectedEdges.size + view.selectedFrames.size === 0,
  );
  const panel = usePanelWidth();
  if (!open)
    return (
      <button
        type="button"
        aria-label="Show the inspector"
        title="Show the inspector"
        onClick={() => setView(editor, { inspectorOpen: true })}
        className="absolute right-3 bottom-20 z-9 rounded-xl border border-line bg-surface/95 p-2.5 text-soft shadow-sm hover:text-ink md:top-18 md:bottom-auto"
      >
        <PanelRightOpen aria-hidden="true" className="size-4.5 max-md:rotate-90" />
      </button>
    );
  return (
    <div
      style={panel.style}
      className={`pointer-events-none absolute inset-x-0 bottom-0 z-9 flex max-h-[62dvh] flex-col justify-end md:inset-x-auto md:top-18 md:right-3 md:bottom-3 md:max-h-none md:w-(--inspector-width) md:justify-start ${empty ? "max-md:hidden" : ""}`}
    >
      <aside
        aria-label="Inspector"
        className="pointer-events-auto relative flex max-h-full min-h-0 flex-col rounded-t-2xl border border-line bg-surface shadow-sm md:rounded-xl"
      >
        <ResizeEdge width={panel.width} set={panel.set} />
        <button
          type="button"
          aria-label="Hide the inspector"
          title="Hide the inspector"
          onClick={() => setView(editor, { inspectorOpen: false })}
          className="absolute top-2.5 right-2.5 z-10 rounded-md p-1.5 text-soft hover:bg-ink/8 hover:text-ink"
        >
          <PanelRightClose aria-hidden="true" className="size-4 max-md:rotate-90" />
        </button>
        <div className="min-h-0 overflow-y-auto overscroll-contain">
          <Body />
        </div>
      </aside>
    </div>
  );
}

function Body() {
  const nodes = useEditorState(({ view }) => view.selectedNodes);
  const edges = useEditorState(({ view }) => view.selectedEdges);
  const frames = useEditorState(({ view }) => view.selectedFrames);
  const [node] = nodes;
  const [edge] = edges;
  const [frame] = frames;
  if (nodes.size > 1) return <SeveralPanel ids={nodes} />;
  if (node !== undefined) return <NodePanel key={node} id={node} />;
  if (edge !== undefined) return <EdgePanel key={edge} id={edge} more={edges.size - 1} />;
  if (frame !== undefined) return <FramePanel key={frame} id={frame} />;
  return <GraphPanel />;
}
