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
      rehydrated: boolean /** Not stored yet: it is committed with its step. */;
      unsaved?: ResultRow;
    }
  | { state: "waiting"; question?: unknown }
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
};

/** Outputs of the items, one after the other. With `onError: continue` failures leave by the `error` output. */
export function joinOutputs(node: PlanNode, outcomes: readonly ItemOutcome[]): Outputs {
  const joined: Outputs = {};
  for (const outcome of outcomes) {
    if (outcome.state === "done") {
      for (const [port, values] of Object.entries(outcome.outputs)) joined[port] = [...(joined[port] ?? []), ...values];
    } else if (node.onError === "continue" && outcome.state === "failed") {
      joined.error = [...(joined.error ?? []), { kind: "text", text: outcome.error.message }];
    }
  }
  return joined;
}

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
    ...("error" in outcome ? { error: outcome.error } : {}),
  }));
  const bad =
    outcomes.find((outcome) => "error" in outcome && outcome.state === state) ??
    outcomes.find((outcome) => "error" in outcome);
  const waiting = outcomes.find((outcome) => outcome.state === "waiting");
  const warnings = outcomes.flatMap((outcome) => (outcome.state === "done" ? outcome.warnings : []));
  return {
    nodeId: step.node.id,
    pass: step.pass,
    state,
    cached: items.length > 0 && items.every((item) => item.cached),
    why: step.why,
    items,
    outputs: state === "done" || state === "failed" ? joinOutputs(step.node, outcomes) : undefined,
    ...(waiting && "question" in waiting ? { question: waiting.question } : {}),
    ...(state !== "done" && bad && "error" in bad ? { error: bad.error } : {}),
    ...(warnings.length > 0 ? { warnings } : {}),
    ...(outcomes.some((outcome) => outcome.state === "done" && outcome.rehydrated) ? { rehydrated: true } : {}),
    calls: step.calls,
    costMicro: step.costMicro,
    startedAt: step.startedAt,
    endedAt,
  };
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
