"use client";
import { Download, Pause, Play, X } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { downloadUrl } from "#lib/client/table/batch-server.ts";
import type { BatchTable } from "#lib/client/table/batch-table.ts";
import { countWords, leftWords, neverRan, rateWords } from "#lib/client/table/batch-words.ts";
import { isResting } from "#lib/client/table/watch-batch.ts";
import { duration, usd } from "#lib/client/words.ts";
import { Button } from "../../../_ui/button.tsx";
import { StatePill } from "../../../_ui/state-pill.tsx";
import { ProgressBar } from "../progress-bar.tsx";
import { useTable } from "./use-batch-table.ts";

const LINK =
  "inline-flex min-h-10 items-center gap-2 whitespace-nowrap rounded-lg border border-line px-3 py-2 font-medium text-sm transition hover:bg-ink/8 max-sm:px-2.5";

/** What the batch is, how far it is, what it costs, how long it takes, and how to stop it: always in sight. */
export function BatchHeader({ table }: { table: BatchTable }) {
  const view = useTable(table, (state) => state.view);
  if (!view) return null;
  const ended = view.endedAt !== undefined && isResting(view.status);
  return (
    <header className="flex flex-col gap-2.5 px-4 pt-4 pb-3 sm:px-6">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="min-w-0 truncate font-semibold text-xl tracking-tight">{view.name || view.graphName}</h1>
          <StatePill state={view.status} />
          <span className="text-soft text-sm">
            {view.total.toLocaleString("en")} {view.total === 1 ? "row" : "rows"} of{" "}
            <Link
              href={
                view.template
                  ? `/templates/${encodeURIComponent(view.template.id)}`
                  : `/graphs/${encodeURIComponent(view.graphId)}`
              }
              className="underline underline-offset-4 hover:text-ink"
            >
              {view.graphName}
            </Link>
            {view.template && `, revision ${view.template.revision}`}
          </span>
        </div>
        <div className="flex flex-wrap gap-2">
          <Controls table={table} />
          <a href={downloadUrl(view.batchId, "rows.csv")} download className={LINK}>
            <Download aria-hidden="true" className="size-4 max-sm:hidden" />
            rows.csv
          </a>
          <a href={downloadUrl(view.batchId, "files.zip")} download className={LINK}>
            <Download aria-hidden="true" className="size-4 max-sm:hidden" />
            files.zip
          </a>
        </div>
      </div>
      <ProgressBar batch={view} />
      <dl className="flex flex-wrap gap-x-6 gap-y-1 text-sm tabular-nums *:flex *:gap-1.5 [&_dt]:text-soft">
        <div>
          <dt>Rows</dt>
          <dd>{countWords(view.counts)}</dd>
        </div>
        <div>
          <dt>Money</dt>
          <dd>
            {usd(view.costUsd)}
            {view.budgetUsd !== null && ` of ${usd(view.budgetUsd)}`}
            {view.simulated && <span className="text-soft"> · simulated, nothing is paid</span>}
          </dd>
        </div>
        <div>
          <dt>Time</dt>
          <dd>
            {neverRan(view)
              ? "not begun"
              : ended && view.endedAt !== undefined
                ? `took ${duration(view.endedAt - (view.startedAt ?? view.createdAt))}`
                : isResting(view.status)
                  ? "stands still"
                  : [
                      view.perMinute === undefined ? undefined : rateWords(view.perMinute),
                      view.leftMs === undefined ? "time left is not known yet" : leftWords(view.leftMs),
                    ]
                      .filter(Boolean)
                      .join(" · ")}
          </dd>
        </div>
      </dl>
      {view.connection === "lost" && (
        <p role="alert" className="text-hold text-sm">
          The connection was lost. Trying again …
        </p>
      )}
    </header>
  );
}

/** Pause, go on, cancel. Cancelling asks once more: rows under way are stopped. */
function Controls({ table }: { table: BatchTable }) {
  const status = useTable(table, ({ view }) => view?.status);
  const total = useTable(table, ({ view }) => (view && neverRan(view) ? view.total : 0));
  const doing = useTable(table, (state) => state.doing !== undefined);
  const [asked, setAsked] = useState(false);
  if (status === undefined) return null;
  const moving = !isResting(status);
  if (moving && asked)
    return (
      <>
        <span className="self-center text-sm">Stop every row?</span>
        <Button
          disabled={doing}
          onClick={() => void table.cancel().then(() => setAsked(false))}
          className="border-fail text-fail"
        >
          Stop all
        </Button>
        <Button onClick={() => setAsked(false)}>Keep running</Button>
      </>
    );
  if (moving)
    return (
      <>
        <Button disabled={doing} onClick={() => void table.pause()} className="max-sm:px-3">
          <Pause aria-hidden="true" className="size-4 max-sm:hidden" />
          Pause
        </Button>
        <Button disabled={doing} onClick={() => setAsked(true)} className="max-sm:px-3">
          <X aria-hidden="true" className="size-4 max-sm:hidden" />
          Cancel
        </Button>
      </>
    );
  if (status === "paused" || status === "cancelled")
    return (
      <Button look="first" disabled={doing} onClick={() => void table.ask({}, total)}>
        <Play aria-hidden="true" className="size-4" />
        {total > 0 ? "Run every row" : "Go on"}
      </Button>
    );
  return null;
}
