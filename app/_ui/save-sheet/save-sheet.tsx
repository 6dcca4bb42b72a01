"use client";
import { NotebookPen } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { PictureWithThread } from "#lib/client/library/distil-picture.ts";

const SaveSheetDialog = dynamic(() => import("./save-sheet-dialog.tsx").then((file) => file.SaveSheetDialog));

/**
 * "Save the look" for a picture with a conversation behind it: the model writes a spec sheet from it, which is then edited and kept. Draws nothing
 * for pictures without a thread.
 */
export function SaveSheet({
  picture,
  title,
  className = "inline-flex min-h-9 items-center gap-1.5 rounded-lg border border-line px-3 font-medium text-sm hover:bg-ink/8",
}: {
  picture: PictureWithThread;
  /** What people call the picture. */
  title?: string | undefined;
  className?: string;
}) {
  const [open, setOpen] = useState(false);
  if (!picture.turn) return null;
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        className={className}
        title="Write a spec sheet from this conversation"
      >
        <NotebookPen aria-hidden="true" className="size-4" />
        Save the look
      </button>
      {open && <SaveSheetDialog picture={picture} title={title} onClose={() => setOpen(false)} />}
    </>
  );
}
