import type { MoneyReport } from "../../protocol/money-report.ts";

/** What was spent, on what, and what is held for calls whose fate is open. */
export type Money = {
  report(): Promise<MoneyReport>;
  /** The ledger as CSV, in pieces, oldest first. `from` is included, `until` is not (epoch ms). */
  ledgerCsv(range: { from: number; until: number }): AsyncIterable<string>;
};
