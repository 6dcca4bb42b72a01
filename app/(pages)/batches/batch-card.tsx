import Link from "next/link";
import { countWords } from "#lib/client/table/batch-words.ts";
import { ago, usd } from "#lib/client/words.ts";
import type { BatchHead } from "#lib/protocol/batches.ts";
import { StatePill } from "../../_ui/state-pill.tsx";
import { ProgressBar } from "./progress-bar.tsx";

/** A batch as a card: what it ran, how far it is, what it cost. */
export function BatchCard({ batch, now }: { batch: BatchHead; now: number }) {
  return (
    <Link
      href={`/batches/${encodeURIComponent(batch.batchId)}`}
      className="flex flex-col gap-2.5 rounded-xl border border-line bg-surface px-4 py-3.5 transition hover:border-soft"
    >
      <span className="flex items-center justify-between gap-3">
        <span className="truncate font-semibold text-[15px]">{batch.name || batch.graphName}</span>
        <StatePill state={batch.status} />
      </span>
      <ProgressBar batch={batch} />
      <span className="flex flex-wrap justify-between gap-x-3 gap-y-0.5 text-soft text-xs tabular-nums">
        <span>
          {batch.total.toLocaleString("en")} {batch.total === 1 ? "row" : "rows"}: {countWords(batch.counts)}
        </span>
        <span className="whitespace-nowrap">
          {batch.simulated ? "simulated" : usd(batch.costUsd)} · {ago(batch.createdAt, now)}
        </span>
      </span>
    </Link>
  );
}
