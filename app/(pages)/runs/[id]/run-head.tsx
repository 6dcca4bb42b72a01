"use client";
import Link from "next/link";
import { useState } from "react";
import { callApi, sayWhy } from "#lib/client/call-api.ts";
import type { ShownStep } from "#lib/client/run-steps.ts";
import { RESTING, type RunView } from "#lib/client/watch-run.ts";
import { count, duration, usd } from "#lib/client/words.ts";
import { Button } from "../../../_ui/button.tsx";
import { ExportButton } from "../../../_ui/export/export-button.tsx";
import { StatePill } from "../../../_ui/state-pill.tsx";
import { useNow } from "./use-now.ts";

const SETTLED = new Set(["done", "skipped", "failed", "cancelled", "blocked", "in_doubt"]);

/** Name, state, money and time of a run, and what can be done with it now. */
export function RunHead({ view, steps, refresh }: { view: RunView; steps: readonly ShownStep[]; refresh(): void }) {
  const { document: run, live } = view;
  const moving = live.status === "running" || live.status === "queued";
  const now = useNow(moving);
  const settled = steps.filter(({ step }) => step && SETTLED.has(step.state)).length;
  const cached = steps.filter(({ step }) => step?.cached).length;
  const end = live.endedAt ?? run.endedAt ?? (moving ? now : undefined);
  const begin = live.startedAt ?? run.startedAt;
  const facts: [string, string][] = [
    ["Spent", run.simulated ? "$0.00 · simulated" : usd(live.costUsd)],
    ["Cap", run.budgetUsd === null ? "none" : usd(run.budgetUsd)],
    ["Calls", String(run.paidCalls)],
    ["Steps", `${settled} of ${steps.length}${cached > 0 ? ` · ${cached} cached` : ""}`],
    ["Time", begin !== undefined && end !== undefined ? duration(end - begin) : "–"],
  ];
  return (
    <header className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <h1 className="font-semibold text-2xl tracking-tight">{run.graphName}</h1>
        <StatePill state={live.status} />
        {run.template && (
          <Link
            href={`/templates/${encodeURIComponent(run.template.id)}?run=${encodeURIComponent(run.runId)}`}
            className="text-sm text-soft underline underline-offset-4 hover:text-ink"
          >
            Template, revision {run.template.revision}
          </Link>
        )}
        <div className="ml-auto flex items-center gap-2">
          <Link
            href={`/graphs/${encodeURIComponent(run.graphId)}`}
            className="inline-flex min-h-10 items-center rounded-lg border border-line px-4 py-2 font-medium text-sm transition hover:bg-ink/8"
          >
            Open the graph
          </Link>
          {live.status === "succeeded" && (
            <ExportButton
              wanted={{ run: run.runId }}
              className="inline-flex min-h-10 items-center gap-2 rounded-lg border border-line px-4 py-2 font-medium text-sm transition hover:bg-ink/8"
            />
          )}
          {moving || live.status === "waiting" ? (
            <Ask path={`/api/runs/${run.runId}/cancel`} refresh={refresh}>
              Cancel
            </Ask>
          ) : (
            (live.status === "cancelled" || live.status === "failed") && (
              <Ask path={`/api/runs/${run.runId}/resume`} refresh={refresh}>
                Resume
              </Ask>
            )
          )}
        </div>
      </div>
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-xl border border-line bg-line sm:grid-cols-5">
        {facts.map(([name, value]) => (
          <div key={name} className="bg-surface px-4 py-2.5 last:max-sm:col-span-2">
            <dt className="text-soft text-xs">{name}</dt>
            <dd className="font-medium text-sm tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      {!RESTING.has(live.status) && (
        <progress
          value={settled}
          max={Math.max(1, steps.length)}
          aria-label={`${settled} of ${count(steps.length, "step")} settled`}
          className="h-1 w-full appearance-none overflow-hidden rounded-full bg-ink/10 [&::-moz-progress-bar]:bg-run [&::-webkit-progress-bar]:bg-transparent [&::-webkit-progress-value]:bg-run [&::-webkit-progress-value]:transition-all"
        />
      )}
    </header>
  );
}

/** A button that asks the server for something and says so when it refuses. */
export function Ask({
  path,
  body,
  look,
  refresh,
  children,
}: {
  path: string;
  body?: unknown;
  look?: "first";
  refresh(): void;
  children: string;
}) {
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({ busy: false });
  const ask = async () => {
    setState({ busy: true });
    try {
      await callApi(path, { method: "POST", body });
      setState({ busy: false });
    } catch (error) {
      setState({ busy: false, error });
    }
    refresh();
  };
  return (
    <span className="flex flex-col items-end gap-1">
      <Button look={look} onClick={ask} disabled={state.busy}>
        {children}
      </Button>
      {state.error !== undefined && (
        <span role="alert" className="text-fail text-xs">
          {sayWhy(state.error)}
        </span>
      )}
    </span>
  );
}
