"use client";
import { useRouter } from "next/navigation";
import type { Draft } from "#lib/client/library/sheet-draft.ts";
import { useSheetEditor } from "#lib/client/library/use-sheet-editor.ts";
import type { Sheet } from "#lib/protocol/library.ts";
import { Conflict } from "./conflict.tsx";
import { DeskHead } from "./desk-head.tsx";
import { SampleStrip } from "./sample-strip.tsx";
import { SaveBar } from "./save-bar.tsx";
import { SentPreview } from "./sent-preview.tsx";
import { Users } from "./users.tsx";
import { Versions } from "./versions.tsx";
import { WrittenPart } from "./written-part.tsx";

/** A sheet to be read and written: its pictures big, its words beside what goes out, its versions and who uses it below. */
export function SheetDesk({ first, begin }: { first: Sheet | undefined; begin: Draft }) {
  const router = useRouter();
  const editor = useSheetEditor(first, begin);
  const { draft, sheet, change } = editor;
  const save = async () => {
    const saved = await editor.save();
    if (saved && !sheet) router.replace(`/sheets/${encodeURIComponent(saved.id)}`);
  };
  return (
    <form
      aria-label="Spec sheet"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
          event.preventDefault();
          void save();
        }
      }}
      className="flex flex-col gap-8 pb-16"
    >
      <DeskHead editor={editor} />
      <Conflict editor={editor} />
      <SampleStrip samples={draft.samples} onChange={(samples) => change({ samples })} />
      <div className="grid grid-cols-1 gap-8 lg:grid-cols-2">
        <WrittenPart draft={draft} id={sheet?.id} onChange={change} />
        <SentPreview draft={draft} id={sheet?.id} />
      </div>
      {sheet && (
        <div className="grid grid-cols-1 gap-8 border-line border-t pt-8 lg:grid-cols-2">
          <Versions sheet={sheet} editor={editor} />
          <Users id={sheet.id} newest={sheet.newest} />
        </div>
      )}
      <SaveBar editor={editor} />
    </form>
  );
}
