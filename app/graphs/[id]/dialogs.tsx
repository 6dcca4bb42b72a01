"use client";
import dynamic from "next/dynamic";
import type { ComponentType } from "react";
import type { Dialog } from "#lib/client/editor/state.ts";
import { openDialog } from "#lib/client/editor/store.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";

export type DialogProps<K extends Dialog["kind"]> = { dialog: Extract<Dialog, { kind: K }>; close(): void };

/** What opens over the canvas comes when it is first asked for: the editor's first load carries none of it. */
const DIALOGS: { [K in Dialog["kind"]]: ComponentType<DialogProps<K>> } = {
  picker: dynamic(() => import("./habits/picker-dialog.tsx")),
  "from-archive": dynamic(() => import("./habits/archive-dialog.tsx")),
  palette: dynamic(() => import("./habits/palette-dialog.tsx")),
  find: dynamic(() => import("./habits/find-dialog.tsx")),
  keys: dynamic(() => import("./habits/keys-dialog.tsx")),
  connect: dynamic(() => import("./habits/connect-dialog.tsx")),
  disconnect: dynamic(() => import("./habits/disconnect-dialog.tsx")),
  rename: dynamic(() => import("./habits/rename-dialog.tsx")),
  menu: dynamic(() => import("./habits/menu-dialog.tsx")),
  mask: dynamic(() => import("./paint/mask-dialog.tsx")),
  markup: dynamic(() => import("./paint/markup-dialog.tsx")),
  keep: dynamic(() => import("./paint/keep-dialog.tsx")),
  compare: dynamic(() => import("./paint/compare-dialog.tsx")),
  picture: dynamic(() => import("./paint/picture-dialog.tsx")),
  look: dynamic(() => import("./library/look-dialog.tsx")),
  versions: dynamic(() => import("./drafts/versions-dialog.tsx")),
  conflict: dynamic(() => import("./drafts/conflict-dialog.tsx")),
  publish: dynamic(() => import("./publish/publish-dialog.tsx")),
};

/** The one dialog that is open. */
export function Dialogs() {
  const editor = useEditor();
  const dialog = useEditorState(({ view }) => view.dialog);
  if (!dialog) return null;
  const Shown = DIALOGS[dialog.kind] as ComponentType<{ dialog: Dialog; close(): void }>;
  return <Shown dialog={dialog} close={() => openDialog(editor, undefined)} />;
}
