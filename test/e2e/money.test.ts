import AxeBuilder from "@axe-core/playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MoneyReport } from "#lib/protocol/money-report.ts";
import { openBrowser, type Served, serve } from "./served.ts";

let served: Served;
let browser: Awaited<ReturnType<typeof openBrowser>>;
beforeAll(async () => {
  [served, browser] = await Promise.all([serve(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await served?.stop();
});

/** A month of a studio that pays, as the server would tell it. */
function paidMonth(): MoneyReport {
  const now = Date.now();
  const days = Array.from({ length: 30 }, (_, back) => ({
    day: new Date(now - (29 - back) * 86_400_000).toISOString().slice(0, 10),
    spentUsd: back % 5,
    calls: back,
  }));
  const call = { model: "gpt-image-2", nodeId: "hero", createdAt: now - 60_000, reservedUsd: 0.25 };
  return {
    simulated: false,
    caps: { runUsd: 5, dayUsd: 20 },
    today: { spentUsd: 4, calls: 29 },
    week: { spentUsd: 14, calls: 182 },
    month: { spentUsd: 60, calls: 1435 },
    days,
    simulatedWork: { calls: 3, runs: 1 },
    byTemplate: [{ graphId: "a", name: "Harbour", spentUsd: 60, calls: 1435, simulatedCalls: 3, runs: 40 }],
    byModel: [{ model: "gpt-image-2", spentUsd: 60, calls: 1435, simulatedCalls: 3 }],
    byBatch: [],
    open: {
      reservedUsd: 0.25,
      calls: [{ ...call, key: "k1", runId: "run_1", graphName: "Harbour", state: "accepted", runStatus: "running" }],
      more: 0,
    },
    inDoubt: {
      reservedUsd: 0.25,
      calls: [{ ...call, key: "k2", runId: "run_2", graphName: "Quay", state: "in_doubt", runStatus: "paused" }],
      more: 0,
    },
    runs: [
      {
        runId: "run_1",
        graphId: "a",
        graphName: "Harbour",
        createdAt: now,
        calls: 2,
        estimatedUsd: 0.5,
        paidUsd: 0.4,
        ratio: 0.8,
        unknownCalls: 1,
      },
    ],
    reconciled: { estimatedUsd: 75, paidUsd: 60, ratio: 0.8 },
  };
}

describe("the money page", () => {
  test("tells a newcomer that nothing was paid, and gives the ledger as a file", async () => {
    const { page, complaints } = await browser.newPage();
    await page.goto(served.link, { waitUntil: "commit" });
    await page.goto(`${served.base}/settings`);
    await page.getByRole("link", { name: "Where it went" }).click();
    await page.getByRole("heading", { level: 1, name: "Money" }).waitFor();
    await page.getByText("Nothing is held back").waitFor();
    await page.getByText("No run was paid for in the last 30 days.").waitFor();
    await page.getByLabel("From").fill("2026-01-01");
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download CSV" }).click();
    expect((await download).suggestedFilename()).toBe("ledger-2026-01-01.csv");
    expect(complaints).toEqual([]);
  });

  test.each(["dark", "light"] as const)(
    "shows a month of spending in %s, and nothing serious for axe",
    async (colorScheme) => {
      const { page } = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme });
      const asked: unknown[] = [];
      await page.route("**/api/money", (route) => route.fulfill({ json: paidMonth() }));
      await page.route("**/api/runs/run_2/resume", (route) => {
        asked.push(route.request().postDataJSON());
        return route.fulfill({ status: 202, json: { runId: "run_2", status: "queued" } });
      });
      await page.goto(served.link, { waitUntil: "commit" });
      await page.goto(`${served.base}/money`);
      await page.getByText("1 call in doubt, $0.25 held").waitFor();
      await page.getByText("of $20.00 a day, $5.00 a run").waitFor();
      expect(
        await page.getByRole("list", { name: "Spent on each of the last 30 days" }).getByRole("listitem").count(),
      ).toBe(30);
      await page.getByText("Model", { exact: true }).click();
      await page.getByText("1435 calls, 3 simulated").waitFor();
      await page.getByRole("cell", { name: /80 %.*1 call without usage/ }).waitFor();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(
        violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(({ id }) => id),
      ).toEqual([]);
      await page.getByRole("button", { name: "Give it up" }).click();
      await expect.poll(() => asked).toEqual([{ inDoubt: "give-up" }]);
    },
  );
});
