"use client";
import { useId } from "react";
import { optionsOf } from "#lib/client/editor/fields/input-field.ts";
import type { GraphInput } from "#lib/protocol/graph.ts";
import type { DraftProps } from "./draft-props.ts";

const BOX = "min-h-9 w-44 rounded-md border border-line bg-well px-2.5 text-ink text-sm";

/** Inputs that no column feeds: one value for every row, or what the graph says. */
export function SameForAll({ draft, setDraft, inputs, problems }: DraftProps) {
  const rest = inputs.filter(({ key }) => !draft.mapping.includes(key));
  if (rest.length === 0) return null;
  return (
    <fieldset className="flex flex-wrap items-start gap-x-5 gap-y-2 px-4 pb-3 sm:px-6">
      <legend className="float-left mr-5 py-2 text-soft text-sm">The same in every row</legend>
      {rest.map((input) => (
        <Field
          key={input.key}
          input={input}
          text={draft.same[input.key] ?? ""}
          problem={problems.inputs.get(input.key)}
          set={(text) => setDraft({ ...draft, same: { ...draft.same, [input.key]: text } })}
        />
      ))}
    </fieldset>
  );
}

function Field(props: { input: GraphInput; text: string; problem?: string; set(text: string): void }) {
  const { input, text, problem } = props;
  const id = useId();
  const options = input.type === "choice" ? optionsOf(input) : input.type === "boolean" ? ["yes", "no"] : undefined;
  const standing = input.default === undefined || typeof input.default === "object" ? "" : String(input.default);
  return (
    <div className="flex flex-col gap-0.5 text-sm">
      <div className="flex items-center gap-2">
        <label htmlFor={id} className="text-soft">
          {input.title ?? input.key}
        </label>
        {options ? (
          <select id={id} value={text} onChange={({ target }) => props.set(target.value)} className={BOX}>
            <option value="">{standing ? `as in the graph: ${standing}` : "as in the graph"}</option>
            {options.map((option) => (
              <option key={option}>{option}</option>
            ))}
          </select>
        ) : (
          <input
            id={id}
            type="text"
            value={text}
            placeholder={standing || (input.required ? "needed" : "as in the graph")}
            aria-invalid={problem !== undefined}
            onChange={({ target }) => props.set(target.value)}
            className={BOX}
          />
        )}
      </div>
      {problem && <span className="max-w-80 text-fail text-xs">{problem}</span>}
    </div>
  );
}
