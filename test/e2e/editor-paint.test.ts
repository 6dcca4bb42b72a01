import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright-core";
import sharp from "sharp";
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

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
let graphs = 0;

/** A picture, an edit of it behind a mask that is not painted yet, and a markup, with words nobody used: nothing of it is cached. */
async function newGraph(): Promise<string> {
  graphs += 1;
  const id = `paint-${Date.now().toString(36)}-${graphs}`;
  const node = (name: string, type: string, x: number, y: number, config: object = {}, title?: string) => ({
    id: name,
    type,
    typeVersion: 1,
    position: { x, y },
    config,
    take: 1,
    mode: "on",
    ...(title ? { title } : {}),
  });
  const edge = (source: string, sourceHandle: string, target: string, targetHandle: string) => ({
    id: `${source}-${target}-${targetHandle}`,
    source,
    sourceHandle,
    target,
    targetHandle,
  });
  const graph = {
    format: "throughline/graph",
    version: 1,
    id,
    name: id,
    inputs: [],
    frames: [],
    nodes: [
      node("words", "text", 0, 0, { text: `A lighthouse on a cliff, for ${id}` }),
      node("hero", "generate", 340, 0, { quality: "low" }, "Hero shot"),
      node("area", "mask", 700, 320, {}, "Sky mask"),
      node("wish", "text", 700, -200, { text: "Make the whole scene a starry night" }),
      node("night", "edit", 1060, 0, { quality: "low" }, "Night"),
      node("notes", "markup", 340, 620, {}, "Director's notes"),
    ],
    edges: [
      edge("words", "text", "hero", "prompt"),
      edge("hero", "image", "area", "image"),
      edge("hero", "image", "night", "image"),
      edge("area", "mask", "night", "mask"),
      edge("wish", "text", "night", "instruction"),
      edge("hero", "image", "notes", "image"),
    ],
  };
  const saved = await served.fetch(`/api/graphs/${id}`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(graph),
  });
  expect(saved.status).toBe(201);
  return id;
}

const card = (page: Page, id: string) => page.locator(`.react-flow__node[data-id="${id}"]`);
const choose = async (page: Page, id: string, more: { also?: boolean } = {}) =>
  card(page, id).click({ position: { x: 70, y: 14 }, ...(more.also ? { modifiers: ["Shift"] } : {}) });

const inSight = async (page: Page, id: string) => {
  const [box, size] = [await card(page, id).boundingBox(), page.viewportSize()];
  return box !== null && size !== null && box.x >= 0 && box.x + box.width <= size.width;
};

async function open(id: string, options?: Parameters<typeof browser.newPage>[0]) {
  const opened = await browser.newPage(options);
  await opened.page.goto(served.link);
  await opened.page.goto(`${served.base}/graphs/${id}`);
  await card(opened.page, "hero").waitFor({ timeout: 30_000 });
  return opened;
}

/** What a node gave in its newest result. */
async function given(graph: string, node: string, port = "image"): Promise<{ asset: string } | undefined> {
  const answer = await served.fetch(`/api/graphs/${graph}/takes?node=${node}`);
  const { takes } = (await answer.json()) as {
    takes: { nodeId: string; outputs: Record<string, { asset: string }[]> }[];
  };
  return takes.find(({ nodeId }) => nodeId === node)?.outputs[port]?.[0];
}

async function pixels(asset: string) {
  const bytes = Buffer.from(await (await served.fetch(`/api/assets/${asset.replace("sha256:", "")}`)).arrayBuffer());
  return sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
}

/** Drags over the picture of the open dialog, from and to shares of the stage. */
async function drag(page: Page, from: [number, number], to: [number, number]): Promise<void> {
  const box = await page.getByRole("dialog").locator("canvas").boundingBox();
  if (!box) throw new Error("there is no stage");
  await page.mouse.move(box.x + box.width * from[0], box.y + box.height * from[1]);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * to[0], box.y + box.height * to[1], { steps: 12 });
  await page.mouse.up();
}

const painted = (page: Page) =>
  page
    .getByRole("dialog")
    .getByText(/may change\.$/)
    .first();
const serious = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page }).include("dialog").analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
};

describe("painting a mask", () => {
  it("asks for a run where there is no picture, paints, and only what was painted changes; undo takes it back", async () => {
    const id = await newGraph();
    const { page, complaints } = await open(id);
    await choose(page, "area");
    await page.getByText("Paint mask").click();
    await page.getByText(/There is no picture of “Hero shot” yet/).waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Run to here" }).click();
    await expect.poll(() => given(id, "hero"), { timeout: 30_000 }).toBeTruthy();
    await card(page, "hero").locator("img").first().waitFor({ timeout: 20_000 });

    await choose(page, "area");
    await page.getByText("Paint mask").click();
    await page.getByText("Nothing is masked yet.").waitFor({ timeout: 20_000 });
    expect(await serious(page)).toEqual([]);
    await drag(page, [0.4, 0.3], [0.6, 0.35]);
    await expect.poll(() => painted(page).textContent()).toMatch(/^\d+ % of the picture/);
    await page.keyboard.press("Control+z");
    await page.getByText("Nothing is masked yet.").waitFor();
    await page.keyboard.press("Control+Shift+z");
    await page.keyboard.press("r");
    await drag(page, [0.45, 0.55], [0.55, 0.7]);
    await page.getByRole("button", { name: "Done" }).click();
    await page.getByText("2 strokes").waitFor();

    await choose(page, "night");
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => given(id, "night"), { timeout: 40_000 }).toBeTruthy();
    const [before, after, mask] = await Promise.all([
      pixels((await given(id, "hero"))?.asset ?? ""),
      pixels((await given(id, "night"))?.asset ?? ""),
      pixels((await given(id, "area", "mask"))?.asset ?? ""),
    ]);
    expect(after.info).toMatchObject({ width: before.info.width, height: before.info.height });
    // The lock's own edge is eight pixels wide.
    const wide = await sharp(mask.data, { raw: { width: mask.info.width, height: mask.info.height, channels: 3 } })
      .blur(8)
      .raw()
      .toBuffer();
    let [outside, strayed, inside, changed] = [0, 0, 0, 0];
    for (let i = 0; i < before.info.width * before.info.height; i++) {
      const differs = [0, 1, 2].some((c) => before.data[i * 3 + c] !== after.data[i * 3 + c]);
      if (wide[i * 3] === 0) {
        outside++;
        strayed += Number(differs);
      } else if (mask.data[i * 3] === 255) {
        inside++;
        changed += Number(differs);
      }
    }
    expect(outside).toBeGreaterThan(10_000);
    expect(strayed).toBe(0);
    expect(changed / inside).toBeGreaterThan(0.1);

    await choose(page, "area");
    await page.keyboard.press("Control+z");
    await page.getByText("Nothing drawn yet").waitFor();
    expect(complaints.filter((text) => !text.includes("React Flow"))).toEqual([]);
  });

  it("is painted with one finger on a phone; two fingers zoom and paint nothing", async () => {
    const id = await newGraph();
    const first = await open(id);
    await choose(first.page, "hero");
    await first.page.keyboard.press("Control+Enter");
    await expect.poll(() => given(id, "hero"), { timeout: 30_000 }).toBeTruthy();

    const { page, context } = await open(id, PHONE);
    // A graph opens at a size that can be read: the mask lies beside the small screen.
    await page.getByRole("button", { name: "Show everything" }).tap();
    await expect.poll(async () => inSight(page, "area")).toBe(true);
    await card(page, "area").tap();
    await page.getByText("Paint mask").click();
    await page.getByText("Nothing is masked yet.").waitFor({ timeout: 20_000 });
    const box = await page.getByRole("dialog").locator("canvas").boundingBox();
    if (!box) throw new Error("there is no stage");
    const touch = await context.newCDPSession(page);
    const fingers = (type: "touchStart" | "touchMove" | "touchEnd", ...points: [number, number][]) =>
      touch.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: points.map(([x, y], i) => ({ x: box.x + box.width * x, y: box.y + box.height * y, id: i })),
      });
    const zoom = page.getByRole("button", { name: /^Zoom \d+ %/ });
    const far = await zoom.textContent();
    await fingers("touchStart", [0.4, 0.5]);
    await fingers("touchStart", [0.4, 0.5], [0.6, 0.5]);
    for (const spread of [0.12, 0.16, 0.2]) await fingers("touchMove", [0.5 - spread, 0.5], [0.5 + spread, 0.5]);
    await fingers("touchEnd");
    await expect.poll(() => zoom.textContent()).not.toBe(far);
    expect(await painted(page).count()).toBe(0);
    await fingers("touchStart", [0.3, 0.45]);
    for (const x of [0.4, 0.5, 0.6]) await fingers("touchMove", [x, 0.5]);
    await fingers("touchEnd");
    await expect.poll(() => painted(page).textContent()).toMatch(/% of the picture/);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    expect(await serious(page)).toEqual([]);
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Discard" }).click();
    await page.getByText("Nothing drawn yet").waitFor();
  });
});

describe("pictures against each other", () => {
  it("marks are drawn and run, two results are compared, and a part of one is kept in the other without a call", async () => {
    const id = await newGraph();
    const { page, complaints } = await open(id);
    await choose(page, "hero");
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => given(id, "hero"), { timeout: 30_000 }).toBeTruthy();
    await card(page, "hero").locator("img").first().waitFor({ timeout: 20_000 });

    await choose(page, "notes");
    await page.getByText("Draw markup").click();
    await page.getByText("Nothing is drawn yet.").waitFor({ timeout: 20_000 });
    await drag(page, [0.4, 0.3], [0.5, 0.5]);
    await page.keyboard.press("t");
    await drag(page, [0.42, 0.2], [0.42, 0.2]);
    await page.getByRole("textbox", { name: "Words of the note" }).fill("a warmer light here");
    await page.getByText("2 marks.").waitFor();
    expect(await serious(page)).toEqual([]);
    await page.getByRole("button", { name: "Done" }).click();
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => given(id, "notes", "markup"), { timeout: 30_000 }).toBeTruthy();
    await card(page, "notes").locator("img").first().waitFor({ timeout: 20_000 });

    await choose(page, "hero");
    await choose(page, "notes", { also: true });
    await page.keyboard.press("w");
    const dialog = page.getByRole("dialog", { name: "Compare" });
    await dialog.getByRole("slider", { name: /Wipe between/ }).waitFor({ timeout: 20_000 });
    expect(await serious(page)).toEqual([]);
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => dialog.getByRole("slider").getAttribute("aria-valuetext")).toBe("51 % before, 49 % after");
    await page.keyboard.press("m");
    await page.keyboard.press("m");
    await dialog.getByText(/% of the pixels differ\. Shown four times/).waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });

    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Commands" }).fill("keep a part");
    await page.keyboard.press("Enter");
    const keeping = page.getByRole("dialog", { name: "Keep a part of another take" });
    await keeping.getByText("Paint where the other picture").waitFor({ timeout: 20_000 });
    await drag(page, [0.4, 0.3], [0.6, 0.5]);
    await keeping.getByText(/comes from the other one\. No call is made\.$/).waitFor();
    await keeping.getByRole("button", { name: "Done" }).click();
    await keeping.waitFor({ state: "hidden" });
    await expect.poll(() => page.locator(".react-flow__node.selected").count()).toBe(2);
    await page.keyboard.press("Control+z");
    await page.keyboard.press("1");
    await expect.poll(() => page.locator(".react-flow__node").count()).toBe(6);
    expect(complaints.filter((text) => !text.includes("React Flow"))).toEqual([]);
  });
});
