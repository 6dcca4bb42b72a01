"use client";
import Link from "next/link";
import { sayWhy } from "#lib/client/call-api.ts";
import { draftOf } from "#lib/client/library/sheet-draft.ts";
import { useLoaded } from "#lib/client/use-loaded.ts";
import type { Sheet } from "#lib/protocol/library.ts";
import { Notice } from "../../../_ui/notice.tsx";
import { SheetDesk } from "./sheet-desk.tsx";

/** One sheet of the library. */
export function SheetScreen({ id }: { id: string }) {
  const { value, error, reload } = useLoaded<Sheet>(`/api/sheets/${encodeURIComponent(id)}`);
  if (error !== undefined)
    return (
      <Notice tone="fail" title={sayWhy(error)}>
        <button type="button" className="underline" onClick={reload}>
          Try again
        </button>{" "}
        or go to{" "}
        <Link href="/sheets" className="underline">
          all sheets
        </Link>
        .
      </Notice>
    );
  if (!value) return <div className="h-96 rounded-xl bg-surface" aria-busy="true" />;
  return <SheetDesk key={value.id} first={value} begin={draftOf(value)} />;
}
