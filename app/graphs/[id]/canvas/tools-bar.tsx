"use client";
import { useStore as useFlowStore } from "@xyflow/react";
import { Frame, Hand, type LucideIcon, Maximize, MousePointer2, Plus, StickyNote, Workflow } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { canvasOf } from "#lib/client/editor/canvas/canvas-state.ts";
import { canvasCommands } from "#lib/client/editor/canvas/commands.ts";
import { openDialog } from "#lib/client/editor/store.ts";
import { useEditor } from "#lib/client/editor/use-editor.ts";

/** The bar at the bottom: what is reached for most, and how far away we are. */
export function ToolsBar() {
  const editor = useEditor();
  const tool = useStore(canvasOf(editor), (state) => state.tool);
  const run = (id: string) => void canvasCommands.find((command) => command.id === id)?.run(editor);
  const add = () => {
    const screen = { x: innerWidth / 2 - 160, y: innerHeight / 2 - 200 };
    openDialog(editor, { kind: "picker", screen, canvas: editor.around.viewport?.center() ?? { x: 0, y: 0 } });
  };
  return (
    <div role="toolbar" aria-label="Canvas" className="canvas-tools nopan">
      <Tool title="Add a node" keys="Tab" Icon={Plus} onClick={add} />
      <i className="canvas-tools-gap" />
      <Tool title="Select" keys="V" Icon={MousePointer2} on={tool === "select"} onClick={() => run("canvas.select")} />
      <Tool
        title="Move the view"
        keys="H, or hold Space"
        Icon={Hand}
        on={tool === "hand"}
        onClick={() => run("canvas.hand")}
      />
      <i className="canvas-tools-gap" />
      <Tool title="Frame" keys="Ctrl+G" Icon={Frame} onClick={() => run("canvas.frame")} />
      <Tool title="Note" keys="Shift+N" Icon={StickyNote} onClick={() => run("canvas.note")} />
      <Tool title="Auto layout" keys="Shift+L" Icon={Workflow} onClick={() => run("canvas.layout")} />
      <i className="canvas-tools-gap" />
      <Tool title="Show everything" keys="1" Icon={Maximize} onClick={() => run("canvas.fit")} />
      <ZoomMenu run={run} />
    </div>
  );
}

function Tool(props: { title: string; keys: string; Icon: LucideIcon; on?: boolean; onClick(): void }) {
  const { title, keys, Icon, on, onClick } = props;
  return (
    <button
      type="button"
      aria-label={title}
      aria-pressed={on}
      title={`${title} (${keys})`}
      onClick={onClick}
      className="canvas-tool"
    >
      <Icon aria-hidden="true" className="size-4" />
    </button>
  );
}

const ZOOMS = [
  { title: "Show everything", keys: "1", id: "canvas.fit" },
  { title: "Show the selection", keys: "F", id: "canvas.fit-selection" },
  { title: "100 %", keys: "0", id: "canvas.zoom-100" },
  { title: "Zoom in", keys: "+", id: "canvas.zoom-in" },
  { title: "Zoom out", keys: "−", id: "canvas.zoom-out" },
] as const;

/** What may close the menu. */
const CLOSING = ["pointerdown", "keydown", "focusin"] as const;

function ZoomMenu({ run }: { run(id: string): void }) {
  const editor = useEditor();
  const [open, setOpen] = useState(false);
  const percent = useFlowStore((state) => Math.round(state.transform[2] * 100));
  const snap = useStore(canvasOf(editor), (state) => state.snap);
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return;
    const close = (event: Event) => {
      if (event instanceof KeyboardEvent ? event.key === "Escape" : !root.current?.contains(event.target as Node))
        setOpen(false);
    };
    for (const type of CLOSING) window.addEventListener(type, close, { capture: true });
    return () => {
      for (const type of CLOSING) window.removeEventListener(type, close, { capture: true });
    };
  }, [open]);
  const choose = (id: string) => () => {
    setOpen(false);
    run(id);
  };
  return (
    <div ref={root} className="relative">
      <button
        type="button"
        aria-expanded={open}
        aria-haspopup="true"
        title="Zoom"
        onClick={() => setOpen(!open)}
        className="canvas-tool w-14 text-xs tabular-nums"
      >
        {percent} %
      </button>
      {open && (
        <div className="absolute right-0 bottom-full mb-2 w-52 rounded-xl border border-line bg-surface p-1 shadow-sm">
          {ZOOMS.map(({ title, keys, id }) => (
            <button key={id} type="button" onClick={choose(id)} className="canvas-menu-item">
              {title}
              <kbd>{keys}</kbd>
            </button>
          ))}
          <button type="button" aria-pressed={snap} onClick={choose("canvas.snap")} className="canvas-menu-item">
            Snap to the grid
            <kbd>{snap ? "on" : "off"}</kbd>
          </button>
        </div>
      )}
    </div>
  );
}
