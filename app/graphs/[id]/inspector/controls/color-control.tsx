"use client";
import { Plus, X } from "lucide-react";
import { BOX, type ControlProps, MINI, SMALL } from "./control-props.ts";

/** A colour: picked, or written as hex. */
export function ColorControl({ id, field, value, onChange, onDone, describedBy, wrong }: ControlProps<"color">) {
  const own = typeof value === "string" ? value : undefined;
  const now = own ?? (typeof field.fallback === "string" ? field.fallback : "");
  return (
    <div className="flex items-center gap-1.5">
      <Swatch title={field.title} color={now} onChange={onChange} onDone={onDone} />
      <input
        id={id}
        type="text"
        spellCheck={false}
        value={own ?? ""}
        placeholder={now || "not set"}
        aria-invalid={wrong || undefined}
        aria-describedby={describedBy}
        onChange={(event) => onChange(event.target.value === "" ? undefined : event.target.value)}
        onBlur={onDone}
        className={`${BOX} font-mono text-xs`}
      />
    </div>
  );
}

/** Several colours, in order. */
export function ColorsControl({
  id,
  field,
  control,
  value,
  onChange,
  onDone,
  describedBy,
  wrong,
}: ControlProps<"colors">) {
  const colors = Array.isArray(value) ? value.map(String) : ((field.fallback as string[] | undefined) ?? []);
  const put = (next: string[]) => onChange(next.length === 0 ? undefined : next);
  return (
    <div className="flex flex-col gap-1">
      {colors.map((color, index) => (
        <div key={index} className="flex items-center gap-1.5">
          <Swatch
            title={`${field.title} ${index + 1}`}
            color={color}
            onChange={(next) => put(colors.with(index, next))}
            onDone={onDone}
          />
          <input
            type="text"
            spellCheck={false}
            aria-label={`${field.title} ${index + 1}, hex`}
            aria-invalid={wrong || undefined}
            value={color}
            onChange={(event) => put(colors.with(index, event.target.value))}
            onBlur={onDone}
            className={`${BOX} font-mono text-xs`}
          />
          <button
            type="button"
            aria-label={`Remove ${color}`}
            onClick={() => {
              put(colors.toSpliced(index, 1));
              onDone();
            }}
            className={MINI}
          >
            <X aria-hidden="true" className="size-3.5" />
          </button>
        </div>
      ))}
      <button
        id={id}
        type="button"
        aria-describedby={describedBy}
        disabled={control.max !== undefined && colors.length >= control.max}
        onClick={() => {
          put([...colors, "#808080"]);
          onDone();
        }}
        className={`${SMALL} w-fit`}
      >
        <Plus aria-hidden="true" className="size-3.5" />
        Add a colour
      </button>
    </div>
  );
}

function Swatch({
  title,
  color,
  onChange,
  onDone,
}: {
  title: string;
  color: string;
  onChange(color: string): void;
  onDone(): void;
}) {
  return (
    <span
      className="relative size-8 shrink-0 overflow-hidden rounded-lg border border-line bg-well has-focus-visible:outline-2 has-focus-visible:outline-brand"
      style={{ background: color || undefined }}
    >
      <input
        type="color"
        aria-label={`${title}, pick`}
        value={sixDigits(color)}
        onChange={(event) => onChange(event.target.value)}
        onBlur={onDone}
        className="absolute inset-0 size-full cursor-pointer opacity-0"
      />
    </span>
  );
}

/** What the browser's own picker understands. */
function sixDigits(color: string): string {
  const digits = /^#([0-9a-f]{3,8})$/i.exec(color)?.[1] ?? "";
  if (digits.length === 3 || digits.length === 4) return `#${digits.slice(0, 3).replace(/./g, "$&$&")}`;
  return digits.length >= 6 ? `#${digits.slice(0, 6)}` : "#808080";
}
