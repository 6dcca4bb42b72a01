"use client";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import type { EntryCard, EntryChange } from "#lib/protocol/catalogue.ts";
import { Button } from "../../../_ui/button.tsx";
import { Modal } from "../../../review/modal.tsx";

/** Words that several pictures are found by: added to all, or taken from all that have them. */
export function TagDialog({
  entries,
  onTag,
  onClose,
}: {
  entries: readonly EntryCard[];
  onTag(change: EntryChange): Promise<void>;
  onClose(): void;
}) {
  const [words, setWords] = useState("");
  const tags = [...new Set(entries.flatMap((entry) => entry.tags))].sort((a, b) => a.localeCompare(b));
  const added = words
    .split(",")
    .map((word) => word.trim())
    .filter(Boolean);
  return (
    <Modal title="Tags" onClose={onClose}>
      <form
        className="flex gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (added.length > 0) void onTag({ addTags: added }).then(() => setWords(""));
        }}
      >
        <label className="min-w-0 flex-1">
          <span className="sr-only">New tags, with commas between them</span>
          <input
            value={words}
            onChange={({ target }) => setWords(target.value)}
            maxLength={400}
            placeholder="hero, spring, square"
            className="h-10 w-full rounded-lg border border-line bg-well px-3 text-sm"
          />
        </label>
        <Button type="submit" look="first" disabled={added.length === 0}>
          <Plus aria-hidden="true" className="size-4" />
          Add
        </Button>
      </form>
      {tags.length > 0 && (
        <ul aria-label="Tags of the selected pictures" className="flex flex-wrap gap-1.5">
          {tags.map((tag) => {
            const having = entries.filter((entry) => entry.tags.includes(tag)).length;
            return (
              <li key={tag}>
                <button
                  type="button"
                  aria-label={`Take the tag ${tag} from ${having}`}
                  onClick={() => onTag({ removeTags: [tag] })}
                  className="inline-flex min-h-9 items-center gap-1.5 rounded-full border border-line px-3 text-sm hover:bg-ink/8"
                >
                  {tag}
                  {having < entries.length && <span className="text-soft text-xs tabular-nums">{having}</span>}
                  <X aria-hidden="true" className="size-3.5 text-soft" />
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </Modal>
  );
}
