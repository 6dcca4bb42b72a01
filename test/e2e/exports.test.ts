import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser, type Served, serve } from "./served.ts";

let served: Served;
let browser: Awaited<ReturnType<typeof openBrowser>>;
let runId = "";
const id = `exported-${Date.now().toString(36)}`;
beforeAll(async () => {
  [served, browser] = await Promise.all([serve(), openBrowser()]);
  const graph = {
    id,
    name: "Exported kite",
    nodes: [
      { id: "words", type: "prompt", config: { text: "a paper kite" } },
      { id: "picture", type: "generate", config: { size: "1024x1024", quality: "low" } },
    ],
    edges: [{ id: "e", source: "words", sourceHandle: "text", target: "picture", targetHandle: "prompt" }],
  };
  const headers = { "content-type": "application/json" };
  const started = await served.fetch("/api/runs", { method: "POST", headers, body: JSON.stringify({ graph }) });
  runId = ((await started.json()) as { runId: string }).runId;
  await (await served.fetch(`/api/runs/${runId}/events`)).text();
});
afterAll(async () => {
  await browser?.close();
  await served?.stop();
});

describe("exporting in the browser", () => {
  it("says beforehand what the pictures of a run will carry, and writes them", async () => {
    const { page, complaints } = await browser.newPage();
    await page.goto(served.link);
    await page.goto(`${served.base}/runs/${runId}`);
    await page.getByRole("button", { name: "Export…" }).first().click();
    const dialog = page.getByRole("dialog", { name: "Export" });
    await dialog.getByText(/^1 picture, .+ as stored$/).waitFor();
    await dialog.getByText("The original carries none.").waitFor();
    await dialog.getByText("PNG", { exact: true }).click();
    await dialog.getByLabel("Longest side").fill("7");
    await dialog.getByText(/^A whole number from 16/).waitFor();
    expect(await dialog.getByRole("button", { name: /^Export/ }).isDisabled()).toBe(true);
    await dialog.getByLabel("Longest side").fill("128");
    await dialog.getByLabel("Content credentials").selectOption("sign");
    await dialog.getByText(/others will not trust it/).waitFor();
    await dialog.getByLabel("Carry the graph").check();
    const axe = await new AxeBuilder({ page }).include("dialog[open]").analyze();
    expect(axe.violations.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual([]);

    const [download] = await Promise.all([
      page.waitForEvent("download"),
      dialog.getByRole("button", { name: /^Export/ }).click(),
    ]);
    await dialog.getByText(/is in your downloads/).waitFor();
    expect(download.suggestedFilename()).toMatch(/\.zip$/);
    expect(complaints).toEqual([]);
  });

  it("one picture comes by itself, signed, and opens its graph when it is dropped on Home", async () => {
    const { page, complaints } = await browser.newPage();
    await page.goto(served.link);
    await page.goto(`${served.base}/runs/${runId}`);
    await page
      .getByRole("button", { name: /show whole picture$/ })
      .first()
      .click();
    await page.getByRole("dialog").getByRole("button", { name: "Export…" }).click();
    const dialog = page.getByRole("dialog", { name: "Export" });
    await dialog.getByText("PNG", { exact: true }).click();
    await dialog.getByLabel("Carry the graph").check();
    await dialog.getByLabel("Content credentials").selectOption("sign");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      dialog.getByRole("button", { name: "Export", exact: true }).click(),
    ]);
    await dialog.getByText(/Re-signed with a local test certificate/).waitFor();
    const bytes = [...(await readFile(await download.path()))];
    expect(download.suggestedFilename()).toMatch(/\.png$/);

    await page.goto(served.base);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.evaluate(
      ({ bytes, name }) => {
        const carried = new DataTransfer();
        carried.items.add(new File([new Uint8Array(bytes)], name, { type: "image/png" }));
        for (const kind of ["dragover", "drop"])
          window.dispatchEvent(new DragEvent(kind, { dataTransfer: carried, bubbles: true, cancelable: true }));
      },
      { bytes, name: "kite.png" },
    );
    await page.waitForURL((url) => url.pathname.startsWith(`/graphs/${id}`));
    const [, , opened = ""] = new URL(page.url()).pathname.split("/");
    const { nodes } = (await (await served.fetch(`/api/graphs/${opened}`)).json()) as { nodes: { id: string }[] };
    expect(nodes.map((node) => node.id)).toEqual(["words", "picture"]);
    expect(complaints).toEqual([]);
  });
});
