"use client";
import { Brush } from "lucide-react";
import { openDialog } from "#lib/client/editor/store.ts";
import { useEditor } from "#lib/client/editor/use-editor.ts";
import { usePlace } from "../field-place.ts";
import { type ControlProps, SMALL } from "./control-props.ts";

const WORDS = {
  mask: { open: "Paint mask", one: "stroke", many: "strokes" },
  markup: { open: "Draw markup", one: "mark", many: "marks" },
} as const;

/** What is drawn over the picture in a dialog of its own. */
export function DrawingControl({ id, field, control, value, describedBy }: ControlProps<"drawing">) {
  const editor = useEditor();
  const nodeId = usePlace();
  const words = WORDS[control.dialog];
  const drawn = Array.isArray(value) ? value.length : 0;
  return (
    <div className="flex items-center gap-2">
      <button
        id={id}
        aria-labelledby={`${id}-label ${id}`}
        type="button"
        aria-describedby={describedBy}
        disabled={nodeId === undefined}
        onClick={() => nodeId !== undefined && openDialog(editor, { kind: control.dialog, nodeId, field: field.name })}
        className={SMALL}
      >
        <Brush aria-hidden="true" className="size-3.5" />
        {words.open}
      </button>
      <span className="text-soft text-xs tabular-nums">
        {drawn === 0 ? "Nothing drawn yet" : `${drawn} ${drawn === 1 ? words.one : words.many}`}
      </span>
    </div>
  );
}
