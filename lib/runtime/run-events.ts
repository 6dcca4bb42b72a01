import type { RunEvent } from "../protocol/events.ts";
import type { Journal } from "./ports.ts";
import type { RunHub } from "./run-hub.ts";

/** How often the journal is looked at when another process has the run (ms). */
const POLL_MS = 250;
const PAGE = 500;

/** Stored events after `afterSeq`, then live ones, until the run no longer moves. Ends early when the signal aborts. */
export async function* runEvents(
  journal: Journal,
  hub: RunHub,
  runId: string,
  afterSeq: number,
  signal?: AbortSignal,
): AsyncIterable<RunEvent> {
  const ear = hub.listen(runId);
  let seq = afterSeq;
  try {
    while (!signal?.aborted) {
      // The status is read before the events: a run that ended in between is seen on the next look, never missed.
      const run = await journal.getRun(runId);
      for (
        let page = await journal.events(runId, seq, PAGE);
        page.length > 0;
        page = await journal.events(runId, seq, PAGE)
      ) {
        for (const event of page) {
          seq = event.seq ?? seq;
          yield event;
        }
        if (page.length < PAGE) break;
      }
      if (!run || (run.status !== "queued" && run.status !== "running")) return;
      for (const shown of await ear.next(POLL_MS, signal)) yield shown;
    }
  } finally {
    ear.close();
  }
}
