"use client";
import { Braces, Plus, Unlink } from "lucide-react";
import { addInput, newKey } from "#lib/client/editor/edit/inputs.ts";
import { type Binding, inputFor, inputsFitting, unboundValue } from "#lib/client/editor/fields/bindings.ts";
import type { Field } from "#lib/client/editor/fields/control.ts";
import { say, seal, setView } from "#lib/client/editor/store.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";
import type { Graph } from "#lib/protocol/graph.ts";
import { type SetValue, SMALL } from "./controls/control-props.ts";

/** Which input of the graph shall decide a setting: one that fits, or a new one that starts with what the setting says now. */
export function BindChoices({
  field,
  value,
  onBind,
  onClose,
}: {
  field: Field;
  value: unknown;
  onBind: SetValue;
  onClose(): void;
}) {
  const editor = useEditor();
  const inputs = useEditorState(({ document }) => document.inputs);
  const bind = (key: string, first?: (graph: Graph) => Graph) => {
    onBind({ $input: key } satisfies Binding, first);
    seal(editor);
    say(editor, `${field.title} is bound to the input ${key}`);
    onClose();
  };
  const bindNew = () => {
    const input = inputFor(field, value, newKey(editor.getState().document.inputs, field.title));
    if (input) bind(input.key, (graph) => addInput(graph, input));
  };
  return (
    <fieldset
      aria-label={`Inputs for ${field.title}`}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onClose();
      }}
      className="flex flex-wrap gap-1 rounded-lg border border-line bg-well p-1.5"
    >
      {inputsFitting(field.control, inputs).map(({ key, title }) => (
        <button key={key} type="button" onClick={() => bind(key)} className={SMALL}>
          {title || key}
        </button>
      ))}
      <button type="button" onClick={bindNew} className={SMALL}>
        <Plus aria-hidden="true" className="size-3.5" />
        New input
      </button>
    </fieldset>
  );
}

/** The input that decides a setting, with the way to let go of it. */
export function BoundChip({
  id,
  field,
  binding,
  onChange,
}: {
  id: string;
  field: Field;
  binding: Binding;
  onChange: SetValue;
}) {
  const editor = useEditor();
  const input = useEditorState(({ document }) => document.inputs.find(({ key }) => key === binding.$input));
  return (
    <div className="flex items-center gap-1.5 rounded-lg border border-line bg-well py-1 pr-1 pl-2">
      <button
        id={id}
        type="button"
        title="Show the inputs"
        onClick={() => setView(editor, { panel: "inputs" })}
        className="flex min-w-0 flex-1 items-center gap-1.5 text-left text-sm"
      >
        <Braces aria-hidden="true" className="size-3.5 shrink-0 text-brand" />
        <span className="truncate font-medium">{input?.title || binding.$input}</span>
        {input && <span className="truncate text-soft text-xs">{shownValue(input.default)}</span>}
      </button>
      <button
        type="button"
        onClick={() => {
          onChange(unboundValue(field, input));
          seal(editor);
        }}
        className={SMALL}
        aria-label={`Unbind ${field.title}`}
      >
        <Unlink aria-hidden="true" className="size-3.5" />
        Unbind
      </button>
    </div>
  );
}

const shownValue = (value: unknown): string =>
  value === undefined || value === "" ? "no default" : typeof value === "object" ? "" : String(value);
