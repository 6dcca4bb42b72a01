"use client";
import { Check, LoaderCircle } from "lucide-react";
import type { SheetEditor } from "#lib/client/library/use-sheet-editor.ts";
import { Button } from "../../../_ui/button.tsx";

/** Says what saving would do, and does it. In view while there is something to save. */
export function SaveBar({ editor: { sheet, draft, changed, change, saving, said } }: { editor: SheetEditor }) {
  const next = sheet ? sheet.newest + 1 : 1;
  const dirty = changed !== "nothing";
  return (
    <div
      className={`inset-x-0 bottom-0 z-10 ${dirty ? "sticky -mx-4 border-line border-t bg-canvas/95 px-4 py-3 backdrop-blur" : ""}`}
    >
      <div className="flex flex-wrap items-center gap-3">
        {changed === "version" && sheet && (
          <input
            type="text"
            aria-label="What is new in this version"
            placeholder="What is new?"
            value={draft.note}
            maxLength={2000}
            onChange={({ target }) => change({ note: target.value })}
            className="min-h-10 min-w-0 flex-1 basis-56 rounded-lg border border-line bg-well px-3 text-sm"
          />
        )}
        <p
          aria-live="polite"
          className={`text-sm ${dirty ? "ml-auto" : ""} ${said?.tone === "fail" ? "text-fail" : "text-soft"}`}
        >
          {said?.tone === "done" && <Check aria-hidden="true" className="mr-1 inline size-4 text-done" />}
          {said?.text ?? (dirty && sheet ? "Not saved yet" : "")}
        </p>
        {(dirty || !sheet) && (
          <Button look="first" type="submit" disabled={saving || !dirty}>
            {saving && <LoaderCircle aria-hidden="true" className="size-4 animate-spin" />}
            {!sheet ? "Keep in the library" : changed === "about" ? "Save name and tags" : `Save as version ${next}`}
          </Button>
        )}
      </div>
    </div>
  );
}
