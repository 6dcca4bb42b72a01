import type { ReactNode } from "react";

/** One part of the settings: what it is about on the left, its fields on the right. */
export function Section({ title, says, children }: { title: string; says: ReactNode; children: ReactNode }) {
  const id = `settings-${title.toLowerCase().replace(/[^a-z]+/g, "-")}`;
  return (
    <section aria-labelledby={id} className="grid gap-4 border-line border-t pt-6 lg:grid-cols-[16rem_1fr] lg:gap-10">
      <div>
        <h2 id={id} className="font-semibold">
          {title}
        </h2>
        <p className="mt-1 text-sm text-soft">{says}</p>
      </div>
      <div className="flex min-w-0 max-w-2xl flex-col gap-5">{children}</div>
    </section>
  );
}
