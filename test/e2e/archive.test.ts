import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser, type Served, serve } from "./served.ts";

let served: Served;
let browser: Awaited<ReturnType<typeof openBrowser>>;
/** A word that only the pictures of this test are found by. */
const word = `zq${Date.now().toString(36)}`;
const DESK = { viewport: { width: 1440, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** Two turns of a conversation; both pictures go into the archive. */
const campaign = {
  id: `archive-${word}`,
  name: `Harbour ${word}`,
  inputs: [{ key: "thing", type: "text", default: "lighthouse" }],
  nodes: [
    { id: "words", type: "prompt", config: { text: `a {{thing}} of ${word}` } },
    { id: "hero", type: "generate", title: "Hero", config: { size: "1536x1024", quality: "low", partials: 0 } },
    { id: "dusk", type: "text", config: { text: "the same at dusk" } },
    { id: "later", type: "edit", title: "At dusk", config: { quality: "low", partials: 0 } },
    { id: "keep", type: "archive", config: { name: `${word}/{{item}}`, tags: [word], alt: "A lighthouse" } },
  ],
  edges: [
    { id: "a", source: "words", sourceHandle: "text", target: "hero", targetHandle: "prompt" },
    { id: "b", source: "hero", sourceHandle: "image", target: "later", targetHandle: "image" },
    { id: "c", source: "dusk", sourceHandle: "text", target: "later", targetHandle: "instruction" },
    { id: "d", source: "hero", sourceHandle: "image", target: "keep", targetHandle: "image" },
    { id: "e", source: "later", sourceHandle: "image", target: "keep", targetHandle: "image" },
  ],
};

beforeAll(async () => {
  [served, browser] = await Promise.all([serve(), openBrowser()]);
  const headers = { "content-type": "application/json" };
  for (const thing of ["lighthouse", "rowing boat"]) {
    const started = await served.fetch("/api/runs", {
      method: "POST",
      headers,
      body: JSON.stringify({ graph: campaign, inputs: { thing } }),
    });
    const { runId } = (await started.json()) as { runId: string };
    await (await served.fetch(`/api/runs/${runId}/events`)).text();
  }
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await served?.stop();
});

const pictures = (page: Page) => page.getByRole("list", { name: "Archived pictures" }).getByRole("listitem");
const faces = (page: Page) => pictures(page).locator("button[data-index]");
const about = (page: Page) => page.getByRole("complementary", { name: "About this picture" });
const opened = async (query: string, options: Parameters<typeof browser.newPage>[0] = DESK) => {
  const given = await browser.newPage(options);
  await given.page.goto(served.link);
  await given.page.goto(`${served.base}/archive${query}`);
  return given;
};

describe("the archive in the browser", () => {
  it("finds as it is typed, narrows by facets, and keeps both in the address", async () => {
    const { page, complaints } = await opened("");
    await page.getByRole("searchbox").fill(`${word.slice(0, -1)}`);
    await expect.poll(() => pictures(page).count(), { timeout: 20_000 }).toBe(4);
    await page.getByRole("searchbox").fill(`"rowing boat" ${word}`);
    await expect.poll(() => pictures(page).count()).toBe(2);
    await expect.poll(() => new URL(page.url()).searchParams.get("q")).toBe(`"rowing boat" ${word}`);
    await page.reload();
    await expect.poll(() => pictures(page).count()).toBe(2);
    await page.getByRole("searchbox").fill(word);
    await page
      .getByRole("complementary", { name: "Filters" })
      .getByRole("button", { name: /^Starred/ })
      .click();
    await page.getByRole("heading", { name: "No picture fits" }).waitFor();
    await page.getByRole("button", { name: "Starred: let go" }).click();
    await expect.poll(() => pictures(page).count()).toBe(4);
    expect(complaints).toEqual([]);
  });

  it("is walked, starred, selected and compared by keys", async () => {
    const { page } = await opened(`?q=${word}`);
    await expect.poll(() => faces(page).count(), { timeout: 20_000 }).toBe(4);
    await faces(page).first().focus();
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => page.evaluate(() => (document.activeElement as HTMLElement).dataset.index)).toBe("1");
    await page.keyboard.press("s");
    await page.getByRole("button", { name: /Take the star from/ }).waitFor({ state: "attached" });
    await page.keyboard.press("x");
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => page.evaluate(() => (document.activeElement as HTMLElement).dataset.index)).toBe("0");
    await page.keyboard.press("c");
    const compared = page.getByRole("dialog", { name: "Compare" });
    await compared.getByRole("button", { name: "Side by side" }).click({ timeout: 20_000 });
    await page.keyboard.press("Escape");
    await compared.waitFor({ state: "hidden" });
    await faces(page).first().focus();
    await page.keyboard.press("Escape");
    await page.getByRole("region", { name: "Selected pictures" }).waitFor({ state: "hidden" });
    await page.keyboard.press("Enter");
    await about(page).waitFor();
    await page.keyboard.press("Escape");
    await about(page).waitFor({ state: "hidden" });
  });

  it("puts several pictures into a collection and gives them a tag", async () => {
    const { page } = await opened(`?q=${word}`);
    await expect.poll(() => faces(page).count(), { timeout: 20_000 }).toBe(4);
    await page.getByRole("button", { name: "Select", exact: true }).click();
    await faces(page).nth(0).click();
    await faces(page).nth(1).click();
    const bar = page.getByRole("region", { name: "Selected pictures" });
    await bar.getByRole("button", { name: "Collect" }).click();
    await page.getByRole("dialog").getByRole("textbox", { name: "A new collection" }).fill(`Shelf ${word}`);
    await page.getByRole("dialog").getByRole("button", { name: "Make" }).click();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await bar.getByRole("button", { name: "Tag" }).click();
    await page.getByRole("dialog").getByRole("textbox").fill(`wide ${word}, dusk ${word}`);
    await page.getByRole("dialog").getByRole("button", { name: "Add" }).click();
    await page.getByRole("button", { name: `Take the tag wide ${word} from 2` }).waitFor();
    await page.keyboard.press("Escape");
    await page.goto(
      `${served.base}/archive?${new URLSearchParams({ collection: `Shelf ${word}`, tag: `wide ${word}` })}`,
    );
    await expect.poll(() => pictures(page).count(), { timeout: 20_000 }).toBe(2);
  });

  it("shows one picture whole with its lineage, its record, and what can be made of it", async () => {
    const { page, complaints } = await opened(`?q=${word}`);
    await expect.poll(() => faces(page).count(), { timeout: 20_000 }).toBe(4);
    await page.getByRole("button", { name: /^2/ }).first().click();
    const panel = about(page);
    await panel.getByText("Prompt sent").waitFor();
    await panel
      .getByRole("list", { name: "From references to the final picture" })
      .getByRole("button", { name: /^Hero\s*drawn/ })
      .click();
    await page.getByText("Final picture", { exact: true }).click();
    const title = panel.getByRole("textbox", { name: "Title" });
    await title.fill(`Evening ${word}`);
    await title.press("Enter");
    await expect
      .poll(async () => {
        const found = await (await served.fetch(`/api/archive?q=evening+${word}`)).json();
        return (found as { entries: unknown[] }).entries.length;
      })
      .toBe(1);
    await panel.getByRole("button", { name: "Remake" }).click();
    await page.waitForURL(/\/runs\/run_/);
    await expect.poll(() => page.locator("header h1 + span").textContent(), { timeout: 30_000 }).toBe("Succeeded");
    expect(await page.locator("dl dd").nth(2).textContent()).toBe("0");
    expect(complaints).toEqual([]);
  });

  it("opens its graph with one more take, and becomes a reference in a new one", async () => {
    const { page } = await opened(`?q=${word}&graph=${campaign.id}`);
    await expect.poll(() => faces(page).count(), { timeout: 20_000 }).toBeGreaterThan(3);
    await faces(page).last().click();
    await about(page).locator("summary", { hasText: "Open graph" }).click();
    await about(page).getByRole("button", { name: "With one more take" }).click();
    await page.waitForURL(/\/graphs\/archive-/);
    await page.locator(".react-flow__node").first().waitFor({ timeout: 30_000 });
    const id = new URL(page.url()).pathname.split("/")[2] ?? "";
    const graph = (await (await served.fetch(`/api/graphs/${id}`)).json()) as { nodes: { id: string; take: number }[] };
    expect(Math.max(...graph.nodes.map(({ take }) => take))).toBe(2);
    await page.goto(`${served.base}/archive?q=${word}`);
    await expect.poll(() => faces(page).count(), { timeout: 20_000 }).toBeGreaterThan(3);
    await faces(page).last().click();
    await about(page).locator("summary", { hasText: "Use as reference" }).click();
    await about(page).getByRole("button", { name: "In a new graph" }).click();
    await page.waitForURL(/\/graphs\/from-the-archive-/);
    await expect.poll(() => page.locator(".react-flow__node").count(), { timeout: 30_000 }).toBe(1);
  });

  it("comes onto an open canvas from the palette", async () => {
    const { page } = await browser.newPage(DESK);
    await page.goto(served.link);
    await page.goto(`${served.base}/graphs/canvas-${word}`);
    await page.locator(".react-flow").waitFor({ timeout: 30_000 });
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill("from the archive");
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "From the archive" });
    await dialog.getByRole("searchbox").fill(word);
    await dialog.getByRole("listitem").first().getByRole("button").click({ timeout: 20_000 });
    await dialog.waitFor({ state: "hidden" });
    await expect.poll(() => page.locator(".react-flow__node").count(), { timeout: 20_000 }).toBe(1);
  });

  it("keeps what is in the bin until it is taken out again", async () => {
    const { page } = await opened(`?q=${word}`);
    await expect.poll(() => faces(page).count(), { timeout: 20_000 }).toBeGreaterThan(3);
    const before = await faces(page).count();
    await faces(page).last().click();
    await about(page).getByRole("button", { name: "Bin" }).click();
    await about(page).waitFor({ state: "hidden" });
    await expect.poll(() => faces(page).count()).toBe(before - 1);
    await page.getByRole("complementary", { name: "Filters" }).getByRole("button", { name: "Bin" }).click();
    await expect.poll(() => faces(page).count()).toBe(1);
    await faces(page).first().click();
    await about(page).getByRole("button", { name: "Take out of the bin" }).click();
    await page
      .getByRole("heading", { name: "Nothing lies in the bin" })
      .or(page.getByRole("heading", { name: "No picture fits" }))
      .waitFor();
  });
});

describe.each([
  ["dark", { ...DESK, colorScheme: "dark" }],
  ["light", { ...DESK, colorScheme: "light" }],
  ["dark on a phone", { ...PHONE, colorScheme: "dark" }],
  ["light on a phone", { ...PHONE, colorScheme: "light" }],
] as const)("the archive in %s", (name, options) => {
  it("has nothing serious for axe, and nothing wider than the screen", async () => {
    const { page } = await opened(`?q=${word}`, { ...options, reducedMotion: "reduce" });
    const look = async (what: string) => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      expect(serious.map(({ id, nodes }) => `${what} ${id}: ${nodes[0]?.html}`)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    };
    await expect.poll(() => faces(page).count(), { timeout: 20_000 }).toBeGreaterThan(3);
    await look("grid");
    if (name.includes("phone")) {
      await page.getByRole("button", { name: /^Filters/ }).click();
      await page
        .getByRole("dialog", { name: "Filters" })
        .getByRole("button", { name: /^Starred/ })
        .waitFor();
      await look("filters");
      await page.keyboard.press("Escape");
    }
    await faces(page).last().click();
    await about(page).getByText("Prompt sent").waitFor();
    await look("picture");
  });
});
