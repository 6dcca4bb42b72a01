"use client";
import { SaveSheetDialog } from "../../../_ui/save-sheet/save-sheet-dialog.tsx";
import type { DialogProps } from "../dialogs.tsx";

/** Has a spec sheet written from the conversation behind a picture on the canvas. */
export default function LookDialog({ dialog: { picture, title }, close }: DialogProps<"look">) {
  return <SaveSheetDialog picture={picture} title={title} onClose={close} />;
}
