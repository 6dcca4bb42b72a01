"use client";
import Link from "next/link";
import { useState } from "react";
import { callApi, sayWhy } from "#lib/client/call-api.ts";
import { refreshRun } from "#lib/client/editor/running/keep-run.ts";
import { progressOf, spent } from "#lib/client/editor/running/run-words.ts";
import { setRun } from "#lib/client/editor/store.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";
import { ago, count, duration } from "#lib/client/words.ts";
import type { RunSummary } from "#lib/protocol/http.ts";
import { StatePill } from "../../../_ui/state-pill.tsx";
import { useNow } from "../../../(pages)/runs/[id]/use-now.ts";

const STOPPABLE = new Set<RunSummary["status"]>(["queued", "running", "waiting"]);
const RESUMABLE = new Set<RunSummary["status"]>(["failed", "cancelled", "paused"]);

/** One run: where it stands, what it cost, and what can be done with it. */
export function QueueRow({ run, named, reload }: { run: RunSummary; named: boolean; reload(): void }) {
  const editor = useEditor();
  const view = useEditorState((state) => (state.run.view?.document.runId === run.runId ? state.run.view : undefined));
  const here = useEditorState(({ document }) => document.id === run.graphId);
  const [error, setError] = useState<unknown>();
  const status = view?.live.status ?? run.status;
  const moving = status === "running" || status === "queued";
  const now = useNow(moving);
  const ask = async (what: "cancel" | "resume") => {
    try {
      await callApi(`/api/runs/${encodeURIComponent(run.runId)}/${what}`, { method: "POST" });
      setError(undefined);
      if (here && what === "resume") setRun(editor, { runId: run.runId });
      refreshRun(editor);
    } catch (caught) {
      setError(caught);
    }
    reload();
  };
  const progress = view && moving ? progressOf(view) : undefined;
  const begin = view?.live.startedAt ?? run.startedAt;
  const end = run.endedAt ?? (moving ? now : undefined);
  return (
    <article className="flex flex-col gap-1.5 rounded-lg border border-line px-2.5 py-2">
      <div className="flex items-center justify-between gap-2">
        <StatePill state={status} />
        <span className="text-soft text-xs tabular-nums">{spent(run, view?.live.costUsd ?? run.costUsd)}</span>
      </div>
      {named && <p className="truncate font-medium text-sm">{run.graphName}</p>}
      <p className="text-soft text-xs tabular-nums">
        {ago(run.createdAt, now)}
        {progress ? ` · ${progress.done} of ${count(progress.total, "step")}` : ""}
        {begin !== undefined && end !== undefined ? ` · ${duration(end - begin)}` : ""}
      </p>
      {run.error && status !== "running" && <p className="break-words text-fail text-xs">{run.error.message}</p>}
      <p className="flex gap-1.5">
        <Link href={`/runs/${run.runId}`} className="rounded-md border border-line px-2 py-1 text-xs hover:bg-ink/8">
          Open
        </Link>
        {STOPPABLE.has(status) && <Small press={() => ask("cancel")}>Stop</Small>}
        {RESUMABLE.has(status) && <Small press={() => ask("resume")}>Resume</Small>}
      </p>
      {error !== undefined && (
        <p role="alert" className="text-fail text-xs">
          {sayWhy(error)}
        </p>
      )}
    </article>
  );
}

function Small({ press, children }: { press(): Promise<void>; children: string }) {
  const [busy, setBusy] = useState(false);
  return (
    <button
      type="button"
      disabled={busy}
      onClick={() => {
        setBusy(true);
        void press().finally(() => setBusy(false));
      }}
      className="rounded-md border border-line px-2 py-1 text-xs hover:bg-ink/8 disabled:opacity-60"
    >
      {children}
    </button>
  );
}
