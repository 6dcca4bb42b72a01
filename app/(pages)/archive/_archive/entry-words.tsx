"use client";
import { Check, Copy } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { Fact } from "#lib/client/archive/record-words.ts";

/** A part of the record under a heading. */
export const Part = ({ title, children, aside }: { title: string; children: ReactNode; aside?: ReactNode }) => (
  <section aria-label={title} className="grid gap-2">
    <div className="flex min-h-8 items-center justify-between gap-2">
      <h3 className="font-medium text-soft text-xs">{title}</h3>
      {aside}
    </div>
    {children}
  </section>
);

/** Words that are worth taking along. */
export const Words = ({ title, text }: { title: string; text: string }) => (
  <Part title={title} aside={<CopyButton text={text} what={title} />}>
    <p className="whitespace-pre-wrap break-words rounded-lg bg-well p-3 text-sm leading-6">{text}</p>
  </Part>
);

export const FactList = ({ facts, mono = false }: { facts: readonly Fact[]; mono?: boolean }) => (
  <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1.5 text-xs">
    {facts.map(({ name, value }) => (
      <div key={name} className="contents">
        <dt className="text-soft">{name}</dt>
        <dd className={`min-w-0 break-words text-right ${mono ? "break-all font-mono text-[11px]" : ""}`}>{value}</dd>
      </div>
    ))}
  </dl>
);

export function CopyButton({ text, what, words = "Copy" }: { text: string; what: string; words?: string }) {
  const [state, setState] = useState<"done" | "refused">();
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setState("done"),
      () => setState("refused"),
    );
  return (
    <button
      type="button"
      onClick={copy}
      aria-label={`Copy: ${what}`}
      className="inline-flex min-h-8 items-center gap-1.5 rounded-md border border-line px-2 text-xs hover:bg-ink/8"
    >
      {state === "done" ? (
        <Check aria-hidden="true" className="size-3.5 text-done" />
      ) : (
        <Copy aria-hidden="true" className="size-3.5" />
      )}
      <span aria-live="polite">{state === "done" ? "Copied" : state === "refused" ? "Not allowed" : words}</span>
    </button>
  );
}
