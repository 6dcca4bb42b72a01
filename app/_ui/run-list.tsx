"use client";
import type { ReactNode } from "react";
import { sayWhy } from "#lib/client/call-api.ts";
import { useLoaded } from "#lib/client/use-loaded.ts";
import type { RunList as Runs } from "#lib/protocol/http.ts";
import { Notice } from "./notice.tsx";
import { RunCard } from "./run-card.tsx";

/** One page of runs as cards, `empty` where there are none. */
export function RunList({
  query,
  empty,
  after,
}: {
  query: string;
  empty: ReactNode;
  after?(next: string | undefined): ReactNode;
}) {
  const { value, error } = useLoaded<Runs>(`/api/runs?${query}`);
  const now = Date.now();
  if (error)
    return (
      <Notice tone="fail" title="The runs could not be loaded.">
        {sayWhy(error)}
      </Notice>
    );
  if (!value) return <p className="py-8 text-soft text-sm">Loading …</p>;
  if (value.runs.length === 0) return empty;
  return (
    <>
      <ul className="grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {value.runs.map((run) => (
          <li key={run.runId}>
            <RunCard run={run} now={now} />
          </li>
        ))}
      </ul>
      {after?.(value.next)}
    </>
  );
}
