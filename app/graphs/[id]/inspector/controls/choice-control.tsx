"use client";
import { useRefusals } from "../field-place.ts";
import type { ControlProps } from "./control-props.ts";
import { BOX } from "./control-props.ts";

/** One of a few words: side by side where they fit, else a list. What cannot be chosen stays in sight and says why. */
export function ChoiceControl({
  id,
  field,
  control,
  path,
  value,
  onChange,
  onDone,
  describedBy,
  wrong,
  disabled,
}: ControlProps<"choice">) {
  const refusals = useRefusals(path, control.options);
  const now = value ?? field.fallback;
  const choose = (option: string | undefined) => {
    onChange(option);
    onDone();
  };
  const known = typeof now === "string" && control.options.includes(now);
  const segments = control.segmented && (known || now === undefined);
  // In a list every option says its reason itself.
  const reasons = segments
    ? [...new Set(Object.entries(refusals).flatMap(([option, why]) => (option === now ? [] : [why])))]
    : [];
  return (
    <div className="flex flex-col gap-1">
      {segments ? (
        <div
          role="radiogroup"
          id={id}
          aria-labelledby={`${id}-label`}
          aria-describedby={describedBy}
          className="flex rounded-lg border border-line bg-well p-0.5"
        >
          {control.options.map((option) => (
            <label
              key={option}
              title={refusals[option]}
              className="min-w-0 flex-1 cursor-pointer truncate rounded-md px-1.5 py-1 text-center text-soft text-xs has-checked:bg-ink/12 has-checked:font-medium has-checked:text-ink has-disabled:cursor-not-allowed has-disabled:line-through has-disabled:opacity-60 has-focus-visible:outline-2 has-focus-visible:outline-brand pointer-coarse:py-2.5"
            >
              <input
                type="radio"
                name={id}
                className="sr-only"
                checked={now === option}
                disabled={disabled !== undefined || (option in refusals && now !== option)}
                onChange={() => choose(option)}
              />
              {option}
            </label>
          ))}
        </div>
      ) : (
        <select
          id={id}
          value={typeof value === "string" ? value : ""}
          disabled={disabled !== undefined && value === undefined}
          aria-invalid={wrong || undefined}
          aria-describedby={describedBy}
          onChange={(event) => choose(event.target.value === "" ? undefined : event.target.value)}
          className={BOX}
        >
          <option value="">{typeof field.fallback === "string" ? `${field.fallback} (default)` : "Not set"}</option>
          {!known && typeof value === "string" && <option value={value}>{value}</option>}
          {control.options
            .filter((option) => option !== field.fallback || value === option)
            .map((option) => (
              <option
                key={option}
                value={option}
                title={refusals[option]}
                disabled={option in refusals && now !== option}
              >
                {option in refusals && option !== now ? `${option} · ${refusals[option]}` : option}
              </option>
            ))}
        </select>
      )}
      {!disabled &&
        reasons.map((reason) => (
          <p key={reason} className="text-soft text-xs">
            {reason}
          </p>
        ))}
    </div>
  );
}

/** Some of a few words. */
export function ChoicesControl({ id, control, field, value, onChange, onDone, describedBy }: ControlProps<"choices">) {
  const chosen = listOf(value ?? field.fallback);
  const strange = chosen.filter((one) => !control.options.includes(one));
  return (
    <fieldset id={id} aria-labelledby={`${id}-label`} aria-describedby={describedBy} className="flex flex-wrap gap-1">
      {[...control.options, ...strange].map((option) => (
        <label
          key={option}
          className="cursor-pointer rounded-full border border-line px-2.5 py-1 text-soft text-xs hover:bg-ink/8 has-checked:border-brand has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-brand pointer-coarse:py-2"
        >
          <input
            type="checkbox"
            className="sr-only"
            checked={chosen.includes(option)}
            onChange={(event) => {
              const next = event.target.checked ? [...chosen, option] : chosen.filter((one) => one !== option);
              onChange(next.length === 0 ? undefined : next);
              onDone();
            }}
          />
          {option}
        </label>
      ))}
    </fieldset>
  );
}

const listOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : value === undefined ? [] : [value]).filter((one) => typeof one === "string");
