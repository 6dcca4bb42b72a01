import type { RunEvent } from "../protocol/events.ts";
import type { RunStatus } from "../protocol/run.ts";
import type { Studio } from "../runtime/studio-api.ts";

const ENDED: ReadonlySet<RunStatus> = new Set<RunStatus>(["succeeded", "failed", "cancelled", "paused"]);
/** How often a run that waits for a person is looked at (ms). */
const LOOK_MS = 1_000;

/**
 * A run's events after `after` until the run has ended. While it waits for an answer nothing is said and the stream stays open; a pause
 * ends it, as only a person goes on from there.
 */
export async function* followRun(
  studio: Studio,
  runId: string,
  after: number,
  signal: AbortSignal,
  lookMs: number = LOOK_MS,
): AsyncGenerator<RunEvent> {
  let seq = after;
  while (!signal.aborted) {
    let ended = false;
    for await (const event of studio.events(runId, seq, signal)) {
      seq = event.seq ?? seq;
      ended = event.type === "run.ended";
      yield event;
    }
    if (ended || signal.aborted) return;
    const run = await studio.run(runId);
    if (!run || (ENDED.has(run.status) && run.seq <= seq)) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, lookMs);
      signal.addEventListener("abort", done, { once: true });
    });
  }
}
