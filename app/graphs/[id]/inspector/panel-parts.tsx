"use client";
import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

/** The top of a panel: what kind of thing this is, and its name. */
export function PanelHead({ kind, children }: { kind: string; children?: ReactNode }) {
  return (
    <header className="sticky top-0 z-5 flex flex-col rounded-t-2xl bg-surface md:rounded-t-xl gap-1 border-line border-b px-3.5 pt-3 pr-12 pb-3">
      <p className="text-soft text-xs">{kind}</p>
      {children}
    </header>
  );
}

/** A part of a panel under a small title. */
export function Section({ title, children, aside }: { title?: string; children: ReactNode; aside?: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-2 border-line border-b px-3.5 py-3 last:border-b-0">
      {title && (
        <div className="flex items-center justify-between gap-2">
          <h3 className="font-semibold text-xs">{title}</h3>
          {aside}
        </div>
      )}
      {children}
    </section>
  );
}

/** A part of a panel that is closed until somebody wants it. */
export function Fold({ title, open = false, children }: { title: string; open?: boolean; children: ReactNode }) {
  return (
    <details open={open} className="group/fold border-line border-b last:border-b-0">
      <FoldSummary>{title}</FoldSummary>
      <div className="flex flex-col gap-2 px-3.5 pb-3">{children}</div>
    </details>
  );
}

/** The line that opens a fold. */
export const FoldSummary = ({ children }: { children: ReactNode }) => (
  <summary className="flex list-none items-center gap-1.5 px-3.5 py-2.5 font-semibold text-xs hover:bg-ink/5 [&::-webkit-details-marker]:hidden">
    <ChevronRight aria-hidden="true" className="size-3.5 text-soft transition-transform group-open/fold:rotate-90" />
    {children}
  </summary>
);

/** Words side by side of which one holds. */
export function Segments<T extends string>({
  label,
  options,
  value,
  onChoose,
}: {
  label: string;
  options: readonly { value: T; title: string; hint?: string }[];
  value: T | undefined;
  onChoose(value: T): void;
}) {
  return (
    <div role="radiogroup" aria-label={label} className="flex rounded-lg border border-line bg-well p-0.5">
      {options.map((option) => (
        <label
          key={option.value}
          title={option.hint}
          className="flex-1 cursor-pointer truncate rounded-md px-1.5 py-1 text-center text-soft text-xs has-checked:bg-ink/12 has-checked:font-medium has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-brand pointer-coarse:py-2.5"
        >
          <input
            type="radio"
            className="sr-only"
            name={label}
            checked={value === option.value}
            onChange={() => onChoose(option.value)}
          />
          {option.title}
        </label>
      ))}
    </div>
  );
}

/** A name and what stands for it, on one line. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex items-center justify-between gap-3 text-xs">
      <dt className="shrink-0 text-soft">{name}</dt>
      <dd className="min-w-0 truncate text-right tabular-nums">{children}</dd>
    </div>
  );
}
