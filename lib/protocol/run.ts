import * as z from "zod";
import { Failure } from "./failure.ts";
import { SheetUse } from "./library.ts";
import { PAUSE_REASONS, RUN_STATUSES, STEP_STATES, StepItem } from "./run-states.ts";
import { TemplateRef } from "./templates.ts";
import { Value } from "./values.ts";

export * from "./run-states.ts";

/** One node in one run, in one pass: what it received, what it gave, why it ran. */
export const Step = z.object({
  nodeId: z.string(),
  pass: z.int().min(0),
  state: z.enum(STEP_STATES),
  cached: z.boolean(),
  why: z.string(),
  calls: z.int(),
  costUsd: z.number(),
  items: z.array(StepItem),
  rehydrated: z.boolean().optional(),
  warnings: z.array(z.string()).optional(),
  question: z.unknown().optional(),
  /** When it is decided without a person, epoch ms; only while it waits and has a time limit. */
  dueAt: z.number().optional(),
  /** The decision it was answered with. */
  answer: z.unknown().optional(),
  /** When that was (epoch ms), and whose it was as people are told it. */
  answeredAt: z.number().optional(),
  answeredBy: z.string().optional(),
  /** By output port: which of the items made each value; a port left out: the first made the first, and so on. */
  from: z.record(z.string(), z.array(z.int())).optional(),
  error: Failure.optional(),
  startedAt: z.number().optional(),
  endedAt: z.number().optional(),
});
export type Step = z.infer<typeof Step>;

/** A paid request as people see it. */
export const CallView = z.object({
  key: z.string(),
  nodeId: z.string(),
  pass: z.int(),
  item: z.int(),
  slot: z.int(),
  attempt: z.int(),
  state: z.enum(["intent", "accepted", "completed", "failed", "cancelled", "in_doubt", "abandoned"]),
  lane: z.string(),
  model: z.string(),
  responseId: z.string().optional(),
  costUsd: z.number(),
  estimated: z.boolean().optional(),
  prompt: z.string().optional(),
  revisedPrompt: z.string().optional(),
  error: Failure.optional(),
});
export type CallView = z.infer<typeof CallView>;

/** `show`, `GET /api/runs/:id` and `run --json` all give this document. */
export const RunDocument = z.object({
  runId: z.string(),
  status: z.enum(RUN_STATUSES),
  reason: z.enum(PAUSE_REASONS).optional(),
  graphId: z.string(),
  graphName: z.string(),
  /** The published revision it was made from. */
  template: TemplateRef.optional(),
  /** The batch it belongs to, and which of its rows it was made for (from 0 on). */
  batch: z.object({ id: z.string(), row: z.int() }).optional(),
  revision: z.string(),
  /** The sheets of the library it was started with, at these versions. */
  sheets: z.array(SheetUse).optional(),
  /**
   * The graph's nodes in document order, those without a step yet included. A node that stood for a saved graph (`graph`, as `id@revision`) has no step of its
   * own: the nodes of that graph follow it, named `node/inner`.
   */
  nodes: z
    .array(z.object({ id: z.string(), title: z.string().optional(), type: z.string(), graph: z.string().optional() }))
    .optional(),
  inputs: z.record(z.string(), z.unknown()),
  outputs: z.record(z.string(), z.record(z.string(), z.array(Value))),
  steps: z.array(Step),
  calls: z.array(CallView),
  files: z.array(z.string()),
  costUsd: z.number(),
  paidCalls: z.int(),
  budgetUsd: z.number().nullable(),
  simulated: z.boolean(),
  createdAt: z.number(),
  startedAt: z.number().optional(),
  endedAt: z.number().optional(),
  seq: z.int(),
  error: Failure.optional(),
});
export type RunDocument = z.infer<typeof RunDocument>;
