import type { MicroUsd } from "../../protocol/money.ts";
import type { CallState } from "./journal.ts";

type Sum = { spentMicro: MicroUsd; calls: number };
type Shared = Sum & { simulatedCalls: number };
export type OpenCallRow = {
  key: string;
  runId: string;
  graphName: string;
  nodeId: string;
  model: string;
  state: "intent" | "accepted" | "in_doubt";
  reservedMicro: MicroUsd;
  createdAt: number;
  runStatus: string;
};
export type ReconciledRow = {
  runId: string;
  graphId: string;
  graphName: string;
  createdAt: number;
  calls: number;
  reservedMicro: MicroUsd;
  costMicro: MicroUsd;
  unknownCalls: number;
};
export type LedgerRow = {
  key: string;
  createdAt: number;
  settledAt?: number;
  runId: string;
  graphId: string;
  graphName: string;
  batchId?: string;
  nodeId: string;
  provider: string;
  lane: string;
  model: string;
  state: CallState;
  reservedMicro: MicroUsd;
  costMicro: MicroUsd;
  spentMicro: MicroUsd;
  estimated: boolean;
  responseId?: string;
};

/** The ledger in sums: each method is one statement, however many calls there are. Times in epoch ms; `since` is included, `until` is not. */
export type MoneyStore = {
  /** By UTC day (`day` = whole days since 1970), calls of a provider that is paid. */
  byDay(since: number): Promise<(Sum & { day: number })[]>;
  simulated(since: number): Promise<{ calls: number; runs: number }>;
  byGraph(since: number, limit: number): Promise<(Shared & { graphId: string; name: string; runs: number })[]>;
  byModel(since: number, limit: number): Promise<(Shared & { model: string })[]>;
  byBatch(since: number, limit: number): Promise<(Shared & { batchId: string; name: string; runs: number })[]>;
  openSums(): Promise<{
    open: { reservedMicro: MicroUsd; calls: number };
    inDoubt: { reservedMicro: MicroUsd; calls: number };
  }>;
  openCalls(kind: "open" | "in_doubt", limit: number): Promise<OpenCallRow[]>;
  /** Runs with settled calls that were paid, newest first. */
  reconciled(since: number, limit: number): Promise<ReconciledRow[]>;
  reconciledSum(since: number): Promise<{ reservedMicro: MicroUsd; costMicro: MicroUsd }>;
  /** The ledger itself in the order it was written, a page at a time. */
  ledger(
    range: { since: number; until: number },
    limit: number,
    after?: { createdAt: number; key: string },
  ): Promise<LedgerRow[]>;
};
