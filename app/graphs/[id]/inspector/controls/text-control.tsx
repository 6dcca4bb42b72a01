"use client";
import { useRef, useState } from "react";
import { type Completion, complete, completionAt, knownNames } from "#lib/client/editor/fields/completions.ts";
import { upstreamCount } from "#lib/client/editor/fields/preview.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";
import { usePlace } from "../field-place.ts";
import { BOX, type ControlProps } from "./control-props.ts";

type TextBox = HTMLInputElement | HTMLTextAreaElement;

/** Words, on one line or in a box that grows with them. Two braces offer the names that may stand between them. */
export function TextControl({
  id,
  field,
  control,
  value,
  onChange,
  onDone,
  describedBy,
  wrong,
  disabled,
}: ControlProps<"text">) {
  const editor = useEditor();
  const place = usePlace();
  const inputs = useEditorState(({ document }) => document.inputs);
  const upstream = useEditorState(({ document }) =>
    place === undefined || !field.late.includes("#")
      ? 0
      : upstreamCount({ graph: document, registry: editor.around.registry }, place),
  );
  const box = useRef<TextBox>(null);
  const [open, setOpen] = useState<Completion>();
  const [chosen, setChosen] = useState(0);
  const text = typeof value === "string" ? value : "";
  const fallback = typeof field.fallback === "string" ? field.fallback : "";

  const write = (next: string) => onChange(next === "" && fallback === "" && !field.required ? undefined : next);
  const look = (at: TextBox) => {
    if (place === undefined) return;
    setOpen(completionAt(at.value, at.selectionStart ?? at.value.length, knownNames(inputs, field.late, upstream)));
    setChosen(0);
  };
  const take = (name: string) => {
    if (!open || !box.current) return;
    const done = complete(text, open, name);
    write(done.text);
    setOpen(undefined);
    const element = box.current;
    element.focus();
    requestAnimationFrame(() => element.setSelectionRange(done.caret, done.caret));
  };
  const listId = `${id}-names`;
  const shared = {
    id,
    value: text,
    disabled: disabled !== undefined && value === undefined,
    placeholder: value === undefined ? fallback.slice(0, 300) : undefined,
    maxLength: control.maxLength,
    "aria-invalid": wrong || undefined,
    "aria-describedby": describedBy,
    "aria-autocomplete": "list" as const,
    "aria-controls": open ? listId : undefined,
    "aria-activedescendant": open ? `${listId}-${chosen}` : undefined,
    spellCheck: control.multiline,
    onChange: (event: { currentTarget: TextBox }) => {
      write(event.currentTarget.value);
      look(event.currentTarget);
    },
    onSelect: (event: { currentTarget: TextBox }) => open && look(event.currentTarget),
    onBlur: () => {
      setOpen(undefined);
      onDone();
    },
    onKeyDown: (event: React.KeyboardEvent) => {
      if (!open) return;
      const { length } = open.names;
      if (event.key === "ArrowDown") setChosen((chosen + 1) % length);
      else if (event.key === "ArrowUp") setChosen((chosen + length - 1) % length);
      else if (event.key === "Enter" || event.key === "Tab") take(open.names[chosen]?.name ?? "");
      else if (event.key === "Escape") setOpen(undefined);
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
  };
  return (
    <div className="relative">
      {control.multiline ? (
        <textarea
          {...shared}
          ref={box as React.RefObject<HTMLTextAreaElement | null>}
          rows={2}
          className={`${BOX} field-sizing-content block max-h-96 min-h-9 resize-y leading-relaxed ${control.markdown ? "min-h-40 font-mono text-xs" : ""}`}
        />
      ) : (
        <input {...shared} ref={box as React.RefObject<HTMLInputElement | null>} type="text" className={BOX} />
      )}
      {open && (
        <div
          id={listId}
          role="listbox"
          aria-label="Names"
          className="absolute inset-x-0 top-full z-20 mt-1 max-h-52 overflow-y-auto rounded-lg border border-line bg-surface p-1 shadow-lg"
        >
          {open.names.map(({ name, says }, index) => (
            <div
              key={name}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === chosen}
              onPointerDown={(event) => {
                event.preventDefault();
                take(name);
              }}
              className="flex cursor-pointer items-baseline justify-between gap-2 rounded-md px-2 py-1.5 text-sm hover:bg-ink/8 aria-selected:bg-ink/10"
            >
              <span className="truncate font-mono text-xs">{`{{${name}}}`}</span>
              <span className="truncate text-soft text-xs">{says === name ? "" : says}</span>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
