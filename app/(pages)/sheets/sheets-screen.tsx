"use client";
import { Plus, Search } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { sayWhy } from "#lib/client/call-api.ts";
import { type SheetSearch, useSheets } from "#lib/client/library/use-sheets.ts";
import { Notice } from "../../_ui/notice.tsx";
import { ImportSheets } from "./import-sheets.tsx";
import { SheetCard } from "./sheet-card.tsx";
import { StarterCards } from "./starter-cards.tsx";

/** The library of looks. */
export function SheetsScreen() {
  const [search, setSearch] = useState<SheetSearch>({ q: "", tag: "", archived: false });
  const [wrong, setWrong] = useState<string>();
  const { list, error } = useSheets(search);
  const searching = search.q.trim() !== "" || search.tag !== "" || search.archived;
  const now = Date.now();
  return (
    <div className="flex flex-col gap-8">
      <header className="flex flex-col gap-5">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <div>
            <h1 className="font-semibold text-2xl tracking-tight">Spec sheets</h1>
            <p className="mt-1 text-soft text-sm">
              Looks, written down once. They go out with every turn of a conversation.
            </p>
          </div>
          <div className="flex flex-wrap gap-2">
            <ImportSheets onError={setWrong} />
            <Link
              href="/sheets/new"
              className="inline-flex min-h-10 items-center gap-2 rounded-lg bg-brand px-4 py-2 font-medium text-on-brand text-sm hover:brightness-110"
            >
              <Plus aria-hidden="true" className="size-4" />
              New sheet
            </Link>
          </div>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <label className="relative w-full sm:w-80">
            <span className="sr-only">Search spec sheets</span>
            <Search aria-hidden="true" className="absolute top-1/2 left-3 size-4 -translate-y-1/2 text-soft" />
            <input
              type="search"
              value={search.q}
              onChange={({ target }) => setSearch({ ...search, q: target.value })}
              placeholder="Search names, words, tags"
              className="min-h-10 w-full rounded-lg border border-line bg-surface pr-3 pl-9 text-sm"
            />
          </label>
          {list?.tags.map((tag) => (
            <Chip
              key={tag}
              pressed={search.tag === tag}
              onClick={() => setSearch({ ...search, tag: search.tag === tag ? "" : tag })}
            >
              {tag}
            </Chip>
          ))}
          <Chip pressed={search.archived} onClick={() => setSearch({ ...search, archived: !search.archived })}>
            Put away
          </Chip>
        </div>
      </header>
      {(wrong || error !== undefined) && (
        <div role="alert">
          <Notice tone="fail" title={wrong ? "This file could not be taken in." : "The sheets could not be loaded."}>
            {wrong ?? sayWhy(error)}
          </Notice>
        </div>
      )}
      {list && list.sheets.length > 0 && (
        <ul aria-label="Spec sheets" className="grid grid-cols-1 gap-x-5 gap-y-8 sm:grid-cols-2 lg:grid-cols-3">
          {list.sheets.map((sheet) => (
            <li key={sheet.id}>
              <SheetCard sheet={sheet} now={now} />
            </li>
          ))}
        </ul>
      )}
      {list?.sheets.length === 0 && (
        <p role="status" className="rounded-xl border border-line border-dashed px-4 py-10 text-center text-soft">
          {searching
            ? search.archived
              ? "Nothing is put away."
              : "No sheet holds all of these words."
            : "No sheet is kept yet. Write one, take one to start from, or save the look of a picture you like."}
        </p>
      )}
      {list && !searching && <StarterCards known={new Set(list.sheets.map(({ id }) => id))} />}
    </div>
  );
}

function Chip({ pressed, onClick, children }: { pressed: boolean; onClick(): void; children: string }) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onClick}
      className="min-h-9 rounded-full border border-line px-3 text-soft text-sm hover:text-ink aria-pressed:border-brand aria-pressed:text-brand"
    >
      {children}
    </button>
  );
}
