"use client";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import type { ArchiveView } from "#lib/client/archive/query.ts";
import type { EntryCard, EntryChange } from "#lib/protocol/catalogue.ts";
import { CollectDialog } from "./collect-dialog.tsx";

const FIELD =
  "w-full rounded-lg border border-transparent bg-transparent px-2 py-1.5 -mx-2 hover:border-line focus:border-line focus:bg-well";

/** What people say of a picture: changed where it stands, kept when the field is left. */
export function EntryEdit({
  entry,
  onChange,
  onSearch,
}: {
  entry: EntryCard;
  onChange(change: EntryChange, words: string): void;
  onSearch(view: Partial<ArchiveView>): void;
}) {
  const [collecting, setCollecting] = useState(false);
  const [tag, setTag] = useState("");
  const title = entry.title ?? "";
  const alt = entry.alt ?? "";
  return (
    <div className="grid gap-2">
      <label className="block">
        <span className="sr-only">Title</span>
        <input
          key={`title ${title}`}
          defaultValue={title}
          maxLength={300}
          placeholder={entry.name.split("/").at(-1)}
          onBlur={({ target }) => {
            const next = target.value.trim();
            if (next !== title) onChange({ title: next || null }, "Title changed");
          }}
          onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
          className={`${FIELD} font-semibold text-lg tracking-tight placeholder:text-ink`}
        />
      </label>
      <p className="truncate text-soft text-xs" title={entry.name}>
        {entry.name}
      </p>
      <label className="block">
        <span className="sr-only">Alt text: what the picture shows</span>
        <textarea
          key={`alt ${alt}`}
          defaultValue={alt}
          maxLength={5000}
          rows={2}
          placeholder="Alt text: what the picture shows"
          onBlur={({ target }) => {
            const next = target.value.trim();
            if (next !== alt) onChange({ alt: next || null }, "Alt text changed");
          }}
          className={`${FIELD} field-sizing-content max-h-40 resize-none text-sm leading-5 placeholder:text-soft`}
        />
      </label>
      <div className="flex flex-wrap items-center gap-1.5">
        <button
          type="button"
          onClick={() => setCollecting(true)}
          className="inline-flex min-h-8 max-w-full items-center rounded-full border border-line px-3 text-xs hover:bg-ink/8"
        >
          <span className="truncate">{entry.collection ?? "Put into a collection"}</span>
        </button>
        {entry.tags.map((one) => (
          <span
            key={one}
            className="inline-flex min-h-8 max-w-full items-center rounded-full border border-line text-xs"
          >
            <button
              type="button"
              aria-label={`Everything tagged ${one}`}
              onClick={() => onSearch({ chosen: { tag: [one] } })}
              className="min-h-8 truncate rounded-l-full pr-1 pl-3 hover:bg-ink/8"
            >
              {one}
            </button>
            <button
              type="button"
              aria-label={`Take the tag ${one} away`}
              onClick={() => onChange({ removeTags: [one] }, `Tag ${one} taken away`)}
              className="grid size-8 place-items-center rounded-r-full text-soft hover:bg-ink/8 hover:text-ink"
            >
              <X aria-hidden="true" className="size-3.5" />
            </button>
          </span>
        ))}
        <form
          className="inline-flex items-center"
          onSubmit={(event) => {
            event.preventDefault();
            if (tag.trim() === "") return;
            onChange({ addTags: [tag.trim()] }, `Tagged ${tag.trim()}`);
            setTag("");
          }}
        >
          <input
            aria-label="A new tag"
            value={tag}
            maxLength={100}
            placeholder="Tag"
            onChange={({ target }) => setTag(target.value)}
            className="h-8 w-20 rounded-l-full border border-line bg-transparent px-3 text-xs"
          />
          <button
            type="submit"
            aria-label="Add the tag"
            className="-ml-px grid size-8 place-items-center rounded-r-full border border-line text-soft hover:bg-ink/8 hover:text-ink"
          >
            <Plus aria-hidden="true" className="size-3.5" />
          </button>
        </form>
      </div>
      {collecting && (
        <CollectDialog
          many="this picture"
          onClose={() => setCollecting(false)}
          onCollect={async (collection) =>
            onChange({ collection }, collection ? `Now in ${collection}` : "Now in no collection")
          }
        />
      )}
    </div>
  );
}
