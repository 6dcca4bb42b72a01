"use client";
import { useEffect } from "react";
import { keeperOf } from "#lib/client/editor/drafts/keeper-of.ts";
import { keepView } from "#lib/client/editor/drafts/kept-view.ts";
import { pageSignals } from "#lib/client/editor/drafts/page-signals.ts";
import { openDialog } from "#lib/client/editor/store.ts";
import { useEditor } from "#lib/client/editor/use-editor.ts";
import { SaveBanner } from "./save-banner.tsx";

/** How often it is looked at where people look (ms). */
const LOOKING = 2_000;

/** Keeps the document safe while the editor is open, and says so when something is in the way. */
export function DraftKeeper() {
  const editor = useEditor();
  useEffect(() => {
    let wanted = true;
    const ends: (() => void)[] = [];
    void keeperOf(editor).then((keeper) => {
      if (!wanted) return;
      const { store } = keeper.ports;
      const look = setInterval(() => void keepView(editor, store), LOOKING);
      ends.push(
        keeper.start(),
        () => clearInterval(look),
        pageSignals.onHide(() => void keepView(editor, store)),
      );
    });
    if (editor.getState().save.state === "conflict") openDialog(editor, { kind: "conflict" });
    return () => {
      wanted = false;
      for (const end of ends) end();
    };
  }, [editor]);
  return <SaveBanner />;
}
