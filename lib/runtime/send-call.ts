import type { CallScope, LedgerPorts, PaidCall } from "./call-scope.ts";
import { type CallRow, DiskFull, type Provider, type ProviderAnswer, ProviderError } from "./ports.ts";
import { doubt, failed, settle, unsent } from "./settle-call.ts";
import { InDoubt, Paused, Stopped } from "./step-signals.ts";
import { stopLine } from "./stop-line.ts";
import { untilRoom } from "./until-room.ts";

export const RATE_ATTEMPTS = 8;
export const UNAVAILABLE_ATTEMPTS = 5;
const MAX_WAIT_MS = 600_000;

/** How often an item's call has been tried in this execution, by reason. */
export type Tries = { rate: number; unavailable: number; blind: number };

type Outcome = { answer: ProviderAnswer } | { waitMs: number };

/** One attempt on the wire. Every way it can end is one row of the contract's table. */
export async function send(
  ports: LedgerPorts,
  scope: CallScope,
  call: PaidCall,
  row: CallRow,
  tries: Tries,
): Promise<Outcome> {
  const { provider, journal } = ports;
  await holdLease(ports, scope, row);
  const line = stopLine(ports.clock, scope.stop, call.request.lane);
  try {
    const answer = await provider.send(
      { ...call.request, callKey: row.key },
      {
        signal: line.signal,
        partial: (bytes, index) => scope.partial(call.slot, index, bytes),
        accepted: async (ids) => {
          row.responseId = ids.responseId;
          const { nodeId, pass, item, key: call } = row;
          const sent = { type: "call.sent", nodeId, pass, item, call, responseId: ids.responseId } as const;
          await untilRoom(ports.clock, () => journal.accept(scope.runId, scope.epoch, call, ids, [sent]));
          line.accepted();
        },
      },
    );
    return { answer };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return await afterError(ports, scope, call, row, error, tries);
  } finally {
    line.end();
  }
}

/** A call that may not go out any more has not gone out: left as it is, whoever has the run now would have to doubt it. */
async function holdLease(ports: LedgerPorts, scope: CallScope, row: CallRow): Promise<void> {
  try {
    scope.checkLease();
  } catch (lost) {
    await unsent(ports, row).catch(() => {});
    throw lost;
  }
}

async function afterError(
  ports: LedgerPorts,
  scope: CallScope,
  call: PaidCall,
  row: CallRow,
  error: ProviderError,
  tries: Tries,
): Promise<Outcome> {
  const { clock } = ports;
  if (row.responseId && (error.kind === "uncertain" || error.kind === "aborted"))
    return await fetchById(ports, scope, call, row, row.responseId, tries);
  switch (error.kind) {
    case "rate_limit": {
      await settle(ports, scope, row, "failed", 0, error);
      if (error.code === "slow_down") ports.slots.ease();
      tries.rate += 1;
      if (tries.rate >= RATE_ATTEMPTS) throw failed(error);
      const waitMs = Math.min(MAX_WAIT_MS, error.retryAfterMs ?? 1000 * 2 ** Math.min(tries.rate - 1, 6));
      await ports.pace.pause(call.request, waitMs);
      return { waitMs };
    }
    case "unavailable": {
      await settle(ports, scope, row, "failed", 0, error);
      // Our own store could not be read: nothing the provider could be asked again for.
      if (error.code === "DISK_FULL") throw new DiskFull(error.message);
      ports.slots.ease();
      tries.unavailable += 1;
      if (tries.unavailable >= UNAVAILABLE_ATTEMPTS) throw failed(error);
      return {
        waitMs: Math.min(
          MAX_WAIT_MS,
          error.retryAfterMs ?? 250 * 2 ** (tries.unavailable - 1) * (1 + (clock.now() % 7) / 14),
        ),
      };
    }
    case "quota":
      await settle(ports, scope, row, "failed", 0, error);
      scope.quota.hit = true;
      throw new Paused("quota", error.message);
    case "uncertain":
    case "aborted":
    case "gone":
      await doubt(ports, scope, row, error.message);
      // The next look at the ledger decides what an in-doubt call means for this run.
      if (call.request.lane === "judge" && ++tries.unavailable < UNAVAILABLE_ATTEMPTS) return { waitMs: 250 };
      if (call.request.lane === "judge") throw failed(error);
      if (error.kind === "aborted") throw new Stopped();
      return { waitMs: 0 };
    default:
      await settle(ports, scope, row, "failed", error.costMicro ?? 0, error);
      throw failed(error);
  }
}

/** Waits for an accepted response by its id; never sends anything. A response that met a limit gives the time to wait before a new attempt. */
export async function fetchById(
  ports: LedgerPorts,
  scope: CallScope,
  call: PaidCall,
  row: CallRow,
  responseId: string,
  tries: Tries,
): Promise<Outcome> {
  const request = { ...call.request, callKey: row.key };
  const line = stopLine(ports.clock, scope.stop, "accepted");
  try {
    const answer = await ports.provider.fetch(responseId, request, {
      signal: line.signal,
      partial: (bytes, index) => scope.partial(call.slot, index, bytes),
      accepted: async () => {},
    });
    return { answer };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    if (error.kind === "aborted") return { answer: await stopAccepted(ports, scope, row, responseId, request) };
    // Limits met while reading are waited out by the provider port: these are how the response itself ended, so it is never asked for again.
    if (error.kind === "quota" || error.kind === "rate_limit")
      return await afterError(ports, scope, call, row, error, tries);
    if (error.kind === "gone") {
      await doubt(
        ports,
        scope,
        row,
        "The provider no longer knows this response; whether it was drawn cannot be told.",
      );
      throw new InDoubt(row.key, error.message);
    }
    if (error.kind === "uncertain" || error.kind === "unavailable" || error.kind === "protocol") {
      throw new InDoubt(
        row.key,
        `The answer of ${responseId} could not be fetched (${error.message}). Resume to ask for it again; it is not paid twice.`,
      );
    }
    await settle(ports, scope, row, "failed", error.costMicro ?? 0, error);
    throw failed(error);
  } finally {
    line.end();
  }
}

/** The run was stopped while an accepted call was drawing: a cancel is passed on and settled, an interruption keeps the id for later. */
async function stopAccepted(
  ports: LedgerPorts,
  scope: CallScope,
  row: CallRow,
  responseId: string,
  request: Parameters<Provider["cancel"]>[1],
): Promise<ProviderAnswer> {
  if (scope.stop.reason !== "cancel") throw new Stopped();
  let late: ProviderAnswer | undefined;
  try {
    late = await ports.provider.cancel(responseId, request);
  } catch {
    throw new Stopped();
  }
  if (late) return late;
  await settle(ports, scope, row, "cancelled", 0, undefined);
  throw new Stopped();
}
