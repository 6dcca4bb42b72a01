/** When a background response is looked at next. Learns from how long the last ones took. */
export type PollRhythm = {
  /** How long to wait (ms) before the next look at a response that is `elapsed` ms old. */
  delay(elapsed: number): number;
  /** A response was seen settled at this age. */
  settled(elapsed: number): void;
};

const MEMORY = 8;
const SLOWEST_MS = 2000;

/**
 * Nothing known: often at first, then ever more slowly, since what is looked at late was worth waiting for. Once some have settled: hardly at all
 * before the quickest of the last few would be done, then closely. Never more than 2 s between looks.
 */
export function createPollRhythm(): PollRhythm {
  const took: number[] = [];
  return {
    delay(elapsed) {
      const expected = took.length === 0 ? 0 : Math.min(...took);
      const early = expected * 0.95 - elapsed;
      if (early > 10) return Math.min(SLOWEST_MS, early);
      const close = elapsed < expected * 1.5 ? Math.max(10, expected * 0.03) : Math.max(25, elapsed * 0.08);
      return Math.min(SLOWEST_MS, close);
    },
    settled(elapsed) {
      took.push(elapsed);
      if (took.length > MEMORY) took.shift();
    },
  };
}
