import type { EventBody } from "../protocol/events.ts";
import { StepError } from "../protocol/failure.ts";
import { type MicroUsd, toUsd } from "../protocol/money.ts";
import type { CallScope, KeptAnswer, LedgerPorts, PaidCall } from "./call-scope.ts";
import { describeRequest } from "./describe-request.ts";
import { sha256 } from "./digest.ts";
import { type CallRow, type ProviderAnswer, ProviderError } from "./ports.ts";
import { fetchById, send, type Tries } from "./send-call.ts";
import { abandon, doubt, keep } from "./settle-call.ts";
import { InDoubt, Paused, Stopped } from "./step-signals.ts";
import { dayStart } from "./system-clock.ts";
import { refuseUnsendable } from "./unsendable.ts";
import { untilRoom } from "./until-room.ts";

/*
 * The ledger protocol: never pay twice (design section 5, contract "Exact rules for paid calls").
 * An intent is written and its cost reserved before anything is sent; the response id is committed as soon as the provider names it;
 * bytes are durable before the row that points at them. What is found in the ledger decides what happens next:
 *   completed → its stored answer is the answer · accepted → fetched by id, never sent again ·
 *   intent or in_doubt → its fate is unknown: held for a person, unless they said otherwise · anything else → a new attempt.
 */

/** With the policy `retry`: how often one item may be bought again blindly in one execution. */
const BLIND_RETRIES = 2;

/** Makes sure the call is paid once and gives its answer. Throws StepError, InDoubt, Paused, Stopped or Fenced. */
export async function paidCall(ports: LedgerPorts, scope: CallScope, call: PaidCall): Promise<KeptAnswer> {
  const { journal } = ports;
  const tries: Tries = { rate: 0, unavailable: 0, blind: 0 };
  for (;;) {
    const release = await ports.slots.take(scope.stop).catch(() => {
      throw new Stopped();
    });
    let waitMs: number;
    try {
      const rows = (await journal.callsOfItem(scope.itemKey)).filter((row) => row.slot === call.slot);
      const outcome = await once(ports, scope, call, rows.at(-1), tries);
      if ("kept" in outcome) return outcome.kept;
      if ("answer" in outcome) {
        release();
        const { answer, row } = outcome;
        if (call.request.lane !== "oneshot") return await ports.storing(() => keep(ports, scope, call, row, answer));
        // What has no id at the provider is nowhere else: it waits for nobody, and its commit for nothing that follows.
        const alone = { ...scope, committed: (commit: Promise<void>) => commit };
        return await untilRoom(ports.clock, () => keep(ports, alone, call, row, answer));
      }
      waitMs = outcome.waitMs;
    } finally {
      release();
    }
    await pause(ports, scope, waitMs);
  }
}

type Step = { kept: KeptAnswer } | { answer: ProviderAnswer; row: CallRow } | { waitMs: number };

/** What the ledger's last row about the call asks for. */
async function once(
  ports: LedgerPorts,
  scope: CallScope,
  call: PaidCall,
  last: CallRow | undefined,
  tries: Tries,
): Promise<Step> {
  if (last?.state === "completed") return { kept: last.answer as unknown as KeptAnswer };
  if (last?.state === "accepted" && last.responseId)
    return { ...(await fetchById(ports, scope, call, last, last.responseId, tries)), row: last };
  if (last?.state === "intent" || last?.state === "accepted")
    await doubt(ports, scope, last, "The process ended while this call was on its way.");
  const unsure = last && (last.state === "intent" || last.state === "accepted" || last.state === "in_doubt");
  if (unsure && call.request.lane !== "judge") decideDoubt(scope, last, tries);
  if (unsure) await abandon(ports, scope, last);
  if (scope.stop.aborted) throw new Stopped();
  if (!ports.provider.simulated) await ports.room();
  await ports.pace.take(call.request, scope.stop).catch((reason) => {
    throw scope.stop.aborted ? new Stopped() : reason;
  });
  // Another call may have met the end of the quota while this one waited for its turn.
  if (scope.quota.hit) throw new Paused("quota", "The provider's quota is used up.");
  scope.checkLease();
  const row = await reserve(ports, scope, call, (last?.attempt ?? 0) + 1);
  return { ...(await send(ports, scope, call, row, tries)), row };
}

async function pause(ports: LedgerPorts, scope: CallScope, ms: number): Promise<void> {
  await ports.clock.sleep(ms, scope.stop).catch(() => {
    throw new Stopped();
  });
}

/** Writes the intent; refuses what does not fit a cap, before anything is sent. */
async function reserve(ports: LedgerPorts, scope: CallScope, call: PaidCall, attempt: number): Promise<CallRow> {
  const { journal, provider, clock } = ports;
  const key = `${scope.itemKey}/${call.slot}#${attempt}`;
  refuseUnsendable(call.request);
  const request = { ...call.request, callKey: key };
  let reservedMicro: MicroUsd;
  try {
    reservedMicro = provider.simulated ? 0 : provider.estimate(request, call.known);
  } catch (error) {
    if (error instanceof ProviderError) throw new StepError(error.code, error.message);
    throw error;
  }
  const now = clock.now();
  const row = {
    key,
    runId: scope.runId,
    nodeId: scope.nodeId,
    pass: scope.pass,
    item: scope.item,
    itemKey: scope.itemKey,
    slot: call.slot,
    attempt,
    provider: provider.name,
    lane: call.request.lane,
    model: call.request.lane === "oneshot" ? call.request.imageModel : call.request.model,
    requestHash: sha256(JSON.stringify(call.request)),
    request: describeRequest(call.request),
    reservedMicro,
    createdAt: now,
  };
  const where = { nodeId: scope.nodeId, pass: scope.pass, item: scope.item, call: key };
  const events: EventBody[] = [
    { type: "call.reserved", ...where, model: row.model, lane: row.lane, costUsd: toUsd(reservedMicro) },
  ];
  if (row.lane !== "conversation") events.push({ type: "call.sent", ...where });
  const caps = { runMicro: scope.runCapMicro, dayMicro: ports.dayCapMicro, dayStart: dayStart(now) };
  const result = await journal.reserve(scope.runId, scope.epoch, row, caps, events);
  if (result !== "reserved") {
    const cap = { run: "this run", batch: "this batch", day: "today" }[result.cap];
    throw new Paused(
      "budget",
      `This call may cost up to $${toUsd(reservedMicro).toFixed(3)}; $${toUsd(result.spentMicro).toFixed(3)} of the $${toUsd(result.capMicro).toFixed(2)} for ${cap} are spent or reserved.`,
    );
  }
  return { ...row, epoch: scope.epoch, state: "intent", costMicro: 0, estimated: false };
}

/** hold → a person decides; give-up → the item fails; retry → bought again, a bounded number of times. */
function decideDoubt(scope: CallScope, row: CallRow, tries: { blind: number }): void {
  const what = `Call ${row.key} of ${row.nodeId} may or may not have been drawn and paid (up to $${toUsd(row.reservedMicro).toFixed(3)}).`;
  if (scope.policy === "give-up") throw new StepError("in_doubt", `${what} It was given up.`);
  if (scope.policy === "hold" || tries.blind >= BLIND_RETRIES) {
    const other = row.runId === scope.runId ? "" : ` It was sent by run ${row.runId}.`;
    throw new InDoubt(
      row.key,
      `${what}${other} Resume with --in-doubt retry to send it again or --in-doubt give-up to do without.`,
    );
  }
  tries.blind += 1;
}
