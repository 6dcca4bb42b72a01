"use client";
import { ListChecks, Search, SlidersHorizontal, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { facetWord } from "#lib/client/archive/facet-words.ts";
import { type ArchiveView, countChosen, toggled } from "#lib/client/archive/query.ts";
import { count } from "#lib/client/words.ts";
import type { FacetName, Facets } from "#lib/protocol/catalogue.ts";

/** What is looked for, and how much there is of it. `/` leads here from anywhere on the page. */
export function SearchBar({
  view,
  onView,
  facets,
  selecting,
  onSelecting,
  onFilters,
}: {
  view: ArchiveView;
  onView(view: ArchiveView): void;
  facets: Facets | undefined;
  /** A click on a picture selects it. */
  selecting: boolean;
  onSelecting(selecting: boolean): void;
  onFilters(): void;
}) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const go = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.closest("input, textarea, select, dialog");
      if (event.key !== "/" || event.ctrlKey || event.metaKey || typing) return;
      event.preventDefault();
      field.current?.focus();
    };
    window.addEventListener("keydown", go);
    return () => window.removeEventListener("keydown", go);
  }, []);
  const chosen = countChosen(view);
  return (
    <header className="sticky top-14 z-10 border-line border-b bg-canvas/95 backdrop-blur">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-2.5 sm:px-4">
        <h1 className="font-semibold text-lg tracking-tight">Archive</h1>
        <label className="relative order-last flex w-full items-center sm:order-none sm:w-auto sm:max-w-xl sm:flex-1">
          <span className="sr-only">Search prompts, titles, tags, inputs and names</span>
          <Search aria-hidden="true" className="pointer-events-none absolute left-3 size-4 text-soft" />
          <input
            ref={field}
            type="search"
            value={view.q}
            onChange={({ target }) => onView({ ...view, q: target.value })}
            placeholder="Search prompts, titles, tags …"
            maxLength={2000}
            className="h-10 w-full rounded-lg border border-line bg-surface pr-3 pl-9 text-sm"
          />
        </label>
        <p className="text-soft text-sm tabular-nums">
          {facets ? `${count(facets.total, "picture")}${facets.capped ? " or more" : ""}` : ""}
        </p>
        <span className="grow" />
        {view.q.trim() !== "" && (
          <label className="flex items-center gap-2 text-sm">
            <span className="sr-only">Order</span>
            <select
              value={view.order}
              onChange={({ target }) => onView({ ...view, order: target.value === "best" ? "best" : "newest" })}
              className="h-10 rounded-lg border border-line bg-surface px-2.5 text-sm"
            >
              <option value="newest">Newest first</option>
              <option value="best">Best match first</option>
            </select>
          </label>
        )}
        <button
          type="button"
          aria-pressed={selecting}
          onClick={() => onSelecting(!selecting)}
          className="inline-flex h-10 items-center gap-2 rounded-lg border border-line px-3 text-sm hover:bg-ink/8 aria-pressed:bg-ink/10"
        >
          <ListChecks aria-hidden="true" className="size-4" />
          <span className="max-sm:sr-only">Select</span>
        </button>
        <button
          type="button"
          onClick={onFilters}
          className="inline-flex h-10 items-center gap-2 rounded-lg border border-line px-3 text-sm hover:bg-ink/8 lg:hidden"
        >
          <SlidersHorizontal aria-hidden="true" className="size-4" />
          Filters
          {chosen > 0 && <span className="rounded-full bg-ink/10 px-1.5 text-xs tabular-nums">{chosen}</span>}
        </button>
      </div>
      {chosen > 0 && <Chosen view={view} onView={onView} facets={facets} />}
    </header>
  );
}

/** The facets that are chosen, each to be let go. */
function Chosen({
  view,
  onView,
  facets,
}: {
  view: ArchiveView;
  onView(view: ArchiveView): void;
  facets: Facets | undefined;
}) {
  const names = Object.keys(view.chosen) as FacetName[];
  return (
    <ul aria-label="Chosen filters" className="flex flex-wrap gap-1.5 px-3 pb-2.5 sm:px-4">
      {names.flatMap((name) =>
        (view.chosen[name] ?? []).map((value) => {
          const title = facets?.facets[name].find((one) => one.value === value)?.title;
          const words = facetWord(name, { value, title });
          return (
            <li key={`${name} ${value}`}>
              <Chip words={words} onClick={() => onView(toggled(view, name, value))} />
            </li>
          );
        }),
      )}
      {view.bin && (
        <li>
          <Chip words="In the bin" onClick={() => onView({ ...view, bin: false })} />
        </li>
      )}
    </ul>
  );
}

const Chip = ({ words, onClick }: { words: string; onClick(): void }) => (
  <button
    type="button"
    onClick={onClick}
    aria-label={`${words}: let go`}
    className="inline-flex min-h-8 max-w-64 items-center gap-1.5 rounded-full border border-line bg-surface px-3 text-xs hover:bg-ink/8"
  >
    <span className="truncate">{words}</span>
    <X aria-hidden="true" className="size-3.5 flex-none text-soft" />
  </button>
);
