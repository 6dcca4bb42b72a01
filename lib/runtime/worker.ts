import type { RunStatus } from "../protocol/run.ts";
import { endRun } from "./conclude-run.ts";
import { executeRun } from "./execute-run.ts";
import { DiskFull, Fenced, type RunRow } from "./ports.ts";
import type { RunPorts } from "./run-ports.ts";
import { stepEvent } from "./step-event.ts";
import { restingStep } from "./step-run.ts";
import type { StopReason } from "./step-signals.ts";
import { createWaitingSweep } from "./sweep-waiting.ts";

export const LEASE_MS = 20_000;
const HEARTBEAT_MS = 2_000;
/** Past this share of the lease since the last heartbeat began, a call is not sent: someone else may own the run by now. */
const LEASE_TRUST = 0.8;
const IDLE_MS = 250;
const SWEEP_MS = 30_000;
const WAITING_SWEEP_MS = 5_000;
const TEMP_AGE_MS = 3_600_000;

export type Worker = {
  /** Claims the named run and executes it here; undefined when someone else has it. */
  take(runId: string): Promise<RunStatus | undefined>;
  /** Aborts a run executing in this process. */
  stop(runId: string, reason: StopReason): void;
  /** Takes queued runs until stopped. */
  start(slots: number): void;
  /** Something was queued: look at once. */
  wake(): void;
  /** Tells whenever a run that was executed here has come to rest. */
  onRest(tell: () => void): void;
  /** Interrupts everything and waits for it. */
  close(): Promise<void>;
  readonly running: number;
};

/** `owner` names this process in leases (machine, process and a random part). */
export function createWorker(ports: RunPorts, owner: string): Worker {
  const { journal, clock } = ports;
  const live = new Map<string, { stop: AbortController; done: Promise<RunStatus | undefined> }>();
  let open = true;
  let slots = 0;
  let wake = () => {};
  let looping: Promise<void> | undefined;
  const told: (() => void)[] = [];
  const sweepWaiting = createWaitingSweep(journal, clock);

  const execute = async (run: RunRow, stop: AbortController): Promise<RunStatus | undefined> => {
    let beatAt = clock.monotonic();
    const looks: (() => Promise<void>)[] = [];
    const beat = setInterval(async () => {
      const started = clock.monotonic();
      try {
        const { cancelRequested } = await journal.heartbeat(run.id, run.epoch, LEASE_MS);
        beatAt = started;
        if (cancelRequested) stop.abort("cancel" satisfies StopReason);
        for (const look of looks) await look();
      } catch (error) {
        if (error instanceof Fenced) stop.abort("fenced" satisfies StopReason);
        else ports.logError("A heartbeat could not be written.", error);
      }
    }, HEARTBEAT_MS);
    try {
      const checkLease = () => {
        if (clock.monotonic() - beatAt > LEASE_MS * LEASE_TRUST) throw new Fenced(run.id);
      };
      const onBeat = (look: () => Promise<void>) => void looks.push(look);
      return await executeRun(ports, { run, stop: stop.signal, checkLease, onBeat });
    } catch (error) {
      if (error instanceof Fenced) return undefined;
      // Calls that have no name yet are given time to get one: it is written down as soon as there is room.
      stop.abort((error instanceof DiskFull ? "interrupt" : "fenced") satisfies StopReason);
      if (error instanceof DiskFull) return await rest(run, error.message);
      ports.logError(`Run ${run.id} stopped by an unforeseen error; it can be resumed.`, error);
      return await fail(run);
    } finally {
      clearInterval(beat);
      live.delete(run.id);
      ports.changed(run.id);
      wake();
      for (const tell of told) tell();
    }
  };

  /** No room to write: the run rests as paused, which is tried until there is room for that much. */
  const rest = async (run: RunRow, message: string): Promise<RunStatus | undefined> => {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      try {
        const error = { code: "disk", message };
        await journal.write(run.id, run.epoch, {
          run: { status: "paused", reason: "disk", error, releaseLease: true },
          events: [{ type: "run.ended", status: "paused", reason: "disk", costUsd: 0, error }],
        });
        return "paused";
      } catch (error) {
        if (error instanceof Fenced) return undefined;
        await clock.sleep(500);
      }
    }
    return undefined;
  };

  /** What was not foreseen would most likely happen again: taken up by itself, the run would never end. */
  const fail = async (run: RunRow): Promise<RunStatus | undefined> => {
    try {
      const why = "The run met an error that was not foreseen; the log holds the details.";
      const now = clock.now();
      const steps = (await journal.steps(run.id))
        .filter(({ state }) => state === "running")
        .map(({ nodeId, pass }) => restingStep(nodeId, pass, "cancelled", why, now));
      await journal.write(run.id, run.epoch, { steps, events: steps.map(stepEvent) });
      const error = { code: "internal", message: `${why} Resume it to go on; what was made is kept.` };
      return await endRun(ports, run, "failed", undefined, error);
    } catch (error) {
      // Nothing can be written either. When its lease has run out some worker tries again.
      if (!(error instanceof Fenced)) ports.logError(`Run ${run.id} could not be ended.`, error);
      return undefined;
    }
  };

  const claim = async (runId?: string): Promise<{ run: RunRow; done: Promise<RunStatus | undefined> } | undefined> => {
    const run = await journal.claim(owner, LEASE_MS, runId);
    if (!run) return undefined;
    const stop = new AbortController();
    if (run.cancelRequestedAt) stop.abort("cancel" satisfies StopReason);
    const done = execute(run, stop);
    live.set(run.id, { stop, done });
    return { run, done };
  };

  const loop = async () => {
    let sweptAt = Number.NEGATIVE_INFINITY;
    let lookedAt = Number.NEGATIVE_INFINITY;
    while (open) {
      try {
        if (clock.monotonic() - lookedAt > WAITING_SWEEP_MS) {
          lookedAt = clock.monotonic();
          for (const runId of await sweepWaiting()) ports.changed(runId);
        }
        while (open && live.size < slots && (await claim())) {}
        if (clock.monotonic() - sweptAt > SWEEP_MS) {
          sweptAt = clock.monotonic();
          await ports.assets.sweep(TEMP_AGE_MS);
        }
      } catch (error) {
        ports.logError("The worker could not look for runs; it tries again.", error);
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, IDLE_MS);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };

  return {
    get running() {
      return live.size;
    },
    async take(runId) {
      const mine = live.get(runId);
      return await (mine?.done ?? (await claim(runId))?.done);
    },
    stop: (runId, reason) => live.get(runId)?.stop.abort(reason),
    start(count) {
      slots = count;
      looping = loop();
    },
    wake: () => wake(),
    onRest: (tell) => void told.push(tell),
    async close() {
      open = false;
      wake();
      // A run it is just claiming is one of those to be interrupted.
      await looping;
      for (const { stop } of live.values()) stop.abort("interrupt" satisfies StopReason);
      await Promise.allSettled([...live.values()].map(({ done }) => done));
    },
  };
}
