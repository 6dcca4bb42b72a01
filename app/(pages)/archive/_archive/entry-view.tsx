"use client";
import { ChevronLeft, ChevronRight, GitCompareArrows, type LucideIcon, Star, X } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { ArchiveView } from "#lib/client/archive/query.ts";
import { readRecord } from "#lib/client/archive/record-words.ts";
import { changed } from "#lib/client/archive/use-entries.ts";
import { assetUrl, sayWhy } from "#lib/client/call-api.ts";
import { useLoaded } from "#lib/client/use-loaded.ts";
import type { CatalogueEntry, EntryCard, EntryChange } from "#lib/protocol/catalogue.ts";
import type { LineagePicture } from "#lib/protocol/entry-record.ts";
import { SaveSheet } from "../../../_ui/save-sheet/save-sheet.tsx";
import { EntryDoing } from "./entry-doing.tsx";
import { EntryEdit } from "./entry-edit.tsx";
import { EntryRecordView } from "./entry-record.tsx";
import { Part } from "./entry-words.tsx";
import { Lineage } from "./lineage.tsx";
import { calledOf } from "./picture-card.tsx";
import type { Change } from "./selection-bar.tsx";

/** One picture whole, with all that is known of it. Arrows lead to the next one, S stars, C compares with the one before it in the list, Escape goes back. */
export function EntryView({
  id,
  entries,
  onOpen,
  onChange,
  onCompare,
  onSearch,
}: {
  id: string;
  entries: readonly EntryCard[];
  onOpen(id: string | undefined): void;
  onChange: Change;
  onCompare(pair: readonly EntryCard[]): void;
  onSearch(view: Partial<ArchiveView>): void;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  const { value, error } = useLoaded<CatalogueEntry>(`/api/archive/${encodeURIComponent(id)}`);
  const [edits, setEdits] = useState<EntryChange[]>([]);
  const [shown, setShown] = useState<LineagePicture>();
  useEffect(() => {
    const dialog = ref.current;
    if (dialog && !dialog.open) {
      dialog.showModal();
      dialog.focus();
    }
    return () => dialog?.close();
  }, []);
  const place = entries.findIndex((entry) => entry.id === id);
  const listed = entries[place];
  const card: EntryCard | undefined = value ?? listed;
  const entry = card && edits.reduce(changed, card);
  const record = readRecord(value?.record);
  const [before, after] = [entries[place - 1], place >= 0 ? entries[place + 1] : undefined];
  const change = (part: EntryChange, words: string) => {
    setEdits((list) => [...list, part]);
    void onChange([id], part, words);
    if (part.deleted !== undefined) onOpen(undefined);
  };
  const star = () => entry && change({ starred: !entry.starred }, entry.starred ? "Star taken away" : "Starred");
  const compare = () => {
    const other = before ?? after;
    if (entry && other) onCompare([other, entry]);
  };
  const lineage = record?.lineage ?? [];
  const asset = shown?.asset ?? entry?.asset;
  const called = entry ? calledOf(entry) : "Picture";

  return (
    <dialog
      ref={ref}
      tabIndex={-1}
      aria-label={called}
      onCancel={(event) => {
        event.preventDefault();
        onOpen(undefined);
      }}
      onClose={(event) => event.currentTarget.open || onOpen(undefined)}
      onKeyDown={(event) => {
        const typing = event.target instanceof HTMLElement && event.target.closest("input, textarea, summary");
        if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.key === "ArrowLeft" && before) onOpen(before.id);
        else if (event.key === "ArrowRight" && after) onOpen(after.id);
        else if (event.key === "s") star();
        else if (event.key === "c") compare();
        else return;
        event.preventDefault();
      }}
      className="fixed inset-0 m-0 hidden h-dvh max-h-none w-screen max-w-none flex-col overflow-y-auto bg-canvas p-0 text-ink outline-none open:flex lg:flex-row lg:overflow-hidden"
    >
      <div className="always-dark relative flex h-[58dvh] flex-none bg-[#101010] text-[#f2f0ed] lg:h-dvh lg:min-w-0 lg:flex-1">
        {asset && entry && <Whole asset={asset} entry={entry} shown={shown} />}
        <div className="absolute inset-x-0 top-0 flex items-center gap-1 p-2">
          <Round Icon={X} words="Back to the archive" onClick={() => onOpen(undefined)} />
          <span className="grow" />
          <Round
            Icon={GitCompareArrows}
            words="Compare with its neighbour (C)"
            disabled={!before && !after}
            onClick={compare}
          />
          <Round
            Icon={Star}
            words={entry?.starred ? "Take the star away (S)" : "Star (S)"}
            pressed={entry?.starred === true}
            onClick={star}
          />
        </div>
        {before && (
          <span className="absolute top-1/2 left-2 -translate-y-1/2">
            <Round Icon={ChevronLeft} words="The picture before" onClick={() => onOpen(before.id)} />
          </span>
        )}
        {after && (
          <span className="absolute top-1/2 right-2 -translate-y-1/2">
            <Round Icon={ChevronRight} words="The next picture" onClick={() => onOpen(after.id)} />
          </span>
        )}
        {shown && (
          <p className="absolute bottom-3 left-1/2 flex -translate-x-1/2 items-center gap-3 whitespace-nowrap rounded-full bg-black/75 py-1 pr-1 pl-4 text-xs">
            {shown.node?.title || shown.node?.id || "A picture on the way"}
            <button
              type="button"
              onClick={() => setShown(undefined)}
              className="min-h-8 rounded-full border border-white/25 px-3 hover:bg-white/10"
            >
              Final picture
            </button>
          </p>
        )}
      </div>
      <aside
        aria-label="About this picture"
        className="flex flex-none flex-col gap-5 border-line border-t bg-surface p-4 pb-10 lg:w-[26rem] lg:overflow-y-auto lg:border-t-0 lg:border-l"
      >
        {error !== undefined && <p role="alert">{sayWhy(error)}</p>}
        {entry && (
          <>
            <EntryEdit entry={entry} onChange={change} onSearch={onSearch} />
            <EntryDoing entry={entry} onChange={change} />
            {record?.turn && (
              <div>
                <SaveSheet picture={{ asset: entry.asset, turn: record.turn }} title={called} />
              </div>
            )}
            {lineage.length > 0 && (
              <Part
                title="From references to the final picture"
                aside={
                  <Link href={`/runs/${entry.runId}`} className="text-soft text-xs underline hover:text-ink">
                    The run
                  </Link>
                }
              >
                <Lineage
                  pictures={lineage}
                  shown={asset ?? ""}
                  onShow={(picture) => setShown(picture.asset === entry.asset ? undefined : picture)}
                />
              </Part>
            )}
            {value && <EntryRecordView entry={entry} record={record} shown={shown} />}
          </>
        )}
      </aside>
    </dialog>
  );
}

function Whole({ asset, entry, shown }: { asset: string; entry: EntryCard; shown: LineagePicture | undefined }) {
  const type = shown?.mediaType ?? entry.mediaType;
  const alt = shown ? (shown.note ?? shown.node?.title ?? "A picture on the way") : (entry.alt ?? calledOf(entry));
  if (!type.startsWith("image/"))
    return <p className="m-auto text-sm">This is a file ({type}). Download it to look inside.</p>;
  return (
    <img
      key={asset}
      src={assetUrl(asset)}
      alt={alt}
      className="m-auto size-full animate-appear object-contain p-3 sm:p-6 lg:px-14"
    />
  );
}

function Round({
  Icon,
  words,
  pressed,
  disabled = false,
  onClick,
}: {
  Icon: LucideIcon;
  words: string;
  pressed?: boolean;
  disabled?: boolean;
  onClick(): void;
}): ReactNode {
  return (
    <button
      type="button"
      aria-label={words}
      title={words}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onClick}
      className="grid size-10 place-items-center rounded-full bg-black/45 hover:bg-black/70 disabled:opacity-40 aria-pressed:text-[#f2c14e]"
    >
      <Icon aria-hidden="true" className={`size-5 ${pressed ? "fill-current" : ""}`} />
    </button>
  );
}
