"use client";
import type { Editor } from "#lib/client/editor/store.ts";
import { EditorContext, useEditorState } from "#lib/client/editor/use-editor.ts";
import { Canvas } from "./canvas/canvas.tsx";
import { Dialogs } from "./dialogs.tsx";
import { DraftKeeper } from "./drafts/draft-keeper.tsx";
import { Keys } from "./habits/keys.tsx";
import { Inspector } from "./inspector/inspector.tsx";
import { LeftRail } from "./left-rail.tsx";
import { ContactsBanner } from "./publish/contacts-banner.tsx";
import { RunKeeper } from "./running/run-keeper.tsx";
import { LinkKeeper } from "./subgraph/link-keeper.tsx";
import { TopStrip } from "./top-strip.tsx";

/** The canvas is the screen; everything else floats over it. Keepers draw nothing: they keep drafts, runs and keys going. */
export function EditorScreen({ editor }: { editor: Editor }) {
  return (
    <EditorContext value={editor}>
      <main className="fixed inset-0 overflow-hidden bg-canvas">
        <Canvas />
        <TopStrip />
        <ContactsBanner />
        <LeftRail />
        <Inspector />
        <Dialogs />
        <Keys />
        <DraftKeeper />
        <RunKeeper />
        <LinkKeeper />
        <LiveRegion />
      </main>
    </EditorContext>
  );
}

/** Tells screen readers what happened on the canvas. */
function LiveRegion() {
  const { text, n } = useEditorState(({ view }) => view.said);
  return (
    <p aria-live="polite" className="sr-only">
      {/* The same sentence twice is news twice: an invisible difference makes it read again. */}
      {text}
      {n % 2 === 0 ? "" : "\u00a0"}
    </p>
  );
}
