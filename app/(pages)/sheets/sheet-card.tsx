import { CornerDownRight } from "lucide-react";
import Link from "next/link";
import { ago, count } from "#lib/client/words.ts";
import type { SheetSummary } from "#lib/protocol/library.ts";
import { SheetFace } from "./sheet-face.tsx";

/** A sheet of the library: its pictures, its name, where it stands. */
export function SheetCard({ sheet, now }: { sheet: SheetSummary; now: number }) {
  return (
    <article aria-label={sheet.name} className="group relative">
      <div className="relative aspect-4/3 overflow-hidden rounded-xl bg-well">
        <SheetFace samples={sheet.samples} opening={sheet.opening} />
        <span className="absolute inset-0 rounded-xl ring-1 ring-line ring-inset transition group-hover:ring-soft" />
      </div>
      <h3 className="mt-2.5 truncate font-semibold text-[15px] leading-snug">
        <Link
          href={`/sheets/${encodeURIComponent(sheet.id)}`}
          className="after:absolute after:inset-0 after:rounded-xl focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-brand focus-visible:after:outline-offset-2"
        >
          {sheet.name}
        </Link>
      </h3>
      <p className="mt-0.5 truncate text-[13px] text-soft">
        {count(sheet.newest, "version")} · {ago(sheet.updatedAt, now)}
        {sheet.tags.length > 0 && ` · ${sheet.tags.join(", ")}`}
      </p>
      {sheet.extends && (
        <p className="flex items-center gap-1 truncate text-[13px] text-soft">
          <CornerDownRight aria-hidden="true" className="size-3.5 shrink-0" />
          <span className="truncate">extends {sheet.extends}</span>
        </p>
      )}
    </article>
  );
}
