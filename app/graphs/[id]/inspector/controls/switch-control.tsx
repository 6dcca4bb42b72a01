"use client";
import type { ControlProps } from "./control-props.ts";

/** Yes or no. */
export function SwitchControl({ id, field, value, onChange, onDone, describedBy, disabled }: ControlProps<"switch">) {
  const on = value === undefined ? field.fallback === true : value === true;
  return (
    <button
      id={id}
      type="button"
      role="switch"
      aria-checked={on}
      aria-labelledby={`${id}-label`}
      aria-describedby={describedBy}
      disabled={disabled !== undefined}
      onClick={() => {
        onChange(!on);
        onDone();
      }}
      className="group/switch ml-auto flex w-fit flex-row-reverse items-center gap-2 text-sm disabled:opacity-60"
    >
      <span className="relative h-5 w-9 rounded-full border border-line bg-well transition-colors group-aria-checked/switch:border-transparent group-aria-checked/switch:bg-brand">
        <span className="absolute top-0.5 left-0.5 size-3.5 rounded-full bg-soft transition-transform group-aria-checked/switch:translate-x-4 group-aria-checked/switch:bg-on-brand" />
      </span>
      <span className="text-soft text-xs">{on ? "On" : "Off"}</span>
    </button>
  );
}
