"use client";
import { type ReactNode, useId } from "react";

/** A line of the dialog: a name, a control, and a sentence about it. */
export function Line({
  title,
  says,
  children,
}: {
  title: string;
  says?: ReactNode;
  children(ids: { id: string; says: string }): ReactNode;
}) {
  const id = useId();
  return (
    <div className="grid gap-1">
      <div className="flex min-h-10 flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <label htmlFor={id} className="text-sm">
          {title}
        </label>
        {children({ id, says: `${id}-says` })}
      </div>
      {says && (
        <p id={`${id}-says`} className="text-soft text-xs leading-5">
          {says}
        </p>
      )}
    </div>
  );
}

export const FIELD = "min-h-9 rounded-lg border border-line bg-well px-2.5 text-sm";

/** Yes or no. */
export function Switch({
  id,
  says,
  on,
  onChange,
}: {
  id: string;
  says: string;
  on: boolean;
  onChange(on: boolean): void;
}) {
  return (
    <input
      id={id}
      type="checkbox"
      aria-describedby={says}
      checked={on}
      onChange={(event) => onChange(event.target.checked)}
      className="size-5 accent-brand"
    />
  );
}
