"use client";
import { ChevronRight } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useEditorState } from "#lib/client/editor/use-editor.ts";

const Scorecard = dynamic(() => import("../../../_ui/quality/scorecard.tsx").then((module) => module.Scorecard), {
  ssr: false,
});

/** How the graph did when it judged its pictures; fetched when somebody looks, and again when a run has ended since. */
export function QualityFold() {
  const [open, setOpen] = useState(false);
  const graphId = useEditorState(({ document }) => document.id);
  const run = useEditorState(({ run }) => `${run.runId} ${run.view?.live.status}`);
  return (
    <details
      open={open}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
      className="group/fold border-line border-b last:border-b-0"
    >
      <summary className="flex list-none items-center gap-1.5 px-3.5 py-2.5 font-semibold text-xs hover:bg-ink/5 [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden="true"
          className="size-3.5 text-soft transition-transform group-open/fold:rotate-90"
        />
        Quality
      </summary>
      {open && (
        <div className="flex flex-col gap-2 px-3.5 pb-3">
          <Scorecard key={run} graphId={graphId} />
        </div>
      )}
    </details>
  );
}
