import type { EventBody } from "../protocol/events.ts";
import { toUsd } from "../protocol/money.ts";
import type { StepRecord } from "./ports.ts";
import type { ActiveStep } from "./step-run.ts";

/** The row of a step while it runs. */
export const runningRecord = (step: ActiveStep): StepRecord => ({
  nodeId: step.node.id,
  pass: step.pass,
  state: "running",
  cached: false,
  why: step.why,
  items: step.items.map((item, index) => ({
    index,
    state: step.outcomes[index]?.state ?? "running",
    cached: false,
    key: item.key,
  })),
  calls: 0,
  costMicro: 0,
  startedAt: step.startedAt,
  ...(step.answer === undefined ? {} : { answer: step.answer }),
});

/** The event that tells of a step's row. */
export function stepEvent(record: StepRecord): EventBody {
  const step = { nodeId: record.nodeId, pass: record.pass };
  const { why, items } = record;
  const ports = Object.fromEntries(Object.entries(record.outputs ?? {}).map(([port, values]) => [port, values.length]));
  const spent = { costUsd: toUsd(record.costMicro), calls: record.calls };
  const plain = items.map(({ key: _key, ...item }) => item);
  if (record.state === "queued") return { type: "step.queued", ...step, items: items.length };
  if (record.state === "skipped") return { type: "step.skipped", ...step, why };
  if (record.state === "waiting")
    return { type: "step.waiting", ...step, question: record.question, items: plain, dueAt: record.dueAt };
  if (record.state === "done" && record.cached)
    return { type: "step.cached", ...step, why, items: plain, ports, rehydrated: record.rehydrated };
  if (record.state === "done")
    return {
      type: "step.done",
      ...step,
      why,
      ...spent,
      items: plain,
      ports,
      rehydrated: record.rehydrated,
      warnings: record.warnings,
    };
  const state =
    record.state === "in_doubt" || record.state === "blocked" || record.state === "cancelled" ? record.state : "failed";
  return {
    type: "step.failed",
    ...step,
    state,
    why,
    ...spent,
    items: plain,
    error: record.error ?? { code: state, message: why },
  };
}
