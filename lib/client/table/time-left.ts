/** How many rows had ended at a moment (epoch ms). */
export type Sample = { at: number; ended: number };

/** Samples of about the last `windowMs`, thinned to one every two seconds, so that a rate follows what happens now. */
export function withSample(samples: readonly Sample[], sample: Sample, windowMs = 120_000): readonly Sample[] {
  const last = samples.at(-1);
  // Rows that are run again make the count smaller: what came before says nothing any more.
  if (last && sample.ended < last.ended) return [sample];
  const kept = samples.filter(({ at }) => at >= sample.at - windowMs);
  const before = kept.at(-2);
  return before && sample.at - before.at < 2_000 ? [...kept.slice(0, -1), sample] : [...kept, sample];
}

/** Rows per minute, and how long the rest takes (ms) at that rate; undefined until two rows have ended a second apart. */
export function paceOf(samples: readonly Sample[], left: number): { perMinute: number; leftMs: number } | undefined {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || last.at - first.at < 1_000 || last.ended - first.ended < 2) return undefined;
  const perMs = (last.ended - first.ended) / (last.at - first.at);
  return { perMinute: perMs * 60_000, leftMs: left / perMs };
}
