import AxeBuilder from "@axe-core/playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser, type Served, serve } from "./served.ts";

let served: Served;
let browser: Awaited<ReturnType<typeof openBrowser>>;
let runId = "";
const id = `judged-${Date.now().toString(36)}`;

/** No picture of the simulator is that good: everything goes round until the last pass rejects it. */
const graph = {
  format: "throughline/graph",
  version: 1,
  id,
  name: "Judged",
  inputs: [],
  frames: [],
  nodes: [
    { id: "words", type: "text", typeVersion: 1, position: { x: 0, y: 0 }, config: { text: `a kite of ${id}` } },
    {
      id: "hero",
      type: "generate",
      typeVersion: 1,
      title: "Hero",
      position: { x: 380, y: 0 },
      config: { size: "1024x1024", variants: 2 },
    },
    {
      id: "gate",
      type: "qa-gate",
      typeVersion: 1,
      title: "Gate",
      position: { x: 760, y: 0 },
      config: { threshold: 1, checklist: [{ id: "kite-flies", question: "Does the kite fly?", must: true }] },
    },
  ],
  edges: [
    { id: "a", source: "words", sourceHandle: "text", target: "hero", targetHandle: "prompt" },
    { id: "b", source: "hero", sourceHandle: "image", target: "gate", targetHandle: "image" },
    {
      id: "c",
      source: "gate",
      sourceHandle: "revision",
      target: "hero",
      targetHandle: "revision",
      loop: { passes: 2 },
    },
  ],
};
const send = (path: string, method: string, body: unknown) =>
  served.fetch(path, { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

beforeAll(async () => {
  [served, browser] = await Promise.all([serve(), openBrowser()]);
  expect((await send(`/api/graphs/${id}`, "PUT", graph)).status).toBe(201);
  runId = ((await (await send("/api/runs", "POST", { graphId: id })).json()) as { runId: string }).runId;
  await (await served.fetch(`/api/runs/${runId}/events`)).text();
});
afterAll(async () => {
  await browser?.close();
  await served?.stop();
});
const open = async (path: string, options?: Parameters<typeof browser.newPage>[0]) => {
  const opened = await browser.newPage(options);
  await opened.page.goto(served.link);
  await opened.page.goto(`${served.base}${path}`);
  return opened;
};

describe("what a judge made of pictures", () => {
  it("stands at every picture of the run; opened, it names each line, and shows where the judge looked", async () => {
    const { page, complaints } = await open(`/runs/${runId}`);
    const hero = page.getByRole("region", { name: "Hero" }).last();
    const chip = hero.getByRole("button", { name: /^\d+ % (sent back|started over|rejected)/ });
    await chip.first().waitFor();
    expect(await chip.count()).toBe(4);
    await chip.first().click();
    const verdict = hero.getByRole("region", { name: "Verdict" });
    await verdict.getByText("Kite flies").waitFor();
    await verdict.getByText("must", { exact: true }).waitFor();
    await verdict.getByRole("img", { name: "Failed" }).waitFor();
    expect(await hero.locator("[data-box]").count()).toBe(1);
    await verdict.getByRole("checkbox").uncheck();
    await expect.poll(() => hero.locator("[data-box]").count()).toBe(0);
    await verdict.getByRole("button", { name: /Kite flies/ }).focus();
    await expect.poll(() => hero.locator("[data-box]").count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  it("is told from pass to pass, with why it stopped", async () => {
    const { page } = await open(`/runs/${runId}`);
    const story = page.getByRole("article", { name: "Gate, picture 1" });
    await story.getByText("Rejected after 2 passes").waitFor();
    await story.getByText("This was the last pass").waitFor();
    expect(await story.locator("img").count()).toBe(2);
  });

  it("is on the cards, and the picture opens from there with its lines", async () => {
    const { page } = await open(`/graphs/${id}`);
    await page
      .getByRole("button", { name: /^\d+ % rejected/, includeHidden: true })
      .first()
      .click();
    await page.getByRole("dialog").getByRole("region", { name: "Verdict" }).getByText("Kite flies").waitFor();
  });

  it("adds up to a scorecard of the graph", async () => {
    const { page } = await open(`/graphs/${id}`);
    await page.locator("summary", { hasText: "Quality" }).click();
    await page.getByRole("rowheader", { name: "Fails most" }).waitFor();
    await page.getByText("Kite flies, 4 of 4").waitFor();
  });

  it.each(["dark", "light"] as const)("has nothing serious for axe on a phone in %s", async (colorScheme) => {
    const { page } = await open(`/runs/${runId}`, {
      viewport: { width: 390, height: 844 },
      colorScheme,
      reducedMotion: "reduce",
    });
    await page.getByRole("article", { name: "Gate, picture 1" }).waitFor();
    await page.locator("summary", { hasText: "Continuity" }).click();
    await page.getByText(/no two final pictures|stands? out/).waitFor();
    const { violations } = await new AxeBuilder({ page }).analyze();
    const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });
});
