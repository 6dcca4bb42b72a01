import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright-core";
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

/** A graph of its own, open in the editor. */
async function openGraph(options?: Parameters<typeof browser.newPage>[0]) {
  const id = `inspector-${crypto.randomUUID().slice(0, 8)}`;
  const graph = {
    format: "throughline/graph",
    version: 1,
    id,
    name: "Inspector",
    inputs: [{ key: "product", title: "Product", type: "text", default: "trail shoe" }],
    nodes: [
      { id: "words", type: "prompt", title: "Words", position: { x: 0, y: 0 }, config: { text: "A red kayak" } },
      { id: "shot", type: "generate", title: "Shot", position: { x: 360, y: 0 }, config: {} },
    ],
    edges: [{ id: "e1", source: "words", sourceHandle: "text", target: "shot", targetHandle: "prompt" }],
  };
  const answer = await served.fetch(`/api/graphs/${id}`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(graph),
  });
  expect(answer.status).toBe(201);
  const opened = await browser.newPage(options);
  await opened.page.goto(served.link);
  await opened.page.goto(`${served.base}/graphs/${id}`);
  return { ...opened, id };
}

const pick = (page: Page, node: string) =>
  page.locator(`.react-flow__node[data-id="${node}"]`).click({ position: { x: 60, y: 12 } });
const inspector = (page: Page) => page.getByRole("complementary", { name: "Inspector" });

describe("the inspector", () => {
  it("edits a prompt as one step, offers and previews the graph's inputs", async () => {
    const { page, complaints } = await openGraph();
    await pick(page, "words");
    const text = inspector(page).getByLabel("Text", { exact: true });
    await text.fill("");
    await text.pressSequentially("A blue kayak by {{pro");
    await page.getByRole("option", { name: /product/ }).waitFor();
    await page.keyboard.press("Enter");
    await expect.poll(() => text.inputValue()).toBe("A blue kayak by {{product}}");
    await inspector(page)
      .getByRole("region", { name: "Preview", exact: true })
      .getByText("A blue kayak by trail shoe")
      .waitFor();
    await text.pressSequentially(" {{nobody}}");
    await inspector(page).getByText("{{nobody}} is not an input of this graph").waitFor();

    await inspector(page).getByLabel("Name of the node").focus();
    await page.locator(".react-flow__pane").click({ position: { x: 400, y: 600 } });
    await page.keyboard.press("Control+z");
    await pick(page, "words");
    await expect.poll(() => text.inputValue()).toBe("A red kayak");
    expect(complaints.filter((one) => !one.includes("React Flow"))).toEqual([]);
  });

  it("says under the size what the model cannot draw, and keeps what it does not offer in sight", async () => {
    const { page } = await openGraph();
    await pick(page, "shot");
    await inspector(page).getByRole("button", { name: "Width and height …" }).click();
    await inspector(page).getByLabel("Width in pixels").fill("1000");
    await inspector(page).getByLabel("Height in pixels").fill("1000");
    await inspector(page)
      .getByText(/cannot draw 1000x1000: both sides must be multiples of 16/)
      .waitFor();
    await inspector(page).getByText("png is not compressed: choose jpeg or webp.").waitFor();
    await inspector(page).getByRole("combobox", { name: "Image model" }).selectOption("gpt-image-2");
    const refused = inspector(page)
      .getByRole("combobox", { name: "Quality" })
      .locator("option", { hasText: "has no quality xhigh" });
    await expect.poll(() => refused.count()).toBe(1);
    expect(await refused.isDisabled()).toBe(true);
  });

  it("binds a setting to a new input and lets go of it again", async () => {
    const { page } = await openGraph();
    await pick(page, "shot");
    const variants = inspector(page).getByRole("spinbutton", { name: "Variants" });
    await variants.fill("3");
    await inspector(page).getByRole("button", { name: "Bind Variants to an input" }).click();
    await inspector(page).getByRole("button", { name: "New input" }).click();
    await inspector(page).getByRole("button", { name: "Unbind Variants" }).waitFor();
    await page.getByRole("button", { name: "Inputs", exact: true }).click();
    const inputs = page.getByRole("region", { name: "Inputs", exact: true });
    await inputs.getByText("{{variants}}").waitFor();
    await expect.poll(() => inputs.getByRole("spinbutton", { name: "Value for the next run" }).inputValue()).toBe("3");
    await inspector(page).getByRole("button", { name: "Unbind Variants" }).click();
    await expect.poll(() => variants.inputValue()).toBe("3");
  });

  it("takes a look-up table into a grade, and says which line of another is wrong", async () => {
    const { page, id } = await openGraph();
    await page.locator(".react-flow__pane").focus();
    await page.keyboard.press("Tab");
    await page.locator("dialog").getByRole("combobox").fill("grade");
    await page.keyboard.press("Enter");
    const table = ["LUT_3D_SIZE 2", "0 0 0", "0 0 1", "0 1 0", "0 1 1", "1 0 0", "1 0 1", "1 1 0", "1 1 1"];
    const file = (lines: string[]) => ({ name: "warm.cube", mimeType: "", buffer: Buffer.from(lines.join("\n")) });
    const chooser = inspector(page).locator('input[type="file"][accept=".cube"]');
    await chooser.setInputFiles(file(table.with(3, "0 nothing 0")));
    await inspector(page).getByRole("alert").getByText("not three numbers (line 4)").waitFor();
    await chooser.setInputFiles(file(table));
    await inspector(page).getByText("warm.cube, 2 × 2 × 2").waitFor();
    await inspector(page).getByRole("link", { name: "Download the table of LUT" }).waitFor();
    const config = async () => {
      const answer = await served.fetch(`/api/graphs/${id}`);
      const { nodes } = (await answer.json()) as { nodes: { id: string; config: { lut?: string } }[] };
      return nodes.find((one) => one.id === "grade")?.config.lut;
    };
    await expect.poll(config, { timeout: 10_000 }).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  it("renames an input everywhere", async () => {
    const { page } = await openGraph();
    await pick(page, "words");
    const text = inspector(page).getByLabel("Text", { exact: true });
    await text.fill("For {{product}}");
    await page.getByRole("button", { name: "Inputs", exact: true }).click();
    const inputs = page.getByRole("region", { name: "Inputs", exact: true });
    await inputs.getByRole("button", { name: /^Product/ }).click();
    await inputs.getByLabel("Key").fill("article");
    await page.keyboard.press("Enter");
    await expect.poll(() => text.inputValue()).toBe("For {{article}}");
    await inputs.getByText("Used by 1 node").waitFor();
  });

  it("has nothing serious for axe to find, beside the canvas and on a phone", async () => {
    for (const options of [undefined, { viewport: { width: 390, height: 844 } }]) {
      const { page } = await openGraph(options);
      await page.locator('.react-flow__node[data-id="shot"]').focus();
      await page.keyboard.press("Enter");
      await inspector(page).getByRole("region", { name: "Settings" }).waitFor();
      const { violations } = await new AxeBuilder({ page }).include('aside[aria-label="Inspector"]').analyze();
      const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
    }
  });
});
