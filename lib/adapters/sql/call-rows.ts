import type { Selectable } from "kysely";
import type { Failure } from "#lib/protocol/failure.ts";
import type { CallRow, CallState } from "#lib/runtime/ports.ts";
import { fromJson, given } from "./json.ts";
import type { CallTable } from "./tables.ts";

/** Calls whose fate is open: their reservation counts as spent. */
export const OPEN: readonly CallState[] = ["intent", "accepted", "in_doubt"];
export const isOpen = (state: CallState): boolean => OPEN.includes(state);

/** What a call takes from the caps, micro-USD. A reservation is only given back when the true cost is known. */
export const spentMicro = (call: {
  state: CallState;
  reservedMicro: number;
  costMicro: number;
  estimated: boolean;
}): number => (isOpen(call.state) || call.estimated ? Math.max(call.reservedMicro, call.costMicro) : call.costMicro);

/** The row of a call that is about to be sent. */
export const fromIntent = (
  epoch: number,
  call: Omit<CallRow, "epoch" | "state" | "costMicro" | "estimated">,
): Omit<CallTable, "batch_id"> => ({
  key: call.key,
  run_id: call.runId,
  node_id: call.nodeId,
  pass: call.pass,
  item: call.item,
  item_key: call.itemKey,
  slot: call.slot,
  attempt: call.attempt,
  epoch,
  provider: call.provider,
  lane: call.lane,
  model: call.model,
  request_hash: call.requestHash,
  request: JSON.stringify(call.request),
  reserved_micro: call.reservedMicro,
  cost_micro: 0,
  spent_micro: call.reservedMicro,
  estimated: 0,
  state: "intent",
  response_id: null,
  request_id: null,
  answer: null,
  error: null,
  created_at: call.createdAt,
  accepted_at: null,
  settled_at: null,
});

export const toCallRow = (row: Selectable<CallTable>): CallRow => ({
  key: row.key,
  runId: row.run_id,
  nodeId: row.node_id,
  pass: row.pass,
  item: row.item,
  itemKey: row.item_key,
  slot: row.slot,
  attempt: row.attempt,
  epoch: row.epoch,
  provider: row.provider,
  lane: row.lane,
  model: row.model,
  requestHash: row.request_hash,
  request: JSON.parse(row.request) as Record<string, unknown>,
  reservedMicro: row.reserved_micro,
  costMicro: row.cost_micro,
  estimated: row.estimated === 1,
  state: row.state,
  responseId: given(row.response_id),
  requestId: given(row.request_id),
  answer: fromJson<Record<string, unknown>>(row.answer),
  error: fromJson<Failure>(row.error),
  createdAt: row.created_at,
  acceptedAt: given(row.accepted_at),
  settledAt: given(row.settled_at),
});
