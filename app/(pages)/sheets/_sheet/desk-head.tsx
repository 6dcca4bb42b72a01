"use client";
import { Archive, ArchiveRestore, ChevronLeft, Download } from "lucide-react";
import Link from "next/link";
import type { SheetEditor } from "#lib/client/library/use-sheet-editor.ts";

const SMALL =
  "inline-flex min-h-9 items-center gap-1.5 rounded-lg border border-line px-3 font-medium text-sm hover:bg-ink/8 disabled:opacity-60";

/** The way back, the name, and what can be done with the sheet as a whole. */
export function DeskHead({ editor: { draft, sheet, change, archive, saving } }: { editor: SheetEditor }) {
  const file = sheet && `/api/sheets/${encodeURIComponent(sheet.id)}/export`;
  return (
    <header className="flex flex-col gap-2">
      <Link
        href="/sheets"
        className="-ml-1 inline-flex items-center gap-0.5 self-start text-soft text-sm hover:text-ink"
      >
        <ChevronLeft aria-hidden="true" className="size-4" />
        Spec sheets
      </Link>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="min-w-0 flex-1 basis-72">
          <input
            type="text"
            aria-label="Name of the sheet"
            value={draft.name}
            maxLength={120}
            placeholder="Name this look"
            // biome-ignore lint/a11y/noAutofocus: a new sheet begins with its name
            autoFocus={!sheet && draft.name === ""}
            onChange={({ target }) => change({ name: target.value })}
            onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
            className="-mx-2 w-full rounded-lg bg-transparent px-2 py-1 font-semibold text-2xl tracking-tight placeholder:text-soft hover:bg-ink/8"
          />
        </h1>
        {sheet && (
          <div className="flex flex-wrap gap-2">
            <a href={`${file}?as=zip`} className={SMALL} title="With its pictures, and the sheets it extends">
              <Download aria-hidden="true" className="size-4" />
              Export zip
            </a>
            <a href={file} className={SMALL} title="The words alone, for a repository">
              Export JSON
            </a>
            <button type="button" disabled={saving} onClick={() => archive(!sheet.archived)} className={SMALL}>
              {sheet.archived ? (
                <ArchiveRestore aria-hidden="true" className="size-4" />
              ) : (
                <Archive aria-hidden="true" className="size-4" />
              )}
              {sheet.archived ? "Bring back" : "Put away"}
            </button>
          </div>
        )}
      </div>
      {sheet && (
        <p className="text-soft text-sm">
          <code className="font-mono text-xs">{sheet.id}</code> · version {sheet.newest}
          {sheet.archived && " · put away"}
          {sheet.madeFrom?.runId && (
            <>
              {" · "}
              <Link href={`/runs/${sheet.madeFrom.runId}`} className="underline underline-offset-4 hover:text-ink">
                written from a conversation
              </Link>
            </>
          )}
        </p>
      )}
    </header>
  );
}
