"use client";
import { useState } from "react";
import { sayWhy } from "#lib/client/call-api.ts";
import { useEditorState } from "#lib/client/editor/use-editor.ts";
import { QueueRow } from "./queue-row.tsx";
import { useRunList } from "./use-run-list.ts";

/** Running and recent runs, of this graph or of all, as they go. */
export function QueuePanel() {
  const [all, setAll] = useState(false);
  const graphId = useEditorState(({ document }) => document.id);
  const mine = useEditorState(({ run }) => `${run.runId} ${run.view?.live.status}`);
  const { runs, error, more, reload } = useRunList(all ? undefined : graphId, mine);
  return (
    <div className="flex flex-col gap-2 p-2">
      <fieldset className="flex gap-1 rounded-lg bg-well p-1">
        <legend className="sr-only">Whose runs</legend>
        {[
          { title: "This graph", value: false },
          { title: "All graphs", value: true },
        ].map(({ title, value }) => (
          <button
            key={title}
            type="button"
            aria-pressed={all === value}
            onClick={() => setAll(value)}
            className="grow rounded-md px-2 py-1.5 text-soft text-xs hover:text-ink aria-pressed:bg-surface aria-pressed:text-ink aria-pressed:shadow-sm"
          >
            {title}
          </button>
        ))}
      </fieldset>
      {error !== undefined && (
        <p role="alert" className="px-2 py-1 text-fail text-xs">
          {sayWhy(error)}
        </p>
      )}
      {runs?.length === 0 && <p className="px-2 py-3 text-soft text-sm">No runs yet. Press Run, or Ctrl+Enter.</p>}
      <ul className="flex flex-col gap-1">
        {runs?.map((run) => (
          <li key={run.runId}>
            <QueueRow run={run} named={all} reload={reload} />
          </li>
        ))}
      </ul>
      {more && (
        <button type="button" onClick={more} className="rounded-lg px-2 py-1.5 text-soft text-xs hover:bg-ink/8">
          Older runs
        </button>
      )}
    </div>
  );
}
