import { type ReactNode, useId } from "react";

/** One part of the page under its heading. */
export function Part({ title, says, children }: { title: string; says?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex min-w-0 flex-col gap-3">
      <div>
        <h2 id={id} className="font-semibold text-lg">
          {title}
        </h2>
        {says && <p className="max-w-[70ch] text-sm text-soft">{says}</p>}
      </div>
      {children}
    </section>
  );
}

/** A table that scrolls by itself where the screen is narrow. */
export function Table({
  label,
  head,
  children,
}: {
  label: string;
  head: { title: string; right?: boolean; wide?: boolean }[];
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section aria-label={label} tabIndex={0} className="overflow-x-auto rounded-xl border border-line">
      <table className="w-full text-sm">
        <thead>
          <tr className="border-line border-b text-left text-soft text-xs">
            {head.map(({ title, right, wide }) => (
              <th
                key={title}
                scope="col"
                className={`whitespace-nowrap px-4 py-2 font-medium ${right ? "text-right" : ""} ${wide ? "max-sm:hidden" : ""}`}
              >
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">{children}</tbody>
      </table>
    </section>
  );
}
