"use client";
import { ImageOff } from "lucide-react";
import { COMMANDS } from "#lib/client/editor/commands.ts";
import type { NoPicture as Missing } from "#lib/client/editor/paint/node-pictures.ts";
import { openDialog, select } from "#lib/client/editor/store.ts";
import { useEditor } from "#lib/client/editor/use-editor.ts";
import { BarButton } from "../../../_ui/stage/controls.tsx";
import { FullDialog } from "../../../_ui/stage/full-dialog.tsx";

/** There is nothing to draw on yet: why, and the way to it. */
export function NoPicture({ title, missing, close }: { title: string; missing: Missing; close(): void }) {
  const editor = useEditor();
  const { from } = missing;
  const run = from === undefined ? undefined : COMMANDS.find(({ id }) => id === "run.to-here");
  return (
    <FullDialog title={title} onClose={close} actions={<BarButton onClick={close}>Close</BarButton>}>
      <div className="grid flex-1 place-content-center justify-items-center gap-4 p-6 text-center">
        <ImageOff aria-hidden="true" className="size-8 text-soft" />
        <p className="max-w-[44ch] text-sm">{missing.why}</p>
        {run && from !== undefined && (
          <BarButton
            first
            onClick={() => {
              select(editor, [from]);
              openDialog(editor, undefined);
              void run.run(editor);
            }}
          >
            Run to here
          </BarButton>
        )}
      </div>
    </FullDialog>
  );
}

/** While a picture comes, and when it does not. */
export const Waiting = ({ title, error, close }: { title: string; error?: string; close(): void }) => (
  <FullDialog title={title} onClose={close} actions={<BarButton onClick={close}>Close</BarButton>}>
    <p role={error ? "alert" : "status"} className="grid flex-1 place-content-center p-6 text-center text-sm text-soft">
      {error ?? "Loading the picture …"}
    </p>
  </FullDialog>
);
