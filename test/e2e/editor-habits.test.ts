import { randomUUID } from "node:crypto";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Graph } from "#lib/protocol/graph.ts";
import { aPng, textChunk } from "#test/client/editor/habits/a-png.ts";
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

const freshId = () => `habits-${randomUUID().slice(0, 8)}`;
const node = (id: string, type: string, x: number, config: Record<string, unknown> = {}) => ({
  id,
  type,
  position: { x, y: 0 },
  config,
});
const LINE = {
  name: "A line",
  nodes: [
    node("words", "text", 0, { text: "a red kayak in morning fog" }),
    node("look", "prompt", 400),
    node("hero", "generate", 800),
  ],
  edges: [
    { id: "e1", source: "words", sourceHandle: "text", target: "look", targetHandle: "text" },
    { id: "e2", source: "look", sourceHandle: "text", target: "hero", targetHandle: "prompt" },
  ],
};

/** A graph in the editor: an empty one, or this document saved first. */
async function open(document?: object, options?: Parameters<typeof browser.newPage>[0]) {
  const id = freshId();
  if (document) {
    const body = JSON.stringify({ ...document, id });
    const init = { method: "PUT", body, headers: { "content-type": "application/json" } };
    expect((await served.fetch(`/api/graphs/${id}`, init)).status).toBe(201);
  }
  const opened = await browser.newPage(options);
  await opened.context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: served.base });
  await opened.page.goto(served.link);
  await opened.page.goto(`${served.base}/graphs/${id}`);
  await opened.page.locator(".react-flow__pane").waitFor();
  return { ...opened, id };
}

const cards = (page: Page) => page.locator(".react-flow__node[data-id]");
const card = (page: Page, id: string) => page.locator(`.react-flow__node[data-id="${id}"]`);
const wires = (page: Page) => page.locator(".react-flow__edge");
const box = (page: Page) => page.locator("dialog").getByRole("combobox");
const said = (page: Page) => page.locator("p[aria-live=polite].sr-only").first();
/** The document as the server has it once it was saved there. */
const saved = async (id: string): Promise<Graph | undefined> => {
  const answer = await served.fetch(`/api/graphs/${id}`);
  return answer.ok ? ((await answer.json()) as Graph) : undefined;
};
const wiring = (graph: Graph | undefined) =>
  graph?.edges.map((e) => `${e.source}.${e.sourceHandle} > ${e.target}.${e.targetHandle}`);
/** How the newest run of a graph stands. */
const lastRun = async (id: string) => {
  const { runs } = (await (await served.fetch("/api/runs?limit=50")).json()) as {
    runs: { graphId: string; status: string }[];
  };
  return runs.find((run) => run.graphId === id)?.status;
};
/** Chooses from the list that is open by typing and Enter. */
async function choose(page: Page, query: string, line: RegExp) {
  await box(page).waitFor();
  await box(page).fill(query);
  await page.locator("dialog").getByRole("option", { selected: true }).filter({ hasText: line }).waitFor();
  await page.keyboard.press("Enter");
  await box(page).waitFor({ state: "detached" });
}

describe("building a graph from nothing", () => {
  it("by mouse: double click, drag from a port, right click", async () => {
    const { page, id, complaints } = await open();
    await page.mouse.dblclick(300, 250);
    await choose(page, "text", /^Text/);
    await card(page, "text").waitFor();
    await page.mouse.click(500, 780, { button: "right" });
    await choose(page, "generate", /^Generate/);
    await card(page, "generate").waitFor();

    const port = card(page, "text").locator('.react-flow__handle[data-handleid="text"]');
    await port.hover();
    await page.mouse.down();
    await page.mouse.move(700, 420, { steps: 8 });
    await page.mouse.up();
    await box(page).waitFor();
    expect(
      await page
        .getByRole("option")
        .filter({ hasText: /^Resize/ })
        .count(),
    ).toBe(0);
    await choose(page, "prompt", /^Prompt/);
    await expect.poll(() => wires(page).count()).toBe(1);

    await card(page, "prompt").locator('.react-flow__handle.source[data-handleid="text"]').hover();
    await page.mouse.down();
    const goal = await card(page, "generate").locator('.react-flow__handle[data-handleid="prompt"]').boundingBox();
    await page.mouse.move((goal?.x ?? 0) + 5, (goal?.y ?? 0) + 5, { steps: 10 });
    await page.mouse.up();
    await expect.poll(() => wires(page).count()).toBe(2);
    await page.keyboard.press("Control+s");
    await expect
      .poll(async () => wiring(await saved(id)))
      .toEqual(["text.text > prompt.text", "prompt.text > generate.prompt"]);
    expect(complaints.filter((text) => !/React Flow|preload|You can ignore/.test(text))).toEqual([]);
  });

  it("by keyboard alone: added, named, wired, run, and told by the live region", async () => {
    const { page, id } = await open();
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute("data-id"));
    const line = (words: RegExp) =>
      page.locator("dialog").getByRole("option", { selected: true }).filter({ hasText: words }).waitFor();
    await page.keyboard.press("Tab");
    await choose(page, "generate", /^Generate/);
    await expect.poll(focused).toBe("generate");
    expect(await said(page).textContent()).toContain("Generate added");
    await page.keyboard.press("F2");
    await page.getByLabel("Name of this node").fill("Hero shot");
    await page.keyboard.press("Enter");
    await expect.poll(focused).toBe("generate");
    await page.keyboard.press("Shift+A");
    await choose(page, "grade", /^Grade/);
    await expect.poll(focused).toBe("grade");

    // Ctrl+arrow walks to the next node and moves none.
    const place = async () =>
      /translate\([^)]*\)/.exec((await card(page, "generate").getAttribute("style")) ?? "")?.[0];
    const before = await place();
    await page.keyboard.press("Control+ArrowLeft");
    await expect.poll(focused).toBe("generate");
    await page.keyboard.press("c");
    await line(/^Image/);
    await page.keyboard.press("Enter");
    await line(/^Grade · Image/);
    await page.keyboard.press("Enter");
    await expect.poll(() => said(page).textContent()).toContain("Hero shot is wired to Image of Grade");
    expect(await place()).toBe(before);
    await page.evaluate((words) => navigator.clipboard.writeText(words), `A red kayak in fog, ${id}`);
    await page.keyboard.press("Control+v");
    await expect.poll(focused).toBe("text");
    await page.keyboard.press("c");
    await line(/^Hero shot · Prompt/);
    await page.keyboard.press("Enter");
    await expect.poll(() => wires(page).count()).toBe(2);

    await page.keyboard.press("Control+s");
    await expect
      .poll(async () => wiring(await saved(id)))
      .toEqual(["generate.image > grade.image", "text.text > generate.prompt"]);
    expect((await saved(id))?.nodes[0]).toMatchObject({ title: "Hero shot" });
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => lastRun(id), { timeout: 40_000 }).toBe("succeeded");
  });

  it("a second Tab leaves the canvas: nobody is caught there", async () => {
    const { page } = await open();
    await page.keyboard.press("Tab");
    await box(page).waitFor();
    await page.keyboard.press("Tab");
    await box(page).waitFor({ state: "detached" });
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("Home");
    await page.keyboard.press("Tab");
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-label")))
      .toBe("Name of the graph");
  });
});

describe("keys on a graph that is there", () => {
  it("copy, paste and paste with links, then undo to the start and redo to the end", async () => {
    const { page } = await open(LINE);
    await card(page, "hero").locator("header, h2, h3").first().click();
    await page.keyboard.press("Control+c");
    await expect.poll(() => said(page).textContent()).toContain("1 node copied");
    const clip = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
    expect(clip).toMatchObject({ format: "throughline/clip", nodes: [{ id: "hero" }] });
    await page.keyboard.press("Control+v");
    await card(page, "hero-2").waitFor();
    expect(await wires(page).count()).toBe(2);
    await page.keyboard.press("Control+Shift+V");
    await card(page, "hero-3").waitFor();
    await expect.poll(() => wires(page).count()).toBe(3);
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Control+d");
    await expect.poll(() => cards(page).count()).toBe(10);
    await page.keyboard.press("Delete");
    await expect.poll(() => cards(page).count()).toBe(5);
    for (let step = 0; step < 4; step += 1) await page.keyboard.press("Control+z");
    await expect.poll(() => cards(page).count()).toBe(3);
    expect(await wires(page).count()).toBe(2);
    for (let step = 0; step < 4; step += 1) await page.keyboard.press("Control+Shift+Z");
    await expect.poll(() => cards(page).count()).toBe(5);
  });

  it("deleting the node in the middle joins the wires where they fit", async () => {
    const { page } = await open(LINE);
    await card(page, "look").locator("header, h2, h3").first().click();
    await page.keyboard.press("Backspace");
    await expect.poll(() => cards(page).count()).toBe(2);
    await expect.poll(() => wires(page).count()).toBe(1);
  });

  it("typing is never stolen: letters, Delete, undo and paste stay the text's", async () => {
    const { page } = await open(LINE);
    await cards(page).nth(2).waitFor();
    const name = page.getByLabel("Name of the graph");
    await name.fill("");
    await name.pressSequentially("c? shift s");
    await page.keyboard.press("Backspace");
    await page.keyboard.press("Tab");
    expect(await name.inputValue()).toBe("c? shift ");
    expect(await page.getByRole("dialog").count()).toBe(0);
    expect(await cards(page).count()).toBe(3);
  });

  it("words that are pasted become a node, what is no graph is told", async () => {
    const { page } = await open();
    await page.evaluate(() => navigator.clipboard.writeText("A red kayak in fog"));
    await page.keyboard.press("Control+v");
    await card(page, "text").waitFor();
    await page.evaluate(() => navigator.clipboard.writeText('{"format":"throughline/graph","version":99}'));
    await page.keyboard.press("Control+v");
    await page.getByRole("list", { name: "Notices" }).getByText("Update the program").waitFor();
  });

  it("a right click and the menu key offer what can be done with a node", async () => {
    const { page } = await open(LINE);
    await card(page, "look").locator("header, h2, h3").first().click({ button: "right" });
    await page.getByRole("menuitem", { name: /^Run to here/ }).waitFor();
    await page.getByRole("menuitem", { name: /^Bypass/ }).click();
    await expect.poll(() => said(page).textContent()).toContain("bypassed");
    await page.keyboard.press("Shift+F10");
    await page.getByRole("menu").waitFor();
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await expect.poll(() => cards(page).count()).toBe(2);
  });
});

describe("finding", () => {
  it("Ctrl+F looks into prompts, Enter goes from hit to hit, Escape stays at the node", async () => {
    const { page } = await open(LINE);
    await cards(page).nth(2).waitFor();
    await page.keyboard.press("Control+f");
    await page.getByLabel("Find in titles, types, ids and prompts").fill("kayak");
    await page.keyboard.press("Enter");
    await page.getByRole("status").getByText("1 of 1").waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("data-id"))).toBe("words");
  });

  it("Ctrl+K runs a command, adds a node and opens another graph", async () => {
    const { page } = await open(LINE);
    const other = await open({ ...LINE, name: "The other one" });
    await cards(page).nth(2).waitFor();
    await page.keyboard.press("Control+k");
    await choose(page, "add upscale", /^Add Upscale/);
    await card(page, "upscale").waitFor();
    await page.keyboard.press("Control+k");
    await choose(page, other.id, /The other one/);
    await page.waitForURL(`**/graphs/${other.id}`);
  });

  it("a key can be given to another command, clashes are shown, and the choice is kept", async () => {
    const { page } = await open(LINE);
    await cards(page).nth(2).waitFor();
    await page.keyboard.press("?");
    await page.getByRole("button", { name: "Change the keys of Select all" }).click();
    await page.keyboard.press("Control+d");
    await page.getByText("Ctrl+D also means Duplicate").waitFor();
    await page.keyboard.press("Escape");
    await page.reload();
    await cards(page).nth(2).waitFor();
    await page.keyboard.press("Control+d");
    await expect.poll(() => said(page).textContent()).toContain("3 nodes selected");
    await page.keyboard.press("?");
    await page.getByRole("button", { name: "Reset all keys" }).click();
    expect(await page.getByText("also means Duplicate").count()).toBe(0);
  });

  it("the outline is the same document: wires in words, Enter leads to the canvas, Delete deletes", async () => {
    const { page } = await open(LINE);
    await page.getByRole("button", { name: "Outline" }).click();
    const tree = page.getByRole("tree");
    await tree.getByRole("treeitem").first().focus();
    expect(await tree.getByRole("treeitem").count()).toBe(3);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowRight");
    await tree.getByRole("treeitem", { name: "Wire Texts ← Text" }).waitFor();
    await page.keyboard.press("Delete");
    await expect.poll(() => cards(page).count()).toBe(2);
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("data-id"))).toBe("hero");
  });
});

/** Drops files on the page as a person would from the desktop. */
const drop = (
  page: Page,
  files: { name: string; type: string; bytes: number[] }[],
  at: { x: number; y: number },
  alt = false,
) =>
  page.evaluate(
    ({ files, at, alt }) => {
      const carried = new DataTransfer();
      for (const { name, type, bytes } of files) carried.items.add(new File([new Uint8Array(bytes)], name, { type }));
      const target = document.elementFromPoint(at.x, at.y);
      for (const kind of ["dragover", "drop"])
        target?.dispatchEvent(
          new DragEvent(kind, {
            dataTransfer: carried,
            bubbles: true,
            cancelable: true,
            clientX: at.x,
            clientY: at.y,
            altKey: alt,
          }),
        );
    },
    { files, at, alt },
  );

describe("files that are dropped", () => {
  const png = (...chunks: Uint8Array[]) => ({ name: "look.png", type: "image/png", bytes: [...aPng(...chunks)] });

  it("pictures become a node, more go into it, a wrong file is told by name", async () => {
    const { page, id } = await open();
    await drop(page, [png()], { x: 400, y: 350 });
    await card(page, "reference").waitFor();
    await page.keyboard.press("Control+s");
    await expect
      .poll(async () => (await saved(id))?.nodes[0]?.config.assets)
      .toEqual([{ asset: expect.stringMatching(/^sha256:/) }]);
    await drop(page, [{ name: "notes.txt", type: "text/plain", bytes: [104, 105] }], { x: 400, y: 350 });
    await page.getByRole("list", { name: "Notices" }).getByText("“notes.txt” is neither a picture").waitFor();
  });

  it("a picture that carries a graph opens it as a new one; with Alt its nodes come here", async () => {
    const { page, id } = await open();
    const carrier = png(
      textChunk("iTXt", "throughline", JSON.stringify({ ...LINE, id: "from-a-picture", name: "Carried" })),
    );
    await drop(page, [carrier], { x: 400, y: 350 }, true);
    await expect.poll(() => cards(page).count()).toBe(3);
    await drop(page, [carrier], { x: 400, y: 700 });
    await page.waitForURL(/\/graphs\/carried-/);
    await expect.poll(() => page.getByLabel("Name of the graph").inputValue()).toBe("Carried");
    expect(page.url()).not.toContain(id);
  });
});

describe.each([
  ["dark", { viewport: { width: 1440, height: 900 }, colorScheme: "dark" }],
  ["light on a phone", { viewport: { width: 390, height: 844 }, colorScheme: "light" }],
] as const)("what opens over the canvas, %s", (_name, options) => {
  it("has nothing serious for axe and stays inside the window", async () => {
    const { page } = await open(LINE, { ...options, reducedMotion: "reduce" });
    await cards(page).first().waitFor();
    const opened = [
      ["Shift+A", "combobox"],
      ["Control+k", "combobox"],
      ["Control+f", "textbox"],
      ["?", "table"],
    ] as const;
    for (const [key, role] of opened) {
      await page.keyboard.press(key);
      const dialog = page.getByRole("dialog");
      await dialog.getByRole(role).first().waitFor();
      const room = await dialog.boundingBox();
      expect(room && room.x >= 0 && room.y >= 0).toBe(true);
      expect(
        room && room.x + room.width <= options.viewport.width && room.y + room.height <= options.viewport.height,
      ).toBe(true);
      const { violations } = await new AxeBuilder({ page }).include("dialog").analyze();
      const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      expect(serious.map(({ id, nodes }) => `${key} ${id}: ${nodes[0]?.html}`)).toEqual([]);
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "detached" });
    }
  });
});
