import * as z from "zod";
import { Failure } from "./failure.ts";
import { Value } from "./values.ts";

export const RUN_STATUSES = ["queued", "running", "waiting", "paused", "succeeded", "failed", "cancelled"] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];
export const PAUSE_REASONS = ["budget", "quota", "disk", "in_doubt"] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];

export const STEP_STATES = [
  "queued",
  "running",
  "done",
  "skipped",
  "failed",
  "waiting",
  "cancelled",
  "in_doubt",
  "blocked",
] as const;
export type StepState = (typeof STEP_STATES)[number];

export const StepItem = z.object({
  index: z.int(),
  state: z.enum(STEP_STATES),
  cached: z.boolean(),
  key: z.string().optional(),
  /** What a person is asked about, while this item waits. */
  about: z.array(Value).optional(),
  error: Failure.optional(),
});
export type StepItem = z.infer<typeof StepItem>;
