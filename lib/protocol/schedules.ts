import * as z from "zod";
import { RUN_STATUSES } from "./run.ts";

const Usd = z.number().min(0).max(1_000_000);

/** `POST /api/schedules`. Times are written as cron expressions of five fields in a named time zone. */
export const ScheduleWish = z.strictObject({
  templateId: z.string().min(1).max(100),
  name: z.string().trim().min(1).max(100).default("Schedule"),
  cron: z.string().trim().min(9).max(200).meta({ description: "Minute, hour, day of month, month, day of week." }),
  timeZone: z.string().min(1).max(64).default("UTC").meta({ description: "An IANA name, like Europe/Berlin." }),
  revision: z.int().min(1).optional().meta({ description: "Always this revision; left out = the current one." }),
  inputs: z.record(z.string().min(1).max(64), z.unknown()).default({}),
  budgetUsd: Usd.nullable().optional().meta({ description: "Cap of each run; null = none; left out = the default." }),
  missed: z.enum(["once", "skip"]).default("once").meta({
    description: "When the server was not there at one or more of its times: run once for all of them, or not at all.",
  }),
  enabled: z.boolean().default(true),
});
export type ScheduleWish = z.infer<typeof ScheduleWish>;
/** `PUT /api/schedules/:id`: fields that are there are changed. */
export const ScheduleChange = z.strictObject({
  name: ScheduleWish.shape.name.unwrap().optional(),
  cron: ScheduleWish.shape.cron.optional(),
  timeZone: ScheduleWish.shape.timeZone.unwrap().optional(),
  revision: z.int().min(1).nullable().optional().meta({ description: "null = the current one." }),
  inputs: z.record(z.string().min(1).max(64), z.unknown()).optional(),
  budgetUsd: ScheduleWish.shape.budgetUsd,
  missed: z.enum(["once", "skip"]).optional(),
  enabled: z.boolean().optional(),
});
export type ScheduleChange = z.infer<typeof ScheduleChange>;

/** One time it was due: the run it started, or why none was started. Times in epoch ms. */
export const Firing = z.object({
  at: z.number(),
  firedAt: z.number(),
  runId: z.string().optional(),
  status: z.enum(RUN_STATUSES).optional(),
  error: z.string().optional(),
});
export type Firing = z.infer<typeof Firing>;

export const ScheduleView = ScheduleWish.extend({
  id: z.string(),
  createdAt: z.number(),
  /** The next times it is due, epoch ms; what they would be while it is paused. */
  next: z.array(z.number()),
  last: Firing.optional(),
});
export type ScheduleView = z.infer<typeof ScheduleView>;
export const ScheduleList = z.object({ schedules: z.array(ScheduleView) });
export type ScheduleList = z.infer<typeof ScheduleList>;
export const FiringList = z.object({ firings: z.array(Firing) });
export type FiringList = z.infer<typeof FiringList>;

/** `GET /api/schedules/next?cron=&timeZone=`: what an expression would come to. */
export const NextQuery = z.strictObject({ cron: z.string().max(200), timeZone: z.string().max(64).default("UTC") });
export const NextTimes = z.object({ next: z.array(z.number()), problem: z.string().optional() });
export type NextTimes = z.infer<typeof NextTimes>;
