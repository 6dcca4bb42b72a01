import type { RunEvent } from "../protocol/events.ts";
import type { Failure } from "../protocol/failure.ts";
import { toMicro, toUsd } from "../protocol/money.ts";
import type { CallView, PauseReason, RunStatus, Step } from "../protocol/run.ts";
import { stepKey } from "./step-key.ts";

/** A step as its events tell it; `ports`: how many values left by each output. */
export type FoldedStep = Step & { ports?: Record<string, number> };
export type FoldedCall = Pick<
  CallView,
  "nodeId" | "pass" | "item" | "lane" | "model" | "state" | "responseId" | "costUsd" | "error"
> & {
  key: string;
};

/** A run as its events tell it. `seq` = the last stored event that was folded in. */
export type FoldedRun = {
  status: RunStatus;
  reason?: PauseReason;
  error?: Failure;
  steps: ReadonlyMap<string, FoldedStep>;
  calls: ReadonlyMap<string, FoldedCall>;
  /** Settled calls at their price, open ones at their reservation. */
  costUsd: number;
  startedAt?: number;
  endedAt?: number;
  seq: number;
};

export const EMPTY_RUN: FoldedRun = { status: "queued", steps: new Map(), calls: new Map(), costUsd: 0, seq: 0 };

/** Events in `seq` order → the state they tell, the same as the stored rows hold. Events seen before are ignored, so a reconnect may repeat some. */
export function foldEvents(events: Iterable<RunEvent>, from: FoldedRun = EMPTY_RUN): FoldedRun {
  const run = { ...from, steps: new Map(from.steps), calls: new Map(from.calls) };
  for (const event of events) {
    if (event.seq !== undefined) {
      if (event.seq <= run.seq) continue;
      run.seq = event.seq;
    }
    apply(run, event);
  }
  return run;
}

type Draft = Omit<FoldedRun, "steps" | "calls"> & { steps: Map<string, FoldedStep>; calls: Map<string, FoldedCall> };

function apply(run: Draft, event: RunEvent): void {
  switch (event.type) {
    case "run.started":
      run.status = "running";
      run.reason = undefined;
      run.error = undefined;
      run.endedAt = undefined;
      run.startedAt ??= event.at;
      break;
    case "run.waiting":
      run.status = "waiting";
      break;
    case "run.ended":
      run.status = event.status;
      run.reason = event.reason;
      run.error = event.error;
      run.endedAt = event.at;
      break;
    case "call.reserved":
    case "call.sent":
    case "call.settled":
      applyCall(run, event);
      break;
    case "step.progress":
    case "step.partial":
      break;
    default:
      run.steps.set(stepKey(event.nodeId, event.pass), applyStep(run, event));
  }
}

type StepEvent = Extract<
  RunEvent,
  {
    type:
      | "step.queued"
      | "step.started"
      | "step.done"
      | "step.cached"
      | "step.skipped"
      | "step.waiting"
      | "step.failed";
  }
>;

function applyStep(run: Draft, event: StepEvent): FoldedStep {
  const { nodeId, pass, at } = event;
  const before = run.steps.get(stepKey(nodeId, pass));
  const fresh: FoldedStep = { nodeId, pass, state: "queued", cached: false, why: "", calls: 0, costUsd: 0, items: [] };
  const spent = { startedAt: before?.startedAt ?? at, endedAt: at };
  switch (event.type) {
    case "step.queued":
      return {
        ...fresh,
        why: before?.why ?? "",
        items: openItems(event.items, "queued"),
        startedAt: before?.startedAt,
      };
    case "step.started":
      return {
        ...fresh,
        state: "running",
        why: event.why,
        items: openItems(before?.items.length ?? 0, "running"),
        startedAt: at,
      };
    case "step.waiting":
      return {
        ...fresh,
        ...before,
        items: event.items ?? asked(before?.items ?? []),
        state: "waiting",
        question: event.question,
        dueAt: event.dueAt,
      };
    case "step.skipped":
      return { ...fresh, ...spent, state: "skipped", why: event.why };
    case "step.cached":
      return {
        ...fresh,
        ...spent,
        state: "done",
        cached: true,
        why: event.why,
        items: event.items,
        ports: event.ports,
        rehydrated: event.rehydrated,
      };
    case "step.done": {
      const { why, costUsd, calls, items, ports, rehydrated, warnings } = event;
      return { ...fresh, ...spent, state: "done", why, costUsd, calls, items, ports, rehydrated, warnings };
    }
    case "step.failed": {
      const { state, why, costUsd, calls, items, error } = event;
      return { ...fresh, ...spent, state, why, costUsd, calls, items, error };
    }
  }
}

/** An event that does not tell items apart: those still open are the ones that wait. */
const asked = (items: FoldedStep["items"]): FoldedStep["items"] =>
  items.map((item) => (item.state === "running" || item.state === "queued" ? { ...item, state: "waiting" } : item));

const openItems = (count: number, state: "queued" | "running"): FoldedStep["items"] =>
  Array.from({ length: count }, (_, index) => ({ index, state, cached: false }));

type CallEvent = Extract<RunEvent, { type: "call.reserved" | "call.sent" | "call.settled" }>;

function applyCall(run: Draft, event: CallEvent): void {
  const before = run.calls.get(event.call);
  const { nodeId, pass, item } = event;
  const call: FoldedCall = before ?? {
    key: event.call,
    nodeId,
    pass,
    item,
    lane: "",
    model: "",
    state: "intent",
    costUsd: 0,
  };
  run.calls.set(event.call, afterCall(call, event));
  const change = toMicro(run.calls.get(event.call)?.costUsd ?? 0) - toMicro(before?.costUsd ?? 0);
  run.costUsd = toUsd(toMicro(run.costUsd) + change);
}

function afterCall(call: FoldedCall, event: CallEvent): FoldedCall {
  switch (event.type) {
    case "call.reserved":
      return { ...call, lane: event.lane, model: event.model, state: "intent", costUsd: event.costUsd };
    case "call.sent":
      return { ...call, state: "accepted", responseId: event.responseId ?? call.responseId };
    case "call.settled":
      return { ...call, state: event.state, costUsd: event.costUsd, error: event.error };
  }
}
