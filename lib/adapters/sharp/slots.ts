/**
 * How many pictures are decoded or encoded at once. Two use both cores of a small machine, bound the memory of the largest pictures, and
 * leave threads of the pool free for files and the database.
 */
const SLOTS = 2;

let taken = 0;
const waiting: (() => void)[] = [];

/** Runs `work` when a slot is free, first come first served. `work` must not ask for a slot itself. */
export async function inSlot<T>(work: () => Promise<T>): Promise<T> {
  if (taken < SLOTS) taken++;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else taken--;
  }
}
