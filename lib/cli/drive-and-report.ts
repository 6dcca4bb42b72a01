import { resolve } from "node:path";
import type { CommandContext } from "./command-context.ts";
import { exitCodeOf } from "./exit-code.ts";
import { followRun } from "./follow-run.ts";
import { createProgress } from "./progress.ts";
import { nextCommands, printRunReport } from "./run-report.ts";

/** How a command that executes a run shows it: `json` and `events` never both. */
export type Showing = { json: boolean; events: boolean; out?: string };

/**
 * Drives a queued run to its rest, showing it as asked, writes its files below `out`, and gives the exit code. On the first Ctrl-C nothing new is
 * started, the run keeps what it has, and the way to go on is told on stderr.
 */
export async function driveAndReport(
  context: CommandContext,
  runId: string,
  showing: Showing,
  run: { signal: AbortSignal; afterSeq?: number; nodeIds?: string[] },
): Promise<number> {
  const { console, host } = context;
  const studio = await context.studio();
  const sayStopping = () =>
    console.say(["yellow", "Stopping. Nothing new is started; what was paid for is kept. Ctrl-C again ends at once."]);
  run.signal.addEventListener("abort", sayStopping, { once: true });
  const { status, document } = await followRun(studio, runId, {
    afterSeq: run.afterSeq ?? 0,
    signal: run.signal,
    onEvent: showing.events ? (event) => console.event(event) : createProgress(console, run.nodeIds),
  });
  run.signal.removeEventListener("abort", sayStopping);
  const files =
    showing.out === undefined ? document.files : await studio.exportRun(runId, resolve(host.cwd, showing.out));
  const shown = { ...document, files };
  if (showing.json) console.json(shown);
  if (showing.json || showing.events) for (const line of nextCommands(shown)) console.say("go on with: ", line);
  else printRunReport(console, shown);
  return exitCodeOf({ status, reason: document.reason });
}
