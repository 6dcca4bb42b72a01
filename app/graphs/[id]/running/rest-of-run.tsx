"use client";
import { X } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { titleOf } from "#lib/client/editor/edit/edit-nodes.ts";
import { nodesById } from "#lib/client/editor/graph-index.ts";
import { runCommands } from "#lib/client/editor/running/commands.ts";
import { refreshRun } from "#lib/client/editor/running/keep-run.ts";
import { resultSentence } from "#lib/client/editor/running/run-words.ts";
import { select } from "#lib/client/editor/store.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";
import { innermost, outermost } from "#lib/client/inside.ts";
import type { RunView } from "#lib/client/watch-run.ts";
import { BOX } from "./run-box.ts";

// What asks something of a person comes when there is something to ask.
const Ask = dynamic(() => import("../../../(pages)/runs/[id]/run-head.tsx").then((part) => part.Ask));
const RunNotice = dynamic(() => import("../../../(pages)/runs/[id]/run-notice.tsx").then((part) => part.RunNotice));
const WaitingSteps = dynamic(() => import("./waiting-steps.tsx").then((part) => part.WaitingSteps));

/** A run that rests: what came of it, and what it asks of a person. */
export function RestOfRun({ view, put }: { view: RunView; put(): void }) {
  const editor = useEditor();
  const { document: run, live } = view;
  const refresh = () => refreshRun(editor);
  const failed = [...live.steps.values()].filter(({ state }) => state === "failed");
  return (
    <section
      aria-label="The last run"
      className={`${BOX} max-h-[calc(100dvh-6rem)] overflow-y-auto text-xs ${live.status === "waiting" ? "max-sm:w-[calc(100vw-1.5rem)] max-sm:max-w-none" : ""}`}
    >
      <p className="flex min-h-11 items-center gap-2 py-1 pr-1 pl-3 text-soft">
        <span className="grow py-1 tabular-nums">
          {resultSentence(view)}.{" "}
          <Link href={`/runs/${run.runId}`} className="whitespace-nowrap underline underline-offset-4 hover:text-ink">
            Open the run
          </Link>
        </span>
        <button
          type="button"
          onClick={put}
          aria-label="Put away"
          className="rounded-lg p-1.5 hover:bg-ink/8 hover:text-ink"
        >
          <X aria-hidden="true" className="size-3.5" />
        </button>
      </p>
      {failed.length > 0 && (
        <ul className="flex flex-col gap-1 px-1.5 pb-1.5">
          {failed.map(({ nodeId, pass, error }) => (
            <li key={`${nodeId}@${pass}`} className="rounded-lg bg-well px-2.5 py-2">
              <FailedStep nodeId={nodeId} message={error?.message ?? "This step failed."} />
            </li>
          ))}
        </ul>
      )}
      {live.status === "waiting" && <WaitingSteps view={view} refresh={refresh} />}
      {(live.status === "paused" || live.status === "cancelled") && (
        <div className="px-1.5 pb-1.5">
          <RunNotice view={view} refresh={refresh} />
          {live.status === "cancelled" && (
            <div className="mt-1.5 flex justify-end">
              <Ask path={`/api/runs/${encodeURIComponent(run.runId)}/resume`} refresh={refresh}>
                Resume
              </Ask>
            </div>
          )}
        </div>
      )}
    </section>
  );
}

function FailedStep({ nodeId, message }: { nodeId: string; message: string }) {
  const editor = useEditor();
  // A step inside a subgraph is looked for, and run again, at the node it stands in.
  const holder = outermost(nodeId);
  const node = useEditorState(({ document }) => nodesById(document).get(holder));
  const show = () => {
    select(editor, [holder]);
    editor.around.viewport?.fit([holder]);
  };
  const retry = () => {
    select(editor, [holder]);
    const command = runCommands.find(({ id }) => id === "run.retry-from-here");
    if (command?.can?.(editor) !== false) void command?.run(editor);
  };
  if (!node) return <p className="break-words text-fail">{message}</p>;
  return (
    <>
      <button type="button" onClick={show} className="font-medium text-sm underline-offset-4 hover:underline">
        {titleOf(node, editor.around.registry.get(node.type))}
        {holder !== nodeId && ` › ${innermost(nodeId)}`}
      </button>
      <p className="break-words text-fail">{message}</p>
      <button
        type="button"
        onClick={retry}
        className="mt-1.5 rounded-lg border border-line px-2.5 py-1.5 font-medium hover:bg-ink/8"
      >
        Retry from here
      </button>
    </>
  );
}
