import { randomUUID } from "node:crypto";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Graph } from "#lib/protocol/graph.ts";
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

const node = (id: string, type: string, x: number, y: number, config: object = {}, more: object = {}) => ({
  id,
  type,
  position: { x, y },
  config,
  ...more,
});
const wire = (source: string, sourceHandle: string, target: string, targetHandle: string) => ({
  id: `${source}-${target}`,
  source,
  sourceHandle,
  target,
  targetHandle,
});
const campaign = (id: string) => ({
  id,
  name: "Kayak campaign",
  inputs: [{ key: "thing", title: "Thing", default: "kayak" }],
  nodes: [
    node("words", "text", 0, 0, { text: `a red {{thing}} in fog ${id}` }),
    node("hero", "generate", 420, 0, { size: "1024x1024" }, { title: "Hero" }),
    node("post", "resize", 840, 0, { preset: "x-post" }),
  ],
  edges: [wire("words", "text", "hero", "prompt"), wire("hero", "image", "post", "image")],
});

async function save(graph: { id: string }, etag?: string): Promise<void> {
  const headers = { "content-type": "application/json", ...(etag ? { "if-match": etag } : {}) };
  const answer = await served.fetch(`/api/graphs/${graph.id}`, { method: "PUT", body: JSON.stringify(graph), headers });
  expect(answer.status).toBeLessThan(300);
}
const savedGraph = async (id: string) => (await (await served.fetch(`/api/graphs/${id}`)).json()) as Graph;
const lastRun = async (id: string): Promise<RunDocument> => {
  const { runs } = (await (await served.fetch(`/api/runs?graphId=${id}&limit=1`)).json()) as {
    runs: { runId: string }[];
  };
  return (await (await served.fetch(`/api/runs/${runs[0]?.runId}`)).json()) as RunDocument;
};
async function open(
  graph = campaign(`sub-${randomUUID().slice(0, 8)}`),
  options?: Parameters<typeof browser.newPage>[0],
) {
  await save(graph);
  const opened = await browser.newPage(options);
  await opened.page.goto(served.link);
  await opened.page.goto(`${served.base}/graphs/${graph.id}`);
  await card(opened.page, graph.nodes[0]?.id ?? "").waitFor();
  return { ...opened, id: graph.id };
}
const card = (page: Page, id: string) => page.locator(`.react-flow__node[data-id="${id}"]`);
const cards = (page: Page) => page.locator(".react-flow__node[data-id]");
const said = (page: Page) => page.locator("p[aria-live=polite].sr-only").first();
const inspector = (page: Page) => page.getByRole("complementary", { name: "Inspector" });
const pane = (page: Page) => page.locator(".react-flow__pane");
const real = (complaints: string[]) => complaints.filter((text) => !/React Flow|\/_next\//.test(text));

/** Selects nodes one after the other, as Shift and a click do. */
async function pick(page: Page, ids: readonly string[]) {
  for (const [at, id] of ids.entries())
    await card(page, id)
      .locator("h3")
      .click({ modifiers: at === 0 ? [] : ["Shift"] });
}

describe("a subgraph in the editor", () => {
  it("is made of the selection by Ctrl+Shift+E, runs as before, and undo puts the nodes back", async () => {
    const { page, id, complaints } = await open();
    await pick(page, ["words", "hero"]);
    await page.keyboard.press("Control+Shift+E");
    await card(page, "hero").getByText("version 1").waitFor();
    expect(await cards(page).count()).toBe(2);
    await said(page).getByText("2 nodes turned into the subgraph Hero").waitFor();
    const inner = await expect
      .poll(async () => (await savedGraph(id)).nodes.find((one) => one.id === "hero")?.config.graph, {
        timeout: 10_000,
      })
      .toMatch(/^hero-\w{5}@1$/)
      .then(
        async () =>
          await savedGraph(
            String((await savedGraph(id)).nodes.find((one) => one.id === "hero")?.config.graph).split("@")[0] ?? "",
          ),
      );
    expect(inner.nodes.map((one) => one.id)).toEqual(["words", "hero"]);
    expect(inner.inputs.map(({ key }) => key)).toEqual(["thing"]);

    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+Enter");
    await card(page, "post").getByText("Done").waitFor({ timeout: 60_000 });
    await card(page, "hero").getByRole("img").first().waitFor();
    expect(
      await card(page, "hero").getByRole("list", { name: "Steps inside" }).getByRole("listitem").allInnerTexts(),
    ).toEqual(expect.arrayContaining([expect.stringMatching(/Text\s+Done/), expect.stringMatching(/Hero\s+Done/)]));
    const run = await lastRun(id);
    expect(run.steps.map(({ nodeId }) => nodeId).sort()).toEqual(["hero/hero", "hero/words", "post"]);

    await page.keyboard.press("Control+z");
    await card(page, "words").waitFor();
    expect(await cards(page).count()).toBe(3);
    await page.keyboard.press("Control+Enter");
    // The very same work in another place: nothing is drawn again.
    await expect
      .poll(async () => (await lastRun(id)).steps.every(({ cached }) => cached), { timeout: 30_000 })
      .toBe(true);
    expect(real(complaints)).toEqual([]);
  });

  it("opens by Enter, shows the run inside it, is left by Esc, and offers what was changed there", async () => {
    const { page, id, complaints } = await open();
    await pick(page, ["words", "hero"]);
    await page.keyboard.press("Control+Shift+E");
    await card(page, "hero").getByText("version 1").waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+Enter");
    await card(page, "post").getByText("Done").waitFor({ timeout: 60_000 });

    await card(page, "hero").locator("h3").click();
    await page.keyboard.press("Enter");
    await page.waitForURL(/in=sub-/);
    await card(page, "words").waitFor();
    const around = page.getByRole("navigation", { name: "Graphs around this one" });
    await around.getByRole("button", { name: "Kayak campaign" }).waitFor();
    await card(page, "hero").getByRole("img").first().waitFor();
    await card(page, "hero")
      .getByText(/Done|Cached/)
      .waitFor();

    await card(page, "words").locator("h3").click();
    await inspector(page).getByRole("textbox", { name: "Text", exact: true }).fill("a blue {{thing}} at noon");
    await pane(page).focus();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await page.waitForURL(new RegExp(`/graphs/${id}\\?node=hero`));
    await card(page, "hero").getByRole("button", { name: "Update to version 2" }).waitFor();
    await inspector(page).getByText("version 2 is there", { exact: false }).waitFor();
    expect((await savedGraph(id)).nodes.find((one) => one.id === "hero")?.config.graph).toMatch(/@1$/);
    await inspector(page).getByRole("button", { name: "Update to version 2" }).click();
    await card(page, "hero").getByText("version 2").waitFor();
    await card(page, "hero").getByText("Changed since").waitFor();
    expect(real(complaints)).toEqual([]);
  });

  it("is filled from this graph, unpacked by keyboard alone, and its ports are chosen where it is drawn", async () => {
    const { page, id } = await open();
    await pane(page).focus();
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Control+Shift+E");
    await card(page, "resize").getByText("version 1").waitFor();
    await inspector(page).getByRole("button", { name: "Unbind Thing" }).waitFor();
    await page.keyboard.press("Control+k");
    await page.locator("dialog").getByRole("combobox").fill("unpack");
    await page.keyboard.press("Enter");
    await card(page, "words").waitFor();
    await said(page)
      .getByText(/unpacked: 3 nodes/)
      .waitFor();
    expect(await cards(page).count()).toBe(3);
    expect((await savedGraph(id)).inputs).toHaveLength(1);

    await page.keyboard.press("Escape");
    await inspector(page).getByText("Ports", { exact: true }).click();
    const show = inspector(page).getByRole("combobox", { name: "Show one of the outputs" });
    await show.selectOption({ label: "Hero: Image" });
    await inspector(page).getByRole("textbox", { name: "Title of the port image" }).fill("The picture");
    await expect
      .poll(async () => (await savedGraph(id)).ports?.outputs.map(({ key, title }) => [key, title]), {
        timeout: 10_000,
      })
      .toEqual([
        ["post", undefined],
        ["image", "The picture"],
      ]);
  });

  it("of a graph that was never saved says so, and axe finds nothing serious on one that was", async () => {
    const lost = {
      ...campaign(`sub-${randomUUID().slice(0, 8)}`),
      nodes: [node("sub", "subgraph", 0, 0, { graph: "nobody-saved-this@4" })],
      edges: [],
    };
    const { page, complaints } = await open(lost);
    await card(page, "sub")
      .getByText(/no saved graph/)
      .waitFor();
    await card(page, "sub").locator("h3").click();
    await page.keyboard.press("Enter");
    await page.getByText("There is no saved graph “nobody-saved-this” to open.").first().waitFor();
    expect(real(complaints)).toEqual([]);

    const made = await open();
    await pick(made.page, ["words", "hero"]);
    await made.page.keyboard.press("Control+Shift+E");
    await card(made.page, "hero").getByText("version 1").waitFor();
    const { violations } = await new AxeBuilder({ page: made.page }).analyze();
    expect(
      violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(({ id, nodes }) => [id, nodes[0]?.html]),
    ).toEqual([]);
  });
});
