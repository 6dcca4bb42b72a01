"use client";
import { memo, type PointerEvent, useState } from "react";
import { canvasOf, GRID } from "#lib/client/editor/canvas/canvas-state.ts";
import { changeFrame, FRAME_COLORS, type GraphFrame, moveFrame, nodesIn } from "#lib/client/editor/edit/frames.ts";
import { nodesById } from "#lib/client/editor/graph-index.ts";
import type { Point } from "#lib/client/editor/state.ts";
import { change, type Editor, openDialog, seal, select } from "#lib/client/editor/store.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";

/** One frame: its inside lets everything through, only title and edges can be held. */
export const Frame = memo(function Frame({ frame }: { frame: GraphFrame }) {
  const editor = useEditor();
  const selected = useEditorState(({ view }) => view.selectedFrames.has(frame.id));
  const [naming, setNaming] = useState(false);
  const { id, title, position, width, height, color = "stone" } = frame;
  const pick = (event: { shiftKey: boolean }) => {
    const { view } = editor.getState();
    if (event.shiftKey) select(editor, view.selectedNodes, view.selectedEdges, [...view.selectedFrames, id]);
    else if (!selected) select(editor, [], [], [id]);
  };
  return (
    <section
      aria-label={`Frame ${title || "without a name"}`}
      className="canvas-frame"
      data-color={color}
      data-selected={selected || undefined}
      style={{ transform: `translate(${position.x}px, ${position.y}px)`, width, height }}
    >
      <div className="canvas-frame-head">
        {naming ? (
          <input
            aria-label="Name of the frame"
            defaultValue={title}
            maxLength={200}
            ref={(input) => {
              if (input && document.activeElement !== input) input.select();
            }}
            onBlur={(event) => {
              setNaming(false);
              change(editor, "Rename a frame", (graph) =>
                changeFrame(graph, id, (one) => ({ ...one, title: event.target.value.trim() })),
              );
            }}
            onKeyDown={(event) => {
              event.stopPropagation();
              if (event.key === "Enter" || event.key === "Escape") event.currentTarget.blur();
            }}
            className="nopan w-full rounded bg-well px-1"
          />
        ) : (
          <button
            type="button"
            className="nopan canvas-frame-title"
            onContextMenu={(event) => {
              event.preventDefault();
              pick({ shiftKey: false });
              openDialog(editor, { kind: "menu", screen: { x: event.clientX, y: event.clientY }, on: "node" });
            }}
            onPointerDown={(event) => {
              pick(event);
              dragFrame(editor, event, frame);
            }}
            onFocus={(event) => event.currentTarget.matches(":focus-visible") && pick({ shiftKey: false })}
            onDoubleClick={() => setNaming(true)}
            onKeyDown={(event) => {
              if (event.key === "Enter" || event.key === "F2") setNaming(true);
              const step = STEPS[event.key];
              if (!step) return;
              event.preventDefault();
              event.stopPropagation();
              const by = event.shiftKey ? 20 : 5;
              move(editor, id, { x: position.x + step.x * by, y: position.y + step.y * by }, held(editor, frame));
            }}
          >
            {title || "Frame"}
          </button>
        )}
        {selected && !naming && (
          <fieldset aria-label="Colour of the frame" className="nopan flex gap-1">
            {FRAME_COLORS.map((one) => (
              <button
                key={one}
                type="button"
                aria-label={one}
                aria-pressed={one === color}
                data-color={one}
                className="canvas-frame-swatch"
                onClick={() =>
                  change(editor, "Colour a frame", (graph) =>
                    changeFrame(graph, id, (frame) => ({ ...frame, color: one })),
                  )
                }
              />
            ))}
          </fieldset>
        )}
      </div>
      {(["e", "s", "se"] as const).map((edge) => (
        <div
          key={edge}
          className={`nopan canvas-frame-edge canvas-frame-edge-${edge}`}
          onPointerDown={(event) => {
            pick(event);
            resizeFrame(editor, event, frame, edge);
          }}
        />
      ))}
    </section>
  );
});

const STEPS: Record<string, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** The nodes inside a frame and where they stand. */
function held(editor: Editor, frame: GraphFrame): { from: Point; nodes: Map<string, Point> } {
  const { document } = editor.getState();
  const sizeOf = editor.around.viewport?.sizeOf ?? (() => ({ width: 300, height: 220 }));
  const nodes = nodesById(document);
  const inside = nodesIn(document, frame, sizeOf).map((id) => [id, nodes.get(id)?.position ?? frame.position] as const);
  return { from: frame.position, nodes: new Map(inside) };
}

const move = (editor: Editor, id: string, to: Point, { from, nodes }: ReturnType<typeof held>): void =>
  void change(editor, "Move a frame", (graph) => moveFrame(graph, id, to, from, nodes), { merge: `frame ${id}` });

function dragFrame(editor: Editor, event: PointerEvent<HTMLElement>, frame: GraphFrame): void {
  const inside = held(editor, frame);
  follow(editor, event, ({ x, y }) => {
    move(editor, frame.id, snapped(editor, { x: frame.position.x + x, y: frame.position.y + y }), inside);
  });
}

function resizeFrame(
  editor: Editor,
  event: PointerEvent<HTMLElement>,
  frame: GraphFrame,
  edge: "e" | "s" | "se",
): void {
  follow(editor, event, ({ x, y }) => {
    const width = edge === "s" ? frame.width : frame.width + x;
    const height = edge === "e" ? frame.height : frame.height + y;
    change(editor, "Resize a frame", (graph) => changeFrame(graph, frame.id, (one) => ({ ...one, width, height })), {
      merge: `frame-size ${frame.id}`,
    });
  });
}

const snapped = (editor: Editor, { x, y }: Point): Point =>
  canvasOf(editor).getState().snap ? { x: Math.round(x / GRID) * GRID, y: Math.round(y / GRID) * GRID } : { x, y };

/** Follows the pointer until it is let go; `by` is how far it has come, canvas units. */
function follow(editor: Editor, event: PointerEvent<HTMLElement>, moved: (by: Point) => void): void {
  const start = editor.around.viewport?.toCanvas({ x: event.clientX, y: event.clientY });
  if (event.button !== 0 || !start) return;
  event.stopPropagation();
  seal(editor);
  const handle = event.currentTarget;
  handle.setPointerCapture(event.pointerId);
  handle.onpointermove = ({ clientX, clientY }) => {
    const at = editor.around.viewport?.toCanvas({ x: clientX, y: clientY }) ?? start;
    moved({ x: at.x - start.x, y: at.y - start.y });
  };
  handle.onlostpointercapture = () => {
    handle.onpointermove = null;
    seal(editor);
  };
}
