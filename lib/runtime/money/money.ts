import { type MicroUsd, toUsd } from "../../protocol/money.ts";
import type { MoneyReport, OpenCall, Reconciled, Spent } from "../../protocol/money-report.ts";
import type { Clock, MoneyStore, OpenCallRow, ReconciledRow } from "../ports.ts";
import { dayStart } from "../system-clock.ts";
import { ledgerCsv } from "./ledger-csv.ts";
import type { Money } from "./money-api.ts";

export type MoneyPorts = {
  store: MoneyStore;
  clock: Clock;
  simulated: boolean;
  caps: { runMicro: MicroUsd | null; dayMicro: MicroUsd | null };
};

const DAY_MS = 86_400_000;
const DAYS = 30;
/** Rows of each table of the report. */
const SHOWN = 50;

/** The money page's figures: a fixed number of statements, however long the ledger is. */
export function createMoney({ store, clock, simulated, caps }: MoneyPorts): Money {
  return {
    async report() {
      const today = dayStart(clock.now());
      const since = today - (DAYS - 1) * DAY_MS;
      const [days, work, graphs, models, batches, sums, open, doubts, runs, total] = await Promise.all([
        store.byDay(since),
        store.simulated(since),
        store.byGraph(since, SHOWN),
        store.byModel(since, SHOWN),
        store.byBatch(since, SHOWN),
        store.openSums(),
        store.openCalls("open", SHOWN),
        store.openCalls("in_doubt", SHOWN),
        store.reconciled(since, SHOWN),
        store.reconciledSum(since),
      ]);
      const byDay = new Map(days.map(({ day, ...sum }) => [day, sum]));
      const calendar = Array.from({ length: DAYS }, (_, back) => Math.round(since / DAY_MS) + back).map((day) => ({
        day: new Date(day * DAY_MS).toISOString().slice(0, 10),
        ...(byDay.get(day) ?? { spentMicro: 0, calls: 0 }),
      }));
      const last = (count: number) => sum(calendar.slice(-count));
      return {
        simulated,
        caps: { runUsd: usdOrNone(caps.runMicro), dayUsd: usdOrNone(caps.dayMicro) },
        today: last(1),
        week: last(7),
        month: last(DAYS),
        days: calendar.map(inUsd),
        simulatedWork: work,
        byTemplate: graphs.map(inUsd),
        byModel: models.map(inUsd),
        byBatch: batches.map(inUsd),
        open: held(sums.open, open),
        inDoubt: held(sums.inDoubt, doubts),
        runs: runs.map(reconciled),
        reconciled: {
          estimatedUsd: toUsd(total.reservedMicro),
          paidUsd: toUsd(total.costMicro),
          ratio: ratio(total),
        },
      } satisfies MoneyReport;
    },

    ledgerCsv: ({ from, until }) => ledgerCsv(store, { since: from, until }),
  };
}

const usdOrNone = (micro: MicroUsd | null): number | null => (micro === null ? null : toUsd(micro));
const inUsd = <T extends { spentMicro: MicroUsd }>({ spentMicro, ...rest }: T) => ({
  ...rest,
  spentUsd: toUsd(spentMicro),
});

const sum = (days: { spentMicro: MicroUsd; calls: number }[]): Spent => ({
  spentUsd: toUsd(days.reduce((all, day) => all + day.spentMicro, 0)),
  calls: days.reduce((all, day) => all + day.calls, 0),
});

const held = (sums: { reservedMicro: MicroUsd; calls: number }, rows: OpenCallRow[]) => ({
  reservedUsd: toUsd(sums.reservedMicro),
  calls: rows.map(({ reservedMicro, ...row }): OpenCall => ({ ...row, reservedUsd: toUsd(reservedMicro) })),
  more: sums.calls - rows.length,
});

const ratio = ({ reservedMicro, costMicro }: { reservedMicro: MicroUsd; costMicro: MicroUsd }): number | undefined =>
  reservedMicro > 0 ? Math.round((costMicro / reservedMicro) * 1000) / 1000 : undefined;

const reconciled = ({ reservedMicro, costMicro, ...row }: ReconciledRow): Reconciled => ({
  ...row,
  estimatedUsd: toUsd(reservedMicro),
  paidUsd: toUsd(costMicro),
  ratio: ratio({ reservedMicro, costMicro }),
});
