import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MoneyReport } from "#lib/protocol/money-report.ts";
import { withJson } from "./front-server.ts";
import { poster, startWaysIn } from "./ways-in-front.ts";

let on: Awaited<ReturnType<typeof startWaysIn>>;
beforeAll(async () => {
  on = await startWaysIn({ BUDGET_DAY_USD: "12.5", BUDGET_RUN_USD: "none" });
});
afterAll(() => on.front.close());

describe("money over HTTP", () => {
  it("BU-009 of simulated work is counted apart, and nothing of it is money", async () => {
    const { runId } = (
      await on.call("/api/runs", withJson({ graph: poster({ name: '=1+1 "quoted", sum' }), inputs: { title: "x" } }))
    ).body;
    await on.finished(runId);
    const report = MoneyReport.parse((await on.call("/api/money")).body);
    expect(report).toMatchObject({
      simulated: true,
      caps: { runUsd: null, dayUsd: 12.5 },
      today: { spentUsd: 0, calls: 0 },
      simulatedWork: { calls: 1, runs: 1 },
      byTemplate: [{ graphId: "poster", simulatedCalls: 1, spentUsd: 0 }],
      open: { reservedUsd: 0, calls: [] },
      runs: [],
    });
    expect(report.days).toHaveLength(30);
    expect(report.days.at(-1)?.day).toBe(new Date().toISOString().slice(0, 10));
  });

  it("CS-005 the ledger leaves as CSV whose cells no spreadsheet takes for formulas", async () => {
    const { text, headers, status } = await on.call("/api/money/ledger.csv");
    expect([status, headers.get("content-type")]).toEqual([200, "text/csv; charset=utf-8"]);
    expect(headers.get("content-disposition")).toContain("ledger.csv");
    const [head = "", first = ""] = text.split(/\r?\n/);
    expect(head.split(",")).toContain("paid_usd");
    expect(first).toContain(`"'=1+1 ""quoted"", sum"`);
    expect(first).toContain("simulator");
  });

  it("takes a range of days, and says so when there is no such day", async () => {
    const lines = async (query: string) =>
      (await on.call(`/api/money/ledger.csv?${query}`)).text.trim().split(/\r?\n/).length;
    const today = new Date().toISOString().slice(0, 10);
    expect(await lines(`from=${today}&to=${today}`)).toBe(2);
    expect(await lines("to=2020-01-01")).toBe(1);
    for (const bad of ["from=2026-02-30", "from=yesterday", "until=2026-01-01"])
      expect((await on.call(`/api/money/ledger.csv?${bad}`)).status, bad).toBe(422);
  });
});
