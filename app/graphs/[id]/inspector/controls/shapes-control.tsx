"use client";
import type { ControlProps } from "./control-props.ts";

/** One of several groups of settings, chosen by a tab. */
export function ShapesControl({ id, field, control, path, value, onChange, onDone, Part }: ControlProps<"shapes">) {
  const now = (value ?? field.fallback ?? {}) as Record<string, unknown>;
  const open = control.shapes.find((shape) => shape.value === now[control.key]) ?? control.shapes[0];
  if (!open) return null;
  return (
    <div className="flex flex-col gap-1 rounded-lg border border-line p-2">
      <div role="tablist" aria-labelledby={`${id}-label`} className="flex flex-wrap gap-0.5">
        {control.shapes.map((shape) => (
          <button
            key={shape.value}
            id={shape === open ? id : undefined}
            type="button"
            role="tab"
            aria-selected={shape === open}
            onClick={() => {
              onChange({ ...(shape.seed as object), [control.key]: shape.value });
              onDone();
            }}
            className="rounded-md px-2 py-1 text-soft text-xs hover:bg-ink/8 aria-selected:bg-ink/12 aria-selected:font-medium aria-selected:text-ink"
          >
            {shape.title}
          </button>
        ))}
      </div>
      <div role="tabpanel" aria-label={open.title} className="flex flex-col gap-1">
        {open.fields.map((part) => (
          <Part
            key={`${open.value}.${part.name}`}
            field={part}
            path={`${path}.${part.name}`}
            value={now[part.name]}
            onChange={(next, first) => {
              const { [part.name]: _, ...rest } = { ...now, [control.key]: open.value };
              onChange(next === undefined ? rest : { ...rest, [part.name]: next }, first);
            }}
            onDone={onDone}
          />
        ))}
      </div>
    </div>
  );
}
