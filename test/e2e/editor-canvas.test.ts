import { randomUUID } from "node:crypto";
import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Graph } from "#lib/protocol/graph.ts";
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

const node = (id: string, type: string, x: number, y: number, more: object = {}) => ({
  id,
  type,
  title: id,
  position: { x, y },
  config: {},
  ...more,
});
const edge = (source: string, sourceHandle: string, target: string, targetHandle: string, more: object = {}) => ({
  id: `${source}-${target}`,
  source,
  sourceHandle,
  target,
  targetHandle,
  ...more,
});

/** Saves a graph under an id of its own and opens it. */
async function open(parts: object, options?: Parameters<typeof browser.newPage>[0]) {
  const id = `canvas-${randomUUID()}`;
  const answer = await served.fetch(`/api/graphs/${id}`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ format: "throughline/graph", version: 1, id, name: "Canvas", ...parts }),
  });
  expect(answer.status).toBe(201);
  const opened = await browser.newPage(options);
  const { page } = opened;
  await page.goto(served.link);
  await page.goto(`${served.base}/graphs/${id}`);
  await page.locator(".react-flow__viewport").waitFor();
  const saved = async (): Promise<Graph> => (await (await served.fetch(`/api/graphs/${id}`)).json()) as Graph;
  return { ...opened, id, saved };
}

const card = (page: Page, name: string): Locator => page.locator(`.react-flow__node[data-id="${name}"]`);
const port = (page: Page, name: string, title: string, side = ""): Locator =>
  card(page, name).locator(`[data-handleid="${title}"]${side && `[data-side="${side}"]`}`);
/** Saving comes a moment after a change. */
const SOON = { timeout: 15_000 };
const middle = async (locator: Locator) => {
  const box = await locator.boundingBox();
  if (!box) throw new Error("not on the screen");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};
async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }, hold = false) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 8, from.y + 8, { steps: 2 });
  await page.mouse.move(to.x, to.y, { steps: 8 });
  if (!hold) await page.mouse.up();
}
const header = async (page: Page, name: string) => {
  const box = await card(page, name).boundingBox();
  if (!box) throw new Error("not on the screen");
  return { x: box.x + box.width / 2, y: box.y + 12 };
};
const wires = (page: Page) => page.locator(".react-flow__edge");

describe("wires", () => {
  const parts = {
    nodes: [
      node("words", "text", 0, 0, { config: { text: "A red kayak" } }),
      node("hero", "generate", 420, 0),
      node("more", "edit", 840, 0),
    ],
    edges: [edge("words", "text", "hero", "prompt")],
  };

  it("are drawn from port to port, refused with a sentence where they do not fit, and pulled off their input", async () => {
    const { page, saved } = await open(parts);
    await expect.poll(() => wires(page).count()).toBe(1);

    await drag(page, await middle(port(page, "words", "text")), await middle(port(page, "more", "mask")), true);
    await page.getByText("A text does not fit where a mask is wanted.").waitFor();
    expect(await page.locator(".canvas-wiring").count()).toBe(1);
    await page.mouse.up();
    expect(await wires(page).count()).toBe(1);

    await drag(page, await middle(port(page, "hero", "image")), await middle(port(page, "more", "image", "in")));
    await expect.poll(() => wires(page).count()).toBe(2);
    await page.locator(".canvas-wire-thread").waitFor({ state: "attached" });

    const pulled = await middle(port(page, "more", "image", "in"));
    await drag(page, pulled, { x: pulled.x - 60, y: pulled.y + 220 });
    await expect.poll(() => wires(page).count()).toBe(1);
    await expect.poll(async () => (await saved()).edges.map(({ id }) => id), SOON).toEqual(["words-hero"]);
  });

  it("let go over empty canvas ask what should stand there, and over a card take the port that fits", async () => {
    const { page } = await open(parts);
    const from = await middle(port(page, "hero", "image"));
    await drag(page, from, { x: from.x + 30, y: from.y + 330 });
    await page.getByRole("dialog").first().waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => page.getByRole("dialog").count()).toBe(0);

    const target = await card(page, "more").boundingBox();
    await drag(page, from, { x: (target?.x ?? 0) + 120, y: (target?.y ?? 0) + 60 });
    await expect.poll(() => wires(page).count()).toBe(2);
  });

  it("that lead back say how often, and the number can be changed", async () => {
    const { page, saved } = await open({
      nodes: [node("a", "edit", 0, 0), node("b", "edit", 500, 0)],
      edges: [edge("a", "image", "b", "image"), edge("b", "image", "a", "image", { loop: { passes: 3 } })],
    });
    await page.getByRole("button", { name: "≤ 3 passes" }).click();
    await page.getByLabel("Passes at most").fill("7");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "≤ 7 passes" }).waitFor();
    await expect.poll(async () => (await saved()).edges.find(({ loop }) => loop)?.loop?.passes, SOON).toBe(7);
  });

  it("take in a node that is dropped on them, unless Alt is held", async () => {
    const { page, saved } = await open({
      nodes: [node("a", "edit", 0, 0), node("b", "edit", 700, 0), node("loose", "grade", 350, 420)],
      edges: [edge("a", "image", "b", "image")],
    });
    const from = await header(page, "loose");
    const wire = await middle(wires(page).first().locator("path").first());
    const loose = await card(page, "loose").boundingBox();
    const to = { x: wire.x, y: wire.y - (loose?.height ?? 0) / 2 + 12 };
    await drag(page, from, to, true);
    await page.locator(".canvas-wire-over").waitFor({ state: "attached" });
    await page.mouse.up();
    await expect.poll(() => wires(page).count()).toBe(2);
    await expect
      .poll(async () => (await saved()).edges.map(({ source, target }) => `${source} ${target}`).sort(), SOON)
      .toEqual(["a loose", "loose b"]);
    await page.keyboard.press("Control+z");
    await expect.poll(() => wires(page).count()).toBe(1);
  });
});

describe("cards", () => {
  it("are moved as one step, nudged by arrow keys, and copied with Alt", async () => {
    const { page, saved } = await open({
      nodes: [node("one", "text", 0, 0), node("two", "text", 0, 400)],
      edges: [],
    });
    const from = await header(page, "one");
    await drag(page, from, { x: from.x + 130, y: from.y + 40 });
    await expect.poll(async () => (await saved()).nodes[0]?.position.x, SOON).toBeGreaterThan(80);
    const moved = (await saved()).nodes[0]?.position.x ?? 0;
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await expect.poll(async () => (await saved()).nodes[0]?.position.y, SOON).toBeGreaterThan(45);
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+z");
    await expect.poll(async () => (await saved()).nodes[0]?.position, SOON).toEqual({ x: 0, y: 0 });
    expect(moved).toBeGreaterThan(80);

    await page.keyboard.down("Alt");
    const again = await header(page, "one");
    await drag(page, again, { x: again.x + 380, y: again.y + 30 });
    await page.keyboard.up("Alt");
    await expect.poll(() => page.locator(".react-flow__node").count()).toBe(3);
    await expect.poll(async () => (await saved()).nodes.length, SOON).toBe(3);
    const { nodes } = await saved();
    expect(nodes.find(({ id }) => id === "one")?.position).toEqual({ x: 0, y: 0 });
  });

  it("are renamed in place by a double click", async () => {
    const { page, saved } = await open({ nodes: [node("one", "text", 0, 0)], edges: [] });
    await card(page, "one").getByRole("heading").dblclick();
    await card(page, "one").getByLabel("Name of the node").fill("Slogan");
    await page.keyboard.press("Enter");
    await card(page, "one").getByRole("heading", { name: "Slogan" }).waitFor();
    await expect.poll(async () => (await saved()).nodes[0]?.title, SOON).toBe("Slogan");
  });

  it("stay as they are while somebody types in another one", async () => {
    const { page } = await open({
      nodes: [
        ...Array.from({ length: 8 }, (_, index) =>
          node(`n${index}`, "prompt", 380 * (index % 4), 330 * Math.floor(index / 4)),
        ),
      ],
      edges: [edge("n0", "text", "n1", "text"), edge("n1", "text", "n2", "text")],
    });
    await card(page, "n0").getByRole("heading").click();
    const box = page.getByRole("textbox", { name: "Text", exact: true });
    await box.click();
    await page.evaluate(() => {
      const seen: string[] = [];
      Object.assign(window, { seen });
      for (const element of document.querySelectorAll(".react-flow__node, .react-flow__edge"))
        new MutationObserver((records) => {
          for (const { type } of records) seen.push(`${element.getAttribute("data-id")} ${type}`);
        }).observe(element, { subtree: true, childList: true, attributes: true, characterData: true });
    });
    await page.keyboard.type("A trail sneaker on wet granite");
    await card(page, "n0").getByText("A trail sneaker on wet granite").waitFor();
    const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen);
    expect(seen.some((one) => one.startsWith("n0 "))).toBe(true);
    // Its own wire may end elsewhere now that the card is taller.
    expect([...new Set(seen)].filter((one) => !/^n0(-n1)? /.test(one))).toEqual([]);
  });

  it("of a type nobody knows keep their settings and wires", async () => {
    const { page, saved } = await open({
      nodes: [node("odd", "hologram", 0, 0, { config: { depth: 3 } }), node("out", "reroute", 500, 60)],
      edges: [edge("odd", "light", "out", "value")],
    });
    await page.getByText("This program does not know the node type").waitFor();
    await expect.poll(() => wires(page).count()).toBe(1);
    const from = await header(page, "odd");
    await drag(page, from, { x: from.x + 20, y: from.y + 60 });
    await expect.poll(async () => (await saved()).nodes[0]?.position.y, SOON).toBeGreaterThan(30);
    expect((await saved()).nodes[0]).toMatchObject({ type: "hologram", config: { depth: 3 } });
  });

  it("below 40 % are a picture and a title, without ports to hold", async () => {
    const { page } = await open({
      nodes: Array.from({ length: 40 }, (_, index) =>
        node(`n${index}`, "generate", 400 * (index % 10), 400 * Math.floor(index / 10)),
      ),
      edges: [edge("n0", "image", "n1", "context")],
    });
    await page.locator(".canvas-far").waitFor();
    await expect.poll(() => wires(page).count()).toBe(1);
    expect(await page.locator(".canvas-well").count()).toBe(0);
    expect(await page.locator(".canvas-port-name").count()).toBe(0);
    await page.keyboard.press("0");
    await page.locator(".canvas-well").first().waitFor();
    await expect.poll(() => page.locator(".canvas-far").count()).toBe(0);
  });
});

describe("frames", () => {
  it("stand around a selection, take their nodes along and leave them when they go", async () => {
    const { page, saved } = await open({
      nodes: [node("in", "text", 0, 0), node("out", "text", 900, 0)],
      edges: [],
    });
    await card(page, "in").getByRole("heading").click();
    await page.keyboard.press("Control+g");
    const title = page.getByRole("button", { name: "Frame", exact: true }).and(page.locator(".canvas-frame-title"));
    await title.waitFor();
    const at = await middle(title);
    await drag(page, at, { x: at.x + 60, y: at.y + 70 });
    await expect.poll(async () => (await saved()).nodes[0]?.position.y, SOON).toBeGreaterThan(40);
    expect((await saved()).nodes[1]?.position).toEqual({ x: 900, y: 0 });
    await title.dblclick();
    await page.locator(".canvas-frame").getByLabel("Name of the frame").fill("Heroes");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "blue", exact: true }).click();
    await expect.poll(async () => (await saved()).frames[0], SOON).toMatchObject({ title: "Heroes", color: "blue" });
    await page.keyboard.press("Delete");
    await expect.poll(async () => (await saved()).frames.length, SOON).toBe(0);
    expect((await saved()).nodes).toHaveLength(2);
  });
});

describe("the canvas", () => {
  it("says how to begin when it is empty, and a double click asks what to add", async () => {
    const { page, complaints } = await open({ nodes: [], edges: [] });
    await page.getByText("to add a node").waitFor();
    await page.mouse.dblclick(700, 200);
    await page.getByRole("dialog").first().waitFor();
    // A development build of React Flow asks for its attribution.
    expect(complaints.filter((text) => !/attribution/.test(text))).toEqual([]);
  });

  it("lays itself out in one step", async () => {
    const { page, saved } = await open({
      nodes: [node("c", "edit", 0, 0), node("b", "generate", 10, 10), node("a", "text", 20, 20)],
      edges: [edge("a", "text", "b", "prompt"), edge("b", "image", "c", "image")],
    });
    await page.getByRole("button", { name: "Auto layout" }).click();
    const across = async () => new Map((await saved()).nodes.map(({ id, position }) => [id, position.x]));
    await expect
      .poll(async () => ((await across()).get("c") ?? 0) - ((await across()).get("a") ?? 0), SOON)
      .toBeGreaterThan(600);
    await page.keyboard.press("Control+z");
    await expect.poll(async () => (await across()).get("b"), SOON).toBe(10);
  });

  it.each(["dark", "light"] as const)("has nothing serious for axe in %s", async (colorScheme) => {
    const { page } = await open(
      {
        nodes: [
          node("words", "prompt", 0, 0, { config: { text: "A red kayak" } }),
          node("hero", "generate", 420, 0),
          node("note", "note", 0, 330, { config: { markdown: "## Heroes\n- **two** of them" } }),
          node("off", "grade", 840, 0, { mode: "bypass" }),
        ],
        edges: [edge("words", "text", "hero", "prompt"), edge("hero", "image", "off", "image")],
        frames: [{ id: "f", title: "Here", position: { x: -40, y: -80 }, width: 500, height: 400 }],
      },
      { viewport: { width: 1440, height: 900 }, colorScheme, reducedMotion: "reduce" },
    );
    await card(page, "hero").waitFor();
    const { violations } = await new AxeBuilder({ page }).include(".react-flow").analyze();
    const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join("\n")}`)).toEqual(
      [],
    );
  });
});
