import { toUsd } from "../../protocol/money.ts";
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

/** A cell as RFC 4180 writes it. What a spreadsheet would take for a formula stands behind an apostrophe; numbers are ours and stay numbers. */
export function csvCell(value: string | number | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "number") return String(value);
  const safe = /^[\s]*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const line = (cells: (string | number | undefined)[]): string => `${cells.map(csvCell).join(",")}\r\n`;

/** The ledger page by page, so that a long one is never held whole. */
export async function* ledgerCsv(
  store: Pick<MoneyStore, "ledger">,
  range: { since: number; until: number },
): AsyncGenerator<string> {
  yield line(COLUMNS.map(([name]) => name));
  let after: LedgerRow | undefined;
  for (;;) {
    const rows = await store.ledger(range, PAGE, after);
    if (rows.length > 0) yield rows.map((row) => line(COLUMNS.map(([, read]) => read(row)))).join("");
    after = rows.at(-1);
    if (rows.length < PAGE) return;
  }
}
