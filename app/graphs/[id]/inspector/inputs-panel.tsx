"use client";
import { Plus } from "lucide-react";
import { useState } from "react";
import { addInput, newKey } from "#lib/client/editor/edit/inputs.ts";
import { INPUT_TYPE_TITLES } from "#lib/client/editor/fields/input-field.ts";
import { change } from "#lib/client/editor/store.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";
import { type GraphInput, INPUT_TYPES } from "#lib/protocol/graph.ts";
import { SMALL } from "./controls/control-props.ts";
import { InputCard } from "./input-card.tsx";

/** The graph's inputs: what changes from run to run, and what its form asks for. */
export function InputsPanel() {
  const editor = useEditor();
  const keys = useEditorState(({ document }) => document.inputs.map(({ key }) => key).join(" "));
  const [open, setOpen] = useState<string>();
  const list = keys === "" ? [] : keys.split(" ");
  const add = (type: GraphInput["type"]) => {
    const key = newKey(editor.getState().document.inputs, INPUT_TYPE_TITLES[type]);
    const input: GraphInput = {
      key,
      title: INPUT_TYPE_TITLES[type],
      type,
      required: false,
      ...(type === "choice" ? { options: ["first", "second"] } : {}),
    };
    change(editor, "Add an input", (graph) => addInput(graph, input), { say: `Input ${key} added` });
    setOpen(key);
  };
  return (
    <div className="flex flex-col gap-2 p-3">
      {list.length === 0 && (
        <p className="text-soft text-xs leading-relaxed">
          An input is what changes from run to run: a product, a colour, a picture. Write{" "}
          <code className="rounded bg-ink/8 px-1 font-mono">{"{{key}}"}</code> in any text, or bind a setting to it.
        </p>
      )}
      <ul className="flex flex-col gap-2">
        {list.map((key, index) => (
          <InputCard
            key={key}
            inputKey={key}
            first={index === 0}
            last={index === list.length - 1}
            open={open === key}
            onOpen={(next) => setOpen(next)}
          />
        ))}
      </ul>
      <fieldset aria-label="Add an input" className="flex flex-wrap gap-1">
        {INPUT_TYPES.map((type) => (
          <button key={type} type="button" onClick={() => add(type)} className={SMALL}>
            <Plus aria-hidden="true" className="size-3" />
            {INPUT_TYPE_TITLES[type]}
          </button>
        ))}
      </fieldset>
    </div>
  );
}
