import type { ReactNode } from "react";

const GRID = "grid grid-cols-2 gap-x-4 gap-y-6 sm:gap-x-5 sm:gap-y-8 md:grid-cols-3 lg:grid-cols-4";

/** Cards of one size: pictures in 4:3 with words below. */
export function CardGrid({ children, label }: { children: ReactNode; label: string }) {
  return (
    <ul aria-label={label} className={GRID}>
      {children}
    </ul>
  );
}

/** The same places before anything is known. */
export function EmptyCards({ count }: { count: number }) {
  return (
    <div aria-hidden="true" className={GRID}>
      {Array.from({ length: count }, (_, place) => (
        <div key={place}>
          <div className="aspect-4/3 rounded-xl bg-well ring-1 ring-line ring-inset" />
          <div className="mt-3 h-3.5 w-2/3 rounded bg-well" />
          <div className="mt-2 h-3 w-11/12 rounded bg-well max-sm:hidden" />
          <div className="mt-1.5 h-3 w-1/2 rounded bg-well" />
        </div>
      ))}
    </div>
  );
}
