import { APIError } from "openai";
import type { Clock } from "../../runtime/ports.ts";
import { ProviderError } from "../../runtime/ports.ts";
import { readJson, type Start } from "./create.ts";
import { type ErrorContext, fromThrown } from "./errors.ts";
import { exchange } from "./exchange.ts";
import type { PollRhythm } from "./poll-rhythm.ts";
import { retryAfterMs } from "./rate-headers.ts";
import { Expired, type TimeBox, timeBox } from "./time-box.ts";
import { isRecord, isSettled, type WireResponse } from "./wire-response.ts";

/** How one response is read and stopped. Reading is free, so it may be repeated. */
export type ResponseCalls = { retrieve(id: string): Start; cancel(id: string): Start };
export type Settling = {
  clock: Clock;
  silenceMs: number;
  context: ErrorContext;
  calls: ResponseCalls;
  rhythm: PollRhythm;
};
export type Settled = { response: WireResponse; requestId?: string };

/** For a cancel to be answered and the response to come to rest. */
const CANCEL_MS = 20_000;

async function ask(settling: Settling, box: TimeBox, start: Start): Promise<Settled> {
  const how = { clock: settling.clock, signal: box.signal, silenceMs: settling.silenceMs, impatient: true };
  return await exchange(how, start, async (wire) => {
    const { json, requestId } = await readJson(wire, settling.context);
    if (!isRecord(json) || typeof json.id !== "string") throw new Error("the answer names no response");
    return { response: json as WireResponse, requestId };
  });
}

/** Why a failed read is final, or undefined when it is worth repeating. */
function finalFault(error: unknown, context: ErrorContext): ProviderError | undefined {
  const status = error instanceof APIError ? error.status : undefined;
  if (status === undefined || status >= 500 || status < 400 || [408, 409, 425, 429].includes(status)) return undefined;
  const read = fromThrown(error, context);
  const { message, requestId, details } = read;
  // A read that is not allowed says nothing about what became of the response.
  return status === 404
    ? new ProviderError("gone", "response_not_found", message, { requestId, details })
    : new ProviderError("uncertain", read.code, message, { requestId, details });
}

const waitAsked = (error: unknown, now: number): number | undefined =>
  error instanceof APIError ? retryAfterMs(error.headers, now) : undefined;

/** Sleeps inside the box; ends with its Expired reason. */
async function rest(settling: Settling, box: TimeBox, ms: number): Promise<void> {
  await settling.clock.sleep(ms, box.signal).catch(() => {});
  if (box.signal.aborted) throw box.signal.reason;
}

/**
 * Asks for a response by id until it has come to an end. Failing reads are repeated with backoff until the box is over. Throws Expired
 * (deadline, caller) or ProviderError gone / uncertain.
 */
export async function pollUntilSettled(
  settling: Settling,
  box: TimeBox,
  id: string,
  atOnce: boolean,
): Promise<Settled> {
  let failures = 0;
  let wait = atOnce ? 0 : settling.rhythm.delay(box.elapsed());
  for (;;) {
    if (box.signal.aborted) throw box.signal.reason;
    if (wait > 0) await rest(settling, box, wait);
    try {
      const settled = await ask(settling, box, settling.calls.retrieve(id));
      if (isSettled(settled.response)) {
        // One that was asked for by its id may have been done for days.
        if (!atOnce) settling.rhythm.settled(box.elapsed());
        return settled;
      }
      failures = 0;
      wait = settling.rhythm.delay(box.elapsed());
    } catch (error) {
      if (box.signal.aborted) throw box.signal.reason;
      const final = finalFault(error, settling.context);
      if (final) throw final;
      failures += 1;
      wait = waitAsked(error, settling.context.now()) ?? Math.min(5000, 100 * 2 ** Math.min(failures - 1, 6));
    }
  }
}

/**
 * Waits for a response of a known id. When the box's time is over the provider is asked to stop and what it says then holds: `stopped`
 * tells that it was cancelled for our impatience.
 */
export async function settle(
  settling: Settling,
  box: TimeBox,
  id: string,
  atOnce: boolean,
): Promise<Settled & { stopped?: boolean }> {
  try {
    return await pollUntilSettled(settling, box, id, atOnce);
  } catch (error) {
    if (!(error instanceof Expired)) throw error;
    if (error.why === "caller") throw fromThrown(error, settling.context);
    const late = await cancelAndSettle(settling, id);
    return { ...late, stopped: late.response.status === "cancelled" };
  }
}

/** Asks the provider to stop and waits until the response has come to rest, whichever way. Throws ProviderError. */
export async function cancelAndSettle(settling: Settling, id: string): Promise<Settled> {
  const box = timeBox(settling.clock, CANCEL_MS);
  try {
    const asked = await ask(settling, box, settling.calls.cancel(id)).catch(() => undefined);
    if (asked && isSettled(asked.response)) return asked;
    // Refused because it is over already, or not heard: its own state tells.
    return await pollUntilSettled(settling, box, id, true);
  } catch (error) {
    if (error instanceof ProviderError) throw error;
    const message = "The provider was asked to stop, but did not say what became of the response.";
    throw new ProviderError("uncertain", "TIMEOUT", message);
  } finally {
    box.end();
  }
}
