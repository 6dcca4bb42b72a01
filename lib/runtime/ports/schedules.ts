import type { MicroUsd } from "../../protocol/money.ts";
import type { RunStatus } from "../../protocol/run.ts";

export type ScheduleRow = {
  id: string;
  templateId: string;
  revision?: number;
  name: string;
  cron: string;
  timeZone: string;
  inputs: Record<string, unknown>;
  budgetMicro?: MicroUsd | null;
  missed: "once" | "skip";
  enabled: boolean;
  /** When it is due next, epoch ms; undefined: never again. */
  nextAt?: number;
  createdAt: number;
};

/** One time it was due. Without a run and an error it was claimed and its run not yet created. */
export type FiringRow = {
  scheduleId: string;
  at: number;
  firedAt: number;
  runId?: string;
  error?: string;
  status?: RunStatus;
};

/** Schedules, and the one row per due time by which only one process fires it. Every method is one transaction. */
export type ScheduleStore = {
  put(schedule: ScheduleRow): Promise<void>;
  get(id: string): Promise<ScheduleRow | undefined>;
  list(templateId?: string): Promise<(ScheduleRow & { last?: FiringRow })[]>;
  remove(id: string): Promise<boolean>;
  disableOf(templateId: string): Promise<number>;
  enabled(): Promise<ScheduleRow[]>;
  /** Moves the next time on when it still is `from`; with `fire`, claims that due time in the same transaction. True: it is ours. */
  advance(
    id: string,
    from: number | undefined,
    to: number | undefined,
    fire?: { at: number; firedAt: number },
  ): Promise<boolean>;
  settle(scheduleId: string, at: number, outcome: { runId: string } | { error: string }): Promise<void>;
  /** Claimed before `olderThan` (epoch ms), and neither started nor refused: the process that claimed them is gone. */
  unsettled(olderThan: number): Promise<FiringRow[]>;
  firings(scheduleId: string, limit: number): Promise<FiringRow[]>;
};

/** Reads cron expressions in time zones. */
export type CronReader = {
  /** Why it is not one, or undefined. */
  problem(cron: string, timeZone: string): string | undefined;
  /** The first due time after `after` (epoch ms); undefined when there is none. */
  next(cron: string, timeZone: string, after: number): number | undefined;
};
