import type { BatchEvent, BatchHead, BatchRow } from "#lib/protocol/batches.ts";
import type { Studio } from "#lib/runtime/studio-api.ts";
import type { Console } from "./console.ts";
import { EXIT } from "./exit-code.ts";
import type { OutStream } from "./host.ts";
import { count, lasted, money, stateSpan } from "./words.ts";

const PAGE = 200;

/** The exit code that tells a script how a batch came to rest: any failed row is 1. */
export function exitCodeOfBatch({ status, reason, counts }: Pick<BatchHead, "status" | "reason" | "counts">): number {
  if (status === "cancelled" || status === "queued" || status === "running" || reason === "person")
    return EXIT.interrupted;
  if (counts.failed > 0) return EXIT.failed;
  if (status === "paused") return reason === "budget" ? EXIT.budget : EXIT.held;
  return status === "waiting" ? EXIT.waiting : EXIT.ok;
}

/** Tells rows as they come to rest, a line each, and what the whole has come to in one line below that a terminal keeps rewriting. */
export function createBatchProgress(console: Console, total: number): (event: BatchEvent) => void {
  const width = String(total).length;
  return (event) => {
    if (event.type === "row.changed") {
      if (event.status === "queued" || event.status === "running" || event.status === "empty") return;
      console.say(
        stateSpan(event.status),
        ` row ${String(event.row + 1).padStart(width)}  ${money(event.costUsd).padEnd(8)} `,
        ["dim", event.runId ?? ""],
        event.error ? ["red", `  ${event.error.code}: ${event.error.message}`] : "",
      );
    } else if (event.type === "batch.progress" && event.status === "running") {
      const { succeeded, failed, running } = event.counts;
      const left = event.etaMs === undefined ? "" : ` · ${lasted(event.etaMs)} left`;
      console.status(
        `${succeeded} of ${total} done, ${failed} failed, ${running} running · ${money(event.costUsd)}${left}`,
      );
    }
  };
}

/** What to type next when rows are left; empty when none is. */
export function nextBatchCommand({
  batchId,
  status,
  reason,
}: Pick<BatchHead, "batchId" | "status" | "reason">): string[] {
  const resume = `npx throughline resume ${batchId}`;
  if (status === "succeeded") return [];
  if (status === "waiting")
    return ["Answer what waits with npx throughline answer RUN NODE --approve, or in the studio."];
  if (reason === "budget") return [`${resume} --budget <USD>`];
  if (reason === "in_doubt")
    return [`${resume} --in-doubt retry      (may pay a second time)`, `${resume} --in-doubt give-up`];
  return [resume];
}

/** The end of a batch for people. */
export function printBatchReport(console: Console, head: BatchHead, files: readonly string[]): void {
  const label = head.reason ? `${head.status}: ${head.reason.replace("_", " ")}` : head.status;
  const parts = Object.entries(head.counts).flatMap(([status, n]) => (n > 0 ? [`${n} ${status}`] : []));
  const cost = money(head.costUsd) + (head.simulated ? " (simulated, nothing was charged)" : "");
  console.print(stateSpan(label, 0), ` ${head.batchId} · ${count(head.total, "row")}: ${parts.join(", ")} · ${cost}`);
  for (const file of files.slice(0, 1)) console.print(["dim", "  "], file);
  if (files.length > 1) console.print(["dim", `  and ${count(files.length - 1, "file")} beside it`]);
  const next = nextBatchCommand(head);
  if (next.length) console.print(["bold", "Go on with:"]);
  for (const line of next) console.print("  ", line);
}

/** The one JSON document of a batch, written row by row: ten thousand rows are never in memory together. */
export async function writeBatchJson(
  stdout: OutStream,
  batches: Studio["batches"],
  head: BatchHead,
  written: { files: readonly string[]; ofRow: ReadonlyMap<number, readonly string[]> },
): Promise<void> {
  const { batchId, status, reason, name, graphId, total, counts, costUsd, budgetUsd, simulated } = head;
  const facts = JSON.stringify({
    batchId,
    status,
    reason,
    name,
    graphId,
    total,
    counts,
    costUsd,
    budgetUsd,
    simulated,
  });
  stdout.write(`${facts.slice(0, -1)},"rows":[`);
  let first = true;
  for (let from: number | undefined = 0; from !== undefined; ) {
    const page = await batches.get(batchId, { from, limit: PAGE });
    for (const row of page?.rows ?? []) {
      stdout.write(`${first ? "\n" : ",\n"}${JSON.stringify(shown(row, written.ofRow.get(row.index)))}`);
      first = false;
    }
    from = page?.next;
  }
  stdout.write(`\n],"files":${JSON.stringify(written.files)}}\n`);
}

const shown = ({ seq: _, ...row }: BatchRow, files: readonly string[] = []) => ({ ...row, files });
