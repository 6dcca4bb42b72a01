import { randomUUID } from "node:crypto";
import AxeBuilder from "@axe-core/playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunDocument } from "#lib/protocol/run.ts";
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

const wire = (source: string, sourceHandle: string, target: string, targetHandle: string) => ({
  id: `${source}-${target}`,
  source,
  sourceHandle,
  target,
  targetHandle,
});
/** A graph that asks somebody about two pictures, saved and run until it waits. */
async function waiting(): Promise<{ id: string; runId: string }> {
  const id = `decide-${randomUUID().slice(0, 8)}`;
  const graph = {
    id,
    name: `Decisions ${id}`,
    nodes: [
      { id: "words", type: "text", config: { text: `a lighthouse ${id}` }, position: { x: 0, y: 0 } },
      {
        id: "hero",
        type: "generate",
        config: { size: "1024x1024", variants: 2, partials: 0 },
        position: { x: 400, y: 0 },
      },
      { id: "ask", type: "review", config: { question: "Which of these?" }, position: { x: 800, y: 0 } },
    ],
    edges: [wire("words", "text", "hero", "prompt"), wire("hero", "image", "ask", "image")],
  };
  const json = { "content-type": "application/json" };
  await served.fetch(`/api/graphs/${id}`, { method: "PUT", body: JSON.stringify(graph), headers: json });
  const started = await served.fetch("/api/runs", {
    method: "POST",
    body: JSON.stringify({ graphId: id }),
    headers: json,
  });
  const { runId } = (await started.json()) as { runId: string };
  await expect.poll(async () => (await runOf(runId)).status, { timeout: 60_000 }).toBe("waiting");
  return { id, runId };
}
const runOf = async (runId: string) => (await (await served.fetch(`/api/runs/${runId}`)).json()) as RunDocument;

describe("a question that waits", () => {
  it("is answered beside the graph as in the inbox: looked through, picked, decided", async () => {
    const { id, runId } = await waiting();
    const { page, complaints } = await browser.newPage();
    await page.goto(served.link);
    await page.goto(`${served.base}/graphs/${id}`);
    const last = page.getByRole("region", { name: "The last run" });
    await last.getByText("Which of these?").waitFor();
    await last.getByText("1 of 2").waitFor();
    await last
      .getByRole("img", { name: /picture/i })
      .or(last.locator("img"))
      .first()
      .waitFor();
    await last.getByRole("button", { name: "Next picture" }).click();
    await last.getByText("2 of 2").waitFor();
    await last.getByRole("button", { name: "Pick this one" }).click();
    const { violations } = await new AxeBuilder({ page }).include("[aria-label='The last run']").analyze();
    expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical").map((v) => v.id)).toEqual(
      [],
    );
    await last.getByRole("button", { name: "Approve 1, reject 1" }).click();
    await expect.poll(async () => (await runOf(runId)).status, { timeout: 20_000 }).toBe("succeeded");
    const { steps, outputs } = await runOf(runId);
    expect(steps.find(({ nodeId }) => nodeId === "ask")?.answer).toMatchObject({ decision: "approve", picks: [1] });
    expect([outputs.ask?.approved, outputs.ask?.rejected].map((list) => list?.length)).toEqual([1, 1]);
    expect(complaints.filter((text) => !/React Flow|\/_next\//.test(text))).toEqual([]);
  });

  it("is one click away from the home page, in the inbox, at that very run", async () => {
    const [first, second] = [await waiting(), await waiting()];
    const { page } = await browser.newPage();
    await page.goto(served.link);
    for (const { id, runId } of [first, second]) {
      await page.goto(served.base);
      await page
        .getByRole("link", { name: new RegExp(`Decisions ${id}`) })
        .first()
        .click();
      await page.waitForURL(new RegExp(`/review\\?run=${runId}`));
      await page.getByRole("complementary", { name: "Question" }).getByText(`Decisions ${id}`).waitFor();
    }
  });
});
