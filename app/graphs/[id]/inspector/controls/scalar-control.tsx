"use client";
import { readNumber } from "#lib/client/editor/fields/number-steps.ts";
import { BOX, type ControlProps } from "./control-props.ts";

const KINDS = [
  { type: "string", title: "Text", empty: "" },
  { type: "number", title: "Number", empty: 0 },
  { type: "boolean", title: "Yes / no", empty: true },
] as const;

/** A text, a number or yes/no: which one is chosen first, so that "10" and 10 are never mixed up. */
export function ScalarControl({ id, field, value, onChange, onDone, describedBy, wrong }: ControlProps<"scalar">) {
  const now = value ?? field.fallback ?? "";
  return (
    <div className="flex gap-1.5">
      <select
        aria-label={`${field.title}, kind`}
        value={typeof now}
        onChange={({ target }) => {
          const kind = KINDS.find(({ type }) => type === target.value);
          onChange(
            kind?.type === "string"
              ? String(now)
              : kind?.type === "number"
                ? (readNumber(String(now)) ?? 0)
                : kind?.empty,
          );
          onDone();
        }}
        className={`${BOX} w-28 shrink-0`}
      >
        {KINDS.map(({ type, title }) => (
          <option key={type} value={type}>
            {title}
          </option>
        ))}
      </select>
      {typeof now === "boolean" ? (
        <select
          id={id}
          value={String(now)}
          aria-describedby={describedBy}
          onChange={({ target }) => onChange(target.value === "true")}
          onBlur={onDone}
          className={BOX}
        >
          <option value="true">Yes</option>
          <option value="false">No</option>
        </select>
      ) : (
        <input
          id={id}
          type={typeof now === "number" ? "number" : "text"}
          step="any"
          value={String(now)}
          aria-invalid={wrong || undefined}
          aria-describedby={describedBy}
          onChange={({ target }) => onChange(typeof now === "number" ? Number(target.value) : target.value)}
          onBlur={onDone}
          className={BOX}
        />
      )}
    </div>
  );
}
