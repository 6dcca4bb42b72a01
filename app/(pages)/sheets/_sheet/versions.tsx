"use client";
import { RotateCcw } from "lucide-react";
import { useState } from "react";
import { sayWhy } from "#lib/client/call-api.ts";
import type { SheetEditor } from "#lib/client/library/use-sheet-editor.ts";
import { useLoaded } from "#lib/client/use-loaded.ts";
import { ago } from "#lib/client/words.ts";
import type { Sheet, SheetVersionSummary } from "#lib/protocol/library.ts";
import { DiffView } from "./diff-view.tsx";

type Page = { versions: SheetVersionSummary[]; next?: number };

/** Every version with its note; open one to see what the one after it changed, or to go back to it. */
export function Versions({ sheet, editor }: { sheet: Sheet; editor: SheetEditor }) {
  // A new version makes another address, so that the list is read again.
  const { value, error } = useLoaded<Page>(
    `/api/sheets/${encodeURIComponent(sheet.id)}/versions?limit=100&before=${sheet.newest + 1}`,
  );
  const [open, setOpen] = useState<number>();
  const now = Date.now();
  return (
    <section aria-labelledby="versions" className="flex min-w-0 flex-col gap-3">
      <h2 id="versions" className="font-semibold">
        Versions
      </h2>
      {error !== undefined && <p className="text-fail text-sm">{sayWhy(error)}</p>}
      <ol className="flex flex-col">
        {value?.versions.map(({ version, note, createdAt }) => (
          <li key={version} className="border-line border-t first:border-t-0">
            <div className="flex min-h-11 items-center gap-3 text-sm">
              <span className="w-8 shrink-0 text-right font-semibold tabular-nums">{version}</span>
              <span className="min-w-0 flex-1 truncate">{note ?? <span className="text-soft">No note</span>}</span>
              <span className="shrink-0 text-soft text-xs">{ago(createdAt, now)}</span>
              {version === sheet.newest ? (
                <span className="shrink-0 rounded-full border border-line px-2 py-0.5 text-soft text-xs">Newest</span>
              ) : (
                <button
                  type="button"
                  aria-expanded={open === version}
                  onClick={() => setOpen(open === version ? undefined : version)}
                  className="min-h-9 shrink-0 rounded-lg px-2 text-soft text-xs underline underline-offset-4 hover:text-ink"
                >
                  {open === version ? "Hide" : "Compare"}
                  <span className="sr-only"> version {version} with the newest</span>
                </button>
              )}
            </div>
            {open === version && <Compared sheet={sheet} version={version} editor={editor} />}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Compared({ sheet, version, editor }: { sheet: Sheet; version: number; editor: SheetEditor }) {
  const { value } = useLoaded<Sheet>(`/api/sheets/${encodeURIComponent(sheet.id)}?version=${version}`);
  if (!value) return <p className="py-3 text-soft text-sm">Loading …</p>;
  return (
    <div className="flex flex-col gap-3 pb-4 pl-11">
      <p className="text-soft text-xs">
        From version {version} to version {sheet.newest}
      </p>
      <DiffView older={value} newer={sheet} label={`From version ${version} to version ${sheet.newest}`} />
      <button
        type="button"
        disabled={editor.saving || editor.changed !== "nothing"}
        title={editor.changed === "nothing" ? undefined : "Save or drop what you are writing first."}
        onClick={() => editor.back(version)}
        className="inline-flex min-h-9 items-center gap-1.5 self-start rounded-lg border border-line px-3 font-medium text-sm hover:bg-ink/8 disabled:opacity-60"
      >
        <RotateCcw aria-hidden="true" className="size-4" />
        Back to version {version}
      </button>
    </div>
  );
}
