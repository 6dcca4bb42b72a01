import type { Clock } from "../../runtime/ports.ts";

/** Nobody looks at it; without one an exception is made, every time, where the next call waits to go out. */
const OVER = "over";

/** Why waiting ended: the call's whole time was over, nothing was heard for too long, or our own side stopped it. */
export class Expired extends Error {
  readonly why: "deadline" | "silence" | "caller";
  constructor(why: Expired["why"]) {
    super(`stopped: ${why}`);
    this.name = "Expired";
    this.why = why;
  }
}

/** A span of time with a signal that aborts (reason: Expired) at its end or when the caller stops. `end` frees its timer. */
export type TimeBox = { signal: AbortSignal; elapsed(): number; end(): void };

export function timeBox(clock: Clock, ms: number, caller?: AbortSignal): TimeBox {
  const box = new AbortController();
  const over = new AbortController();
  const began = clock.monotonic();
  const onCaller = () => box.abort(new Expired("caller"));
  if (caller?.aborted) onCaller();
  else caller?.addEventListener("abort", onCaller, { once: true });
  clock.sleep(ms, over.signal).then(
    () => box.abort(new Expired("deadline")),
    () => {},
  );
  return {
    signal: box.signal,
    elapsed: () => clock.monotonic() - began,
    end() {
      caller?.removeEventListener("abort", onCaller);
      over.abort(OVER);
    },
  };
}

/** Aborts (reason: Expired) when `touch` was not called for `ms`, or when `parent` aborts. Starts with `touch`. */
export function silenceGuard(clock: Clock, ms: number, parent: AbortSignal) {
  const guard = new AbortController();
  const over = new AbortController();
  let last = clock.monotonic();
  let watching = false;
  const onParent = () => guard.abort(parent.reason);
  if (parent.aborted) onParent();
  else parent.addEventListener("abort", onParent, { once: true });
  const watch = async () => {
    for (;;) {
      const quiet = clock.monotonic() - last;
      if (quiet >= ms) return guard.abort(new Expired("silence"));
      await clock.sleep(Math.max(1, ms - quiet), over.signal);
    }
  };
  return {
    signal: guard.signal,
    touch() {
      last = clock.monotonic();
      if (watching) return;
      watching = true;
      watch().catch(() => {});
    },
    end() {
      parent.removeEventListener("abort", onParent);
      over.abort(OVER);
    },
  };
}
