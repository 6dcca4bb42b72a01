import { toMicro, toUsd } from "../../protocol/money.ts";
import { hasErrors, InvalidError, type Problem, problem } from "../../protocol/problems.ts";
import type { ScheduleView } from "../../protocol/schedules.ts";
import { newId } from "../digest.ts";
import type { FiringRow, ScheduleRow } from "../ports.ts";
import type { Studio } from "../studio-api.ts";
import type { Templates } from "../templates/templates-api.ts";
import type { Schedules } from "./schedules-api.ts";
import { createScheduleSweep, type SweepPorts } from "./sweep.ts";

export type SchedulePorts = Omit<SweepPorts, "templates"> & {
  templates: Pick<Templates, "startRun" | "requestOf">;
  check: Studio["check"];
};

const SHOWN = 5;

/** Schedules over the journal. Times are kept in UTC; an expression is read in the time zone it was written in. */
export function createSchedules(ports: SchedulePorts): Schedules {
  const { store, cron, clock } = ports;

  const nextTimes = (rule: Pick<ScheduleRow, "cron" | "timeZone">, count: number): number[] => {
    const times: number[] = [];
    for (let at: number | undefined = clock.now(); times.length < count; times.push(at)) {
      at = cron.next(rule.cron, rule.timeZone, at);
      if (at === undefined) break;
    }
    return times;
  };

  const view = ({ budgetMicro, nextAt: _, last, ...row }: ScheduleRow & { last?: FiringRow }): ScheduleView => ({
    ...row,
    budgetUsd: budgetMicro === undefined || budgetMicro === null ? budgetMicro : toUsd(budgetMicro),
    next: nextTimes(row, SHOWN),
    last: last && firing(last),
  });

  const check = async (row: ScheduleRow): Promise<void> => {
    const wrong = cron.problem(row.cron, row.timeZone);
    const problems: Problem[] = wrong === undefined ? [] : [problem("BAD_CRON", wrong, { field: "cron" })];
    const { graph } = await ports.templates.requestOf(row.templateId, { revision: row.revision });
    problems.push(...(await ports.check(graph, { inputs: row.inputs })).problems);
    if (hasErrors(problems)) throw new InvalidError(problems.filter(({ level }) => level === "error"));
  };

  const put = async (row: ScheduleRow): Promise<ScheduleView> => {
    await check(row);
    const kept = { ...row, nextAt: cron.next(row.cron, row.timeZone, clock.now()) };
    await store.put(kept);
    return view(kept);
  };

  return {
    list: async (templateId) => (await store.list(templateId)).map(view),
    async get(id) {
      const row = await store.get(id);
      return row && view(row);
    },
    create: ({ budgetUsd, ...wish }) =>
      put({
        ...wish,
        id: newId("schedule", clock.now()),
        budgetMicro: budgetUsd === undefined || budgetUsd === null ? budgetUsd : toMicro(budgetUsd),
        createdAt: clock.now(),
      }),
    async change(id, { budgetUsd, revision, ...change }) {
      const row = await store.get(id);
      if (!row) return undefined;
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      const next: ScheduleRow = { ...row, ...given };
      if (budgetUsd !== undefined) next.budgetMicro = budgetUsd === null ? null : toMicro(budgetUsd);
      if (revision !== undefined) next.revision = revision ?? undefined;
      // Switching off must always be possible, also when the template is gone.
      if (change.enabled === false && Object.keys(given).length === 1) {
        await store.put(next);
        return view(next);
      }
      return put(next);
    },
    remove: (id) => store.remove(id),
    firings: async (id, limit) => (await store.firings(id, limit)).map(firing),
    next(expression, timeZone, count) {
      const wrong = cron.problem(expression, timeZone);
      return wrong === undefined
        ? { next: nextTimes({ cron: expression, timeZone }, count) }
        : { next: [], problem: wrong };
    },
    disableOf: (templateId) => store.disableOf(templateId),
    sweep: createScheduleSweep(ports),
  };
}

const firing = ({ at, firedAt, runId, status, error }: FiringRow) => ({ at, firedAt, runId, status, error });
