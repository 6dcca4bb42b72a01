import { HttpError } from "./http-problem.ts";

/** How many of something may be open at once, per caller and in this process. */
export type Slots = {
  /** Takes a place until the returned function is called. Throws HttpError 429 when there is none. */
  take(caller: string): () => void;
};

/** Counts open places; giving one back twice counts once. */
export function createSlots(limits: { perCaller: number; perProcess: number; what: string }): Slots {
  const open = new Map<string, number>();
  let total = 0;
  return {
    take(caller) {
      const mine = open.get(caller) ?? 0;
      if (mine >= limits.perCaller || total >= limits.perProcess)
        throw new HttpError(
          429,
          "TOO_MANY",
          `At most ${limits.perCaller} ${limits.what} at once (${limits.perProcess} in all). Close one and try again.`,
          { headers: { "retry-after": "2" } },
        );
      open.set(caller, mine + 1);
      total += 1;
      let given = false;
      return () => {
        if (given) return;
        given = true;
        total -= 1;
        const left = (open.get(caller) ?? 1) - 1;
        if (left === 0) open.delete(caller);
        else open.set(caller, left);
      };
    },
  };
}
