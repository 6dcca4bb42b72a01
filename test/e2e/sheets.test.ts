import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Sheet } from "#lib/protocol/library.ts";
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

const api = async <T>(path: string, body?: unknown, init: RequestInit = {}): Promise<T> => {
  const answer = await served.fetch(path, {
    method: body === undefined ? "GET" : "POST",
    ...init,
    headers: { "content-type": "application/json", ...(init.headers as Record<string, string>) },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as T;
};
const fresh = (name: string) => `${name} ${crypto.randomUUID().slice(0, 8)}`;
const make = (name: string, text: string, more: object = {}) => api<Sheet>("/api/sheets", { name, text, ...more });
const save = (id: string, name: string, text: string) =>
  api<Sheet>(`/api/sheets/${id}`, { name, text }, { method: "PUT", headers: { "if-match": "*" } });
const open = async (path: string) => {
  const { page, context } = await browser.newPage();
  await page.goto(served.link);
  await page.goto(`${served.base}${path}`);
  return { page, done: () => context.close() };
};
const noBarriers = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(({ id }) => id)).toEqual(
    [],
  );
};

/** A picture drawn under a sheet, on the canvas. */
async function drawn(ref: string): Promise<{ graphId: string; run(): Promise<RunDocument> }> {
  const graphId = `e2e-sheets-${crypto.randomUUID().slice(0, 8)}`;
  const graph = {
    id: graphId,
    name: "Series",
    nodes: [
      { id: "look", type: "spec-sheet", position: { x: 0, y: 0 }, config: { library: ref } },
      { id: "words", type: "prompt", position: { x: 0, y: 420 }, config: { text: `A boat, ${graphId}` } },
      {
        id: "hero",
        type: "generate",
        title: "Hero",
        position: { x: 420, y: 0 },
        config: { partials: 0, size: "1024x1024" },
      },
      {
        id: "plain",
        type: "generate",
        title: "Plain",
        position: { x: 420, y: 620 },
        config: { partials: 0, size: "1024x1024" },
      },
    ],
    edges: [
      { id: "a", source: "look", sourceHandle: "spec", target: "hero", targetHandle: "spec" },
      { id: "b", source: "words", sourceHandle: "text", target: "hero", targetHandle: "prompt" },
      { id: "c", source: "words", sourceHandle: "text", target: "plain", targetHandle: "prompt" },
    ],
  };
  await api(`/api/graphs/${graphId}`, graph, { method: "PUT" });
  const run = async () => {
    const { runId } = await api<{ runId: string }>("/api/runs", { graphId });
    const now = () => api<RunDocument>(`/api/runs/${runId}`);
    await expect.poll(async () => (await now()).status, { timeout: 30_000 }).toBe("succeeded");
    return await now();
  };
  return { graphId, run };
}

describe("the library", () => {
  it("a sheet is written, kept, changed into a second version, compared, and brought back", async () => {
    const { page, done } = await open("/sheets/new");
    const name = fresh("Harbour");
    await page.getByRole("textbox", { name: "Name of the sheet" }).fill(name);
    await page.getByRole("textbox", { name: "Written" }).fill("Boats.\n\n# Light\nSoft.");
    await page.getByRole("region", { name: "Sent as instructions" }).getByText("Soft.").waitFor();
    await page.getByRole("textbox", { name: "Tags" }).fill("sea, dawn");
    await page.getByRole("button", { name: "Keep in the library" }).click();
    await page.waitForURL(/\/sheets\/harbour-/);
    await page.getByText("No note").waitFor();
    await page.getByRole("textbox", { name: "Written" }).fill("Boats.\n\n# Light\nHard.");
    await page.getByRole("textbox", { name: "What is new in this version" }).fill("Harder light");
    await page.getByRole("button", { name: "Save as version 2" }).click();
    await page.getByText("Saved as version 2.").waitFor();
    await page.getByText("Harder light").waitFor();
    await page.getByRole("button", { name: "Compare version 1 with the newest" }).click();
    await page.getByText("Light rewritten.").waitFor();
    await noBarriers(page);
    await page.getByRole("button", { name: "Back to version 1" }).click();
    await page.getByText("Version 1 is the newest again, as version 3.").waitFor();
    expect(await page.getByRole("textbox", { name: "Written" }).inputValue()).toContain("Soft.");

    await page.goto(`${served.base}/sheets`);
    await page.getByRole("searchbox", { name: "Search spec sheets" }).fill(name);
    const card = page.getByRole("article", { name });
    await card.getByText("3 versions").waitFor();
    await noBarriers(page);
    await card.getByRole("link", { name }).click();
    await page.waitForURL(/\/sheets\/harbour-/);
    await page.getByRole("button", { name: "Put away" }).click();
    await page.getByText("Put away. What uses it goes on using it.").waitFor();
    await page.goto(`${served.base}/sheets`);
    await page.getByRole("searchbox", { name: "Search spec sheets" }).fill(name);
    await page.getByText("No sheet holds all of these words.").waitFor();
    await done();
  });

  it("a sheet over another shows what is sent as it is typed, and a circle is refused in words", async () => {
    const house = await make(fresh("House"), "House rules.\n\n# Light\nSoft.\n\n# Camera\n50 mm.");
    const child = await make(fresh("Child"), "# Light\nHard.", { extends: house.id });
    const { page, done } = await open(`/sheets/${child.id}`);
    const sent = page.getByRole("region", { name: "Sent as instructions" });
    await sent.getByText("in place of theirs").waitFor();
    await page.getByRole("textbox", { name: "Written" }).fill("# Light\nHard.\n\n# Camera");
    await expect.poll(() => sent.getByText("50 mm.").count()).toBe(0);
    await sent.getByRole("link", { name: house.name }).click();
    await page.getByRole("heading", { name: "Used by" }).waitFor();
    await page.getByRole("link", { name: child.name }).waitFor();
    await page.getByRole("combobox", { name: "Extends" }).selectOption(child.id);
    await sent.getByText("These sheets extend each other in a circle").waitFor();
    await done();
  });

  it("two people who save the same sheet see each other's words before anything is lost", async () => {
    const name = fresh("Shared");
    const { id } = await make(name, "One.");
    const { page, done } = await open(`/sheets/${id}`);
    await page.getByRole("textbox", { name: "Written" }).fill("Mine.");
    await save(id, name, "Theirs.");
    await page.getByRole("button", { name: "Save as version 2" }).click();
    await page.getByText("Somebody saved version 2 while you were writing.").waitFor();
    await page.getByRole("button", { name: "Keep mine as the next version" }).click();
    await page.getByRole("button", { name: "Save as version 3" }).click();
    await page.getByText("Saved as version 3.").waitFor();
    const texts = await Promise.all(
      [2, 3].map(async (version) => (await api<Sheet>(`/api/sheets/${id}?version=${version}`)).text),
    );
    expect(texts).toEqual(["Theirs.", "Mine."]);
    await done();
  });

  it("what comes along is offered, and taken as a copy with its picture", async () => {
    const id = `starter-${crypto.randomUUID().slice(0, 8)}`;
    const { page, done } = await open("/runs");
    const index = [
      {
        id,
        name: id,
        opening: "Quiet.",
        file: "/sheets/quiet-catalogue.sheet.json",
        picture: "/graphs/templates/woodblock-series.webp",
      },
    ];
    await page.route("**/sheets/index.json", (route) => route.fulfill({ json: index }));
    await page.route("**/sheets/quiet-catalogue.sheet.json", async (route) => {
      const file = (await (await route.fetch()).json()) as { sheet: object };
      await route.fulfill({ json: { ...file, sheet: { ...file.sheet, id, name: id } } });
    });
    await page.goto(`${served.base}/sheets`);
    await page.getByRole("button", { name: `${id}: take into the library` }).click();
    await page.waitForURL(new RegExp(`/sheets/${id}`));
    await page.getByRole("img", { name: "Sample picture 1" }).waitFor();
    expect((await api<Sheet>(`/api/sheets/${id}`)).samples).toMatchObject([{ send: false }]);
    await done();
  });

  it("a file somebody shared is taken in, and one that holds a key is refused", async () => {
    const id = `shared-${crypto.randomUUID().slice(0, 8)}`;
    const file = (text: string) => ({
      name: "shared.sheet.json",
      mimeType: "application/json",
      buffer: Buffer.from(
        JSON.stringify({ format: "throughline/sheet", version: 1, sheet: { id, name: id, text, sheetVersion: 4 } }),
      ),
    });
    const { page, done } = await open("/sheets");
    const chosen = page.locator("input[type=file]");
    await page.getByRole("button", { name: "Import" }).waitFor();
    await chosen.setInputFiles(file(`sk-${"a1b2".repeat(8)}`));
    await page.getByRole("alert").getByText("looks like a key").waitFor();
    await chosen.setInputFiles(file("Cold light."));
    await page.waitForURL(new RegExp(`/sheets/${id}`));
    await page.getByText("version 4", { exact: false }).first().waitFor();
    await done();
  });
});

describe("a sheet on the canvas", () => {
  it("is pinned, told of an update, updated and followed; a new version makes exactly its pictures stale", async () => {
    const name = fresh("Alpine");
    const { id } = await make(name, "Cold light.");
    await save(id, name, "Colder light.");
    const { graphId, run } = await drawn(`${id}@1`);
    await run();
    const { page, done } = await open(`/graphs/${graphId}`);
    const card = (node: string) => page.locator(`.react-flow__node[data-id="${node}"]`);
    await card("look").click();
    await page.getByText("Update available: 1 → 2").waitFor();
    await page.getByRole("button", { name: "See what changed" }).click();
    await page.getByText("The opening rewritten.").waitFor();
    await noBarriers(page);
    await page.getByRole("button", { name: "Update", exact: true }).click();
    await page.getByText("Pinned to version 2").waitFor();
    await page.getByRole("button", { name: "Follow", exact: true }).click();
    await page.getByText("Follows the newest version, 2 now").waitFor();
    await expect
      .poll(
        async () =>
          (await api<{ nodes: { config: { library?: string } }[] }>(`/api/graphs/${graphId}`)).nodes[0]?.config.library,
        { timeout: 15_000 },
      )
      .toBe(id);
    const second = await run();
    expect(second.sheets).toMatchObject([{ id, version: 2, follows: true }]);
    await page.reload();
    await card("hero").getByText("Done").waitFor();
    await save(id, name, "Warm light.");
    await page.reload();
    await card("hero").getByText("Changed since").waitFor();
    await card("plain")
      .getByText(/^(Done|Cached|From the cache)$/)
      .waitFor();
    await page.getByRole("button", { name: /Run/ }).first().waitFor();
    expect((await run()).steps.flatMap((step) => (step.cached ? [step.nodeId] : [])).toSorted()).toEqual([
      "plain",
      "words",
    ]);
    await done();
  });

  it("what stands in a node is kept as a sheet, and the node uses it from then on", async () => {
    const { graphId } = await drawn("");
    const { page, done } = await open(`/graphs/${graphId}`);
    await page.locator('.react-flow__node[data-id="look"]').click();
    await page.getByRole("textbox", { name: "Text", exact: true }).fill("# Light\nLow.");
    await page.getByRole("button", { name: "Save to library" }).click();
    const name = fresh("Kept");
    const dialog = page.getByRole("dialog", { name: "Save to the library" });
    await dialog.getByRole("textbox", { name: "Name" }).fill(name);
    await dialog.getByRole("button", { name: "Save" }).click();
    await page.getByText("Pinned to version 1").waitFor();
    await page.getByText("The text of this node is not used.").waitFor();
    await page.getByRole("button", { name: "Library Change" }).click();
    const picker = page.getByRole("dialog", { name: "Choose a spec sheet" });
    await picker.getByRole("searchbox").fill(name);
    await picker.getByRole("button", { name }).waitFor();
    await noBarriers(page);
    await done();
  });
});

describe("the look of a picture", () => {
  it("becomes a sheet: the price first, then one call, then a draft that is kept", async () => {
    const { run } = await drawn("");
    const { runId } = await run();
    const { page, done } = await open(`/runs/${runId}`);
    await page.getByRole("button", { name: "Save the look" }).first().click();
    const dialog = page.getByRole("dialog", { name: "Save the look" });
    await dialog.getByText(/One call, \$0\.\d+ at most/).waitFor();
    await dialog.getByRole("button", { name: "Write the sheet" }).click();
    await dialog.getByRole("link", { name: "Open the draft" }).click();
    await page.waitForURL(/\/sheets\/new\?run=/);
    const name = fresh("From a boat");
    await page.getByRole("textbox", { name: "Name of the sheet" }).fill(name);
    await page.getByRole("img", { name: "Sample picture 1" }).waitFor();
    await page.getByRole("button", { name: "Keep in the library" }).click();
    await page.waitForURL(/\/sheets\/from-a-boat-/);
    await page.getByRole("link", { name: "written from a conversation" }).click();
    await page.getByText("Succeeded").first().waitFor();
    const id = decodeURIComponent(name.toLowerCase().replaceAll(" ", "-"));
    expect((await api<Sheet>(`/api/sheets/${id}`)).text.length).toBeGreaterThan(20);
    await page.goto(`${served.base}/runs/${runId}`);
    await page.getByRole("button", { name: "Save the look" }).first().click();
    await dialog.getByText("Written before: free.").waitFor();
    await done();
  });
});
