/** What one dialog can undo: a list of states, all of them immutable. */
export type Steps<T> = { past: readonly T[]; now: T; future: readonly T[]; merge?: string };

const KEPT = 200;

export const firstStep = <T>(now: T): Steps<T> => ({ past: [], now, future: [] });

/** One step further. Steps that follow each other with the same `merge` (one slider, one drag) are one to undo. */
export function stepped<T>(steps: Steps<T>, now: T, merge?: string): Steps<T> {
  if (Object.is(now, steps.now)) return steps;
  const joins = merge !== undefined && merge === steps.merge && steps.past.length > 0;
  return { past: joins ? steps.past : [...steps.past.slice(1 - KEPT), steps.now], now, future: [], merge };
}

/** One step back; the very same when there is none. */
export function stepBack<T>({ past, now, future }: Steps<T>): Steps<T> {
  const last = past.at(-1);
  return last === undefined ? { past, now, future } : { past: past.slice(0, -1), now: last, future: [now, ...future] };
}

/** The step again that was taken back. */
export function stepAgain<T>({ past, now, future }: Steps<T>): Steps<T> {
  const [next, ...rest] = future;
  return next === undefined ? { past, now, future } : { past: [...past, now], now: next, future: rest };
}
