/** Silence after which a comment keeps proxies from closing the stream (ms). */
export const HEARTBEAT_MS = 15_000;

/** What may go out as an event; without `seq` it does not move the reader's place. */
type Sent = { type: string; seq?: number };

/**
 * One event as a server-sent event. JSON stands on one line, so nothing in a prompt can end the event or start another; transient events
 * carry no id and never move the browser's place.
 */
export const encodeEvent = (event: Sent): string =>
  `event: ${event.type}\n${event.seq === undefined ? "" : `id: ${event.seq}\n`}data: ${JSON.stringify(event)}\n\n`;

/**
 * Events as stream text with a comment whenever nothing was said for `heartbeatMs`. Nothing is read ahead: the next event is asked for
 * when the last one has been taken, so a slow client costs no memory.
 */
export async function* eventStream(
  events: AsyncIterable<Sent>,
  options: { heartbeatMs?: number; signal: AbortSignal },
): AsyncGenerator<string> {
  const iterator = events[Symbol.asyncIterator]();
  yield ": connected\n\n";
  try {
    let next = iterator.next();
    while (!options.signal.aborted) {
      const settled = await within(next, options.heartbeatMs ?? HEARTBEAT_MS, options.signal);
      if (settled === "silence") yield ": still here\n\n";
      else if (settled === "gone" || settled.done) return;
      else {
        yield encodeEvent(settled.value);
        next = iterator.next();
      }
    }
  } finally {
    // Not awaited: an iterator that waits for news returns only once its signal or its next event comes.
    void iterator.return?.();
  }
}

function within<T>(promise: Promise<T>, ms: number, signal: AbortSignal): Promise<T | "silence" | "gone"> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", gone);
      settle();
    };
    const gone = () => finish(() => resolve("gone"));
    const timer = setTimeout(() => finish(() => resolve("silence")), ms);
    signal.addEventListener("abort", gone, { once: true });
    promise.then(
      (value) => finish(() => resolve(value)),
      (error) => finish(() => reject(error)),
    );
  });
}
