import { toUsd } from "../../protocol/money.ts";
import { writeCsv } from "../../protocol/table/write-csv.ts";
import type { LedgerRow, MoneyStore } from "../ports.ts";

const PAGE = 500;

const COLUMNS: [string, (row: LedgerRow) => string | number | undefined][] = [
  ["created_at", ({ createdAt }) => new Date(createdAt).toISOString()],
  ["settled_at", ({ settledAt }) => (settledAt === undefined ? undefined : new Date(settledAt).toISOString())],
  ["run", ({ runId }) => runId],
  ["graph", ({ graphId }) => graphId],
  ["graph_name", ({ graphName }) => graphName],
  ["batch", ({ batchId }) => batchId],
  ["node", ({ nodeId }) => nodeId],
  ["provider", ({ provider }) => provider],
  ["lane", ({ lane }) => lane],
  ["model", ({ model }) => model],
  ["state", ({ state }) => state],
  ["reserved_usd", ({ reservedMicro }) => toUsd(reservedMicro)],
  ["paid_usd", ({ costMicro }) => toUsd(costMicro)],
  ["counted_usd", ({ spentMicro }) => toUsd(spentMicro)],
  ["usage_unknown", ({ estimated }) => (estimated ? "yes" : "")],
  ["response", ({ responseId }) => responseId],
  ["call", ({ key }) => key],
];

const NUMERIC = COLUMNS.map(([name]) => name.endsWith("_usd"));
const lines = (rows: (string | number | undefined)[][]): string =>
  writeCsv(
    rows.map((cells) => cells.map((cell) => String(cell ?? ""))),
    NUMERIC,
  );

/** The ledger page by page, so that a long one is never held whole. */
export async function* ledgerCsv(
  store: Pick<MoneyStore, "ledger">,
  range: { since: number; until: number },
): AsyncGenerator<string> {
  yield lines([COLUMNS.map(([name]) => name)]);
  let after: LedgerRow | undefined;
  for (;;) {
    const rows = await store.ledger(range, PAGE, after);
    if (rows.length > 0) yield lines(rows.map((row) => COLUMNS.map(([, read]) => read(row))));
    after = rows.at(-1);
    if (rows.length < PAGE) return;
  }
}
