"use client";
import { Circle, MoveUpRight, Pencil, Redo2, Square, Trash2, Type, Undo2 } from "lucide-react";
import { useState } from "react";
import { saidMarks } from "#lib/client/editor/paint/marks.ts";
import type { AskedPicture } from "#lib/client/review/asked.ts";
import { count } from "#lib/client/words.ts";
import type { Mark } from "#lib/protocol/marks.ts";
import { BarButton, ToolButton, ToolGap, ToolRail } from "../graphs/[id]/paint/controls.tsx";
import { DiscardBar } from "../graphs/[id]/paint/discard-bar.tsx";
import { FullDialog } from "../graphs/[id]/paint/full-dialog.tsx";
import { Stage } from "../graphs/[id]/paint/stage.tsx";
import { createStageView } from "../graphs/[id]/paint/stage-view.ts";
import { type MarkTool, useMarks } from "../graphs/[id]/paint/use-marks.ts";
import { stageKeys, ZoomButtons } from "../graphs/[id]/paint/zoom-buttons.tsx";

const TOOLS: readonly { tool: MarkTool; name: string; hint: string; Icon: typeof Square }[] = [
  { tool: "arrow", name: "Arrow", hint: "A", Icon: MoveUpRight },
  { tool: "box", name: "Box", hint: "R", Icon: Square },
  { tool: "ellipse", name: "Ellipse", hint: "E", Icon: Circle },
  { tool: "stroke", name: "Freehand", hint: "P", Icon: Pencil },
  { tool: "note", name: "Note", hint: "T", Icon: Type },
];

/** Draws over the picture what has to change. Nothing is sent here: the marks go with the decision. */
export default function MarkupDialog({
  picture,
  source,
  start,
  onDone,
  onClose,
}: {
  picture: AskedPicture;
  source: HTMLImageElement;
  start: readonly Mark[];
  onDone(marks: readonly Mark[]): void;
  onClose(): void;
}) {
  const size = { width: picture.width, height: picture.height };
  const [view] = useState(createStageView);
  const marking = useMarks(size, view, start);
  const [hidden, setHidden] = useState(false);
  const [asking, setAsking] = useState(false);
  const { mark, tool, marks } = marking;
  const done = () => onDone(saidMarks(marks));
  const cancel = () => (marking.changed ? setAsking(true) : onClose());
  return (
    <FullDialog
      title="Draw what has to change"
      status={marking.refusal ?? (marks.length === 0 ? "Nothing is drawn yet." : `${count(marks.length, "mark")}.`)}
      keys={{
        ...stageKeys(view),
        ...Object.fromEntries(TOOLS.map(({ tool: one, hint }) => [hint.toLowerCase(), () => marking.setTool(one)])),
        delete: marking.remove,
        backspace: marking.remove,
        "mod+z": marking.undo,
        "mod+shift+z": marking.redo,
        "mod+enter": done,
      }}
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
      {asking && <DiscardBar what="what you drew" onKeep={() => setAsking(false)} onDiscard={onClose} />}
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
              context.drawImage(source, 0, 0, size.width, size.height);
              if (!hidden) marking.draw(context, about);
            }}
          />
          {mark?.kind === "note" && (
            <label className="absolute inset-x-3 top-3 mx-auto grid max-w-md gap-1.5 rounded-xl border border-line bg-surface p-3 text-soft text-xs">
              Words of the note
              <textarea
                key={marking.chosen}
                // A new note is there to be written.
                ref={(field) => void (mark.text === "" && field?.focus())}
                rows={2}
                maxLength={500}
                value={mark.text}
                onChange={(event) => marking.write(event.target.value)}
                className="rounded-lg border border-line bg-well px-2.5 py-2 text-base text-ink sm:text-sm"
              />
            </label>
          )}
          <ZoomButtons view={view} />
        </div>
      </div>
    </FullDialog>
  );
}
