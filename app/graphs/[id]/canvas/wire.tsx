"use client";
import { EdgeLabelRenderer, type EdgeProps } from "@xyflow/react";
import { memo, useMemo, useState } from "react";
import { useStore } from "zustand";
import { canvasOf } from "#lib/client/editor/canvas/canvas-state.ts";
import { selectWireLook } from "#lib/client/editor/canvas/wire-look.ts";
import { wirePath } from "#lib/client/editor/canvas/wire-path.ts";
import { setPasses } from "#lib/client/editor/edit/connect.ts";
import type { Point } from "#lib/client/editor/state.ts";
import { change } from "#lib/client/editor/store.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";
import { useFar } from "./far.ts";

/** A wire in its kind's colour; one over which a conversation goes on is a double line in the brand's. */
export const Wire = memo(function Wire({ id, sourceX, sourceY, targetX, targetY, selected }: EdgeProps) {
  const editor = useEditor();
  const look = useEditorState(useMemo(() => selectWireLook(id, editor.around.registry), [id, editor]));
  const over = useStore(canvasOf(editor), (state) => state.overWire === id);
  const far = useFar();
  const { path, middle } = wirePath({ x: half(sourceX), y: half(sourceY) }, { x: half(targetX), y: half(targetY) });
  const names = [
    "canvas-wire",
    look.thread && "canvas-wire-thread",
    look.thread && look.rehydrated && "canvas-wire-rehydrated",
    look.passes > 0 && "canvas-wire-loop",
    look.idle && "canvas-wire-idle",
    look.moving && "canvas-wire-moving",
    over && "canvas-wire-over",
    selected && "canvas-wire-selected",
  ];
  return (
    <>
      <g
        className={names.filter(Boolean).join(" ")}
        style={{ "--wire": look.thread ? "var(--brand)" : `var(--kind-${look.kind})` } as React.CSSProperties}
      >
        <path d={path} className="canvas-wire-line" />
        {look.thread && <path d={path} className="canvas-wire-core" />}
        {look.moving && <path d={path} pathLength={100} className="canvas-wire-dash" />}
        {look.thread && look.depth > 0 && !far && (
          <g transform={`translate(${middle.x} ${middle.y})`}>
            <title>{look.rehydrated ? `Turn ${look.depth}, rebuilt from what was kept` : `Turn ${look.depth}`}</title>
            <circle r={9} className="canvas-wire-badge" />
            <text textAnchor="middle" dominantBaseline="central" className="canvas-wire-turn">
              {look.depth}
            </text>
          </g>
        )}
      </g>
      <path d={path} className="react-flow__edge-interaction" fill="none" strokeOpacity={0} strokeWidth={20} />
      {look.passes > 0 && !far && <Passes edgeId={id} passes={look.passes} at={middle} />}
    </>
  );
});

/** The browser measures ports with a little noise: a wire is painted again only when it really ends elsewhere. */
const half = (place: number): number => Math.round(place * 2) / 2;

/** How often a loop may go round; a click changes it. */
function Passes({ edgeId, passes, at }: { edgeId: string; passes: number; at: Point }) {
  const editor = useEditor();
  const [open, setOpen] = useState(false);
  const commit = (text: string) => {
    const next = Math.round(Number(text));
    setOpen(false);
    if (next >= 1 && next <= 20) change(editor, `At most ${next} passes`, (graph) => setPasses(graph, edgeId, next));
  };
  return (
    <EdgeLabelRenderer>
      <div
        className="nodrag nopan pointer-events-auto absolute -translate-x-1/2 -translate-y-1/2 rounded-full border border-line bg-surface text-xs"
        style={{ left: at.x, top: at.y }}
      >
        {open ? (
          <input
            type="number"
            min={1}
            max={20}
            defaultValue={passes}
            aria-label="Passes at most"
            ref={(input) => input?.select()}
            onBlur={(event) => commit(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter") event.currentTarget.blur();
              if (event.key === "Escape") setOpen(false);
              event.stopPropagation();
            }}
            className="w-16 rounded-full bg-transparent px-2.5 py-0.5 tabular-nums"
          />
        ) : (
          <button
            type="button"
            onClick={() => setOpen(true)}
            title="How often this loop may go round"
            className="rounded-full px-2.5 py-0.5 tabular-nums hover:bg-ink/8"
          >
            ≤ {passes} {passes === 1 ? "pass" : "passes"}
          </button>
        )}
      </div>
    </EdgeLabelRenderer>
  );
}
