/** How many provider calls may be in flight. Shared by all runs of a process; first come, first served. */
export type CallSlots = {
  take(signal: AbortSignal): Promise<() => void>;
  /** The provider is overloaded: half as many for now, one more every 30 s up to the set size. */
  ease(): void;
  readonly inFlight: number;
  /** Calls that wait for a slot. */
  readonly waiting: number;
  /** When the last call got its slot (monotonic ms); long ago when none has. */
  readonly takenAt: number;
};

/** Slots with additive increase and multiplicative decrease; never fewer than one. */
export function createCallSlots(size: number, monotonic: () => number): CallSlots {
  let used = 0;
  let limit = size;
  let easedAt = 0;
  let takenAt = Number.NEGATIVE_INFINITY;
  const waiting: { go(): void; signal: AbortSignal }[] = [];
  const current = () => Math.min(size, limit + Math.floor((monotonic() - easedAt) / 30_000));
  const next = () => {
    while (waiting.length > 0 && used < current()) {
      const first = waiting.shift();
      if (first && !first.signal.aborted) first.go();
    }
  };
  return {
    get inFlight() {
      return used;
    },
    get waiting() {
      return waiting.length;
    },
    get takenAt() {
      return takenAt;
    },
    ease() {
      limit = Math.max(1, Math.floor(current() / 2));
      easedAt = monotonic();
    },
    take(signal) {
      return new Promise((resolve, reject) => {
        const go = () => {
          signal.removeEventListener("abort", stop);
          used += 1;
          takenAt = monotonic();
          let held = true;
          resolve(() => {
            if (!held) return;
            held = false;
            used -= 1;
            next();
          });
        };
        const stop = () => reject(signal.reason);
        if (signal.aborted) return stop();
        signal.addEventListener("abort", stop, { once: true });
        if (used < current()) go();
        else waiting.push({ go, signal });
      });
    },
  };
}

/** Slots of one run within those of the process: a call needs one of each. */
export const slotsWithin = (all: CallSlots, size: number, monotonic: () => number): CallSlots => {
  const own = createCallSlots(size, monotonic);
  return {
    get inFlight() {
      return own.inFlight;
    },
    get waiting() {
      return own.waiting + all.waiting;
    },
    get takenAt() {
      return own.takenAt;
    },
    ease: () => all.ease(),
    async take(signal) {
      const leave = await own.take(signal);
      try {
        const release = await all.take(signal);
        return () => {
          release();
          leave();
        };
      } catch (stopped) {
        leave();
        throw stopped;
      }
    },
  };
};
