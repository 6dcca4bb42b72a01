import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { badge, nameOf, openConflict, openGraph, revisions, savedGraph, signIn, stored } from "./draft-pages.ts";
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

/** Two tabs of one browser that show one graph. */
async function twoTabs(): Promise<{ id: string; context: BrowserContext; one: Page; two: Page }> {
  const id = await savedGraph(served);
  const { page: one, context } = await browser.newPage();
  await signIn(one, served);
  const two = await context.newPage();
  for (const page of [one, two]) {
    await openGraph(page, served, id);
    await badge(page, "saved").waitFor();
  }
  return { id, context, one, two };
}

const SAVES = "**/api/graphs/**";
const refuseSaves = (on: Page) =>
  on.route(SAVES, (route) => (route.request().method() === "PUT" ? route.abort() : route.fallback()));

/** The second tab has edits it cannot save; the first one saves others meanwhile; then the second one can save again and learns of it. */
async function conflict() {
  const tabs = await twoTabs();
  const { one, two } = tabs;
  await refuseSaves(two);
  await nameOf(two).fill("Named in the second tab");
  await badge(two, "offline").waitFor({ timeout: 15_000 });
  await nameOf(one).fill("Named in the first tab");
  await badge(one, "local").waitFor();
  await badge(one, "saved").waitFor();
  await two.unroute(SAVES);
  await badge(two, "conflict").waitFor({ timeout: 40_000 });
  return tabs;
}

const choose = async (page: Page, choice: RegExp) =>
  await (await openConflict(page)).getByRole("button", { name: choice }).click();

describe("two tabs of one graph", () => {
  it("CO-002 what one saves the other shows, without a question, and can take back", async () => {
    const { id, one, two } = await twoTabs();
    await nameOf(one).fill("Named in the first tab");
    await expect.poll(() => nameOf(two).inputValue(), { timeout: 15_000 }).toBe("Named in the first tab");
    await badge(two, "saved").waitFor();
    expect(await revisions(served, id)).toBe(2);
    await two.locator(".react-flow__pane").click({ position: { x: 700, y: 700 } });
    await two.keyboard.press("Control+z");
    await expect.poll(() => nameOf(one).inputValue(), { timeout: 15_000 }).toBe("As it was");
  });

  it("CO-002 when both have unsaved edits nothing is overwritten: the later one is told and shown both", async () => {
    const { id, two } = await conflict();
    expect(await stored(served, id)).toMatchObject({ name: "Named in the first tab" });
    expect(await nameOf(two).inputValue()).toBe("Named in the second tab");
    await two.getByText("This graph was changed in another tab").first().waitFor();
    const dialog = await openConflict(two);
    await dialog.getByText("Name: As it was → Named in the second tab").waitFor();
    await dialog.getByText("Name: As it was → Named in the first tab").waitFor();
    expect(await dialog.getByRole("button", { name: /Merge both/ }).isDisabled()).toBe(true);
    await dialog.getByText("changed on both sides: Name of the graph").waitFor();
    await two.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(await nameOf(two).inputValue()).toBe("Named in the second tab");
    expect(await revisions(served, id)).toBe(2);
  });

  it("CO-002 keeping mine is a new revision over theirs, which the other tab then shows", async () => {
    const { id, one, two } = await conflict();
    await choose(two, /Keep mine/);
    await badge(two, "saved").waitFor();
    expect(await stored(served, id)).toMatchObject({ name: "Named in the second tab" });
    expect(await revisions(served, id)).toBe(3);
    await expect.poll(() => nameOf(one).inputValue(), { timeout: 15_000 }).toBe("Named in the second tab");
  });

  it("CO-002 taking theirs sets mine aside where it can be brought back", async () => {
    const { two } = await conflict();
    await choose(two, /Take theirs/);
    await badge(two, "saved").waitFor();
    expect(await nameOf(two).inputValue()).toBe("Named in the first tab");
    await badge(two).click();
    const panel = two.getByRole("region", { name: "Versions" });
    await panel.getByText("Yours, when you took the version from elsewhere").click();
    await panel.getByRole("button", { name: "Restore" }).click();
    expect(await nameOf(two).inputValue()).toBe("Named in the second tab");
    await badge(two, "saved").waitFor();
  });

  it("CO-002 mine lives on as a graph of its own", async () => {
    const { id, two } = await conflict();
    await choose(two, /Save mine as a copy/);
    await two.waitForURL(`**/graphs/${id}-copy`);
    await expect.poll(() => nameOf(two).inputValue(), { timeout: 15_000 }).toBe("Named in the second tab (copy)");
    expect(await stored(served, id)).toMatchObject({ name: "Named in the first tab" });
    expect(await stored(served, `${id}-copy`)).toMatchObject({ name: "Named in the second tab (copy)" });
  });

  it("each keeps its own draft: a third tab opens what is saved, not what another tab is typing", async () => {
    const { id, context, one } = await twoTabs();
    await refuseSaves(one);
    await nameOf(one).fill("Unsaved in the first tab");
    await badge(one, "offline").waitFor({ timeout: 15_000 });
    const three = await context.newPage();
    await openGraph(three, served, id);
    expect(await nameOf(three).inputValue()).toBe("As it was");
  });
});
