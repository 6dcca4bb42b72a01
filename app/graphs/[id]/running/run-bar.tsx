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
    <div className="pointer-events-none! flex min-w-0 shrink-0 items-start justify-end gap-2 *:pointer-events-auto">
      <RunResult />
      <section
        aria-label="Run"
        className="flex shrink-0 items-center gap-2 rounded-xl border border-line bg-surface/95 p-1 shadow-sm"
      >
        {moving ? <RunProgress /> : <RunButton />}
      </section>
    </div>
  );
}
