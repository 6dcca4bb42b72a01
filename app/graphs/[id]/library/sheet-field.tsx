"use client";
import { BOX, type ControlProps } from "../inspector/controls/control-props.ts";

/** A sheet by its name. */
export function SheetField({ id, value, onChange, onDone, describedBy, wrong }: ControlProps<"sheet">) {
  return (
    <input
      id={id}
      type="text"
      value={typeof value === "string" ? value : ""}
      aria-describedby={describedBy}
      aria-invalid={wrong}
      onChange={({ target }) => onChange(target.value || undefined)}
      onBlur={onDone}
      className={BOX}
    />
  );
}
