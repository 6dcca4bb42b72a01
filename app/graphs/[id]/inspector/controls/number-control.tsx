"use client";
import { ChevronsLeftRight } from "lucide-react";
import { useRef, useState } from "react";
import { readNumber, stepped } from "#lib/client/editor/fields/number-steps.ts";
import type { ControlProps } from "./control-props.ts";

/** Pixels of a drag for one step. */
const DRAG = 4;

/** A number: typed, stepped with the arrow keys (Shift ×10, Alt ÷10) or dragged by its grip. */
export function NumberControl({
  id,
  field,
  control,
  value,
  onChange,
  onDone,
  describedBy,
  wrong,
  disabled,
}: ControlProps<"number">) {
  const [draft, setDraft] = useState<string>();
  const drag = useRef<{ x: number; from: number }>(undefined);
  const own = typeof value === "number" ? value : undefined;
  const fallback = typeof field.fallback === "number" ? field.fallback : undefined;
  const now = own ?? fallback;
  const off = disabled !== undefined && value === undefined;
  const step = (by: number) => {
    setDraft(undefined);
    onChange(stepped(control, now, by));
  };
  return (
    <div className="flex items-center gap-2">
      {control.slider && (
        <input
          type="range"
          aria-label={`${field.title}, by hand`}
          tabIndex={-1}
          min={control.min}
          max={control.max}
          step={control.step}
          value={now ?? control.min}
          disabled={off}
          onChange={(event) => {
            setDraft(undefined);
            onChange(stepped({ ...control, step: 0 }, Number(event.target.value), 0));
          }}
          onPointerUp={onDone}
          onBlur={onDone}
          className="h-7 min-w-0 flex-1 accent-soft"
        />
      )}
      <div
        className={`flex items-center overflow-hidden rounded-lg border bg-well focus-within:border-ink/40 ${wrong ? "border-fail" : "border-line"} ${control.slider ? "w-20 shrink-0" : "w-full"}`}
      >
        <span
          aria-hidden="true"
          title="Drag to change"
          onPointerDown={(event) => {
            if (off) return;
            event.currentTarget.setPointerCapture(event.pointerId);
            drag.current = { x: event.clientX, from: now ?? control.min ?? 0 };
          }}
          onPointerMove={(event) => {
            if (!drag.current) return;
            const steps = Math.round((event.clientX - drag.current.x) / DRAG);
            setDraft(undefined);
            onChange(stepped(control, drag.current.from, steps * (event.shiftKey ? 10 : 1)));
          }}
          onPointerUp={() => {
            drag.current = undefined;
            onDone();
          }}
          className="grid cursor-ew-resize touch-none place-items-center self-stretch px-1.5 text-soft hover:bg-ink/8 hover:text-ink"
        >
          <ChevronsLeftRight className="size-3" />
        </span>
        <input
          id={id}
          type="text"
          inputMode={control.integer ? "numeric" : "decimal"}
          role="spinbutton"
          aria-valuenow={now}
          aria-valuemin={control.min}
          aria-valuemax={control.max}
          aria-valuetext={now === undefined ? "not set" : `${now}${control.unit ? ` ${control.unit}` : ""}`}
          aria-invalid={wrong || undefined}
          aria-describedby={describedBy}
          autoComplete="off"
          disabled={off}
          placeholder={fallback === undefined ? "not set" : String(fallback)}
          value={draft ?? (own === undefined ? "" : String(own))}
          onChange={(event) => {
            const text = event.target.value;
            setDraft(text);
            const read = readNumber(text);
            if (read !== undefined) onChange(read);
            else if (text.trim() === "" && !field.required) onChange(undefined);
          }}
          onBlur={() => {
            setDraft(undefined);
            onDone();
          }}
          onKeyDown={(event) => {
            const up = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
            if (up === 0) return;
            event.preventDefault();
            step(up * (event.shiftKey ? 10 : event.altKey && !control.integer ? 0.1 : 1));
          }}
          className="w-full min-w-0 bg-transparent py-1.5 pr-1 text-sm tabular-nums outline-none placeholder:text-soft"
        />
        {control.unit && <span className="shrink-0 pr-2 text-soft text-xs">{control.unit}</span>}
      </div>
    </div>
  );
}
