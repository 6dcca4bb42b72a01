import * as z from "zod";
import { Failure } from "./failure.ts";
import { PAUSE_REASONS, RUN_STATUSES, StepItem } from "./run-states.ts";

const stepKey = { nodeId: z.string(), pass: z.int() };
const callKey = { ...stepKey, item: z.int(), call: z.string() };

/** What happened, by type. Folding a run's events in `seq` order gives its state. */
export const EventBody = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("run.started"),
    graphId: z.string(),
    revision: z.string(),
    nodes: z.int(),
    epoch: z.int(),
  }),
  z.object({ type: z.literal("step.queued"), ...stepKey, items: z.int() }),
  z.object({ type: z.literal("step.started"), ...stepKey, why: z.string() }),
  z.object({
    type: z.literal("step.progress"),
    ...stepKey,
    item: z.int(),
    message: z.string().optional(),
    fraction: z.number().optional(),
  }),
  z.object({
    type: z.literal("step.partial"),
    ...stepKey,
    item: z.int(),
    slot: z.int(),
    index: z.int(),
    url: z.string(),
  }),
  z.object({
    type: z.literal("step.done"),
    ...stepKey,
    why: z.string(),
    costUsd: z.number(),
    calls: z.int(),
    items: z.array(StepItem),
    ports: z.record(z.string(), z.int()),
    rehydrated: z.boolean().optional(),
    warnings: z.array(z.string()).optional(),
  }),
  z.object({
    type: z.literal("step.cached"),
    ...stepKey,
    why: z.string(),
    items: z.array(StepItem),
    ports: z.record(z.string(), z.int()),
    rehydrated: z.boolean().optional(),
  }),
  z.object({ type: z.literal("step.skipped"), ...stepKey, why: z.string() }),
  z.object({
    type: z.literal("step.waiting"),
    ...stepKey,
    question: z.unknown().optional(),
    items: z.array(StepItem).optional(),
    dueAt: z.number().optional(),
  }),
  z.object({
    type: z.literal("step.failed"),
    ...stepKey,
    state: z.enum(["failed", "in_doubt", "blocked", "cancelled"]),
    why: z.string(),
    costUsd: z.number(),
    calls: z.int(),
    items: z.array(StepItem),
    error: Failure,
  }),
  z.object({ type: z.literal("call.reserved"), ...callKey, model: z.string(), lane: z.string(), costUsd: z.number() }),
  z.object({ type: z.literal("call.sent"), ...callKey, responseId: z.string().optional() }),
  z.object({
    type: z.literal("call.settled"),
    ...callKey,
    state: z.enum(["completed", "failed", "cancelled", "in_doubt", "abandoned"]),
    costUsd: z.number(),
    error: Failure.optional(),
  }),
  z.object({ type: z.literal("run.waiting"), steps: z.array(z.string()) }),
  z.object({
    type: z.literal("run.ended"),
    status: z.enum(RUN_STATUSES),
    reason: z.enum(PAUSE_REASONS).optional(),
    costUsd: z.number(),
    error: Failure.optional(),
  }),
]);
export type EventBody = z.infer<typeof EventBody>;
export type EventType = EventBody["type"];

/** Transient events are shown live, carry no `seq` and are never stored. */
export const TRANSIENT: ReadonlySet<EventType> = new Set<EventType>(["step.progress", "step.partial"]);

/** A stored event: `seq` counts from 1 without gaps per run; `at` is epoch milliseconds. */
export type RunEvent = EventBody & { runId: string; at: number; seq?: number };
