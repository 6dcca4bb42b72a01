"use client";
import { RotateCcw } from "lucide-react";
import { assetUrl } from "#lib/client/call-api.ts";
import { lastPicture } from "#lib/client/home/my-graphs.ts";
import { useLoaded } from "#lib/client/use-loaded.ts";
import { ago, usd } from "#lib/client/words.ts";
import type { RunSummary } from "#lib/protocol/http.ts";
import type { RunDocument } from "#lib/protocol/run.ts";
import { StatePill } from "../../../_ui/state-pill.tsx";

type Actions = { onShow(runId: string): void; onAgain(run: RunDocument): void };

/** Everything this form made, newest first: a click shows it again, another takes over what was asked for. */
export function FormHistory({ runs, shown, ...actions }: Actions & { runs?: readonly RunSummary[]; shown?: string }) {
  if (!runs || runs.length === 0) return null;
  return (
    <section aria-labelledby="history" className="border-line border-t pt-6">
      <h2 id="history" className="mb-4 font-semibold text-lg">
        Made before
      </h2>
      <ul className="grid grid-cols-2 gap-x-4 gap-y-6 md:grid-cols-3 lg:grid-cols-4">
        {runs.map((run) => (
          <li key={run.runId}>
            <Made run={run} current={run.runId === shown} {...actions} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Made({ run, current, onShow, onAgain }: Actions & { run: RunSummary; current: boolean }) {
  const { value } = useLoaded<RunDocument>(`/api/runs/${run.runId}`);
  const picture = value && lastPicture(value);
  const asked = value ? askedWords(value.inputs) : "";
  return (
    <article aria-label={asked || "A run"} className="group relative">
      <div className="aspect-4/3 overflow-hidden rounded-xl bg-well">
        {picture && (
          <img
            src={assetUrl(picture.asset, 640)}
            alt=""
            loading="lazy"
            className="size-full animate-appear object-cover"
          />
        )}
        <span
          className={`absolute inset-x-0 top-0 aspect-4/3 rounded-xl ring-inset ${current ? "ring-2 ring-brand" : "ring-1 ring-line"}`}
        />
      </div>
      <h3 className="mt-2 truncate font-medium text-sm">
        <button
          type="button"
          aria-pressed={current}
          onClick={() => onShow(run.runId)}
          className="max-w-full truncate text-left after:absolute after:inset-0 after:rounded-xl focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-brand focus-visible:after:outline-offset-2"
        >
          {asked || "As it is"}
        </button>
      </h3>
      <p className="mt-0.5 flex flex-wrap items-center gap-x-2 text-soft text-xs tabular-nums">
        <span>{ago(run.createdAt, Date.now())}</span>
        {!run.simulated && <span>{usd(run.costUsd)}</span>}
        {run.status !== "succeeded" && <StatePill state={run.status} />}
      </p>
      <button
        type="button"
        disabled={!value}
        onClick={() => value && onAgain(value)}
        className="relative mt-1 -ml-2 inline-flex min-h-10 items-center gap-1.5 rounded-lg px-2 text-soft text-xs hover:bg-ink/8 hover:text-ink sm:min-h-8"
      >
        <RotateCcw aria-hidden="true" className="size-3.5" />
        Change and run again
      </button>
    </article>
  );
}

/** What was asked for, in a line. */
const askedWords = (inputs: Readonly<Record<string, unknown>>): string =>
  Object.values(inputs)
    .filter((value) => (typeof value === "string" && value !== "") || typeof value === "number")
    .join(" · ")
    .slice(0, 120);
