"use client";
import dynamic from "next/dynamic";
import { useState } from "react";
import { sayWhy } from "#lib/client/call-api.ts";
import { isMoving } from "#lib/client/editor/running/start.ts";
import { useEditorState } from "#lib/client/editor/use-editor.ts";
import { BOX } from "./run-box.ts";

// Comes when a run has come to rest.
const RestOfRun = dynamic(() => import("./rest-of-run.tsx").then((part) => part.RestOfRun));

/** What became of the newest run, what was kept and what to press next; put away for this run by its cross. */
export function RunResult() {
  const moving = useEditorState(({ run }) => isMoving(run));
  const view = useEditorState(({ run }) => run.view);
  const error = useEditorState(({ run }) => run.error);
  const [away, setAway] = useState("");
  const name = view ? `${view.document.runId} ${view.live.status} ${view.live.seq}` : "";
  return (
    <div className="pointer-events-none! flex flex-col items-end gap-2 *:pointer-events-auto empty:hidden max-lg:absolute max-lg:top-18 max-lg:right-3">
      {error !== undefined && (
        <p role="alert" className={`${BOX} px-3 py-2 text-fail text-xs`}>
          {sayWhy(error)}
        </p>
      )}
      {view?.connection === "lost" && (
        <p className={`${BOX} px-3 py-2 text-hold text-xs`}>
          The connection was lost. The run goes on; this page catches up.
        </p>
      )}
      {view && !moving && away !== name && <RestOfRun key={name} view={view} put={() => setAway(name)} />}
    </div>
  );
}
