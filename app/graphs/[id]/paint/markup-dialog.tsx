"use client";
import { Circle, MousePointer2, MoveUpRight, Pencil, Redo2, Square, Trash2, Type, Undo2 } from "lucide-react";
import { useState } from "react";
import { setSetting, titleOf } from "#lib/client/editor/edit/edit-nodes.ts";
import { nodesById } from "#lib/client/editor/graph-index.ts";
import { saidMarks } from "#lib/client/editor/paint/marks.ts";
import { wiredPicture } from "#lib/client/editor/paint/node-pictures.ts";
import { change } from "#lib/client/editor/store.ts";
import { useEditor, useGraphNode, useNodeType } from "#lib/client/editor/use-editor.ts";
import { count } from "#lib/client/words.ts";
import { Mark } from "#lib/protocol/marks.ts";
import type { DialogProps } from "../dialogs.tsx";
import { BarButton, SidePanel, Slider, Swatches, ToolButton, ToolGap, ToolRail } from "./controls.tsx";
import { DiscardBar } from "./discard-bar.tsx";
import { FullDialog } from "./full-dialog.tsx";
import { NoPicture, Waiting } from "./no-picture.tsx";
import { Stage } from "./stage.tsx";
import { createStageView } from "./stage-view.ts";
import { type MarkTool, useMarks } from "./use-marks.ts";
import { sizeOf, usePicture } from "./use-picture.ts";
import { stageKeys, ZoomButtons } from "./zoom-buttons.tsx";

const TOOLS: readonly { tool: MarkTool; name: string; hint: string; Icon: typeof Square }[] = [
  { tool: "select", name: "Select and move", hint: "V", Icon: MousePointer2 },
  { tool: "arrow", name: "Arrow", hint: "A", Icon: MoveUpRight },
  { tool: "box", name: "Box", hint: "R", Icon: Square },
  { tool: "ellipse", name: "Ellipse", hint: "E", Icon: Circle },
  { tool: "stroke", name: "Freehand", hint: "P", Icon: Pencil },
  { tool: "note", name: "Note", hint: "T", Icon: Type },
];

const COLORS = [
  { name: "Red", hex: "#ff3b30" },
  { name: "Yellow", hex: "#ffd60a" },
  { name: "Green", hex: "#30d158" },
  { name: "Cyan", hex: "#32d7ff" },
  { name: "Magenta", hex: "#ff2d9b" },
  { name: "White", hex: "#ffffff" },
  { name: "Black", hex: "#111111" },
] as const;

type Props = DialogProps<"markup">;

/** Draws arrows, boxes, lines and notes over the picture that is wired into a node. */
export default function MarkupDialog({ dialog, close }: Props) {
  const editor = useEditor();
  const node = useGraphNode(dialog.nodeId);
  const type = useNodeType(node?.type ?? "");
  const [found] = useState(() => wiredPicture(editor, editor.getState(), dialog.nodeId));
  const { picture, error } = usePicture("asset" in found ? found.asset : undefined);
  const title = node ? titleOf(node, type) : "Markup";
  if (!node) return null;
  if (!("asset" in found)) return <NoPicture title={title} missing={found} close={close} />;
  if (!picture) return <Waiting title={title} error={error} close={close} />;
  return <Marking dialog={dialog} close={close} title={title} picture={picture} />;
}

function Marking({
  dialog: { nodeId, field },
  close,
  title,
  picture,
}: Props & { title: string; picture: HTMLImageElement }) {
  const editor = useEditor();
  const [view] = useState(createStageView);
  const [start] = useState(() => {
    const saved = nodesById(editor.getState().document).get(nodeId)?.config[field];
    return Array.isArray(saved) ? saved.flatMap((one) => Mark.safeParse(one).data ?? []) : [];
  });
  const size = sizeOf(picture);
  const marking = useMarks(size, view, start);
  const [hidden, setHidden] = useState(false);
  const [asking, setAsking] = useState(false);
  const { mark, tool, look, marks } = marking;

  const done = () => {
    const said = saidMarks(marks);
    if (marking.changed)
      change(editor, "Draw marks", (graph) => setSetting(graph, nodeId, field, said), {
        say: `${count(said.length, "mark")} drawn`,
      });
    close();
  };
  const cancel = () => (marking.changed ? setAsking(true) : close());
  const nudge = (dx: number, dy: number) => () => marking.nudge(dx, dy);
  const keys = {
    ...stageKeys(view),
    ...Object.fromEntries(TOOLS.map(({ tool: one, hint }) => [hint.toLowerCase(), () => marking.setTool(one)])),
    delete: marking.remove,
    backspace: marking.remove,
    "mod+z": marking.undo,
    "mod+shift+z": marking.redo,
    "mod+y": marking.redo,
    "mod+enter": done,
    ...(mark
      ? { arrowleft: nudge(-2, 0), arrowright: nudge(2, 0), arrowup: nudge(0, -2), arrowdown: nudge(0, 2) }
      : {}),
  };
  const letters = tool === "note" || mark?.kind === "note";
  return (
    <FullDialog
      title={title}
      status={marking.refusal ?? (marks.length === 0 ? "Nothing is drawn yet." : `${count(marks.length, "mark")}.`)}
      keys={keys}
      onHold={setHidden}
      onClose={cancel}
      actions={
        <>
          <BarButton onClick={cancel}>Cancel</BarButton>
          <BarButton first onClick={done}>
            Done
          </BarButton>
        </>
      }
    >
      {asking && <DiscardBar what="what you drew" onKeep={() => setAsking(false)} onDiscard={close} />}
      <div className="flex min-h-0 flex-1 flex-col sm:flex-row">
        <ToolRail label="Tools">
          {TOOLS.map(({ tool: one, name, hint, Icon }) => (
            <ToolButton
              key={one}
              Icon={Icon}
              name={name}
              hint={hint}
              pressed={tool === one}
              onClick={() => marking.setTool(one)}
            />
          ))}
          <ToolGap />
          <ToolButton Icon={Undo2} name="Undo" hint="Ctrl+Z" disabled={!marking.canUndo} onClick={marking.undo} />
          <ToolButton Icon={Redo2} name="Redo" hint="Ctrl+Shift+Z" disabled={!marking.canRedo} onClick={marking.redo} />
          <ToolButton Icon={Trash2} name="Delete the mark" hint="Del" disabled={!mark} onClick={marking.remove} />
        </ToolRail>
        <div className="relative flex min-h-0 min-w-0 flex-1">
          <Stage
            picture={size}
            view={view}
            hand={marking.hand}
            cursor={tool === "select" ? "default" : "crosshair"}
            label={`The picture with ${count(marks.length, "mark")}`}
            draw={(context, about) => {
              context.drawImage(picture, 0, 0, size.width, size.height);
              if (!hidden) marking.draw(context, about);
            }}
          />
          <ZoomButtons view={view} />
        </div>
        <SidePanel label="Settings of the marks">
          {mark?.kind === "note" && (
            <label className="grid gap-1.5 text-soft text-xs">
              Words of the note
              <textarea
                // A new note is there to be written.
                key={marking.chosen}
                ref={(field) => void (mark.text === "" && field?.focus())}
                rows={3}
                maxLength={500}
                value={mark.text}
                onChange={(event) => marking.write(event.target.value)}
                placeholder="What should change here?"
                className="rounded-lg border border-line bg-well px-2.5 py-2 text-ink text-sm"
              />
            </label>
          )}
          <Swatches
            label="Colour"
            colors={COLORS}
            value={look.color}
            onChange={(color) => marking.setLook({ color })}
          />
          {letters ? (
            <Slider
              label="Letters"
              unit=" px"
              min={8}
              max={Math.max(64, Math.round(Math.max(size.width, size.height) / 6))}
              curve={1.8}
              value={look.size}
              onChange={(letterSize) => marking.setLook({ size: letterSize })}
            />
          ) : (
            <Slider
              label="Line"
              unit=" px"
              min={1}
              max={64}
              curve={1.8}
              value={look.width}
              onChange={(width) => marking.setLook({ width })}
            />
          )}
          <hr className="border-line" />
          {marks.length > 0 && (
            <ol aria-label="Marks" className="grid gap-0.5 text-xs">
              {marks.map((one, i) => (
                <li key={`${i} ${one.kind}`}>
                  <button
                    type="button"
                    aria-pressed={marking.chosen === i}
                    onClick={() => {
                      marking.setTool("select");
                      marking.choose(i);
                    }}
                    className="flex w-full items-center gap-2 rounded-md px-2 py-1.5 text-left text-soft hover:bg-ink/8 aria-pressed:bg-ink/10 aria-pressed:text-ink"
                  >
                    <span
                      style={{ background: one.color }}
                      className="size-2.5 flex-none rounded-full ring-1 ring-line"
                    />
                    <span className="truncate">
                      {one.kind === "note"
                        ? one.text || "Note without words"
                        : (TOOLS.find(({ tool: kind }) => kind === one.kind)?.name ?? one.kind)}
                    </span>
                  </button>
                </li>
              ))}
            </ol>
          )}
          <p className="hidden text-soft text-xs leading-5 sm:block">
            Say in the edit after this node what the marks mean. They are an instruction, not part of the result.
          </p>
        </SidePanel>
      </div>
    </FullDialog>
  );
}
