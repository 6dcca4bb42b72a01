import { randomUUID } from "node:crypto";
import AxeBuilder from "@axe-core/playwright";
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

const home = async (options?: Parameters<typeof browser.newPage>[0]) => {
  const opened = await browser.newPage(options);
  await opened.page.goto(served.link);
  await opened.page.getByRole("list", { name: "Templates" }).waitFor();
  return opened;
};
const idOf = (page: Page) => decodeURIComponent(new URL(page.url()).pathname.split("/")[2] ?? "");
const json = async (path: string) => (await served.fetch(path)).json();
/** A graph nobody else has, with a name to find it by. */
async function ownGraph(): Promise<{ id: string; name: string }> {
  const name = `Home ${randomUUID().slice(0, 8)}`;
  const id = name.toLowerCase().replace(" ", "-");
  const answer = await served.fetch(`/api/graphs/${id}`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ id, name, nodes: [{ id: "words", type: "text", config: { text: name } }], edges: [] }),
  });
  expect(answer.status).toBe(201);
  return { id, name };
}
const find = async (page: Page, name: string) => {
  const search = page.getByRole("searchbox", { name: "Search my graphs" });
  const mine = page.getByRole("list", { name: "My graphs" });
  await mine.waitFor();
  if (await search.isVisible()) await search.fill(name);
  return mine.getByRole("article", { name });
};

describe("the home page", () => {
  it("opens a template as a graph of one's own, however often the card is pressed, and the editor shows its nodes", async () => {
    const { page, complaints } = await home();
    const before = ((await json("/api/graphs?limit=200")) as { graphs: unknown[] }).graphs.length;
    await page.getByRole("button", { name: "Product photo to retro ad", exact: true }).dblclick();
    await page.waitForURL(/\/graphs\/photo-to-retro-ad-/);
    await page.getByText("Magazine page, 1957").first().waitFor();
    await page.getByText("Billboard, 1962").first().waitFor();
    const { graphs } = (await json("/api/graphs?limit=200")) as { graphs: { id: string }[] };
    expect(graphs.length).toBe(before + 1);
    const graph = (await json(`/api/graphs/${idOf(page)}`)) as { inputs: { default: { asset?: string } }[] };
    const asset = graph.inputs[0]?.default.asset ?? "";
    expect((await served.fetch(`/api/assets/${asset.replace("sha256:", "")}`)).status).toBe(200);
    expect(complaints).toEqual([]);
  });

  it("runs a template at once and opens it", async () => {
    const { page } = await home();
    await page.getByRole("button", { name: "Run at once: A look, distilled" }).click();
    await page.waitForURL(/\/graphs\/distilled-look-/);
    const { runs } = (await json(`/api/runs?graphId=${idOf(page)}`)) as { runs: unknown[] };
    expect(runs.length).toBe(1);
  });

  it("deletes a graph after asking in place, and brings it back", async () => {
    const { id, name } = await ownGraph();
    const { page } = await home();
    const card = await find(page, name);
    await card.hover();
    await card.getByRole("button", { name: `Delete ${name}` }).click();
    await card.getByRole("button", { name: "Keep" }).press("Escape");
    expect((await served.fetch(`/api/graphs/${id}`)).status).toBe(200);
    await card.getByRole("button", { name: `Delete ${name}` }).click();
    await card.getByRole("button", { name: "Delete", exact: true }).click();
    await page.getByText(`“${name}” is deleted.`).waitFor();
    expect((await served.fetch(`/api/graphs/${id}`)).status).toBe(404);
    await page.getByRole("button", { name: "Undo" }).click();
    await card.waitFor();
    expect(((await json(`/api/graphs/${id}`)) as { name: string }).name).toBe(name);
  });

  it("renames and duplicates a graph where it stands", async () => {
    const { id, name } = await ownGraph();
    const { page } = await home();
    const card = await find(page, name);
    await card.hover();
    await card.getByRole("button", { name: `Rename ${name}` }).click();
    await page.getByRole("textbox", { name: `New name of ${name}` }).fill(`${name} again`);
    await page.keyboard.press("Enter");
    const renamed = page.getByRole("article", { name: `${name} again` });
    await renamed.waitFor();
    expect(((await json(`/api/graphs/${id}`)) as { name: string }).name).toBe(`${name} again`);
    await renamed.hover();
    await renamed.getByRole("button", { name: `Duplicate ${name} again` }).click();
    await page.waitForURL(/\/graphs\/home-/);
    expect(((await json(`/api/graphs/${idOf(page)}`)) as { name: string }).name).toBe(`${name} again, copy`);
  });

  it("opens a graph file, and says what is wrong with one that is none", async () => {
    const { page } = await home();
    const choose = page.getByLabel("Graph file");
    await choose.setInputFiles({ name: "list.json", mimeType: "application/json", buffer: Buffer.from("[1]") });
    await page.getByText("“list.json” holds no graph that can be opened.").waitFor();
    const graph = { format: "throughline/graph", version: 1, id: "kite", name: "Kite", nodes: [], edges: [] };
    await choose.setInputFiles({
      name: "kite.json",
      mimeType: "application/json",
      buffer: Buffer.from(JSON.stringify(graph)),
    });
    await page.waitForURL(/\/graphs\/kite/);
  });

  it.each([
    ["dark", { viewport: { width: 1440, height: 900 }, colorScheme: "dark" }],
    ["light on a phone", { viewport: { width: 390, height: 844 }, colorScheme: "light" }],
  ] as const)("has nothing serious for axe in %s, and nothing wider than the screen", async (_name, options) => {
    const { page } = await home({ ...options, reducedMotion: "reduce" });
    for (const path of ["/", "/graphs"]) {
      await page.goto(`${served.base}${path}`);
      await page.getByRole("list", { name: "My graphs" }).waitFor();
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      expect(serious.map(({ id, nodes }) => `${path} ${id}: ${nodes[0]?.html}`)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    }
  });
});
