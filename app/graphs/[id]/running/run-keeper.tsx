"use client";
import { useEffect } from "react";
import { keepRun, refreshRun } from "#lib/client/editor/running/keep-run.ts";
import { browserServer } from "#lib/client/editor/running/run-server.ts";
import { useEditor } from "#lib/client/editor/use-editor.ts";

/** Draws nothing: keeps the run, the past results and the price up to date while the editor is open. */
export function RunKeeper() {
  const editor = useEditor();
  useEffect(() => {
    const stop = keepRun(editor, browserServer);
    // A laptop that slept or a phone that locked may have missed that its stream died.
    const again = () => {
      if (document.visibilityState === "visible") refreshRun(editor);
    };
    document.addEventListener("visibilitychange", again);
    return () => {
      document.removeEventListener("visibilitychange", again);
      stop();
    };
  }, [editor]);
  return null;
}
