import type { EventBody, RunEvent } from "../protocol/events.ts";

/** News of runs for watchers in this process. Stored events are read from the journal; only the hint and transient events pass here. */
export type RunHub = {
  changed(runId: string): void;
  show(runId: string, event: EventBody): void;
  watched(runId: string): boolean;
  /** Waits for news of a run, at most `ms`; gives the transient events since the last look. */
  listen(runId: string): { next(ms: number, signal?: AbortSignal): Promise<RunEvent[]>; close(): void };
};

/** Transient events a slow watcher may fall behind by, before the oldest are dropped. */
const BACKLOG = 64;

export function createRunHub(now: () => number): RunHub {
  type Ear = { wake(): void; shown: RunEvent[]; news: boolean };
  const ears = new Map<string, Set<Ear>>();
  const each = (runId: string, tell: (ear: Ear) => void) => {
    for (const ear of ears.get(runId) ?? []) tell(ear);
  };
  return {
    changed: (runId) =>
      each(runId, (ear) => {
        ear.news = true;
        ear.wake();
      }),
    show: (runId, event) =>
      each(runId, (ear) => {
        ear.shown.push({ ...event, runId, at: now() });
        if (ear.shown.length > BACKLOG) ear.shown.shift();
        ear.wake();
      }),
    watched: (runId) => (ears.get(runId)?.size ?? 0) > 0,
    listen(runId) {
      const ear: Ear = { wake: () => {}, shown: [], news: false };
      const set = ears.get(runId) ?? new Set();
      ears.set(runId, set.add(ear));
      return {
        next: (ms, signal) =>
          new Promise((resolve) => {
            const done = () => {
              clearTimeout(timer);
              signal?.removeEventListener("abort", done);
              ear.wake = () => {};
              ear.news = false;
              resolve(ear.shown.splice(0));
            };
            const timer = setTimeout(done, ms);
            if (ear.news || ear.shown.length > 0 || signal?.aborted) return done();
            signal?.addEventListener("abort", done, { once: true });
            ear.wake = done;
          }),
        close() {
          set.delete(ear);
          if (set.size === 0) ears.delete(runId);
        },
      };
    },
  };
}
