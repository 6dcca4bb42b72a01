import { createTurnstile } from "./turnstile.ts";

/** Stores finished calls, `size` at a time, when it is calm. */
export function createStoring(size: number, calm: () => Promise<void>): <T>(work: () => Promise<T>) => Promise<T> {
  const oneOfFew = createTurnstile(size);
  return async (work) => {
    await calm();
    return await oneOfFew(work);
  };
}
