"use client";
import { FileDown } from "lucide-react";
import { lazy, type ReactNode, Suspense, useState } from "react";
import type { Wanted } from "#lib/client/export/export-wish.ts";

const ExportDialog = lazy(async () => ({ default: (await import("./export-dialog.tsx")).ExportDialog }));

/** Opens the export of some pictures; the dialog is fetched when it is first wanted. */
export function ExportButton({
  wanted,
  className,
  children = "Export…",
}: {
  wanted: Wanted;
  className?: string;
  children?: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        className={
          className ??
          "inline-flex min-h-9 items-center gap-1.5 rounded-lg border border-line px-3 font-medium text-sm hover:bg-ink/8"
        }
      >
        <FileDown aria-hidden="true" className="size-4" />
        {children}
      </button>
      {open && (
        <Suspense>
          <ExportDialog wanted={wanted} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
