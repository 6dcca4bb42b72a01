import { type ReactNode, useId } from "react";

/** One way in: what it is for on the left, what there is of it on the right. */
export function Part({ title, says, children }: { title: string; says: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="grid gap-4 border-line border-t pt-6 lg:grid-cols-[16rem_1fr] lg:gap-10">
      <div>
        <h2 id={id} className="font-semibold">
          {title}
        </h2>
        <div className="mt-1 text-sm text-soft">{says}</div>
      </div>
      <div className="flex min-w-0 max-w-3xl flex-col gap-4">{children}</div>
    </section>
  );
}

export const FIELD = "min-h-10 w-full rounded-lg border border-line bg-well px-3 py-2 text-sm";

/** A field under its name, with a sentence where it is not right. */
export function Field({
  id,
  title,
  help,
  fault,
  children,
  className = "",
}: {
  id: string;
  title: string;
  help?: string;
  fault?: string;
  children: ReactNode;
  className?: string;
}) {
  return (
    <div className={`flex min-w-0 flex-col gap-1 ${className}`}>
      <label htmlFor={id} className="font-medium text-sm">
        {title}
      </label>
      {children}
      {fault ? (
        <p role="alert" className="text-fail text-xs">
          {fault}
        </p>
      ) : (
        help && <p className="text-soft text-xs">{help}</p>
      )}
    </div>
  );
}
