"use client";
import { memo, useMemo } from "react";
import { useStore } from "zustand";
import { canvasOf } from "#lib/client/editor/canvas/canvas-state.ts";
import { noteField } from "#lib/client/editor/canvas/card-look.ts";
import { type Block, type Piece, readMarkdown } from "#lib/client/editor/canvas/light-markdown.ts";
import { changeNode, setSetting } from "#lib/client/editor/edit/edit-nodes.ts";
import { change, seal } from "#lib/client/editor/store.ts";
import { useEditor } from "#lib/client/editor/use-editor.ts";
import type { GraphNode } from "#lib/protocol/graph.ts";
import type { AnyNode } from "#lib/sdk/define-node.ts";

const LEAST = { width: 140, height: 60 };

/** A note pinned to the canvas: its Markdown as text, never as HTML. A double click writes in it, its corner makes it larger. */
export const NoteCard = memo(function NoteCard(props: {
  node: GraphNode;
  type: AnyNode;
  selected: boolean;
  far: boolean;
}) {
  const { node, type, selected, far } = props;
  const editor = useEditor();
  const canvas = canvasOf(editor);
  const writing = useStore(canvas, (state) => state.writing === node.id);
  const stop = () => canvas.setState({ writing: undefined });
  const field = noteField(type) ?? "";
  const text = String(node.config[field] ?? "");
  const blocks = useMemo(() => readMarkdown(text), [text]);
  return (
    <div
      className="canvas-note"
      data-selected={selected || undefined}
      data-far={far || undefined}
      style={{ width: node.width ?? 240, minHeight: node.height ?? 64 }}
    >
      {writing ? (
        <textarea
          aria-label="Note"
          value={text}
          ref={(area) => {
            if (area && document.activeElement !== area) area.focus();
          }}
          onChange={(event) =>
            change(editor, "Write a note", (graph) => setSetting(graph, node.id, field, event.target.value), {
              merge: `note ${node.id}`,
            })
          }
          onBlur={() => {
            stop();
            seal(editor);
          }}
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.key === "Escape") stop();
          }}
          className="nodrag nopan nowheel field-sizing-content min-h-16 w-full resize-none bg-transparent outline-none"
        />
      ) : blocks.length > 0 ? (
        blocks.map((block, index) => <BlockView key={index} block={block} />)
      ) : (
        <p className="opacity-60">Double-click to write a note</p>
      )}
      {selected && <Corner node={node} />}
    </div>
  );
});

function BlockView({ block }: { block: Block }) {
  if (block.kind === "heading")
    return (
      <p className={`font-semibold ${block.level < 3 ? "text-[17px] leading-snug" : "text-sm"}`}>
        <Words pieces={block.pieces} />
      </p>
    );
  if (block.kind === "words")
    return (
      <p>
        <Words pieces={block.pieces} />
      </p>
    );
  return (
    <ul className="list-disc pl-4.5">
      {block.items.map((item, index) => (
        <li key={index}>
          <Words pieces={item} />
        </li>
      ))}
    </ul>
  );
}

const Words = ({ pieces }: { pieces: readonly Piece[] }) =>
  pieces.map(({ text, style: Style }, index) => (Style ? <Style key={index}>{text}</Style> : text));

/** The corner that makes a note larger or smaller. */
function Corner({ node }: { node: GraphNode }) {
  const editor = useEditor();
  const start = (event: React.PointerEvent<HTMLButtonElement>) => {
    event.stopPropagation();
    const handle = event.currentTarget;
    const note = handle.parentElement;
    const from = editor.around.viewport?.toCanvas({ x: event.clientX, y: event.clientY });
    if (!note || !from) return;
    const [width, height] = [note.offsetWidth, note.offsetHeight];
    handle.setPointerCapture(event.pointerId);
    handle.onpointermove = (move) => {
      const to = editor.around.viewport?.toCanvas({ x: move.clientX, y: move.clientY }) ?? from;
      change(
        editor,
        "Resize a note",
        (graph) =>
          changeNode(graph, node.id, (one) => ({
            ...one,
            width: Math.max(LEAST.width, Math.round(width + to.x - from.x)),
            height: Math.max(LEAST.height, Math.round(height + to.y - from.y)),
          })),
        { merge: `note-size ${node.id}` },
      );
    };
    handle.onlostpointercapture = () => {
      handle.onpointermove = null;
      seal(editor);
    };
  };
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label="Resize the note"
      onPointerDown={start}
      className="nodrag canvas-corner"
    />
  );
}
