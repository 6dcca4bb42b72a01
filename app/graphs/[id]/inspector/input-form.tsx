"use client";
import { useState } from "react";
import { changeInput, renameInput } from "#lib/client/editor/edit/inputs.ts";
import { INPUT_TYPE_TITLES, optionsOf, withType } from "#lib/client/editor/fields/input-field.ts";
import { lateNames } from "#lib/client/editor/fields/node-fields.ts";
import { readNumber } from "#lib/client/editor/fields/number-steps.ts";
import { change, seal } from "#lib/client/editor/store.ts";
import { useEditor } from "#lib/client/editor/use-editor.ts";
import { GraphInput, INPUT_TYPES } from "#lib/protocol/graph.ts";
import { BOX } from "./controls/control-props.ts";

const LABEL = "flex flex-col gap-1 text-soft text-xs *:text-ink";

/** What an input is: key, title, type, and what its values may be. */
export function InputForm({ input, onRenamed }: { input: GraphInput; onRenamed(key: string): void }) {
  const editor = useEditor();
  const { key } = input;
  const set = (part: Partial<GraphInput>, what: string) =>
    change(editor, `Change ${what} of ${input.title || key}`, (graph) => changeInput(graph, key, part), {
      merge: `input-${what}:${key}`,
    });
  const done = () => seal(editor);
  return (
    <div className="grid grid-cols-2 gap-2 rounded-md bg-well p-2">
      <label className={LABEL}>
        Title
        <input
          type="text"
          value={input.title ?? ""}
          onChange={({ target }) => set({ title: target.value || undefined }, "title")}
          onBlur={done}
          className={BOX}
        />
      </label>
      <KeyField key={key} input={input} onRenamed={onRenamed} />
      <label className={LABEL}>
        Type
        <select
          value={input.type}
          onChange={({ target }) => set(withType(input, target.value as GraphInput["type"]), "type")}
          onBlur={done}
          className={BOX}
        >
          {INPUT_TYPES.map((type) => (
            <option key={type} value={type}>
              {INPUT_TYPE_TITLES[type]}
            </option>
          ))}
        </select>
      </label>
      <div className="flex flex-col justify-end gap-1 text-xs">
        <label className="flex items-center gap-1.5">
          <input
            type="checkbox"
            checked={input.required}
            onChange={({ target }) => set({ required: target.checked }, "required")}
            className="accent-brand"
          />
          Required
        </label>
        {input.type === "image" && (
          <label className="flex items-center gap-1.5">
            <input
              type="checkbox"
              checked={input.many === true}
              onChange={({ target }) => set({ many: target.checked || undefined }, "many")}
              className="accent-brand"
            />
            Several pictures
          </label>
        )}
      </div>
      {input.type === "number" && (
        <>
          <Bound title="At least" value={input.min} onChange={(min) => set({ min }, "min")} onDone={done} />
          <Bound title="At most" value={input.max} onChange={(max) => set({ max }, "max")} onDone={done} />
        </>
      )}
      {input.type === "choice" && (
        <label className={`${LABEL} col-span-2`}>
          Options, one a line
          <textarea
            rows={3}
            value={optionsOf(input).join("\n")}
            onChange={({ target }) => set({ options: target.value.split("\n") }, "options")}
            onBlur={({ target }) => {
              set(
                { options: [...new Set(target.value.split("\n").map((line) => line.trim()))].filter(Boolean) },
                "options",
              );
              done();
            }}
            className={`${BOX} field-sizing-content`}
          />
        </label>
      )}
      <label className={`${LABEL} col-span-2`}>
        Help for the form
        <input
          type="text"
          value={input.description ?? ""}
          onChange={({ target }) => set({ description: target.value || undefined }, "help")}
          onBlur={done}
          className={BOX}
        />
      </label>
    </div>
  );
}

/** The key is taken over when the field is left: every text and binding that names it follows in the same step. */
function KeyField({ input, onRenamed }: { input: GraphInput; onRenamed(key: string): void }) {
  const editor = useEditor();
  const [draft, setDraft] = useState(input.key);
  const [fault, setFault] = useState<string>();
  const rename = () => {
    const to = draft.trim();
    if (to === input.key) return setFault(undefined);
    const read = GraphInput.shape.key.safeParse(to);
    if (!read.success) return setFault("A key starts with a letter and holds letters, digits, _ and -.");
    const renamed = change(
      editor,
      `Rename the input ${input.key} to ${to}`,
      (graph) => renameInput(graph, input.key, to, lateNames(editor.around.registry)),
      { say: `Input ${input.key} is now ${to}, everywhere` },
    );
    if (!renamed) return setFault("Another input has this key.");
    onRenamed(to);
  };
  return (
    <label className={LABEL}>
      Key
      <input
        type="text"
        spellCheck={false}
        value={draft}
        aria-invalid={fault !== undefined || undefined}
        onChange={({ target }) => setDraft(target.value)}
        onBlur={rename}
        onKeyDown={(event) => {
          if (event.key === "Enter") event.currentTarget.blur();
        }}
        className={`${BOX} font-mono text-xs`}
      />
      {fault && <span className="text-fail!">{fault}</span>}
    </label>
  );
}

function Bound({
  title,
  value,
  onChange,
  onDone,
}: {
  title: string;
  value: number | undefined;
  onChange(value: number | undefined): void;
  onDone(): void;
}) {
  const [draft, setDraft] = useState<string>();
  return (
    <label className={LABEL}>
      {title}
      <input
        type="text"
        inputMode="decimal"
        value={draft ?? (value === undefined ? "" : String(value))}
        onChange={({ target }) => {
          setDraft(target.value);
          const read = readNumber(target.value);
          if (read !== undefined || target.value.trim() === "") onChange(read);
        }}
        onBlur={() => {
          setDraft(undefined);
          onDone();
        }}
        className={`${BOX} tabular-nums`}
      />
    </label>
  );
}
