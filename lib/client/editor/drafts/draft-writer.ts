import type { Draft, DraftStore } from "./draft-store.ts";
import type { Clock } from "./keeper-ports.ts";

/** A change waits this long at most before it is written (ms), so that typing is one write a moment. */
const MOMENT = 150;

/** Writes the newest draft soon after a change, or at once when asked; one write at a time. */
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
  let writing: Promise<void> | undefined;
  let again = false;

  const write = (): Promise<void> => {
    cancel?.();
    cancel = undefined;
    if (writing) {
      again = true;
      return writing;
    }
    writing = (async () => {
      do {
        again = false;
        await store.write(current()).then(
          () => told(undefined),
          (error: unknown) => told(error),
        );
      } while (again);
    })().finally(() => {
      writing = undefined;
    });
    return writing;
  };

  return {
    soon() {
      cancel ??= clock.after(MOMENT, () => void write());
    },
    now: write,
    flush: async () => (cancel ? await write() : await writing),
  };
}
