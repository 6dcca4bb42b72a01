import { Hand } from "lucide-react";
import Link from "next/link";
import { ago } from "#lib/client/words.ts";
import type { RunSummary } from "#lib/protocol/http.ts";

/** Runs that rest until a person answers; nothing when there are none. */
export function WaitingForMe({ runs }: { runs: readonly RunSummary[] }) {
  if (runs.length === 0) return null;
  const now = Date.now();
  return (
    <section aria-labelledby="waiting">
      <h2 id="waiting" className="mb-3 flex items-center gap-2 font-semibold text-lg">
        <Hand aria-hidden="true" className="size-4.5 text-wait" />
        Waiting for me
      </h2>
      <ul className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
        {runs.map((run) => (
          <li key={run.runId} className="min-w-0">
            <Link
              href={`/review?run=${encodeURIComponent(run.runId)}`}
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
