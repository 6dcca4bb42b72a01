"use client";
import type { LucideIcon } from "lucide-react";
import type { ButtonHTMLAttributes, ReactNode } from "react";
import { useId } from "react";

/** A button of a dialog's header. */
export function BarButton({
  first = false,
  className = "",
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { first?: boolean }) {
  return (
    <button
      type="button"
      {...rest}
      className={`inline-flex min-h-9 items-center gap-1.5 rounded-lg px-3 font-medium text-sm disabled:opacity-45 ${
        first ? "bg-brand text-on-brand enabled:hover:brightness-110" : "border border-line enabled:hover:bg-ink/8"
      } ${className}`}
    />
  );
}

/** A tool: an icon with a name, pressed while it is in hand. `hint` is its key. */
export function ToolButton({
  Icon,
  name,
  hint,
  pressed,
  ...rest
}: Omit<ButtonHTMLAttributes<HTMLButtonElement>, "name"> & {
  Icon: LucideIcon;
  name: string;
  hint?: string;
  pressed?: boolean;
}) {
  return (
    <button
      type="button"
      aria-label={name}
      title={hint ? `${name} (${hint})` : name}
      {...(pressed === undefined ? {} : { "aria-pressed": pressed })}
      {...rest}
      className="grid size-10 flex-none place-items-center rounded-lg text-soft enabled:hover:bg-ink/8 enabled:hover:text-ink disabled:opacity-35 aria-pressed:bg-ink/12 aria-pressed:text-ink"
    >
      <Icon aria-hidden="true" className="size-4.5" />
    </button>
  );
}

/** A number that is dragged; `curve` above 1 gives small values more room. */
export function Slider({
  label,
  value,
  min,
  max,
  unit = "",
  curve = 1,
  onChange,
  onDone,
}: {
  label: string;
  value: number;
  min: number;
  max: number;
  unit?: string;
  curve?: number;
  onChange(value: number): void;
  onDone?(): void;
}) {
  const id = useId();
  const place = max > min ? ((Math.min(max, Math.max(min, value)) - min) / (max - min)) ** (1 / curve) : 0;
  return (
    <div className="grid grid-cols-[1fr_auto] gap-x-3 text-xs">
      <label htmlFor={id} className="text-soft">
        {label}
      </label>
      <output htmlFor={id} className="tabular-nums">
        {value}
        {unit}
      </output>
      <input
        id={id}
        type="range"
        min={0}
        max={1000}
        step={1}
        value={Math.round(place * 1000)}
        aria-valuetext={`${value}${unit}`}
        onChange={(event) => onChange(Math.round(min + (Number(event.target.value) / 1000) ** curve * (max - min)))}
        onKeyDown={(event) => {
          const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
          if (by === undefined) return;
          event.preventDefault();
          onChange(Math.min(max, Math.max(min, value + by)));
        }}
        onPointerUp={onDone}
        onBlur={onDone}
        className="col-span-2 h-7 w-full accent-brand"
      />
    </div>
  );
}

/** A choice that is on or off. */
export function Toggle({
  label,
  on,
  onChange,
  hint,
}: {
  label: string;
  on: boolean;
  onChange(on: boolean): void;
  hint?: string;
}) {
  return (
    <label className="flex min-h-8 items-center justify-between gap-3 text-xs">
      <span className="text-soft">
        {label}
        {hint && <kbd className="ml-1.5 font-sans text-[0.7rem] text-soft/80">{hint}</kbd>}
      </span>
      <input
        type="checkbox"
        checked={on}
        onChange={(event) => onChange(event.target.checked)}
        className="size-4.5 accent-brand"
      />
    </label>
  );
}

/** Colours to draw with. */
export function Swatches({
  label,
  colors,
  value,
  onChange,
}: {
  label: string;
  colors: readonly { name: string; hex: string }[];
  value: string;
  onChange(hex: string): void;
}) {
  return (
    <fieldset className="text-xs">
      <legend className="pb-1.5 text-soft">{label}</legend>
      <div className="flex flex-wrap gap-1.5">
        {colors.map(({ name, hex }) => (
          <button
            key={hex}
            type="button"
            aria-label={name}
            title={name}
            aria-pressed={hex === value}
            onClick={() => onChange(hex)}
            style={{ background: hex }}
            className="size-8 rounded-full border-2 border-surface ring-1 ring-line aria-pressed:ring-2 aria-pressed:ring-ink"
          />
        ))}
      </div>
    </fieldset>
  );
}

/** Beside the stage on a wide screen, below it on a narrow one. */
export const SidePanel = ({ label, children }: { label: string; children: ReactNode }) => (
  <section
    aria-label={label}
    className="flex max-h-[34dvh] flex-none flex-col gap-3 overflow-y-auto border-line border-t bg-surface p-3 sm:max-h-none sm:w-60 sm:border-t-0 sm:border-l"
  >
    {children}
  </section>
);

/** The tools: a row on a narrow screen, a column on a wide one. */
export const ToolRail = ({ label, children }: { label: string; children: ReactNode }) => (
  <div
    role="toolbar"
    aria-label={label}
    className="order-first flex flex-none items-center gap-0.5 overflow-x-auto border-line border-b bg-surface p-1 sm:flex-col sm:overflow-x-visible sm:border-r sm:border-b-0"
  >
    {children}
  </div>
);

/** A line between groups of tools. */
export const ToolGap = () => (
  <span aria-hidden="true" className="mx-1 h-6 w-px flex-none bg-line sm:mx-0 sm:my-1 sm:h-px sm:w-6" />
);
