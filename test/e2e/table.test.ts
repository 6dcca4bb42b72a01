import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BatchDocument } from "#lib/protocol/batches.ts";
import { readCsv } from "#lib/protocol/table/read-csv.ts";
import { openBrowser, type Served, serve } from "./served.ts";

let served: Served;
let browser: Awaited<ReturnType<typeof openBrowser>>;
const stamp = Date.now().toString(36);
const drawn = `table-drawn-${stamp}`;
const local = `table-local-${stamp}`;

const node = (id: string, type: string, config: object, x: number) => ({
  id,
  type,
  config,
  position: { x, y: 0 },
  take: 1,
  mode: "on",
});
const INPUTS = [
  { key: "product", title: "Product", type: "text", required: true },
  { key: "count", title: "Count", type: "number", min: 1, max: 9, default: 1 },
];
const ask = async (method: string, path: string, body: unknown): Promise<Response> => {
  const answer = await served.fetch(path, {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
  return answer;
};
const batch = async (id: string): Promise<BatchDocument> =>
  (await (await served.fetch(`/api/batches/${id}?limit=200`)).json()) as BatchDocument;

beforeAll(async () => {
  [served, browser] = await Promise.all([serve(), openBrowser()]);
  await ask("PUT", `/api/graphs/${drawn}`, {
    id: drawn,
    name: "Table of shoes",
    inputs: INPUTS,
    nodes: [
      node("words", "prompt", { mode: "free", text: `${stamp}: {{count}} × {{product}}` }, 0),
      node("hero", "generate", { size: "1024x1024", quality: "low" }, 400),
    ],
    edges: [{ id: "e1", source: "words", sourceHandle: "text", target: "hero", targetHandle: "prompt" }],
  });
  await ask("PUT", `/api/graphs/${local}`, {
    id: local,
    name: "Table of words",
    inputs: INPUTS,
    nodes: [node("words", "prompt", { mode: "free", text: "{{count}} × {{product}}" }, 0)],
  });
});
afterAll(async () => {
  await browser?.close();
  await served?.stop();
});

const NAMES = [
  "Trail shoe",
  "Zürich “Løype”",
  "山靴",
  "Ñandú 🏔",
  'Said "dry", stayed dry',
  "Two\nlines",
  "= SUM(A1)",
  "comma, semicolon; done",
  "Sandale d’été",
  "Ботинок",
  "حذاء",
  "Last",
];
const quoted = (cell: string) => (/[\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const PASTED = [
  "Product\tCount\tSKU",
  ...NAMES.map((name, i) => `${quoted(name)}\t${i === 3 ? "many" : 1 + (i % 3)}\tS-${i}`),
].join("\n");

const open = async (path: string, options?: Parameters<typeof browser.newPage>[0]) => {
  const opened = await browser.newPage(options);
  await opened.context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: served.base });
  await opened.page.goto(served.link);
  await opened.page.goto(`${served.base}${path}`);
  return opened;
};
const paste = async (page: Page, text: string) => {
  await page.getByLabel("Paste your rows").click();
  await page.evaluate((words) => navigator.clipboard.writeText(words), text);
  await page.keyboard.press("Control+v");
};
const idIn = (page: Page): string => decodeURIComponent(new URL(page.url()).pathname.split("/")[2] ?? "");
const rowsIn = (page: Page) => page.getByRole("grid").getByRole("row");

describe("a table in the browser", () => {
  it("is pasted, mapped, mended, priced and run; one edited cell runs one row; the results are downloaded", async () => {
    const { page, complaints } = await open(`/batches/new?graph=${drawn}`);
    await paste(page, PASTED);
    await page.getByText("1 cell in 1 row needs mending.").waitFor();
    const grid = page.getByRole("grid", { name: "Rows of the new table" });
    expect(await grid.getAttribute("aria-rowcount")).toBe("13");
    expect(await page.getByLabel("Input for the column Product").inputValue()).toBe("product");
    expect(await page.getByLabel("Input for the column SKU").inputValue()).toBe("");
    await grid.getByText('The input "count" must be a number.').waitFor();

    await grid.getByText('The input "count" must be a number.').dblclick();
    await page.getByRole("textbox", { name: "Count, row 4" }).fill("2");
    await page.keyboard.press("Enter");
    await page.getByText(/12 rows.*12 calls/).waitFor({ timeout: 20_000 });
    await page.getByRole("button", { name: "Run 12 rows" }).click();
    await page.waitForURL(/\/batches\/(?!new)/);
    const id = idIn(page);

    await expect.poll(() => page.locator("header h1 + span").textContent(), { timeout: 80_000 }).toBe("Succeeded");
    await page.getByText("12 done").first().waitFor();
    await expect.poll(() => rowsIn(page).getByText("Done", { exact: true }).count(), { timeout: 20_000 }).toBe(12);
    await expect.poll(() => page.getByRole("grid").locator("img").count(), { timeout: 20_000 }).toBe(12);
    const thumb = page.getByRole("grid").locator("img").first();
    await expect.poll(() => thumb.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(50);
    await page.getByText("Two\nlines").first().waitFor();

    const before = await batch(id);
    await page.getByRole("grid").getByText("Trail shoe").dblclick();
    await page.getByRole("textbox", { name: "Product, row 1" }).fill("Trail boot");
    await page.keyboard.press("Enter");
    await page.getByText("Row 1 changed.").waitFor();
    await rowsIn(page).getByText("Changed", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Run 1 changed" }).click();
    await expect.poll(async () => (await batch(id)).counts.succeeded, { timeout: 60_000 }).toBe(12);
    const after = await batch(id);
    const moved = after.rows.filter((row, index) => row.seq !== before.rows[index]?.seq);
    expect(moved.map(({ index, cells }) => [index, cells[0]])).toEqual([[0, "Trail boot"]]);
    await expect.poll(() => rowsIn(page).getByText("Done", { exact: true }).count(), { timeout: 20_000 }).toBe(12);

    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "rows.csv" }).click(),
    ]);
    const table = readCsv(await readFile(await download.path(), "utf8"));
    expect(table.columns).toEqual(["Product", "Count", "SKU", "_status", "_run", "_cost_usd", "_files", "_error"]);
    expect(table.rows.map(([name]) => name)).toEqual([
      "Trail boot",
      ...NAMES.slice(1, 6),
      "'= SUM(A1)",
      ...NAMES.slice(7),
    ]);
    expect(complaints).toEqual([]);

    await page.getByRole("grid").focus();
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/runs\/run_/);
  });

  it("says with its line why rows cannot be read, and what a graph without inputs is missing", async () => {
    const { page } = await open(`/batches/new?graph=${local}`);
    await page.getByLabel("Paste your rows").fill("product,product\na,b\n");
    await page.getByRole("button", { name: "Read these rows" }).click();
    await page.getByText("These rows cannot be read as a table.").waitFor();
    await page.getByText(/both called "product"/).waitFor();
    await ask("PUT", `/api/graphs/bare-${stamp}`, {
      id: `bare-${stamp}`,
      name: "Bare",
      nodes: [node("a", "prompt", { text: "x" }, 0)],
    });
    await page.goto(`${served.base}/batches/new?graph=bare-${stamp}`);
    await page.getByText("this graph has no inputs").waitFor();
    await page.goto(`${served.base}/batches/none`);
    await page.getByText("There is no such table.").waitFor();
  });

  it("takes a file, combines columns, gives one value to every row, and is made now and run later", async () => {
    const { page } = await open(`/batches/new?graph=${local}`);
    const bytes = Buffer.from("\uFEFFproduct;note\r\nshoe;a\r\nboot;b\r\n", "utf16le");
    await page.getByLabel("Table file").setInputFiles({ name: "rows.csv", mimeType: "text/csv", buffer: bytes });
    await page.getByLabel("Input for the column note").selectOption("count");
    await page.getByText("2 cells in 2 rows need mending.").waitFor();
    await page.getByLabel("Input for the column note").selectOption("");
    await page.getByRole("textbox", { name: "Count" }).fill("12");
    await page.getByText('The input "count" must be at most 9.').first().waitFor();
    await page.getByRole("textbox", { name: "Count" }).fill("3");
    await page.getByText(/2 rows, nothing to pay/).waitFor({ timeout: 20_000 });
    await page.getByRole("button", { name: "Make it, run later" }).click();
    await page.waitForURL(/\/batches\/(?!new)/);
    await expect.poll(() => rowsIn(page).getByText("Not run", { exact: true }).count()).toBe(2);
    await page.getByRole("grid").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Space");
    await page.getByText("1 row selected").waitFor();
    await page.getByRole("button", { name: "Run selected" }).click();
    await page.getByRole("grid").getByText("3 × boot").waitFor({ timeout: 20_000 });
    await rowsIn(page).getByText("Not run", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Run 1 not run" }).click();
    await page.getByRole("grid").getByText("3 × shoe").waitFor({ timeout: 20_000 });
    await page.getByRole("grid").focus();
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Control+c");
    await page.getByText(/cells copied/).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("3 × shoe");
  });

  it("finds the pictures that cells name among dropped files, and shows them as thumbnails", async () => {
    const id = `table-photos-${stamp}`;
    const photo = { key: "photo", title: "Photo", type: "image", required: true };
    const nodes = [node("words", "prompt", { text: "{{product}}" }, 0)];
    await ask("PUT", `/api/graphs/${id}`, { id, name: "Table of photos", inputs: [...INPUTS, photo], nodes });
    const { page } = await open(`/batches/new?graph=${id}`);
    await paste(
      page,
      "Product\tPhoto\nshoe\tC:\\shots\\Shoe.PNG\nboot\thttps://pictures.example/boot.png\nsandal\tshoe.png\n",
    );
    await page.getByText("1 picture that cells name is not here yet").waitFor();
    await page.getByText("2 cells in 2 rows need mending.").waitFor();
    await page.getByRole("button", { name: "Show the next" }).click();
    await page.locator('[role=row][aria-rowindex="2"] [data-at]').waitFor();
    const buffer = await sharp({ create: { width: 64, height: 48, channels: 3, background: "#e4572e" } })
      .png()
      .toBuffer();
    await page.getByLabel("Pictures of the table").setInputFiles({ name: "shoe.png", mimeType: "image/png", buffer });
    await page.getByText("1 picture dropped; every cell finds its own.").waitFor();
    const thumbs = page.getByRole("grid").locator("img");
    await expect.poll(() => thumbs.count()).toBe(2);
    await page
      .getByText(/3 rows/)
      .first()
      .waitFor({ timeout: 20_000 });
    await page.getByRole("button", { name: "Make it, run later" }).click();
    await page.waitForURL(/\/batches\/(?!new)/);
    await expect.poll(() => thumbs.count()).toBe(2);
    await expect.poll(() => thumbs.first().evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(10);
    expect((await batch(idIn(page))).rows[0]?.cells[1]).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  it("CS-007 what is expensive is asked once, with its count and its money; then it is paused, goes on and is cancelled", async () => {
    const { page } = await open(`/batches/new?graph=${drawn}`);
    await paste(page, ["Product", ...Array.from({ length: 200 }, (_, i) => `dear shoe ${i}`)].join("\n"));
    await page.getByText(/200 rows.*200 calls/).waitFor({ timeout: 20_000 });
    await page.getByLabel("Budget of the table, USD").fill("25");
    await page.getByRole("button", { name: "Run 200 rows" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("200 calls").waitFor();
    await dialog.getByRole("button", { name: "Not yet" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Run 200 rows" }).click();
    await dialog.getByRole("button", { name: "Run all 200 rows" }).click();
    await page.waitForURL(/\/batches\/(?!new)/);
    await page.getByText("of $25.00").waitFor();
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByText("The batch is paused.").waitFor({ timeout: 20_000 });
    await page.getByRole("button", { name: "Go on" }).click();
    await page
      .getByText(/[1-9]\d* done/)
      .first()
      .waitFor({ timeout: 30_000 });
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Stop all" }).click();
    await expect.poll(() => page.locator("header h1 + span").textContent(), { timeout: 30_000 }).toBe("Cancelled");
    await page.getByRole("button", { name: /^Cancelled [1-9]/ }).click();
    await rowsIn(page).getByText("Cancelled", { exact: true }).first().waitFor();
    expect((await batch(idIn(page))).counts.succeeded).toBeLessThan(200);
  });

  it("CS-007 a refusal that asks for a confirmation is answered with its token", async () => {
    const { page } = await open(`/batches/new?graph=${drawn}`);
    const sent: unknown[] = [];
    await page.route("**/api/batches", async (route) => {
      if (route.request().method() !== "POST") return route.fallback();
      const { confirm } = route.request().postDataJSON() as { confirm?: string };
      sent.push(confirm);
      if (confirm === "seen") return route.fulfill({ status: 202, json: { batchId: "none", total: 1 } });
      const problem = { type: "urn:x", title: "Not now", status: 409, detail: "Confirm.", code: "CONFIRM_REQUIRED" };
      const body = JSON.stringify({ ...problem, confirm: "seen", calls: 60_000, costUsd: 2_400 });
      return route.fulfill({ status: 409, contentType: "application/problem+json", body });
    });
    await paste(page, "Product\tCount\nshoe\t1\n");
    await page.getByText(/1 row[.;]/).waitFor({ timeout: 20_000 });
    await page.getByRole("button", { name: "Run 1 row" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("60,000 calls").waitFor();
    await dialog.getByText("$2400.00").waitFor();
    await dialog.getByRole("button", { name: "Run all" }).click();
    await page.waitForURL(/\/batches\/none/);
    expect(sent).toEqual([undefined, "seen"]);
  });
});

describe("a table of 10,000 rows", () => {
  let id: string;
  beforeAll(async () => {
    const rows = Array.from({ length: 10_000 }, (_, i) => [`shoe ${i + 1}`, String(1 + (i % 9))]);
    const answer = await ask("POST", "/api/batches", {
      graphId: local,
      columns: ["product", "count"],
      rows,
      start: false,
      name: "Many",
    });
    id = ((await answer.json()) as { batchId: string }).batchId;
  });

  it("is scrolled from its top to its end with only the rows in sight in the document, and by the keyboard", async () => {
    const { page, complaints } = await open(`/batches/${id}`);
    const grid = page.getByRole("grid");
    await grid.getByText("shoe 1", { exact: true }).waitFor();
    expect(await grid.getAttribute("aria-rowcount")).toBe("10001");
    const most = await grid.evaluate(async (element) => {
      let rows = 0;
      for (let part = 0; part <= 120; part += 1) {
        element.scrollTop = ((element.scrollHeight - element.clientHeight) * part) / 120;
        await new Promise((resolve) => requestAnimationFrame(resolve));
        rows = Math.max(rows, element.querySelectorAll("[role=row]").length);
      }
      return rows;
    });
    expect(most).toBeLessThan(40);
    await grid.getByText("shoe 10000", { exact: true }).waitFor();
    await grid.focus();
    await page.keyboard.press("Control+Home");
    await grid.getByText("shoe 1", { exact: true }).waitFor();
    for (let press = 0; press < 3; press += 1) await page.keyboard.press("PageDown");
    await expect.poll(() => grid.locator("[data-at]").count()).toBe(1);
    await page.keyboard.press("Control+End");
    await grid.getByText("shoe 10000", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Run every row" }).click();
    await page.getByRole("dialog", { name: "Run 10,000 rows?" }).getByRole("button", { name: "Not yet" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect((await batch(id)).counts.empty).toBe(10_000);
    expect(complaints).toEqual([]);
  });

  describe.each([
    ["dark", { viewport: { width: 1440, height: 900 }, colorScheme: "dark" }],
    ["light", { viewport: { width: 1440, height: 900 }, colorScheme: "light" }],
    ["dark on a phone", { viewport: { width: 390, height: 844 }, colorScheme: "dark" }],
    ["light on a phone", { viewport: { width: 390, height: 844 }, colorScheme: "light" }],
  ] as const)("screens in %s", (_name, options) => {
    it("have nothing serious for axe, and nothing wider than the screen", async () => {
      const { page } = await open("/batches", { ...options, reducedMotion: "reduce" });
      const look = async (where: string) => {
        const { violations } = await new AxeBuilder({ page }).analyze();
        const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
        expect(serious.map(({ id: rule, nodes }) => `${where} ${rule}: ${nodes[0]?.html}`)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      };
      await page.getByRole("link", { name: /Many/ }).first().waitFor();
      await look("list");
      await page.goto(`${served.base}/batches/new`);
      await page
        .getByRole("link", { name: /Table of shoes/ })
        .first()
        .waitFor();
      await look("choose");
      await page.goto(`${served.base}/batches/new?graph=${local}`);
      await page.getByLabel("Paste your rows").fill("Product\tCount\tSKU\n\t1\ta\nshoe\tx\tb\n");
      await look("bring");
      await page.getByRole("button", { name: "Read these rows" }).click();
      await page.getByText("2 cells in 2 rows need mending.").waitFor();
      await look("map");
      await page.goto(`${served.base}/batches/${id}`);
      await page
        .getByText("shoe 1", { exact: true })
        .or(page.getByText("shoe 1 · 1", { exact: true }))
        .first()
        .waitFor();
      await look("table");
    });
  });
});
