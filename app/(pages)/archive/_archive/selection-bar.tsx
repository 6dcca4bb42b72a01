"use client";
import { FolderPlus, GitCompareArrows, type LucideIcon, Star, Tag, Trash2, Undo2, X } from "lucide-react";
import { useState } from "react";
import { count } from "#lib/client/words.ts";
import type { EntryCard, EntryChange } from "#lib/protocol/catalogue.ts";
import { ExportButton } from "../../../_ui/export/export-button.tsx";
import { CollectDialog } from "./collect-dialog.tsx";
import { TagDialog } from "./tag-dialog.tsx";

export type Change = (ids: readonly string[], change: EntryChange, words: string) => Promise<void>;

/** What can be done with the pictures that are selected. */
export function SelectionBar({
  entries,
  bin,
  onChange,
  onCompare,
  onClear,
}: {
  entries: readonly EntryCard[];
  bin: boolean;
  onChange: Change;
  onCompare(): void;
  onClear(): void;
}) {
  const [asking, setAsking] = useState<"collect" | "tag">();
  const ids = entries.map(({ id }) => id);
  const many = count(ids.length, "picture");
  const starred = entries.every((entry) => entry.starred);
  return (
    <section
      aria-label="Selected pictures"
      className="fixed inset-x-0 bottom-0 z-20 flex justify-center px-2 pb-[max(0.5rem,env(safe-area-inset-bottom))] sm:pb-4"
    >
      <div className="flex max-w-full items-center gap-1 overflow-x-auto rounded-xl border border-line bg-surface/95 p-1.5 shadow-sm backdrop-blur">
        <p className="whitespace-nowrap px-2.5 font-medium text-sm tabular-nums">{ids.length} selected</p>
        {bin ? (
          <Act
            Icon={Undo2}
            words="Take out of the bin"
            onClick={() => onChange(ids, { deleted: false }, `${many} taken out of the bin`).then(onClear)}
          />
        ) : (
          <>
            <Act
              Icon={Star}
              words={starred ? "Unstar" : "Star"}
              onClick={() => onChange(ids, { starred: !starred }, `${many} ${starred ? "lost their star" : "starred"}`)}
            />
            <Act Icon={FolderPlus} words="Collect" onClick={() => setAsking("collect")} />
            <Act Icon={Tag} words="Tag" onClick={() => setAsking("tag")} />
            <Act Icon={GitCompareArrows} words="Compare" disabled={entries.length < 2} onClick={onCompare} />
            <ExportButton
              wanted={{ entries: ids }}
              className="inline-flex min-h-10 items-center gap-1.5 whitespace-nowrap rounded-lg px-2.5 text-sm hover:bg-ink/8"
            >
              Export
            </ExportButton>
            <Act
              Icon={Trash2}
              words="Bin"
              onClick={() => onChange(ids, { deleted: true }, `${many} put into the bin`).then(onClear)}
            />
          </>
        )}
        <button
          type="button"
          aria-label="Let the selection go"
          onClick={onClear}
          className="grid size-10 flex-none place-items-center rounded-lg text-soft hover:bg-ink/8 hover:text-ink"
        >
          <X aria-hidden="true" className="size-4" />
        </button>
      </div>
      {asking === "collect" && (
        <CollectDialog
          many={many}
          onClose={() => setAsking(undefined)}
          onCollect={(collection) =>
            onChange(ids, { collection }, collection ? `${many} in ${collection}` : `${many} in no collection`)
          }
        />
      )}
      {asking === "tag" && (
        <TagDialog
          entries={entries}
          onClose={() => setAsking(undefined)}
          onTag={(change) => onChange(ids, change, `Tags of ${many} changed`)}
        />
      )}
    </section>
  );
}

const Act = ({
  Icon,
  words,
  disabled = false,
  onClick,
}: {
  Icon: LucideIcon;
  words: string;
  disabled?: boolean;
  onClick(): void;
}) => (
  <button
    type="button"
    disabled={disabled}
    onClick={onClick}
    className="inline-flex min-h-10 items-center gap-1.5 whitespace-nowrap rounded-lg px-2.5 text-sm hover:bg-ink/8 disabled:opacity-50"
  >
    <Icon aria-hidden="true" className="size-4" />
    {words}
  </button>
);
