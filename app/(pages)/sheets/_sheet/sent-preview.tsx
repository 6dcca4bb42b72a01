"use client";
import { ArrowRight, TriangleAlert } from "lucide-react";
import Link from "next/link";
import type { Draft } from "#lib/client/library/sheet-draft.ts";
import { usePreview } from "#lib/client/library/use-preview.ts";
import { count } from "#lib/client/words.ts";
import type { EffectiveSheet } from "#lib/protocol/library.ts";

const LOOKS = {
  own: { edge: "border-brand", word: undefined },
  both: { edge: "border-brand", word: "theirs, then yours" },
  replaced: { edge: "border-brand", word: "in place of theirs" },
  parent: { edge: "border-line", word: undefined },
} as const;

/** The very text that goes out with every turn, while it is written; whose each section is. */
export function SentPreview({ draft, id }: { draft: Draft; id: string | undefined }) {
  const { effective, wrong } = usePreview(draft, id);
  const [, ...parents] = id === undefined ? [undefined, ...(effective?.chain ?? [])] : (effective?.chain ?? []);
  const sent = effective?.samples.filter(({ send }) => send).length ?? 0;
  return (
    <section
      aria-label="Sent as instructions"
      className="flex min-w-0 flex-col gap-1.5 lg:sticky lg:top-20 lg:max-h-[calc(100dvh-6rem)] lg:self-start"
    >
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <h2 className="font-semibold">Sent as instructions</h2>
        {effective && (
          <p className="text-soft text-xs tabular-nums">
            {count(effective.text.length, "character")}
            {sent > 0 && ` · ${count(sent, "picture")}`} · with every turn
          </p>
        )}
      </div>
      {wrong && (
        <p role="alert" className="flex gap-1.5 text-fail text-sm">
          <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          {wrong}
        </p>
      )}
      {parents.length > 0 && (
        <p className="flex flex-wrap items-center gap-1 text-soft text-sm">
          This sheet
          {parents.map((link) =>
            link ? (
              <span key={link.id} className="inline-flex items-center gap-1">
                <ArrowRight aria-label="extends" className="size-3.5" />
                <Link
                  href={`/sheets/${encodeURIComponent(link.id)}`}
                  className="underline underline-offset-4 hover:text-ink"
                >
                  {link.name}
                </Link>
                {link.version}
                {link.follows && " (newest)"}
              </span>
            ) : null,
          )}
        </p>
      )}
      {effective && <Sections effective={effective} />}
      {!effective && !wrong && <div className="h-40 rounded-xl bg-surface" aria-busy="true" />}
    </section>
  );
}

function Sections({ effective: { sections } }: { effective: EffectiveSheet }) {
  const mixed = sections.some(({ from }) => from !== "own");
  if (sections.length === 0) return <p className="rounded-xl bg-well p-4 text-soft text-sm">Nothing yet.</p>;
  return (
    <section
      aria-label="The whole text"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a long text scrolls, and by keyboard too
      tabIndex={0}
      className="flex min-h-0 flex-col gap-4 overflow-y-auto rounded-xl bg-well p-4"
    >
      {sections.map(({ title, text, from }, index) => (
        <div key={`${title} ${index}`} className={`border-l-2 pl-3 ${mixed ? LOOKS[from].edge : "border-brand"}`}>
          {mixed && LOOKS[from].word && <p className="mb-0.5 text-soft text-xs">{LOOKS[from].word}</p>}
          {from === "parent" && <p className="sr-only">From what it extends</p>}
          <p
            className={`whitespace-pre-wrap break-words text-[14px] leading-relaxed ${title ? "first-line:font-semibold" : ""} ${from === "parent" ? "text-soft" : ""}`}
          >
            {text}
          </p>
        </div>
      ))}
    </section>
  );
}
