"use client";
import Link from "next/link";
import { assetUrl } from "#lib/client/call-api.ts";
import { lastPicture } from "#lib/client/home/my-graphs.ts";
import { useLoaded } from "#lib/client/use-loaded.ts";
import { ago, duration, usd } from "#lib/client/words.ts";
import type { RunSummary } from "#lib/protocol/http.ts";
import type { RunDocument } from "#lib/protocol/run.ts";
import { StatePill } from "./state-pill.tsx";

/** A run as a card: its last picture, what became of it, what it cost. */
export function RunCard({ run, now }: { run: RunSummary; now: number }) {
  const { value } = useLoaded<RunDocument>(`/api/runs/${run.runId}`);
  const cover = value && lastPicture(value);
  return (
    <Link
      href={`/runs/${run.runId}`}
      className="group block overflow-hidden rounded-xl border border-line bg-surface transition hover:border-soft"
    >
      <div className="aspect-3/2 overflow-hidden bg-well">
        {cover && (
          <img
            src={assetUrl(cover.asset, 640)}
            alt=""
            loading="lazy"
            className="size-full animate-appear object-cover object-left-bottom transition duration-150 group-hover:brightness-110"
          />
        )}
      </div>
      <div className="flex flex-col gap-2 px-4 py-3">
        <div className="flex items-center justify-between gap-3">
          <h3 className="truncate font-semibold text-sm">{run.graphName}</h3>
          <StatePill state={run.status} />
        </div>
        <p className="flex justify-between gap-3 text-soft text-xs tabular-nums">
          <span>
            {ago(run.createdAt, now)}
            {run.template ? ` · template, revision ${run.template.revision}` : ""}
            {run.startedAt && run.endedAt ? ` · ${duration(run.endedAt - run.startedAt)}` : ""}
          </span>
          <span>{run.simulated ? "simulated" : usd(run.costUsd)}</span>
        </p>
      </div>
    </Link>
  );
}
