import type { Firing, ScheduleChange, ScheduleView, ScheduleWish } from "../../protocol/schedules.ts";

/** Runs of a template at set times. */
export type Schedules = {
  list(templateId?: string): Promise<ScheduleView[]>;
  get(id: string): Promise<ScheduleView | undefined>;
  /** Throws InvalidError for an expression, a time zone, a template or inputs that are not right. */
  create(wish: ScheduleWish): Promise<ScheduleView>;
  change(id: string, change: ScheduleChange): Promise<ScheduleView | undefined>;
  remove(id: string): Promise<boolean>;
  /** When it was due and what became of it, newest first. */
  firings(id: string, limit: number): Promise<Firing[]>;
  /** The next times of an expression (epoch ms), or what is wrong with it. */
  next(cron: string, timeZone: string, count: number): { next: number[]; problem?: string };
  disableOf(templateId: string): Promise<number>;
  /** Fires what is due now; gives the runs it started. */
  sweep(): Promise<string[]>;
};
