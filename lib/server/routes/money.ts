import { LedgerQuery, MoneyReport } from "../../protocol/money-report.ts";
import { problem } from "../../protocol/problems.ts";
import type { Studio } from "../../runtime/studio-api.ts";
import { contentDisposition } from "../content-disposition.ts";
import { json, type Route, route } from "../http.ts";
import { invalid } from "../http-problem.ts";

const DAY_MS = 86_400_000;

/** What was spent, on what, and the ledger itself. */
export const moneyRoutes = ({ studio }: { studio: Studio }): Route[] => [
  route({
    method: "GET",
    path: "/api/money",
    summary:
      "Spent today, in 7 and in 30 days, by template, model and batch; what is held; estimates against what was paid.",
    answers: { 200: { says: "The report.", schema: MoneyReport } },
    handle: async () => json(200, await studio.money.report()),
  }),
  route({
    method: "GET",
    path: "/api/money/ledger.csv",
    summary: "Every call of the ledger as CSV, oldest first; days in UTC, both included.",
    query: LedgerQuery,
    answers: { 200: { says: "One line per call.", type: "text/csv" } },
    async handle({ query }) {
      const from = dayOf("from", query.from) ?? 0;
      const to = dayOf("to", query.to);
      const until = to === undefined ? Number.MAX_SAFE_INTEGER : to + DAY_MS;
      const name = `ledger${query.from ? `-${query.from}` : ""}${query.to ? `-to-${query.to}` : ""}.csv`;
      return {
        status: 200,
        headers: {
          "content-type": "text/csv; charset=utf-8",
          "content-disposition": contentDisposition("attachment", name),
        },
        body: studio.money.ledgerCsv({ from, until }),
      };
    },
  }),
];

function dayOf(field: string, day: string | undefined): number | undefined {
  if (day === undefined) return undefined;
  const at = Date.parse(`${day}T00:00:00Z`);
  // February 30th is read as a day in March by some, as no day by others.
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day)
    throw invalid([problem("BAD_FIELD", `${field}: there is no such day.`, { field })]);
  return at;
}
