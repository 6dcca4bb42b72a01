import type { Clock } from "../../runtime/ports.ts";
import { silenceGuard } from "./time-box.ts";
import { TransportError, transportError } from "./transport.ts";

/** An answer whose body is still to be read. Reading fails with Expired (silence, deadline, caller) or TransportError. */
export type Wire = { response: Response; chunks: AsyncIterable<Uint8Array> };

/**
 * One HTTP exchange under watch: `start` sends, `read` consumes. Once headers are there (with `impatient`: from the start) `silenceMs`
 * without a byte ends it. The connection is always let go of.
 */
export async function exchange<T>(
  how: { clock: Clock; signal: AbortSignal; silenceMs: number; impatient?: boolean },
  start: (signal: AbortSignal) => Promise<Response>,
  read: (wire: Wire) => Promise<T>,
): Promise<T> {
  const guard = silenceGuard(how.clock, how.silenceMs, how.signal);
  try {
    if (how.impatient) guard.touch();
    const response = await unlessAborted(start(guard.signal), guard.signal);
    guard.touch();
    return await read({ response, chunks: bodyChunks(response, guard.signal, guard.touch) });
  } finally {
    guard.end();
  }
}

/** The answer, or the abort's reason as soon as there is one, whatever the sender does about its signal. */
async function unlessAborted(sent: Promise<Response>, signal: AbortSignal): Promise<Response> {
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([sent, aborted]);
  } catch (error) {
    if (!signal.aborted) throw error;
    sent.then((late) => late.body?.cancel()).catch(() => {});
    throw signal.reason;
  } finally {
    if (stop) signal.removeEventListener("abort", stop);
  }
}

/** Headers had come: whatever broke now, the request had arrived. */
function lostBody(error: unknown): TransportError {
  const { code, message } = transportError(error);
  return new TransportError(false, code, message);
}

async function* bodyChunks(response: Response, signal: AbortSignal, touch: () => void): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (!reader) return;
  const stop = () => void reader.cancel().catch(() => {});
  let whole = false;
  signal.addEventListener("abort", stop, { once: true });
  try {
    for (;;) {
      if (signal.aborted) throw signal.reason;
      const { done, value } = await reader.read().catch((error: unknown) => {
        throw signal.aborted ? signal.reason : lostBody(error);
      });
      if (signal.aborted) throw signal.reason;
      whole = done;
      if (done) return;
      touch();
      yield value;
    }
  } finally {
    signal.removeEventListener("abort", stop);
    if (!whole) stop();
  }
}

/** Bytes beyond which no answer of the provider can be meant seriously: ten of the largest pictures. */
const MOST_BYTES = 480 * 1024 * 1024;

/** The body as text, and what cut it short, if anything did. */
export async function readText(wire: Wire): Promise<{ text: string; cut?: unknown }> {
  const parts: Uint8Array[] = [];
  let size = 0;
  let cut: unknown;
  try {
    for await (const chunk of wire.chunks) {
      parts.push(chunk);
      size += chunk.length;
      if (size > MOST_BYTES) throw new Error("the answer is too large");
    }
  } catch (error) {
    cut = error;
  }
  return { text: Buffer.concat(parts).toString("utf8"), cut };
}
