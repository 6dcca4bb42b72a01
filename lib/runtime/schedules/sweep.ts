import { StepError } from "../../protocol/failure.ts";
import { InvalidError } from "../../protocol/problems.ts";
import type { Clock, CronReader, ScheduleRow, ScheduleStore } from "../ports.ts";
import type { Templates } from "../templates/templates-api.ts";
import { latestDue } from "./latest-due.ts";
import { createSteadyClock } from "./steady-clock.ts";

export type SweepPorts = {
  store: ScheduleStore;
  cron: CronReader;
  clock: Clock;
  templates: Pick<Templates, "startRun">;
  logError(message: string, error: unknown): void;
};

/** A due time this long ago was not missed, it is only late (ms). */
const LATE_MS = 120_000;
/** A claimed due time without a run is taken up by others after this, and given up after that (ms). */
const ORPHAN_MS = 60_000;
const GIVE_UP_MS = 3_600_000;

/**
 * Fires what is due; gives the runs it started. Each due time is claimed in the database before its run is created, and the run is created under a key of
 * its own: two processes, a crash in between, a clock that goes back or a day of 25 hours give one run for it.
 */
export function createScheduleSweep(ports: SweepPorts): () => Promise<string[]> {
  const { store, cron, clock } = ports;
  const steady = createSteadyClock(clock);

  const begin = async (schedule: ScheduleRow, at: number, firedAt: number): Promise<string | undefined> => {
    try {
      const { runId } = await ports.templates.startRun(schedule.templateId, {
        revision: schedule.revision,
        inputs: schedule.inputs,
        budgetMicro: schedule.budgetMicro,
        idempotencyKey: `schedule ${schedule.id} ${at}`,
      });
      await store.settle(schedule.id, at, { runId });
      return runId;
    } catch (error) {
      const told = error instanceof InvalidError || (error instanceof StepError && error.code !== "QUEUE_FULL");
      if (told || clock.now() - firedAt > GIVE_UP_MS)
        await store.settle(schedule.id, at, { error: error instanceof Error ? error.message : "unknown" });
      else ports.logError(`The schedule ${schedule.id} could not start its run yet; it is tried again.`, error);
      return undefined;
    }
  };

  const look = async (schedule: ScheduleRow, now: number): Promise<string | undefined> => {
    const { id, nextAt } = schedule;
    const coming = cron.next(schedule.cron, schedule.timeZone, now);
    if (nextAt === undefined || nextAt > now) {
      // The clock was ahead when this was reckoned. What has fired since is known by its due time and does not fire again.
      if (coming !== undefined && (nextAt === undefined || coming < nextAt)) await store.advance(id, nextAt, coming);
      return undefined;
    }
    const at = latestDue(cron, schedule, nextAt, now);
    const wanted = schedule.missed === "once" || now - at <= LATE_MS;
    const mine = await store.advance(id, nextAt, coming, wanted ? { at, firedAt: now } : undefined);
    return mine && wanted ? begin(schedule, at, now) : undefined;
  };

  return async () => {
    const now = steady();
    if (now === undefined) return [];
    const started: (string | undefined)[] = [];
    for (const schedule of await store.enabled()) started.push(await look(schedule, now));
    for (const { scheduleId, at, firedAt } of await store.unsettled(now - ORPHAN_MS)) {
      const schedule = await store.get(scheduleId);
      if (schedule) started.push(await begin(schedule, at, firedAt));
    }
    return started.filter((runId) => runId !== undefined);
  };
}
