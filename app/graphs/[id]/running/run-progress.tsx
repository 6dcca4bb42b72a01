"use client";
import { Square } from "lucide-react";
import { progressOf, spent } from "#lib/client/editor/running/run-words.ts";
import { stopRun } from "#lib/client/editor/running/start.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";
import { count, duration } from "#lib/client/words.ts";
import { useNow } from "../../../(pages)/runs/[id]/use-now.ts";

/** How far the run is, what it has cost so far and how long it has been going, with the way to stop it. */
export function RunProgress() {
  const editor = useEditor();
  const view = useEditorState(({ run }) => run.view);
  const starting = useEditorState(({ run }) => run.starting);
  const now = useNow(true);
  const shown = starting ? undefined : view;
  const { done, total } = shown ? progressOf(shown) : { done: 0, total: 0 };
  const since = shown?.live.startedAt;
  return (
    <div className="flex items-center gap-3 pl-2.5">
      <div className="flex flex-col gap-1">
        <p className="whitespace-nowrap text-xs tabular-nums">
          {shown ? (
            <>
              <span className="font-medium text-run">Running</span>
              <span className="text-soft">
                {` · ${done} of ${count(total, "step")}`}
                <span className="hidden sm:inline">{` · ${spent(shown.document, shown.live.costUsd)}`}</span>
                {since !== undefined && ` · ${duration(Math.max(0, Math.floor((now - since) / 1000) * 1000))}`}
              </span>
            </>
          ) : (
            <span className="text-soft">Starting …</span>
          )}
        </p>
        <progress
          value={done}
          max={Math.max(1, total)}
          aria-label={shown ? `${done} of ${count(total, "step")} settled` : "Starting"}
          className="h-1 w-full appearance-none overflow-hidden rounded-full bg-ink/10 [&::-moz-progress-bar]:bg-run [&::-webkit-progress-bar]:bg-transparent [&::-webkit-progress-value]:bg-run [&::-webkit-progress-value]:transition-all"
        />
      </div>
      <button
        type="button"
        onClick={() => void stopRun(editor)}
        disabled={starting}
        title="Ctrl+Alt+Enter"
        className="flex min-h-9 items-center gap-2 rounded-lg border border-line px-3 font-medium text-sm hover:bg-ink/8 disabled:opacity-60"
      >
        <Square aria-hidden="true" className="size-3.5 fill-current" />
        Stop
      </button>
    </div>
  );
}
