"use client";
import { Check, FileImage, Star } from "lucide-react";
import type { ReactNode } from "react";
import { previewWidth } from "#lib/client/archive/justify.ts";
import { assetUrl } from "#lib/client/call-api.ts";
import { verdictWord } from "#lib/client/quality/verdict-words.ts";
import type { EntryCard } from "#lib/protocol/catalogue.ts";
import { VerdictChip } from "../../../_ui/quality/verdict-chip.tsx";

/** What an entry is called by people: its title, or the last part of its name. */
export const calledOf = ({ title, name }: Pick<EntryCard, "title" | "name">): string =>
  title ?? name.split("/").at(-1) ?? name;

/** One picture of the grid: the picture is the button; star and selection lie over it and have keys of their own. */
export function PictureCard({
  entry,
  place,
  total,
  box,
  focused,
  selected,
  selecting,
  onFocus,
  onOpen,
  onSelect,
  onStar,
}: {
  entry: EntryCard;
  place: number;
  total: number;
  box: { left: number; top: number; width: number; height: number };
  focused: boolean;
  selected: boolean;
  selecting: boolean;
  onFocus(): void;
  onOpen(): void;
  onSelect(): void;
  onStar(): void;
}) {
  const called = calledOf(entry);
  const facts = [
    called,
    entry.starred && "starred",
    selected && "selected",
    entry.verdict && verdictWord({ decision: entry.verdict }),
    entry.simulated && "by the simulator",
  ].filter(Boolean);
  const density = typeof window === "undefined" ? 1 : window.devicePixelRatio;
  const size = previewWidth(Math.max(box.width, box.height), density);
  return (
    <li
      aria-setsize={total}
      aria-posinset={place + 1}
      className="group absolute overflow-hidden bg-well"
      style={{ left: box.left, top: box.top, width: box.width, height: box.height }}
    >
      <button
        type="button"
        data-index={place}
        tabIndex={focused ? 0 : -1}
        aria-label={facts.join(", ")}
        onFocus={onFocus}
        onClick={(event) => (event.shiftKey || event.ctrlKey || event.metaKey || selecting ? onSelect() : onOpen())}
        className="relative block size-full -outline-offset-2"
      >
        {entry.mediaType.startsWith("image/") ? (
          <img
            src={assetUrl(entry.asset, size)}
            alt=""
            loading="lazy"
            decoding="async"
            draggable={false}
            className={`size-full object-cover transition ${selected ? "scale-[0.94] rounded-md" : "group-hover:brightness-110"}`}
          />
        ) : (
          <span className="grid size-full place-content-center justify-items-center gap-2 text-soft text-xs">
            <FileImage aria-hidden="true" className="size-6" />
            {entry.mediaType}
          </span>
        )}
        {selected && <span className="absolute inset-0 border-3 border-brand" />}
        <span className="pointer-events-none absolute inset-x-0 bottom-0 flex items-end gap-2 bg-linear-to-t from-black/75 to-transparent px-2.5 pt-10 pb-2 text-left text-white opacity-0 transition group-focus-within:opacity-100 group-hover:opacity-100">
          <span className="min-w-0 flex-1 truncate text-xs">{called}</span>
          {entry.verdict && entry.score !== undefined && (
            <VerdictChip verdict={{ decision: entry.verdict, score: entry.score }} small />
          )}
        </span>
      </button>
      <OverButton
        side="left-1.5"
        label={`${selected ? "Let go of" : "Select"} ${called}`}
        pressed={selected}
        shown={selected || selecting}
        onClick={onSelect}
      >
        <span
          className={`grid size-5 place-items-center rounded-full border-2 ${selected ? "border-brand bg-brand text-on-brand" : "border-white/90 bg-black/40 text-transparent"}`}
        >
          <Check aria-hidden="true" className="size-3.5" />
        </span>
      </OverButton>
      <OverButton
        side="right-1.5"
        label={`${entry.starred ? "Take the star from" : "Star"} ${called}`}
        pressed={entry.starred}
        shown={entry.starred}
        onClick={onStar}
      >
        <Star
          aria-hidden="true"
          className={`size-5 drop-shadow-[0_1px_2px_rgb(0_0_0/0.7)] ${entry.starred ? "fill-[#f2c14e] text-[#f2c14e]" : "text-white"}`}
        />
      </OverButton>
    </li>
  );
}

function OverButton({
  side,
  label,
  pressed,
  shown,
  onClick,
  children,
}: {
  side: string;
  label: string;
  pressed: boolean;
  shown: boolean;
  onClick(): void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={label}
      aria-pressed={pressed}
      onClick={onClick}
      className={`absolute top-1.5 ${side} grid size-9 place-items-center rounded-full transition focus-visible:opacity-100 group-focus-within:opacity-100 group-hover:opacity-100 ${shown ? "opacity-100" : "opacity-0 pointer-coarse:hidden"}`}
    >
      {children}
    </button>
  );
}
