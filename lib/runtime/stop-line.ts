import type { Clock } from "./ports.ts";

/** How long a stopped run waits for a call that has no id yet, so that its picture is kept. */
const STOP_GRACE_MS = 60_000;
/** Nobody looks at it; without one an exception is made for every call. */
const OVER = "over";

/**
 * When a run stops, a call that has an id is let go of at once (it can be fetched or cancelled by id); one without an id is given time to
 * get one or to finish, since nobody could ask for it later.
 */
export function stopLine(clock: Clock, stop: AbortSignal, lane: "conversation" | "oneshot" | "judge" | "accepted") {
  const line = new AbortController();
  const over = new AbortController();
  let named = lane === "accepted";
  const onStop = () => {
    if (named || stop.reason === "fenced") return line.abort(stop.reason);
    clock.sleep(STOP_GRACE_MS, over.signal).then(
      () => line.abort(stop.reason),
      () => {},
    );
  };
  if (stop.aborted) onStop();
  else stop.addEventListener("abort", onStop, { once: true });
  return {
    signal: line.signal,
    accepted() {
      named = true;
      if (stop.aborted) line.abort(stop.reason);
    },
    end() {
      stop.removeEventListener("abort", onStop);
      over.abort(OVER);
    },
  };
}
