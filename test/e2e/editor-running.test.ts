import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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

type Node = { id: string; position: { x: number; y: number }; config: Record<string, unknown> };
type Run = { runId: string; status: string; paidCalls: number; calls: { nodeId: string }[] };
const DEMO = JSON.parse(readFileSync(new URL("../../public/graphs/demo.json", import.meta.url), "utf8")) as {
  nodes: Node[];
  edges: { source: string; target: string }[];
};
const PLACES: Record<string, [number, number]> = {
  "hero-words": [0, 0],
  "dusk-words": [0, 260],
  "winter-words": [0, 520],
  hero: [360, 0],
  dusk: [720, 0],
  winter: [720, 460],
};
let graphs = 0;

/** The conversation of the demo graph (one picture, two forks), saved under a fresh id with words nobody used: nothing of it is cached. */
async function newGraph(): Promise<string> {
  graphs += 1;
  const id = `running-${Date.now().toString(36)}-${graphs}`;
  const nodes = DEMO.nodes
    .filter((node) => node.id in PLACES)
    .map((node) => {
      const [x, y] = PLACES[node.id] ?? [0, 0];
      const fresh = node.id === "hero-words" ? { details: `For ${id}.` } : {};
      return { ...node, position: { x, y }, config: { ...node.config, ...fresh } };
    });
  const edges = DEMO.edges.filter(({ source, target }) => source in PLACES && target in PLACES);
  const saved = await served.fetch(`/api/graphs/${id}`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...DEMO, id, name: id, nodes, edges, frames: [] }),
  });
  expect(saved.status).toBe(201);
  return id;
}

async function open(id: string): Promise<{ page: Page; complaints: string[] }> {
  const opened = await browser.newPage();
  await opened.page.goto(served.link);
  await opened.page.goto(`${served.base}/graphs/${id}`);
  await card(opened.page, "hero").waitFor({ timeout: 60_000 });
  return opened;
}

const card = (page: Page, nodeId: string) => page.locator(`.react-flow__node[data-id="${nodeId}"]`);
const bar = (page: Page) => page.getByRole("region", { name: "Run", exact: true });
const result = (page: Page) => page.getByRole("region", { name: "The last run" });
const runButton = (page: Page, label: string) => bar(page).getByRole("button", { name: label, exact: true });
const picture = async (page: Page, nodeId: string): Promise<string> =>
  (await card(page, nodeId).locator('img[src*="/api/assets/"]').first().getAttribute("src")) ?? "";
const runsOf = async (id: string): Promise<Run[]> => {
  const { runs } = (await (await served.fetch(`/api/runs?graphId=${id}`)).json()) as { runs: Run[] };
  return await Promise.all(
    runs.map(async ({ runId }) => (await (await served.fetch(`/api/runs/${runId}`)).json()) as Run),
  );
};
const done = (page: Page) => result(page).getByText(/^Done/).waitFor({ timeout: 40_000 });
const select = (page: Page, nodeId: string) => card(page, nodeId).getByText(/./).first().click();

describe("running in the editor", () => {
  it("shows the price, then every state in words and the pictures where they belong, and that doing it again is free", async () => {
    const id = await newGraph();
    const { page } = await open(id);
    await runButton(page, "Run · simulated").click();
    await bar(page)
      .getByText(/\d of 6 steps/)
      .waitFor();
    await card(page, "hero").getByText("Running").waitFor({ timeout: 20_000 });
    await done(page);
    for (const nodeId of ["hero", "dusk", "winter"]) {
      await card(page, nodeId).getByText("Done", { exact: true }).waitFor();
      expect(await picture(page, nodeId)).toContain("/api/assets/");
    }
    await runButton(page, "Run · free, all cached").waitFor();
    expect(await runsOf(id)).toMatchObject([{ status: "succeeded", paidCalls: 3 }]);
  });

  it("CO-001 starts one run for a double click", async () => {
    const id = await newGraph();
    const { page } = await open(id);
    await runButton(page, "Run · simulated").dblclick();
    await done(page);
    expect(await runsOf(id)).toHaveLength(1);
  });

  it("goes on where it was when the page is loaded again in the middle", async () => {
    const id = await newGraph();
    const { page } = await open(id);
    await runButton(page, "Run · simulated").click();
    await card(page, "hero").getByText("Running").waitFor({ timeout: 20_000 });
    await page.reload();
    await bar(page)
      .getByText(/\d of 6 steps/)
      .waitFor({ timeout: 20_000 });
    await done(page);
    await card(page, "winter").getByText("Done", { exact: true }).waitFor();
    expect(await runsOf(id)).toMatchObject([{ status: "succeeded", paidCalls: 3 }]);
  });

  it("stops, keeps what is done, and goes on", async () => {
    const id = await newGraph();
    const { page } = await open(id);
    await runButton(page, "Run · simulated").click();
    await card(page, "hero").getByText("Running").waitFor({ timeout: 20_000 });
    await bar(page).getByRole("button", { name: "Stop" }).click();
    await result(page)
      .getByText(/^Stopped/)
      .waitFor({ timeout: 20_000 });
    await result(page).getByRole("button", { name: "Resume" }).click();
    await done(page);
    expect(await runsOf(id)).toMatchObject([{ status: "succeeded" }]);
  });

  it("runs a fork of the same turn by itself: what came before is not made again", async () => {
    const id = await newGraph();
    const { page } = await open(id);
    await runButton(page, "Run · simulated").waitFor();
    await select(page, "dusk");
    await runButton(page, "Run selection · simulated").click();
    await done(page);
    await select(page, "winter");
    await runButton(page, "Run selection · simulated").click();
    await expect.poll(async () => (await runsOf(id)).length, { timeout: 20_000 }).toBe(2);
    await card(page, "winter").getByText("Done", { exact: true }).waitFor({ timeout: 30_000 });
    await expect.poll(async () => (await runsOf(id))[0]?.status, { timeout: 20_000 }).toBe("succeeded");
    const [fork, first] = await runsOf(id);
    expect(fork?.calls.map(({ nodeId }) => nodeId)).toEqual(["winter"]);
    expect(first?.paidCalls).toBe(2);
  });

  it("makes another picture as a new take, and goes back to the first one at once and for nothing", async () => {
    const id = await newGraph();
    const { page } = await open(id);
    await runButton(page, "Run · simulated").click();
    await done(page);
    const [first, dusk] = [await picture(page, "hero"), await picture(page, "dusk")];
    await select(page, "hero");
    await page.keyboard.press("Shift+Enter");
    await expect.poll(async () => (await runsOf(id))[0]?.status, { timeout: 30_000 }).toBe("succeeded");
    await expect.poll(() => picture(page, "hero"), { timeout: 20_000 }).not.toBe(first);
    await card(page, "dusk").getByText("Changed since").waitFor();
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => picture(page, "hero")).toBe(first);
    await expect.poll(() => picture(page, "dusk")).toBe(dusk);
    expect(await runsOf(id)).toHaveLength(2);
    await runButton(page, "Run selection · free, all cached").click();
    await result(page)
      .getByText(/came from the cache, nothing was paid/)
      .waitFor({ timeout: 20_000 });
    expect((await runsOf(id)).map(({ paidCalls }) => paidCalls)).toEqual([0, 1, 3]);
  });

  it("says what is in the way and leads there", async () => {
    const id = await newGraph();
    const found = (await (await served.fetch(`/api/graphs/${id}`)).json()) as {
      nodes: { id: string }[];
      edges: object[];
    };
    const broken = { ...found, edges: found.edges.filter((edge) => (edge as { target: string }).target !== "hero") };
    const { headers } = await served.fetch(`/api/graphs/${id}`);
    await served.fetch(`/api/graphs/${id}`, {
      method: "PUT",
      headers: { "content-type": "application/json", "if-match": headers.get("etag") ?? "" },
      body: JSON.stringify(broken),
    });
    const { page } = await open(id);
    await page.getByText(/thing.? to mend/).waitFor();
    await runButton(page, "Run").click();
    await page.getByRole("region", { name: "What is in the way" }).getByRole("button").first().waitFor();
    await expect.poll(() => card(page, "hero").getAttribute("class")).toContain("selected");
    expect(await runsOf(id)).toEqual([]);
  });
});
