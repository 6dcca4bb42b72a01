"use client";
import { Hand } from "lucide-react";
import Link from "next/link";
import { useLoaded } from "#lib/client/use-loaded.ts";
import { ago } from "#lib/client/words.ts";
import type { RunList } from "#lib/protocol/http.ts";

/** Runs that rest until a person answers; nothing when there are none. */
export function WaitingForMe() {
  const { value } = useLoaded<RunList>("/api/runs?status=waiting&limit=6");
  if (!value || value.runs.length === 0) return null;
  const now = Date.now();
  return (
    <section aria-labelledby="waiting" className="mb-10">
      <h2 id="waiting" className="mb-3 flex items-center gap-2 font-semibold text-lg">
        <Hand aria-hidden="true" className="size-4.5 text-wait" />
        Waiting for me
      </h2>
      <ul className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
        {value.runs.map((run) => (
          <li key={run.runId}>
            <Link
              href={`/runs/${run.runId}`}
              className="flex items-center justify-between gap-3 rounded-xl border border-line border-l-4 border-l-wait bg-surface px-4 py-3 hover:border-soft"
            >
              <span className="truncate font-medium">{run.graphName}</span>
              <span className="whitespace-nowrap text-soft text-xs">since {ago(run.createdAt, now)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
