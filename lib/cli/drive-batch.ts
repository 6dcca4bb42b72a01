import { resolve } from "node:path";
import type { BatchHead } from "#lib/protocol/batches.ts";
import {
  createBatchProgress,
  exitCodeOfBatch,
  nextBatchCommand,
  printBatchReport,
  writeBatchJson,
} from "./batch-report.ts";
import type { CommandContext } from "./command-context.ts";
import { EXIT } from "./exit-code.ts";
import { WrongUse } from "./wrong-use.ts";

/** How a command that executes a batch shows it: `json` and `events` never both. */
export type ShowingBatch = { json: boolean; events?: boolean; out?: string };

/** How long the last events of a batch at rest are waited for (ms). */
const LAST_EVENTS_MS = 2_000;

export const unknownBatch = (batchId: string): WrongUse =>
  new WrongUse("UNKNOWN_BATCH", `No batch ${batchId} is in this data folder.`);

/**
 * Executes a batch's rows here until it rests, showing it as asked, writes files and rows.csv below `out`, and gives the exit code. On the first Ctrl-C
 * nothing new is started, what is paid is kept, and the way to go on is told on stderr.
 */
export async function driveBatch(
  context: CommandContext,
  batchId: string,
  showing: ShowingBatch,
  run: { signal: AbortSignal; afterSeq: number; concurrency?: number },
): Promise<number> {
  const { console } = context;
  const { batches } = await context.studio();
  const before = await batches.head(batchId);
  if (!before) throw unknownBatch(batchId);
  const sayStopping = () =>
    console.say([
      "yellow",
      "Stopping. No further row is started; what was paid for is kept. Ctrl-C again ends at once.",
    ]);
  run.signal.addEventListener("abort", sayStopping, { once: true });
  const watch = new AbortController();
  const onEvent = showing.events
    ? (event: unknown) => console.event(event)
    : createBatchProgress(console, before.total);
  const watching = (async () => {
    for await (const event of batches.events(batchId, run.afterSeq, watch.signal)) {
      onEvent(event);
      if (event.type === "batch.ended") return;
    }
  })();
  try {
    await batches.drive(batchId, run.signal, { concurrency: run.concurrency });
    await Promise.race([watching, new Promise((done) => setTimeout(done, LAST_EVENTS_MS).unref())]);
  } finally {
    watch.abort();
    run.signal.removeEventListener("abort", sayStopping);
    await watching.catch(() => {});
  }
  return reportBatch(context, batchId, showing, run.signal.aborted);
}

/** Writes what a batch has left behind and tells how it stands. */
export async function reportBatch(
  context: CommandContext,
  batchId: string,
  showing: ShowingBatch,
  interrupted = false,
): Promise<number> {
  const { console, host } = context;
  const { batches } = await context.studio();
  const head = (await batches.head(batchId)) as BatchHead;
  const ofRow = new Map<number, readonly string[]>();
  const files: string[] = [];
  if (showing.out !== undefined) {
    const { table } = await batches.exportFiles(batchId, resolve(host.cwd, showing.out), (row, paths) =>
      ofRow.set(row, paths),
    );
    files.push(table, ...[...ofRow.values()].flat());
  }
  if (showing.json) await writeBatchJson(host.stdout, batches, head, { files, ofRow });
  if (showing.json || showing.events) for (const line of nextBatchCommand(head)) console.say("go on with: ", line);
  else printBatchReport(console, head, files);
  return interrupted ? EXIT.interrupted : exitCodeOfBatch(head);
}
