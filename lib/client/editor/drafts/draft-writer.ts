import type { Draft, DraftStore } from "./draft-store.ts";
import type { Clock } from "./keeper-ports.ts";

/** A change waits this long at most before it is written (ms), so that typing is one write a moment. */
const MOMENT = 150;

/** Writes the newest draft soon after a change, or at once when asked. */
export type DraftWriter = {
  soon(): void;
  /** Writes in any case. */
  now(): Promise<void>;
  /** Writes what has changed since the last write, if anything has. */
  flush(): Promise<void>;
};

/** `current` gives what is to be written; `told` hears after every write whether it is kept, and else why not. */
export function createDraftWriter(
  { clock, store }: { clock: Clock; store: DraftStore },
  current: () => Draft,
  told: (failure: unknown) => void,
): DraftWriter {
  let cancel: (() => void) | undefined;
  let last: Promise<void> = Promise.resolve();

  // The store is asked before anything is awaited: a page that is being left has no later. It keeps the order of what it is asked.
  const write = (): Promise<void> => {
    cancel?.();
    cancel = undefined;
    last = store.write(current()).then(
      () => told(undefined),
      (error: unknown) => told(error),
    );
    return last;
  };

  return {
    soon() {
      cancel ??= clock.after(MOMENT, () => void write());
    },
    now: write,
    flush: () => (cancel ? write() : last),
  };
}
