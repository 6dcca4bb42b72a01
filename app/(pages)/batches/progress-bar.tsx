import { countWords } from "#lib/client/table/batch-words.ts";
import { endedOf } from "#lib/client/table/watch-batch.ts";
import type { BatchHead, RowStatus } from "#lib/protocol/batches.ts";

const PARTS: readonly [status: RowStatus, tone: string][] = [
  ["succeeded", "bg-done"],
  ["failed", "bg-fail"],
  ["waiting", "bg-wait"],
  ["paused", "bg-hold"],
  ["stale", "bg-hold"],
  ["running", "bg-run"],
];

/** How far a batch is, each part in the colour of its status; the words stand beside it. */
export function ProgressBar({ batch }: { batch: Pick<BatchHead, "total" | "counts"> }) {
  return (
    <span
      role="progressbar"
      aria-label="Rows done"
      aria-valuemin={0}
      aria-valuemax={batch.total}
      aria-valuenow={endedOf(batch)}
      aria-valuetext={countWords(batch.counts)}
      className="flex h-1.5 w-full overflow-hidden rounded-full bg-ink/10"
    >
      {PARTS.map(([status, tone]) => (
        <span
          key={status}
          className={`${tone} transition-[width] duration-180`}
          style={{ width: `${((batch.counts[status] ?? 0) / Math.max(1, batch.total)) * 100}%` }}
        />
      ))}
    </span>
  );
}
