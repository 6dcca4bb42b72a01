import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Review } from "#lib/protocol/reviews.ts";
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

const api = async <T>(path: string, body?: unknown, method = body === undefined ? "GET" : "POST"): Promise<T> =>
  (await (
    await served.fetch(path, {
      method,
      headers: { "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
  ).json()) as T;

/** A run whose pictures somebody is asked about, once they are. */
async function asked(pictures = 1): Promise<string> {
  const graph = {
    id: "e2e-review",
    name: "Harbour campaign",
    nodes: [
      { id: "words", type: "prompt", config: { text: `a harbour at dawn, ${crypto.randomUUID()}` } },
      { id: "hero", type: "generate", config: { size: "1024x1024", variants: pictures, partials: 0 } },
      { id: "look", type: "review", title: "Art direction", config: { question: "Which of these carry it?" } },
    ],
    edges: [
      { id: "a", source: "words", sourceHandle: "text", target: "hero", targetHandle: "prompt" },
      { id: "b", source: "hero", sourceHandle: "image", target: "look", targetHandle: "image" },
      {
        id: "c",
        source: "look",
        sourceHandle: "revision",
        target: "hero",
        targetHandle: "revision",
        loop: { passes: 3 },
      },
    ],
  };
  const { runId } = await api<{ runId: string }>("/api/runs", { graph });
  await expect.poll(() => stateOf(runId), { timeout: 20_000 }).toBe("waiting");
  return runId;
}
const review = (runId: string, step = "look@0") => api<Review>(`/api/reviews/${runId}/${step}`);
const stateOf = async (runId: string, step = "look@0") => (await review(runId, step)).state;
const decided = async (runId: string, step = "look@0") => {
  await expect.poll(() => stateOf(runId, step), { timeout: 15_000 }).toBe("decided");
  return (await review(runId, step)).decided;
};

/** The review screen at one run. */
async function open(runId: string, options?: Parameters<typeof browser.newPage>[0]) {
  const opened = await browser.newPage(options);
  await opened.page.goto(served.link);
  await opened.page.goto(`${served.base}/review?run=${runId}`);
  await opened.page.getByRole("link", { name: "Harbour campaign" }).waitFor();
  await opened.page.locator(`a[href="/runs/${runId}"]`).waitFor();
  await opened.page.getByRole("region", { name: "Picture" }).locator("img").first().waitFor();
  return opened;
}
const shown = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor();
// The development server wants to talk to its pages; somebody with a link does not let it.
const real = (complaints: string[]) => complaints.filter((text) => !text.includes("/_next/"));

describe("looking through what waits by keyboard", () => {
  it("J goes on, Space picks, A approves those, Z takes it back, and five seconds later it is sent", async () => {
    const runId = await asked(3);
    const { page, complaints } = await open(runId);
    await shown(page, "picture 1 of 3");
    await page.keyboard.press("j");
    await shown(page, "picture 2 of 3");
    await page.keyboard.press(" ");
    await page.getByRole("button", { name: "Approve 1, reject 2" }).waitFor();
    await page.keyboard.press("a");
    await shown(page, "1 approved, 2 rejected.");
    await page.keyboard.press("z");
    await page.locator(`a[href="/runs/${runId}"]`).waitFor();
    expect(await stateOf(runId)).toBe("waiting");
    await page.keyboard.press("a");
    await shown(page, "1 approved, 2 rejected.");
    expect(await decided(runId)).toMatchObject({
      by: "somebody in the studio",
      answer: { decision: "approve", picks: [1] },
    });
    expect(complaints).toEqual([]);
  });

  it("R asks why, Ctrl+Enter sends it back, and the next pass shows what was said", async () => {
    const runId = await asked();
    const { page } = await open(runId);
    await page.keyboard.press("r");
    await page.keyboard.press("Control+Enter");
    await page.getByRole("alert").getByText("Say what has to change").waitFor();
    await page.keyboard.type("Bluer water, x a j.");
    await page.keyboard.press("Control+Enter");
    expect(await decided(runId)).toMatchObject({ answer: { decision: "revise", notes: "Bluer water, x a j." } });
    await expect.poll(() => stateOf(runId, "look@1"), { timeout: 20_000 }).toBe("waiting");
    await page.goto(`${served.base}/review?run=${runId}`);
    await page.getByRole("region", { name: "Earlier passes" }).getByText("Bluer water, x a j.").waitFor();
    await page.keyboard.press("x");
    await shown(page, "Rejected.");
    expect(await decided(runId, "look@1")).toMatchObject({ answer: { decision: "reject" } });
  });

  it("D draws over the picture, and the marks go back with it", async () => {
    const runId = await asked();
    const { page, complaints } = await open(runId);
    await page.keyboard.press("d");
    const canvas = page.getByRole("dialog").locator("canvas");
    await canvas.waitFor();
    const box = await canvas.boundingBox();
    const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 90, y + 60, { steps: 4 });
    await page.mouse.up();
    await shown(page, "1 mark.");
    await page.keyboard.press("Control+Enter");
    await page.getByRole("button", { name: "Draw on" }).waitFor();
    await page.getByRole("button", { name: /^Send back/ }).click();
    const { answer } = (await decided(runId)) as { answer: { markup: { kind: string }[] } };
    expect(answer.markup.map(({ kind }) => kind)).toEqual(["arrow"]);
    expect(complaints).toEqual([]);
  });

  it("leaving the page sends what was decided", async () => {
    const runId = await asked();
    const { page } = await open(runId);
    await page.keyboard.press("a");
    await shown(page, "Approved.");
    await page.goto(`${served.base}/runs`);
    expect(await decided(runId)).toMatchObject({ answer: { decision: "approve" } });
  });

  it("stars stay with the picture", async () => {
    const runId = await asked();
    const { page } = await open(runId);
    await page.keyboard.press("4");
    await page.getByRole("group", { name: "Stars: 4 of 5" }).waitFor();
    await expect.poll(async () => Object.values((await review(runId)).stars)).toEqual([4]);
    await page.reload();
    await page.getByRole("group", { name: "Stars: 4 of 5" }).waitFor();
  });
});

describe("several people", () => {
  it("what somebody else decides is said on the open page, which then decides nothing", async () => {
    const runId = await asked();
    const { page } = await open(runId);
    await page.keyboard.press("r");
    await page.keyboard.type("half a sentence");
    await api(`/api/runs/${runId}/steps/look/answer`, { decision: "approve" });
    await page.getByText(/Already approved by a program, at \d\d:\d\d\./).waitFor({ timeout: 15_000 });
    expect(await page.getByRole("button", { name: "Approve", exact: true }).count()).toBe(0);
  });

  it("a colleague decides by a link without an account, once, and sees nothing else", async () => {
    const runId = await asked(2);
    const { page } = await open(runId);
    await page.getByRole("button", { name: "Ask a colleague" }).click();
    await page.getByLabel(/For whom/).fill("Anna");
    await page.getByRole("button", { name: "Make a link" }).click();
    const url = await page.getByLabel(/shown this once/).inputValue();

    const guest = await browser.newPage({ viewport: { width: 390, height: 844 }, hasTouch: true });
    await guest.page.goto(url);
    await guest.page.getByRole("heading", { name: "Which of these carry it?" }).waitFor();
    await shown(guest.page, "Anna, you are asked");
    await expect
      .poll(() =>
        guest.page
          .getByRole("region", { name: "Picture" })
          .locator("img")
          .first()
          .evaluate((img: HTMLImageElement) => img.naturalWidth),
      )
      .toBeGreaterThan(500);
    expect(await guest.page.content()).not.toContain("Harbour campaign");
    await guest.page.getByRole("button", { name: "Next picture (J)" }).click();
    await guest.page.getByRole("button", { name: "Pick this one" }).click();
    await guest.page.getByRole("button", { name: "Approve 1, reject 1" }).click();
    await guest.page.getByRole("button", { name: "Yes, send it" }).click();
    await shown(guest.page, "Thank you, your decision was sent.");
    expect(await decided(runId)).toMatchObject({
      by: "Anna, by a link",
      answer: { decision: "approve", picks: [1] },
    });
    expect(real(guest.complaints)).toEqual([]);
    await guest.page.goto(url);
    await guest.page.getByRole("heading", { name: "This link is not good" }).waitFor();
    await guest.page.goto(served.base);
    await shown(guest.page, "Open the link from the terminal");
    // The studio hears of it by itself.
    await page.keyboard.press("Escape");
    await page.getByText(/Already approved by Anna, by a link, at/).waitFor({ timeout: 15_000 });
  });
});

describe.each([
  ["dark", { viewport: { width: 1440, height: 900 }, colorScheme: "dark" }],
  ["light", { viewport: { width: 1440, height: 900 }, colorScheme: "light" }],
  ["dark on a phone", { viewport: { width: 390, height: 844 }, colorScheme: "dark", hasTouch: true }],
  ["light on a phone", { viewport: { width: 390, height: 844 }, colorScheme: "light", hasTouch: true }],
] as const)("the review screens in %s", (name, options) => {
  const sound = async (page: Page) => {
    const { violations } = await new AxeBuilder({ page }).analyze();
    const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    // Pictures are judged on near-black, whatever the system says.
    const ground = await page.locator(".always-dark").evaluate((element) => getComputedStyle(element).backgroundColor);
    expect(ground).toBe("rgb(20, 20, 20)");
  };
  const decisions = /^(Approve|Send back|Reject|Pick this one|Ask a colleague)/;

  it("have nothing serious for axe, nothing wider than the screen, and buttons a thumb finds", async () => {
    const runId = await asked(2);
    await api(`/api/runs/${runId}/steps/look/answer`, { decision: "revise", notes: "Bluer water.", picks: [0] });
    await expect.poll(() => stateOf(runId, "look@1"), { timeout: 20_000 }).toBe("waiting");
    const more = await asked(3);
    const { page } = await open(runId, { ...options, reducedMotion: "reduce" });
    await page.getByRole("region", { name: "Earlier passes" }).waitFor();
    await sound(page);
    if (name.includes("phone"))
      for (const button of await page.getByRole("button", { name: decisions }).all())
        expect((await button.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(44);
    await page.getByRole("button", { name: "Ask a colleague" }).click();
    await page.getByRole("button", { name: "Make a link" }).click();
    const url = await page.getByLabel(/shown this once/).inputValue();
    await sound(page);
    await page.goto(url);
    await page.getByRole("heading", { name: "Which of these carry it?" }).waitFor();
    await sound(page);
    await page.goto(`${served.base}/review?run=${more}`);
    await page.locator(`a[href="/runs/${more}"]`).waitFor();
    await sound(page);
    for (const id of [runId, more]) await api(`/api/runs/${id}/cancel`, {});
  });

  it("are calm when nothing waits", async () => {
    const { page } = await browser.newPage({ ...options, reducedMotion: "reduce" });
    await page.goto(served.link);
    await page.route("**/api/reviews?**", (route) => route.fulfill({ json: { reviews: [], total: 0 } }));
    await page.goto(`${served.base}/review`);
    await shown(page, "Nothing waits for you.");
    await sound(page);
  });
});

it("a finger swipes from picture to picture", async () => {
  const runId = await asked(2);
  const { page } = await open(runId, { viewport: { width: 390, height: 844 }, hasTouch: true });
  await shown(page, "picture 1 of 2");
  const swipe = (by: number) =>
    page
      .getByRole("region", { name: "Picture" })
      .locator("img")
      .first()
      .evaluate((img, dx) => {
        const at = (x: number) => new Touch({ identifier: 1, target: img, clientX: x, clientY: 200 });
        const start = { touches: [at(200)], changedTouches: [at(200)], bubbles: true };
        img.dispatchEvent(new TouchEvent("touchstart", start));
        img.dispatchEvent(new TouchEvent("touchend", { changedTouches: [at(200 + dx)], bubbles: true }));
      }, by);
  await swipe(-120);
  await shown(page, "picture 2 of 2");
  await swipe(30);
  await swipe(120);
  await shown(page, "picture 1 of 2");
});
