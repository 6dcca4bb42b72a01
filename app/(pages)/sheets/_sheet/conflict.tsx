"use client";
import type { SheetEditor } from "#lib/client/library/use-sheet-editor.ts";
import { Button } from "../../../_ui/button.tsx";
import { Notice } from "../../../_ui/notice.tsx";
import { DiffView } from "./diff-view.tsx";

/** Somebody saved in between: what they have against what is written here, and a choice. */
export function Conflict({ editor: { theirs, draft, settle } }: { editor: SheetEditor }) {
  if (!theirs) return null;
  return (
    <div role="alert">
      <Notice
        tone="hold"
        title={`Somebody saved version ${theirs.newest} while you were writing. Nothing of yours is lost.`}
      >
        <div className="mt-2 flex flex-col gap-3 text-ink">
          <DiffView older={theirs} newer={{ ...draft, samples: [...draft.samples] }} label="From theirs to yours" />
          <div className="flex flex-wrap gap-2">
            <Button onClick={() => settle("mine")}>Keep mine as the next version</Button>
            <Button onClick={() => settle("theirs")}>Take theirs</Button>
          </div>
        </div>
      </Notice>
    </div>
  );
}
