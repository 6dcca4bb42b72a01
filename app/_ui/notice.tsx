import type { ReactNode } from "react";

const TONES = { fail: "border-l-fail", hold: "border-l-hold", wait: "border-l-wait", plain: "border-l-line" } as const;

/** Something a person should know, with what to do about it. */
export function Notice({
  tone = "plain",
  title,
  children,
}: {
  tone?: keyof typeof TONES;
  title: string;
  children?: ReactNode;
}) {
  return (
    <section className={`rounded-xl border border-line border-l-4 bg-surface px-4 py-3 ${TONES[tone]}`}>
      <p className="font-medium">{title}</p>
      {children && <div className="mt-1 text-sm text-soft">{children}</div>}
    </section>
  );
}
