import type { PlanNode } from "../engine/types.ts";
import type { StepItem } from "../protocol/run.ts";
import type { Outputs, Value } from "../protocol/values.ts";
import type { KeyParts, ResultRow, StepRecord } from "./ports.ts";

/** An item ready to run: its inputs and the name of its result. */
export type PreparedItem = { index: number; inputs: Record<string, Value | Value[] | undefined>; key: string };

/** What became of one item. */
export type ItemOutcome =
  | {
      state: "done";
      outputs: Outputs;
      cached: boolean;
      from?: string;
      warnings: string[];
      rehydrated: boolean;
      /** Not stored yet: it is committed with its step. */
      unsaved?: ResultRow;
      /** It holds for this run alone and is never stored for others. */
      onlyHere?: boolean;
    }
  | { state: "waiting"; question?: unknown; about?: Value[]; timeoutMs?: number; otherwise?: unknown }
  | {
      state: "failed" | "in_doubt" | "cancelled" | "queued";
      error: { code: string; message: string; requestId?: string; details?: Record<string, unknown> };
    };

/** A step that started, while it runs. */
export type ActiveStep = {
  node: PlanNode;
  pass: number;
  items: PreparedItem[];
  outcomes: (ItemOutcome | undefined)[];
  why: string;
  parts: KeyParts;
  startedAt: number;
  costMicro: number;
  calls: number;
  /** The decision it was waiting for. */
  answer?: unknown;
};

type Joined = Pick<StepRecord, "outputs" | "from">;

/**
 * Outputs of the items, one after the other, and which item made each value where that is not their order. With `onError: continue` failures leave
 * by the `error` output.
 */
export function joinOutputs(
  node: PlanNode,
  items: readonly ({ outputs: Outputs } | { failed: string } | undefined)[],
): Joined {
  const outputs: Outputs = {};
  const makers: Record<string, number[]> = {};
  for (const [index, item] of items.entries()) {
    if (!item || ("failed" in item && node.onError !== "continue")) continue;
    const given: Outputs = "outputs" in item ? item.outputs : { error: [{ kind: "text", text: item.failed }] };
    for (const [port, values] of Object.entries(given)) {
      outputs[port] = [...(outputs[port] ?? []), ...values];
      makers[port] = [...(makers[port] ?? []), ...values.map(() => index)];
    }
  }
  const odd = Object.entries(makers).filter(([, made]) => made.some((maker, index) => maker !== index));
  return { outputs, ...(odd.length > 0 ? { from: Object.fromEntries(odd) } : {}) };
}

const given = (outcome: ItemOutcome): { outputs: Outputs } | { failed: string } | undefined =>
  outcome.state === "done"
    ? { outputs: outcome.outputs }
    : outcome.state === "failed"
      ? { failed: outcome.error.message }
      : undefined;

const stateOf = (node: PlanNode, outcomes: readonly ItemOutcome[]): StepRecord["state"] => {
  const states = new Set(outcomes.map((outcome) => outcome.state));
  for (const state of ["queued", "in_doubt", "cancelled", "waiting"] as const) if (states.has(state)) return state;
  return states.has("failed") && node.onError !== "continue" ? "failed" : "done";
};

/** The row of a step whose items have all settled (or rest). */
export function settleStep(step: ActiveStep, endedAt: number): StepRecord {
  const outcomes = step.outcomes as ItemOutcome[];
  const state = stateOf(step.node, outcomes);
  const items: StepItem[] = outcomes.map((outcome, index) => ({
    index,
    state: outcome.state,
    cached: outcome.state === "done" && outcome.cached,
    key: step.items[index]?.key,
    ...(outcome.state === "waiting" && outcome.about ? { about: outcome.about } : {}),
    ...("error" in outcome ? { error: outcome.error } : {}),
  }));
  const bad =
    outcomes.find((outcome) => "error" in outcome && outcome.state === state) ??
    outcomes.find((outcome) => "error" in outcome);
  const waiting = state === "waiting" ? outcomes.filter((outcome) => outcome.state === "waiting") : [];
  const warnings = outcomes.flatMap((outcome) => (outcome.state === "done" ? outcome.warnings : []));
  return {
    nodeId: step.node.id,
    pass: step.pass,
    state,
    cached: items.length > 0 && items.every((item) => item.cached),
    why: step.why,
    items,
    ...(state === "done" || state === "failed" ? joinOutputs(step.node, outcomes.map(given)) : {}),
    ...(waiting[0] && "question" in waiting[0] ? { question: waiting[0].question } : {}),
    ...deadline(waiting, endedAt),
    // An answer that led to a failure is not kept: the step asks again when the run is resumed.
    ...(step.answer !== undefined && state !== "failed" ? { answer: step.answer } : {}),
    ...(state !== "done" && bad && "error" in bad ? { error: bad.error } : {}),
    ...(warnings.length > 0 ? { warnings } : {}),
    ...(outcomes.some((outcome) => outcome.state === "done" && outcome.rehydrated) ? { rehydrated: true } : {}),
    calls: step.calls,
    costMicro: step.costMicro,
    startedAt: step.startedAt,
    endedAt,
  };
}

/** The earliest time at which one of the waiting items is decided without a person. */
function deadline(
  waiting: readonly Extract<ItemOutcome, { state: "waiting" }>[],
  now: number,
): Pick<StepRecord, "dueAt" | "otherwise"> {
  const [first] = waiting
    .filter(({ timeoutMs }) => timeoutMs !== undefined)
    .sort((a, b) => (a.timeoutMs ?? 0) - (b.timeoutMs ?? 0));
  return first ? { dueAt: now + (first.timeoutMs ?? 0), otherwise: first.otherwise } : {};
}

/** A step that never ran: skipped, failed or blocked by what came before it. */
export const restingStep = (
  nodeId: string,
  pass: number,
  state: "skipped" | "failed" | "blocked" | "cancelled",
  why: string,
  at: number,
  error?: StepRecord["error"],
): StepRecord => ({
  nodeId,
  pass,
  state,
  cached: false,
  why,
  items: [],
  calls: 0,
  costMicro: 0,
  startedAt: at,
  endedAt: at,
  ...(error ? { error } : {}),
});
