import type { RunEvent } from "#lib/protocol/events.ts";
import type { RunDocument, RunStatus } from "#lib/protocol/run.ts";
import { DiskFull } from "#lib/runtime/ports.ts";
import type { Studio } from "#lib/runtime/studio-api.ts";

/** How long the last stored events of a run at rest are waited for. */
const LAST_EVENTS_MS = 2000;

/**
 * Drives a queued run while handing on its events, stored ones after `afterSeq` first and each once. Resolves when the run rests or the signal interrupted
 * it, after the last stored event was handed on. Throws what driving threw; a disk so full that the pause itself could not be written is told as that pause.
 */
export async function followRun(
  studio: Studio,
  runId: string,
  options: { afterSeq: number; signal: AbortSignal; onEvent(event: RunEvent): void },
): Promise<{ status: RunStatus; document: RunDocument }> {
  const stop = new AbortController();
  let seen = options.afterSeq;
  let wake = () => {};
  const watching = (async () => {
    for await (const event of studio.events(runId, options.afterSeq, stop.signal)) {
      options.onEvent(event);
      if (event.seq !== undefined) seen = event.seq;
      wake();
    }
  })().catch((error: unknown) => {
    if (!stop.signal.aborted) throw error;
  });
  watching.catch(() => {});
  try {
    const status = await studio.drive(runId, options.signal).catch(heldByDisk);
    const document = await studio.run(runId);
    if (!document) throw new Error(`Run ${runId} is not there any more.`);
    if (typeof status === "object") return { status: status.status, document: { ...document, ...status } };
    const caughtUp = new Promise<void>((resolve) => {
      wake = () => seen >= document.seq && resolve();
      wake();
    });
    const patience = AbortSignal.timeout(LAST_EVENTS_MS);
    await Promise.race([watching, caughtUp, new Promise((resolve) => patience.addEventListener("abort", resolve))]);
    return { status, document };
  } finally {
    stop.abort();
    await watching.catch(() => {});
  }
}

/** What was stored can still be read, and resuming goes on from there once there is room. */
const heldByDisk = (error: unknown): Pick<RunDocument, "status" | "reason" | "error"> => {
  if (!(error instanceof DiskFull)) throw error;
  return { status: "paused", reason: "disk", error: { code: "disk", message: error.message } };
};
