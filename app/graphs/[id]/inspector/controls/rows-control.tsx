"use client";
import { ArrowDown, ArrowUp, Plus, X } from "lucide-react";
import { type ControlProps, MINI, SMALL } from "./control-props.ts";

/** A list of groups of settings: rows are added, removed and moved. */
export function RowsControl({
  id,
  field,
  control,
  path,
  value,
  onChange,
  onDone,
  describedBy,
  Part,
}: ControlProps<"rows">) {
  const rows = Array.isArray(value) ? (value as unknown[]) : [];
  const put = (next: unknown[], first?: Parameters<typeof onChange>[1]) =>
    onChange(next.length === 0 ? undefined : next, first);
  const settle = (next: unknown[]) => {
    put(next);
    onDone();
  };
  const swap = (a: number, b: number) => settle(rows.with(a, rows[b]).with(b, rows[a]));
  return (
    <div className="flex flex-col gap-2">
      {rows.map((row, index) => (
        <Part
          key={index}
          field={{ ...control.item, title: `${index + 1}`, help: undefined }}
          path={`${path}.${index}`}
          value={row}
          onChange={(next, first) => put(next === undefined ? rows.toSpliced(index, 1) : rows.with(index, next), first)}
          onDone={onDone}
          aside={
            <>
              <button
                type="button"
                disabled={index === 0}
                aria-label={`Move row ${index + 1} up`}
                onClick={() => swap(index, index - 1)}
                className={MINI}
              >
                <ArrowUp aria-hidden="true" className="size-3.5" />
              </button>
              <button
                type="button"
                disabled={index === rows.length - 1}
                aria-label={`Move row ${index + 1} down`}
                onClick={() => swap(index, index + 1)}
                className={MINI}
              >
                <ArrowDown aria-hidden="true" className="size-3.5" />
              </button>
              <button
                type="button"
                aria-label={`Remove row ${index + 1}`}
                onClick={() => settle(rows.toSpliced(index, 1))}
                className={MINI}
              >
                <X aria-hidden="true" className="size-3.5" />
              </button>
            </>
          }
        />
      ))}
      <button
        id={id}
        type="button"
        aria-describedby={describedBy}
        disabled={control.max !== undefined && rows.length >= control.max}
        onClick={() => settle([...rows, structuredClone(control.seed)])}
        className={`${SMALL} w-fit`}
      >
        <Plus aria-hidden="true" className="size-3.5" />
        {`Add to ${field.title.toLowerCase()}`}
      </button>
    </div>
  );
}
