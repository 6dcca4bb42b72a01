"use client";
import type { AriaAttributes } from "react";
import type { GraphInput } from "#lib/protocol/graph.ts";
import { BOX } from "./field-look.ts";

/** A few options stand side by side; more are a list. */
export function ChoiceField({
  input,
  value,
  onChange,
  id,
  labelledBy,
  ...aria
}: AriaAttributes & {
  id: string;
  labelledBy?: string;
  input: GraphInput;
  value: string;
  onChange(value: string): void;
}) {
  const options = (input.options ?? []).map((option) =>
    typeof option === "string"
      ? { value: option, title: option }
      : { value: option.value, title: option.title ?? option.value },
  );
  if (options.length > 4)
    return (
      <select id={id} {...aria} value={value} onChange={({ target }) => onChange(target.value)} className={BOX}>
        {value === "" && <option value="">Choose …</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.title}
          </option>
        ))}
      </select>
    );
  return (
    <div id={id} role="radiogroup" aria-labelledby={labelledBy} {...aria} className="flex flex-wrap gap-1.5">
      {options.map((option) => (
        <label
          key={option.value}
          className="relative flex min-h-11 grow cursor-pointer items-center justify-center rounded-lg border border-line bg-well px-3 text-sm transition has-checked:border-brand has-checked:bg-brand/10 has-checked:font-medium has-focus-visible:outline-2 has-focus-visible:outline-brand has-focus-visible:outline-offset-2 hover:border-soft sm:min-h-10"
        >
          <input
            type="radio"
            name={id}
            value={option.value}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
            className="sr-only"
          />
          {option.title}
        </label>
      ))}
    </div>
  );
}
