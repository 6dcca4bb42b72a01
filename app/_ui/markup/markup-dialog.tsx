"use client";
import { Circle, MousePointer2, MoveUpRight, Pencil, Redo2, Square, Trash2, Type, Undo2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { Size } from "#lib/client/editor/paint/camera.ts";
import { saidMarks } from "#lib/client/editor/paint/marks.ts";
import { count } from "#lib/client/words.ts";
import type { Mark } from "#lib/protocol/marks.ts";
import { ToolButton, ToolGap, ToolRail } from "../stage/controls.tsx";
import { Stage } from "../stage/stage.tsx";
import { createStageView } from "../stage/stage-view.ts";
import { WorkDialog } from "../stage/work-dialog.tsx";
import { stageKeys } from "../stage/zoom-buttons.tsx";
import { MarkupPanel } from "./markup-panel.tsx";
import { NoteWords } from "./note-words.tsx";
import { type MarkTool, useMarks } from "./use-marks.ts";

export const MARK_TOOLS: readonly { tool: MarkTool; name: string; hint: string; Icon: typeof Square }[] = [
  { tool: "select", name: "Select and move", hint: "V", Icon: MousePointer2 },
  { tool: "arrow", name: "Arrow", hint: "A", Icon: MoveUpRight },
  { tool: "box", name: "Box", hint: "R", Icon: Square },
  { tool: "ellipse", name: "Ellipse", hint: "E", Icon: Circle },
  { tool: "stroke", name: "Freehand", hint: "P", Icon: Pencil },
  { tool: "note", name: "Note", hint: "T", Icon: Type },
];

/**
 * Draws arrows, boxes, lines and notes over a picture. `aside`: with settings of the marks and words about them beside the picture; without it the
 * picture has the whole screen, which suits a phone and a quick "here".
 */
export function MarkupDialog({
  title,
  size,
  source,
  start,
  aside,
  onDone,
  onClose,
}: {
  title: string;
  size: Size;
  source: HTMLImageElement;
  start: readonly Mark[];
  aside?: ReactNode;
  /** `changed`: something is different from what was there. */
  onDone(marks: readonly Mark[], changed: boolean): void;
  onClose(): void;
}) {
  const [view] = useState(createStageView);
  const marking = useMarks(size, view, start);
  const [hidden, setHidden] = useState(false);
  const { mark, tool, marks } = marking;
  const full = aside !== undefined;
  const tools = full ? MARK_TOOLS : MARK_TOOLS.filter((one) => one.tool !== "select");
  const done = () => onDone(saidMarks(marks), marking.changed);
  const nudge = (dx: number, dy: number) => () => marking.nudge(dx, dy);
  return (
    <WorkDialog
      title={title}
      status={marking.refusal ?? (marks.length === 0 ? "Nothing is drawn yet." : `${count(marks.length, "mark")}.`)}
      keys={{
        ...stageKeys(view),
        ...Object.fromEntries(tools.map(({ tool: one, hint }) => [hint.toLowerCase(), () => marking.setTool(one)])),
        delete: marking.remove,
        backspace: marking.remove,
        "mod+z": marking.undo,
        "mod+shift+z": marking.redo,
        "mod+y": marking.redo,
        "mod+enter": done,
        ...(mark
          ? { arrowleft: nudge(-2, 0), arrowright: nudge(2, 0), arrowup: nudge(0, -2), arrowdown: nudge(0, 2) }
          : {}),
      }}
      onHold={setHidden}
      view={view}
      work="what you drew"
      changed={marking.changed}
      onDone={done}
      onClose={onClose}
      tools={
        <ToolRail label="Tools">
          {tools.map(({ tool: one, name, hint, Icon }) => (
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
      }
      stage={
        <>
          <Stage
            picture={size}
            view={view}
            hand={marking.hand}
            cursor={tool === "select" ? "default" : "crosshair"}
            label={`The picture with ${count(marks.length, "mark")}`}
            draw={(context, about) => {
              context.drawImage(source, 0, 0, size.width, size.height);
              if (!hidden) marking.draw(context, about);
            }}
          />
          {!full && mark?.kind === "note" && (
            <NoteWords
              key={marking.chosen}
              note={mark}
              onWrite={marking.write}
              className="absolute inset-x-3 top-3 mx-auto max-w-md rounded-xl border border-line bg-surface p-3"
            />
          )}
        </>
      }
      panel={full && <MarkupPanel marking={marking} size={size} about={aside} />}
    />
  );
}
