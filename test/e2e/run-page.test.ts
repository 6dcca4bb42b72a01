import AxeBuilder from "@axe-core/playwright";
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

const PHONE = { viewport: { width: 390, height: 844 } };
const demo = async (link: string, options?: Parameters<typeof browser.newPage>[0]) => {
  const opened = await browser.newPage(options);
  await opened.page.goto(link);
  await opened.page.getByRole("button", { name: "Run the demo" }).click();
  await opened.page.waitForURL(/\/runs\/run_/);
  return { ...opened, runId: new URL(opened.page.url()).pathname.split("/")[2] ?? "" };
};
const status = (page: import("playwright-core").Page) => page.locator("header h1 + span");

describe("a run in the browser", () => {
  it("is started from the home page and shows every step and picture as it happens, without a complaint of the browser", async () => {
    const { page, complaints } = await demo(served.link);
    await expect.poll(() => status(page).textContent(), { timeout: 10_000 }).toMatch(/Queued|Running/);
    await page.locator('img[alt*="still being drawn"]').first().waitFor({ timeout: 20_000 });
    await expect.poll(() => status(page).textContent(), { timeout: 40_000 }).toBe("Succeeded");
    expect(await page.getByText("Not started").count()).toBe(0);
    await expect
      .poll(() => page.getByRole("list", { name: "Pictures of this run" }).locator("img").count())
      .toBeGreaterThan(5);
    await expect
      .poll(() => page.locator("[aria-live]").allTextContents())
      .toEqual(expect.arrayContaining([expect.stringContaining("Run: succeeded")]));
    expect(complaints).toEqual([]);
  });

  it("is replayed event by event with the keyboard, the graph as it was then", async () => {
    const { runs } = (await (await served.fetch("/api/runs?limit=1&status=succeeded")).json()) as {
      runs: { runId: string }[];
    };
    const { page, complaints } = await browser.newPage();
    await page.goto(served.link);
    await page.goto(`${served.base}/runs/${runs[0]?.runId}`);
    const graph = page.getByRole("figure", { name: "The graph of this run" });
    await graph.locator("[data-state=done], [data-state=cached]").first().waitFor({ timeout: 20_000 });
    await page.getByRole("button", { name: "Replay" }).click();
    const slider = page.getByRole("slider", { name: "Moment of the run" });
    await expect.poll(() => slider.getAttribute("aria-valuetext")).toMatch(/The run succeeded$/);
    await expect.poll(() => slider.evaluate((one) => one === document.activeElement)).toBe(true);
    await page.keyboard.press("Home");
    expect(await slider.getAttribute("aria-valuetext")).toMatch(/^0 of \d+: Before it began$/);
    await expect.poll(() => graph.locator("[data-state=done], [data-state=cached]").count()).toBe(0);
    await page.keyboard.press("ArrowRight");
    expect(await slider.getAttribute("aria-valuetext")).toMatch(/^1 of \d+: The run began$/);
    const region = page.getByRole("region", { name: "Replay" });
    await region.getByRole("button", { name: "Play" }).click();
    await graph.locator("[data-state=done], [data-state=cached]").first().waitFor({ timeout: 20_000 });
    await region.getByRole("button", { name: "To now" }).click();
    await expect.poll(() => slider.getAttribute("aria-valuetext")).toMatch(/The run succeeded$/);
    const { violations } = await new AxeBuilder({ page }).include("section[aria-label=Replay]").analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("shows what was sent, what the model made of it, and a picture whole", async () => {
    const { runs } = (await (await served.fetch("/api/runs?limit=1")).json()) as { runs: { runId: string }[] };
    const { page, complaints } = await browser.newPage();
    await page.goto(served.link);
    await page.goto(`${served.base}/runs/${runs[0]?.runId}`);
    await page
      .getByText(/^1 call/)
      .first()
      .click();
    await page.getByText("Revised by the model").first().waitFor();
    await page
      .getByRole("button", { name: /show whole picture/ })
      .first()
      .click();
    const whole = page.getByRole("dialog").locator("img");
    await expect.poll(() => whole.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(1000);
    await page.keyboard.press("Escape");
    await whole.waitFor({ state: "hidden" });
    expect(complaints).toEqual([]);
  });

  it("is answered from the cache the second time, and says so step by step", async () => {
    const { page } = await demo(served.link);
    await expect.poll(() => status(page).textContent(), { timeout: 30_000 }).toBe("Succeeded");
    await expect.poll(() => page.getByText("Cached", { exact: true }).count()).toBeGreaterThan(5);
    expect(await page.locator("dl dd").nth(2).textContent()).toBe("0");
  });

  it("CO-001 a double click starts one run", async () => {
    const { page } = await browser.newPage();
    await page.goto(served.link);
    const before = ((await (await served.fetch("/api/runs?limit=200")).json()) as { runs: unknown[] }).runs.length;
    await page.getByRole("button", { name: "Run the demo" }).dblclick();
    await page.waitForURL(/\/runs\/run_/);
    const after = ((await (await served.fetch("/api/runs?limit=200")).json()) as { runs: unknown[] }).runs.length;
    expect(after).toBe(before + 1);
  });

  it("an unknown run and an unknown page say so", async () => {
    const { page } = await browser.newPage();
    await page.goto(served.link);
    await page.goto(`${served.base}/runs/none`);
    await page.getByText("There is no such run.").waitFor();
    await page.goto(`${served.base}/nowhere`);
    await page.getByText("There is nothing here").waitFor();
  });

  it("a browser without a session is told to open the link", async () => {
    const { page } = await browser.newPage(PHONE);
    await page.goto(`${served.base}/runs`);
    await page.getByText("Open the link from the terminal").waitFor();
  });
});

describe("a run that is interrupted", () => {
  let other: Served;
  beforeAll(async () => {
    other = await serve();
  });
  afterAll(() => other?.stop("SIGKILL"));

  it("is cancelled and resumed from its page, and reloading in the middle loses nothing", async () => {
    const { page, runId } = await demo(other.link);
    await page.locator('img[alt*="still being drawn"]').first().waitFor({ timeout: 20_000 });
    await page.reload();
    await page.getByRole("button", { name: "Cancel" }).click();
    await expect.poll(() => status(page).textContent(), { timeout: 20_000 }).toBe("Cancelled");
    await page.getByText("This run was cancelled.").waitFor();
    await page.getByRole("button", { name: "Resume" }).click();
    await expect.poll(() => status(page).textContent(), { timeout: 40_000 }).toBe("Succeeded");
    const events = await (await other.fetch(`/api/runs/${runId}/events`)).text();
    const ids = [...events.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
    expect(ids).toEqual(ids.map((_, index) => index + 1));
  });

  it("PF-003 is found again by the open page after the server was killed and started anew", async () => {
    const third = await serve();
    const { page } = await demo(third.link);
    await page.locator('img[alt*="still being drawn"]').first().waitFor({ timeout: 20_000 });
    await third.stop("SIGKILL");
    await page.getByText("The connection was lost.").waitFor({ timeout: 15_000 });
    const again = await serve({ THROUGHLINE_DATA: third.data, PORT: String(third.port) });
    await expect.poll(() => status(page).textContent(), { timeout: 50_000 }).toBe("Succeeded");
    await again.stop();
  });
});

describe.each([
  ["dark", { viewport: { width: 1440, height: 900 }, colorScheme: "dark" }],
  ["light", { viewport: { width: 1440, height: 900 }, colorScheme: "light" }],
  ["dark on a phone", { ...PHONE, colorScheme: "dark" }],
  ["light on a phone", { ...PHONE, colorScheme: "light" }],
] as const)("screens in %s", (_name, options) => {
  it("have nothing serious for axe, and nothing wider than the screen", async () => {
    const { page } = await browser.newPage({ ...options, reducedMotion: "reduce" });
    await page.goto(served.link);
    const { runs } = (await (await served.fetch("/api/runs?limit=1")).json()) as { runs: { runId: string }[] };
    for (const path of ["/", "/runs", `/runs/${runs[0]?.runId}`]) {
      await page.goto(`${served.base}${path}`);
      await page.locator("main img").first().waitFor();
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      expect(serious.map(({ id, nodes }) => `${path} ${id}: ${nodes[0]?.html}`)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    }
  });
});
