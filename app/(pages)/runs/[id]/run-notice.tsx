"use client";
import Link from "next/link";
import { useState } from "react";
import type { RunView } from "#lib/client/watch-run.ts";
import { usd } from "#lib/client/words.ts";
import { Notice } from "../../../_ui/notice.tsx";
import { Ask } from "./run-head.tsx";

/** What happened to a run that did not simply succeed, what was kept, and what to press next. */
export function RunNotice({ view, refresh }: { view: RunView; refresh(): void }) {
  const { document: run, live } = view;
  const path = `/api/runs/${run.runId}/resume`;
  const kept = "Everything that finished is kept and is not paid for again.";
  if (live.status === "failed")
    return (
      <Notice tone="fail" title={live.error?.message ?? "A step failed."}>
        {kept} Resume tries what failed again.
      </Notice>
    );
  if (live.status === "cancelled")
    return <Notice title="This run was cancelled.">{kept} Resume to go on from here.</Notice>;
  if (live.status === "waiting")
    return (
      <Notice tone="wait" title="A step waits for a decision.">
        <p>The run holds no worker meanwhile and may wait for days.</p>
        <Link
          href={`/review?run=${run.runId}`}
          className="mt-3 inline-flex min-h-10 items-center rounded-lg bg-brand px-4 font-medium text-on-brand text-sm hover:brightness-110"
        >
          Decide now
        </Link>
      </Notice>
    );
  if (live.status !== "paused") return null;
  switch (live.reason ?? run.reason) {
    case "budget":
      return <RaiseCap run={run} refresh={refresh} path={path} message={live.error?.message} />;
    case "in_doubt":
      return (
        <Notice tone="hold" title="It is not known whether a call was paid for.">
          <p>
            The connection broke after it was sent and before the provider named it. It is never sent again by itself.{" "}
            {kept}
          </p>
          <div className="mt-3 flex flex-wrap gap-2">
            <Ask path={path} body={{ inDoubt: "retry" }} refresh={refresh}>
              Send it again (may be paid twice)
            </Ask>
            <Ask path={path} body={{ inDoubt: "give-up" }} refresh={refresh}>
              Go on without it
            </Ask>
          </div>
        </Notice>
      );
    default:
      return (
        <Notice tone="hold" title={live.error?.message ?? "The run is paused."}>
          <p>{kept}</p>
          <div className="mt-3">
            <Ask path={path} refresh={refresh}>
              Resume
            </Ask>
          </div>
        </Notice>
      );
  }
}

function RaiseCap({
  run,
  path,
  message,
  refresh,
}: {
  run: RunView["document"];
  path: string;
  message?: string;
  refresh(): void;
}) {
  const [cap, setCap] = useState(String(Math.ceil((run.budgetUsd ?? run.costUsd) * 2) || 1));
  const amount = Number(cap);
  return (
    <Notice tone="hold" title={message ?? "The next call would go over the cap, so it was not sent."}>
      <p>Spent so far: {usd(run.costUsd)}. Everything that finished is kept.</p>
      <div className="mt-3 flex flex-wrap items-end gap-3">
        <label className="flex flex-col gap-1 text-xs">
          New cap in USD
          <input
            inputMode="decimal"
            value={cap}
            onChange={(event) => setCap(event.target.value)}
            className="min-h-10 w-28 rounded-lg border border-line bg-well px-3 text-ink text-sm"
          />
        </label>
        <Ask path={path} body={Number.isFinite(amount) ? { budgetUsd: amount } : {}} refresh={refresh}>
          Raise and resume
        </Ask>
      </div>
    </Notice>
  );
}
