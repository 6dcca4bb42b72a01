"use client";
import { ArrowDown, ArrowUp, ChevronRight, Trash2 } from "lucide-react";
import { useMemo } from "react";
import { changeInput, moveInput, removeInput, usesOfInput } from "#lib/client/editor/edit/inputs.ts";
import { fieldOfInput, INPUT_TYPE_TITLES, keptDefault, shownDefault } from "#lib/client/editor/fields/input-field.ts";
import { lateNames } from "#lib/client/editor/fields/node-fields.ts";
import { change, seal, select } from "#lib/client/editor/store.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";
import { count } from "#lib/client/words.ts";
import { MINI } from "./controls/control-props.ts";
import { FieldBox } from "./field-box.tsx";
import { InputForm } from "./input-form.tsx";

/** One input: the value the next run starts with, and behind it what the input is. */
export function InputCard({
  inputKey,
  first,
  last,
  open,
  onOpen,
}: {
  inputKey: string;
  first: boolean;
  last: boolean;
  open: boolean;
  onOpen(key: string | undefined): void;
}) {
  const editor = useEditor();
  const input = useEditorState(({ document }) => document.inputs.find(({ key }) => key === inputKey));
  const field = useMemo(() => input && fieldOfInput(input), [input]);
  const late = useMemo(() => lateNames(editor.around.registry), [editor]);
  const used = useEditorState(({ document }) =>
    [...new Set(usesOfInput(document, inputKey, late).map(({ nodeId }) => nodeId))].join(" "),
  );
  if (!input || !field) return null;
  const users = used === "" ? [] : used.split(" ");
  const name = input.title || input.key;
  const remove = () => {
    change(editor, `Remove the input ${name}`, (graph) => removeInput(graph, inputKey), {
      say:
        users.length === 0
          ? `Input ${name} removed`
          : `Input ${name} removed; ${count(users.length, "node")} still names it`,
    });
  };
  return (
    <li className="flex flex-col gap-1.5 rounded-lg border border-line p-2">
      <div className="flex items-center gap-0.5">
        <button
          type="button"
          aria-expanded={open}
          onClick={() => onOpen(open ? undefined : inputKey)}
          className="flex min-w-0 flex-1 items-center gap-1 rounded-md py-0.5 text-left hover:bg-ink/5"
        >
          <ChevronRight
            aria-hidden="true"
            className={`size-3.5 shrink-0 text-soft transition-transform ${open ? "rotate-90" : ""}`}
          />
          <span className="min-w-0">
            <span className="block truncate font-medium text-xs">
              {name}
              {input.required && <span className="ml-1 font-normal text-soft">required</span>}
            </span>
            <span className="block truncate font-mono text-[11px] text-soft">
              {`{{${input.key}}}`} <span className="font-sans">{INPUT_TYPE_TITLES[input.type]}</span>
            </span>
          </span>
        </button>
        <button
          type="button"
          disabled={first}
          aria-label={`Move ${name} up`}
          onClick={() => change(editor, "Move an input", (graph) => moveInput(graph, inputKey, -1))}
          className={MINI}
        >
          <ArrowUp aria-hidden="true" className="size-3.5" />
        </button>
        <button
          type="button"
          disabled={last}
          aria-label={`Move ${name} down`}
          onClick={() => change(editor, "Move an input", (graph) => moveInput(graph, inputKey, 1))}
          className={MINI}
        >
          <ArrowDown aria-hidden="true" className="size-3.5" />
        </button>
        <button
          type="button"
          aria-label={`Remove ${name}`}
          title={
            users.length === 0 ? "Remove; nothing uses it" : `Remove; ${count(users.length, "node")} would miss it`
          }
          onClick={remove}
          className={MINI}
        >
          <Trash2 aria-hidden="true" className="size-3.5" />
        </button>
      </div>
      <FieldBox
        field={field}
        path={inputKey}
        value={shownDefault(input)}
        onChange={(next) =>
          change(
            editor,
            `Value of ${name}`,
            (graph) => changeInput(graph, inputKey, { default: keptDefault(input, next) }),
            { merge: `input:${inputKey}` },
          )
        }
        onDone={() => seal(editor)}
      />
      {open && <InputForm input={input} onRenamed={onOpen} />}
      <p className="text-soft text-xs">
        {users.length === 0 ? (
          "Not used yet"
        ) : (
          <button
            type="button"
            onClick={() => select(editor, users)}
            className="underline-offset-2 hover:text-ink hover:underline"
          >
            {`Used by ${count(users.length, "node")}`}
          </button>
        )}
      </p>
    </li>
  );
}
