import type { Selectable } from "kysely";
import type { Failure } from "#lib/protocol/failure.ts";
import type { StepItem } from "#lib/protocol/run.ts";
import type { Outputs } from "#lib/protocol/values.ts";
import type { StepRecord } from "#lib/runtime/ports.ts";
import { fromJson, given, toFlag, toJson } from "./json.ts";
import type { StepTable } from "./tables.ts";

export const toStepRecord = (row: Selectable<StepTable>): StepRecord => ({
  nodeId: row.node_id,
  pass: row.pass,
  state: row.state,
  cached: row.cached === 1,
  why: row.why,
  items: JSON.parse(row.items) as StepItem[],
  outputs: fromJson<Outputs>(row.outputs),
  question: fromJson(row.question),
  answer: fromJson(row.answer),
  error: fromJson<Failure>(row.error),
  warnings: fromJson<string[]>(row.warnings),
  rehydrated: row.rehydrated === null ? undefined : row.rehydrated === 1,
  calls: row.calls,
  costMicro: row.cost_micro,
  startedAt: given(row.started_at),
  endedAt: given(row.ended_at),
  from: fromJson<Record<string, number[]>>(row.made_by),
  dueAt: given(row.due_at),
  otherwise: fromJson(row.otherwise),
  answeredAt: given(row.answered_at),
  answeredBy: given(row.answered_by),
});

export const fromStepRecord = (runId: string, step: StepRecord): StepTable => ({
  run_id: runId,
  node_id: step.nodeId,
  pass: step.pass,
  state: step.state,
  cached: toFlag(step.cached),
  why: step.why,
  items: JSON.stringify(step.items),
  outputs: toJson(step.outputs),
  question: toJson(step.question),
  answer: toJson(step.answer),
  error: toJson(step.error),
  warnings: toJson(step.warnings),
  rehydrated: step.rehydrated === undefined ? null : toFlag(step.rehydrated),
  calls: step.calls,
  cost_micro: step.costMicro,
  started_at: step.startedAt ?? null,
  ended_at: step.endedAt ?? null,
  made_by: toJson(step.from),
  due_at: step.dueAt ?? null,
  otherwise: toJson(step.otherwise),
  answered_at: step.answeredAt ?? null,
  answered_by: step.answeredBy ?? null,
});
