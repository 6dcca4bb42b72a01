import type { Graph } from "../../protocol/graph.ts";
import type { RunStatus } from "../../protocol/run.ts";
import type { BatchRecord, Clock, Journal, Provider } from "../ports.ts";
import type { Worker } from "../worker.ts";
import type { BatchState } from "./batches-api.ts";
import { type StartPorts, startRow } from "./start-row.ts";

/** How often rows that ended are noticed while a batch runs, and how often new batches of other processes are looked for (ms). */
const BUSY_MS = 60;
const IDLE_MS = 1_000;
/** A run of another process is tried for again after this long (ms): its process may be gone. */
const RETRY_MS = 1_000;
/** Rows at once of one batch, where nobody said otherwise. */
const ROWS_AT_ONCE = 12;
/** Rows at once of one batch, whatever somebody said. */
const MOST_AT_ONCE = 64;

export type DispatchPorts = Omit<StartPorts, "journal"> & {
  journal: Journal;
  worker: Worker;
  clock: Clock;
  provider: Pick<Provider, "simulated">;
  logError(message: string, error: unknown): void;
};

export type Dispatcher = {
  /** Starts rows of all batches, at most `slots` at once over all of them; the worker of this process or another one executes them. */
  start(slots: number): void;
  /** Something was set going: looked at now. */
  wake(): void;
  /** Starts and executes the rows of one batch here until it rests. Aborting the signal interrupts it. */
  drive(batchId: string, signal: AbortSignal | undefined, atOnce?: number): Promise<BatchState>;
  close(): Promise<void>;
};

/**
 * Keeps a window of rows going. All it knows is in the store: whichever process looks next finds what is to be done, so a crash loses nothing, and two
 * that look at once make no run twice. Runs are made as places become free, so ten thousand rows are never ten thousand runs in the queue.
 */
export function createDispatcher(ports: DispatchPorts): Dispatcher {
  const { journal, worker, clock } = ports;
  const { batches } = journal;
  /** Rows being made into runs here: their pictures may take a while to be fetched. */
  const starting = new Map<string, Set<number>>();
  const underWay = new Set<Promise<void>>();
  const wakers = new Set<() => void>();
  let known: { hash: string; graph: Graph } | undefined;
  let open = true;
  let loop: Promise<void> | undefined;

  const wake = () => {
    for (const ring of wakers) ring();
  };
  const pause = (ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        wakers.delete(done);
        signal?.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      wakers.add(done);
      signal?.addEventListener("abort", done, { once: true });
    });

  worker.onRest(wake);

  const graphOf = async (hash: string): Promise<Graph | undefined> => {
    if (known?.hash === hash) return known.graph;
    const graph = await journal.getGraph(hash);
    if (graph) known = { hash, graph };
    return graph;
  };

  /** Starts as many rows of a batch as there is room for; gives how many it may have in flight now. */
  const fill = async (batch: BatchRecord, room: number): Promise<void> => {
    const mine = starting.get(batch.id) ?? new Set<number>();
    const free = room - mine.size - (await batches.flying(batch.id)).length;
    if (free <= 0) return;
    const rows = await batches.due(batch.id, free, mine);
    const graph = rows.length > 0 ? await graphOf(batch.graphHash) : undefined;
    if (!graph) return;
    starting.set(batch.id, mine);
    for (const row of rows) {
      mine.add(row.index);
      const started = startRow(ports, batch, graph, row)
        .catch(async (error) => {
          ports.logError(`Row ${row.index} of ${batch.id} could not be started; it is tried again.`, error);
          await pause(open ? IDLE_MS : 0);
        })
        .finally(() => {
          mine.delete(row.index);
          if (mine.size === 0) starting.delete(batch.id);
          underWay.delete(started);
          worker.wake();
          wake();
        });
      underWay.add(started);
    }
  };

  const run = async (slots: number) => {
    while (open) {
      let busy = false;
      try {
        // Another process may work on the same store with another provider: rows go on with whoever began them.
        const active = (await batches.active()).filter((batch) => batch.simulated === ports.provider.simulated);
        busy = active.length > 0;
        // Whoever came first does not keep the others waiting: all get an equal part.
        const share = Math.max(1, Math.floor(slots / Math.max(1, active.length)));
        for (const batch of active) {
          if (!open) break;
          await fill(batch, Math.min(share, batch.options.concurrency ?? ROWS_AT_ONCE));
        }
      } catch (error) {
        ports.logError("Rows could not be started; it is tried again.", error);
        busy = false;
      }
      if (open) await pause(busy ? BUSY_MS : IDLE_MS);
    }
  };

  const resting = ({ status }: { status: RunStatus }) => status !== "queued" && status !== "running";

  return {
    start(slots) {
      loop ??= run(slots);
    },
    wake,
    async drive(batchId, signal, atOnce) {
      const taken = new Map<string, Promise<unknown>>();
      const triedAt = new Map<string, number>();
      const take = (runId: string) => {
        const last = triedAt.get(runId);
        if (taken.has(runId) || (last !== undefined && clock.monotonic() - last < RETRY_MS)) return;
        triedAt.set(runId, clock.monotonic());
        const executed = worker
          .take(runId)
          .catch((error) => ports.logError(`Run ${runId} could not be executed.`, error))
          .finally(() => {
            taken.delete(runId);
            wake();
          });
        taken.set(runId, executed);
      };
      const look = async () => {
        const batch = await batches.get(batchId);
        if (!batch) throw new Error(`There is no batch ${batchId}.`);
        return batch;
      };
      let batch = await look();
      while (!resting(batch) && !signal?.aborted) {
        if (!batch.hold) await fill(batch, Math.min(MOST_AT_ONCE, atOnce ?? batch.options.concurrency ?? ROWS_AT_ONCE));
        const flying = await batches.flying(batchId);
        for (const runId of flying) take(runId);
        for (const runId of triedAt.keys()) if (!flying.includes(runId)) triedAt.delete(runId);
        await pause(BUSY_MS, signal);
        batch = await look();
      }
      if (signal?.aborted && !resting(batch)) {
        // Nobody else goes on with what a person interrupted.
        await batches.hold(batchId, "person");
        await Promise.allSettled(underWay);
        for (const runId of taken.keys()) worker.stop(runId, "interrupt");
        for (const runId of await batches.flying(batchId))
          if (!taken.has(runId) && (await journal.getRun(runId))?.status === "queued")
            await journal.requestCancel(runId);
      }
      await Promise.allSettled([...taken.values()]);
      const { status, reason } = await look();
      return { batchId, status, reason };
    },
    async close() {
      open = false;
      wake();
      await loop;
      await Promise.allSettled(underWay);
    },
  };
}
