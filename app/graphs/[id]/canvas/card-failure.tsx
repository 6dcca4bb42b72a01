"use client";
import { RotateCcw } from "lucide-react";
import { COMMANDS } from "#lib/client/editor/commands.ts";
import type { NodeRun } from "#lib/client/editor/node-run.ts";
import { select } from "#lib/client/editor/store.ts";
import { useEditor } from "#lib/client/editor/use-editor.ts";
import { usd } from "#lib/client/words.ts";

/** What happened, what it cost, what was kept, and what to press next. */
export function CardFailure({ nodeId, run }: { nodeId: string; run: NodeRun }) {
  const editor = useEditor();
  const retry = COMMANDS.find(({ id }) => id === "run.retry-from-here");
  return (
    <section aria-label="Failed" className="border-fail/40 border-t bg-fail/8 px-3 py-2.5 text-xs leading-snug">
      <p className="text-ink">{run.error?.message ?? "This step failed."}</p>
      <p className="mt-1 text-soft">
        {run.costUsd > 0 ? `It cost ${usd(run.costUsd)}.` : "Nothing was paid."} Everything before it is kept.
      </p>
      {retry && (
        <button
          type="button"
          onClick={() => {
            select(editor, [nodeId]);
            void retry.run(editor);
          }}
          className="nodrag nopan mt-2 inline-flex items-center gap-1.5 rounded-md border border-line bg-surface px-2 py-1 font-medium hover:bg-ink/8"
        >
          <RotateCcw aria-hidden="true" className="size-3" />
          Retry from here
        </button>
      )}
    </section>
  );
}
