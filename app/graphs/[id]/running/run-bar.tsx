"use client";
import { isMoving } from "#lib/client/editor/running/start.ts";
import { useEditorState } from "#lib/client/editor/use-editor.ts";
import { RunButton } from "./run-button.tsx";
import { RunProgress } from "./run-progress.tsx";
import { RunResult } from "./run-result.tsx";

/** What running would cost and the button for it; while something runs how far it is; afterwards what became of it. */
export function RunBar() {
  const moving = useEditorState(({ run }) => isMoving(run));
  return (
    <div className="flex shrink-0 flex-col items-end gap-2">
      <section
        aria-label="Run"
        className="flex items-center gap-2 rounded-xl border border-line bg-surface/95 p-1 shadow-sm"
      >
        {moving ? <RunProgress /> : <RunButton />}
      </section>
      <RunResult />
    </div>
  );
}
