import type { BatchEvent, RowCounts } from "../../protocol/batches.ts";
import { toUsd } from "../../protocol/money.ts";
import type { Clock, Journal } from "../ports.ts";

/** How often changes are looked for (ms). */
const LOOK_MS = 200;
/** Counts and money are told no more often than this (ms): they are sums over the whole table. */
const PROGRESS_MS = 500;
const PAGE = 200;
/** The pace is that of about this long (ms). */
const PACE_MS = 60_000;

const ENDED: readonly (keyof RowCounts)[] = ["succeeded", "failed", "cancelled", "paused", "waiting"];

/**
 * What happens in a batch after `afterSeq`. There is no log: each changed row is told once, as it is now, so ten thousand rows cost no more than ten thousand
 * events however often they moved, and nothing is read ahead of a slow reader. The `seq` of an event is a place to go on from without a gap. Ends when the batch
 * rests, unless it waits for people; or when the signal aborts.
 */
export async function* batchEvents(
  ports: { journal: Journal; clock: Clock },
  batchId: string,
  afterSeq: number,
  signal?: AbortSignal,
): AsyncGenerator<BatchEvent> {
  const { clock } = ports;
  const { batches } = ports.journal;
  const pace = createPaceWatch();
  let seq = afterSeq;
  let toldAt = Number.NEGATIVE_INFINITY;
  let told = "";
  while (!signal?.aborted) {
    // Read before its rows: what changes in between is seen on the next look, never missed.
    const batch = await batches.get(batchId);
    if (!batch) return;
    const rests = batch.status !== "queued" && batch.status !== "running";
    for await (const event of changedRows(batches, batchId, seq)) {
      seq = event.seq;
      yield event;
      if (signal?.aborted) return;
    }
    seq = Math.max(seq, batch.lastSeq);
    const state = `${batch.lastSeq} ${batch.budgetMicro}`;
    if ((state !== told || !rests) && (rests || clock.monotonic() - toldAt >= PROGRESS_MS)) {
      toldAt = clock.monotonic();
      told = state;
      const [counts, costMicro] = await Promise.all([batches.counts(batchId), batches.cost(batchId)]);
      const facts = { batchId, status: batch.status, reason: batch.reason, counts, costUsd: toUsd(costMicro) };
      const budgetUsd = batch.budgetMicro === null ? null : toUsd(batch.budgetMicro);
      const etaMs = rests ? undefined : pace(clock.now(), counts);
      yield { type: "batch.progress", ...facts, total: batch.total, budgetUsd, etaMs };
      if (rests && batch.status !== "waiting") {
        yield { type: "batch.ended", ...facts, seq: batch.lastSeq };
        return;
      }
    }
    await clock.sleep(LOOK_MS, signal).catch(() => {});
  }
}

type RowChanged = Extract<BatchEvent, { type: "row.changed" }>;

async function* changedRows(batches: Journal["batches"], batchId: string, after: number): AsyncGenerator<RowChanged> {
  let place = { seq: after, index: Number.MAX_SAFE_INTEGER };
  let whole = after;
  for (;;) {
    const page = await batches.changed(batchId, place, PAGE);
    const costs = await batches.costs(page.flatMap((row) => row.runId ?? []));
    for (const [n, row] of page.entries()) {
      // Rows that changed together share a number; a reader that stops among them must hear of all of them again.
      const next = page[n + 1];
      if (next ? next.seq !== row.seq : page.length < PAGE) whole = row.seq;
      yield {
        type: "row.changed",
        batchId,
        seq: whole,
        row: row.index,
        status: row.status,
        reason: row.reason,
        runId: row.runId,
        costUsd: toUsd(costs.get(row.runId ?? "") ?? 0),
        error: row.error,
      };
    }
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    place = { seq: last.seq, index: last.index };
  }
}

/** Milliseconds until what is queued and running is through, at the pace of the last minute; undefined until that can be told. */
function createPaceWatch(): (now: number, counts: RowCounts) => number | undefined {
  let samples: { at: number; ended: number }[] = [];
  return (at, counts) => {
    const ended = ENDED.reduce((sum, status) => sum + counts[status], 0);
    const last = samples.at(-1);
    if (last && ended < last.ended) samples = [];
    samples = [...samples.filter((sample) => sample.at >= at - PACE_MS), { at, ended }];
    const first = samples[0];
    if (!first || at - first.at < 1_000 || ended <= first.ended) return undefined;
    return Math.round(((counts.queued + counts.running) * (at - first.at)) / (ended - first.ended));
  };
}
