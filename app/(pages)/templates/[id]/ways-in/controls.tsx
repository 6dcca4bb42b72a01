import type { ReactNode } from "react";

/** On or off, at once. */
export function Switch({ label, on, onChange }: { label: string; on: boolean; onChange(on: boolean): void }) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={on}
      aria-label={label}
      onClick={() => onChange(!on)}
      className="inline-flex min-h-10 items-center gap-2 rounded-lg px-2 text-sm hover:bg-ink/8"
    >
      <span className="text-soft">{on ? "On" : "Off"}</span>
      <span className={`flex h-5 w-9 rounded-full p-0.5 transition ${on ? "bg-brand" : "bg-ink/25"}`}>
        <span className={`size-4 rounded-full bg-canvas transition ${on ? "translate-x-4" : ""}`} />
      </span>
    </button>
  );
}

/** A small button for what is done rarely. */
export const Quiet = ({ onClick, children }: { onClick(): void; children: ReactNode }) => (
  <button
    type="button"
    onClick={onClick}
    className="inline-flex min-h-9 items-center rounded-lg px-2.5 text-soft text-sm hover:bg-ink/8 hover:text-ink"
  >
    {children}
  </button>
);
