"use client";
import { useId } from "react";
import type { Draft } from "#lib/client/library/sheet-draft.ts";
import { ParentField } from "./parent-field.tsx";

const EXAMPLE = `What holds for every picture.

# Light
…

# Camera
…

# Never
…`;

/** What a person writes: the words, the sheet they build on, and tags to find them by. */
export function WrittenPart({
  draft,
  id,
  onChange,
}: {
  draft: Draft;
  id: string | undefined;
  onChange(part: Partial<Draft>): void;
}) {
  const own = useId();
  return (
    <section aria-label="Written" className="flex min-w-0 flex-col gap-5">
      <div className="flex flex-col gap-1.5">
        <label htmlFor={`${own}-text`} className="font-semibold">
          Written
        </label>
        <textarea
          id={`${own}-text`}
          value={draft.text}
          maxLength={32_000}
          placeholder={EXAMPLE}
          aria-describedby={`${own}-help`}
          onChange={({ target }) => onChange({ text: target.value })}
          className="field-sizing-content min-h-96 w-full rounded-xl border border-line bg-surface p-4 text-[15px] leading-relaxed placeholder:text-soft"
        />
        <p id={`${own}-help`} className="text-soft text-xs">
          Headings (<code className="font-mono"># Light</code>) make sections. Over a sheet it extends, a section of the
          same name takes its place; a heading with nothing under it leaves that section out.
        </p>
      </div>
      <ParentField value={draft.extends} own={id} onChange={(parent) => onChange({ extends: parent })} />
      <label className="flex flex-col gap-1.5">
        <span className="font-medium text-sm">Tags</span>
        <input
          type="text"
          value={draft.tags}
          placeholder="product, winter"
          onChange={({ target }) => onChange({ tags: target.value })}
          className="min-h-10 w-full rounded-lg border border-line bg-well px-3 text-sm"
        />
      </label>
    </section>
  );
}
