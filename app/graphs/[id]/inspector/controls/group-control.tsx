"use client";
import { type ControlProps, SMALL } from "./control-props.ts";

const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Settings that belong together. One that may be left out is switched on first. */
export function GroupControl({ id, field, control, path, value, onChange, onDone, Part }: ControlProps<"group">) {
  if (value === undefined && control.optional)
    return (
      <button
        id={id}
        type="button"
        onClick={() => {
          onChange(structuredClone(control.seed));
          onDone();
        }}
        className={`${SMALL} w-fit`}
      >
        Set
      </button>
    );
  const group = isGroup(value) ? value : {};
  return (
    <fieldset id={id} aria-label={field.title} className="flex flex-col gap-1 rounded-lg border border-line p-2">
      {control.fields.map((part) => (
        <Part
          key={part.name}
          field={part}
          path={`${path}.${part.name}`}
          value={group[part.name]}
          onChange={(next, first) => {
            const { [part.name]: _, ...rest } = group;
            const whole = next === undefined ? rest : { ...group, [part.name]: next };
            onChange(
              Object.keys(whole).length === 0 && !control.optional && !field.required ? undefined : whole,
              first,
            );
          }}
          onDone={onDone}
        />
      ))}
    </fieldset>
  );
}
