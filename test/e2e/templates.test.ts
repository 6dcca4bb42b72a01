import { randomUUID } from "node:crypto";
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

const DESK = { viewport: { width: 1440, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const send = (path: string, body: unknown, method = "POST", headers: Record<string, string> = {}) =>
  served.fetch(path, {
    method,
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
const json = async (path: string) => (await served.fetch(path)).json();

/** A graph that draws one small picture of a product in a light. */
const poster = (id: string, light = "morning light") => ({
  id,
  name: `Poster ${id.slice(-6)}`,
  inputs: [
    { key: "product", title: "Product", type: "text", required: true },
    { key: "mood", title: "Mood", type: "choice", options: ["calm", "loud"], default: "calm" },
    { key: "look", title: "A picture to follow", type: "image" },
  ],
  nodes: [
    { id: "words", type: "prompt", position: { x: 0, y: 0 }, config: { text: `{{product}}, {{mood}}, in ${light}` } },
    {
      id: "hero",
      type: "generate",
      title: "Hero node",
      position: { x: 400, y: 0 },
      config: { size: "1024x1024", partials: 0 },
    },
  ],
  edges: [{ id: "e", source: "words", sourceHandle: "text", target: "hero", targetHandle: "prompt" }],
});
const saved = async (light?: string) => {
  const id = `tpl-${randomUUID().slice(0, 13)}`;
  expect((await send(`/api/graphs/${id}`, poster(id, light), "PUT")).status).toBe(201);
  return id;
};
const published = async () => {
  const id = await saved();
  const form = { groups: [{ title: "", fields: [{ key: "product", help: "One or two words" }] }] };
  expect((await send(`/api/graphs/${id}/publish`, { description: "A poster of your product", form })).status).toBe(201);
  return id;
};
const open = async (path: string, options: Parameters<typeof browser.newPage>[0]) => {
  const opened = await browser.newPage(options);
  await opened.page.goto(served.link);
  await opened.page.goto(`${served.base}${path}`);
  return opened;
};
const isDone = (page: Page) =>
  expect.poll(() => page.getByRole("status").first().textContent(), { timeout: 40_000 }).toBe("Done");

describe("publishing from the editor", () => {
  it("makes a form of the inputs, says when the draft differs, and rolls back", async () => {
    const id = await saved();
    const { page, complaints } = await open(`/graphs/${id}`, DESK);
    await page.locator(".react-flow__node").first().waitFor();
    await page.getByRole("button", { name: "Publish", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Publish as a template" });
    await dialog.getByLabel("In a sentence").fill("A poster of your product");
    await dialog.getByRole("button", { name: "Move Mood up" }).click();
    await dialog.getByRole("checkbox", { name: "Ask for A picture to follow" }).uncheck();
    const preview = dialog.getByRole("region", { name: "The form as others see it" });
    await expect.poll(() => preview.getByText("A picture to follow").count(), { timeout: 10_000 }).toBe(0);
    await dialog.getByLabel("What changed").fill("The first edition");
    await dialog.getByRole("button", { name: "Publish", exact: true }).click();
    await dialog.getByText("is published as revision 1.").waitFor();
    const { groups } = (
      (await json(`/api/templates/${id}`)) as { form: { groups: { fields: { key: string; shown: boolean }[] }[] } }
    ).form;
    expect(groups[0]?.fields.map(({ key, shown }) => [key, shown])).toEqual([
      ["mood", true],
      ["product", true],
      ["look", false],
    ]);
    await dialog.getByRole("button", { name: "Go on editing" }).click();
    await page.getByRole("button", { name: "Published 1", exact: true }).waitFor();

    await page.getByRole("textbox", { name: "Name of the graph" }).fill("Evening poster");
    await page.getByRole("button", { name: "Published 1 · draft differs" }).click();
    await dialog.getByText("What is different from revision 1").click();
    await dialog.getByRole("button", { name: "Publish", exact: true }).click();
    await dialog.getByText("is published as revision 2.").waitFor();

    await page.goto(`${served.base}/templates/${id}/revisions`);
    const first = page.getByRole("listitem", { name: "Revision 1" });
    await first.getByText("The first edition").waitFor();
    await page.getByRole("button", { name: "Compare revision 2 with 1" }).click();
    await page.getByRole("dialog", { name: "Compare revisions" }).getByText("1 difference").waitFor();
    await page.keyboard.press("Escape");
    await first.getByRole("button", { name: "Make current" }).click();
    await first.getByText("Current", { exact: true }).waitFor();
    expect(((await json(`/api/templates/${id}`)) as { revision: number }).revision).toBe(1);
    await first.getByRole("button", { name: "Duplicate revision 1" }).click();
    await page.waitForURL(/\/graphs\/tpl-/);
    expect(complaints).toEqual([]);
  });

  it("names every problem of a graph that cannot run, and publishes nothing", async () => {
    const id = `tpl-${randomUUID().slice(0, 13)}`;
    await send(`/api/graphs/${id}`, { ...poster(id), edges: [] }, "PUT");
    const { page } = await open(`/graphs/${id}`, DESK);
    await page.getByRole("button", { name: "Publish", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Publish as a template" });
    await dialog.getByRole("button", { name: "Publish", exact: true }).click();
    await dialog.getByText("It cannot be published as it is.").waitFor();
    await dialog.getByText("Hero node:").first().waitFor();
    expect((await served.fetch(`/api/templates/${id}`)).status).toBe(404);
  });
});

describe.each([
  ["a desk", DESK],
  ["a phone", PHONE],
] as const)("a form on %s", (name, device) => {
  // What one of them made would be free for the other.
  const lamp = `a red lamp on ${name}, ${randomUUID().slice(0, 8)}`;

  it("asks, draws, shows the picture, and runs again with what was asked for", async () => {
    const id = await published();
    const { page, complaints } = await open(`/templates/${id}`, device);
    const form = page.getByRole("form");
    await form.getByRole("button", { name: /^Run/ }).click();
    await form.getByText("Fill this in.").waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("field-product");
    await form.getByRole("textbox", { name: /^Product/ }).fill(lamp);
    await form.getByText("loud").click();
    await form.getByRole("button", { name: /Run.*simulated/ }).waitFor();
    await form.getByRole("button", { name: /^Run/ }).click();
    await isDone(page);
    const result = page.getByRole("region", { name: "Result" });
    await expect
      .poll(
        () =>
          result
            .getByRole("img")
            .first()
            .evaluate((img: HTMLImageElement) => img.naturalWidth),
        { timeout: 15_000 },
      )
      .toBeGreaterThan(500);
    expect(await page.getByText("Hero node").count()).toBe(0);
    expect(page.url()).toContain("?run=run_");

    const made = page.getByRole("region", { name: "Made before" });
    await form.getByRole("textbox", { name: /^Product/ }).fill("something else");
    await made.getByRole("button", { name: "Change and run again" }).first().click();
    expect(await form.getByRole("textbox", { name: /^Product/ }).inputValue()).toBe(lamp);
    expect(await form.getByRole("radio", { name: "loud" }).isChecked()).toBe(true);
    await form.getByRole("button", { name: /Run.*made before/ }).click();
    await expect.poll(() => made.getByRole("article").count(), { timeout: 15_000 }).toBe(2);
    const { runs } = (await json(`/api/runs?templateId=${id}`)) as { runs: { template: { revision: number } }[] };
    expect(runs.map(({ template }) => template.revision)).toEqual([1, 1]);
    expect(complaints).toEqual([]);
  });

  it("takes a picture from a file, and shows what the server says no to at its field", async () => {
    const id = await published();
    const { page } = await open(`/templates/${id}`, device);
    const form = page.getByRole("form");
    const field = form.getByRole("group", { name: /A picture to follow/ });
    const picture = await sharp({ create: { width: 60, height: 40, channels: 3, background: "#c33" } })
      .png()
      .toBuffer();
    await field
      .locator("input[type=file]")
      .first()
      .setInputFiles({ name: "a.png", mimeType: "image/png", buffer: picture });
    await field.getByRole("img", { name: "The picture" }).waitFor();
    await field.getByRole("button", { name: "Remove the picture" }).click();
    await field
      .locator("input[type=file]")
      .first()
      .setInputFiles({ name: "b.png", mimeType: "image/png", buffer: Buffer.from("no") });
    await field.getByRole("alert").waitFor();
    await form.getByRole("textbox", { name: /^Product/ }).fill("sk-abcdefghijklmnop1234567890");
    await form.getByRole("button", { name: /^Run/ }).click();
    await form.getByText("Product holds what looks like a key or a password.").waitFor();
    expect(((await json(`/api/runs?templateId=${id}`)) as { runs: unknown[] }).runs).toEqual([]);
  });

  it("has nothing serious for axe, and nothing wider than the screen", async () => {
    const id = await published();
    const { page } = await open("/templates", { ...device, reducedMotion: "reduce" });
    for (const path of ["/templates", `/templates/${id}`, `/templates/${id}/revisions`]) {
      await page.goto(`${served.base}${path}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    }
  });
});

describe("words of others", () => {
  it("TI-004 are shown as text, wherever a template is shown", async () => {
    const id = `tpl-${randomUUID().slice(0, 13)}`;
    const evil = "<img src=x onerror='window.hit=1'>";
    await send(`/api/graphs/${id}`, { ...poster(id), name: evil }, "PUT");
    const form = { groups: [{ title: evil, help: evil, fields: [{ key: "product", title: evil, help: evil }] }] };
    const made = await send(`/api/graphs/${id}/publish`, {
      description: evil,
      notes: `${evil} [x](javascript:hit())`,
      form,
    });
    expect(made.status).toBe(201);
    const { page } = await open("/templates", DESK);
    for (const path of ["/templates", `/templates/${id}`, `/templates/${id}/revisions`]) {
      await page.goto(`${served.base}${path}`);
      await page.getByText(evil).first().waitFor();
      expect(
        await page.evaluate(() => [(window as { hit?: 1 }).hit, document.querySelectorAll("img[src='x']").length]),
      ).toEqual([undefined, 0]);
    }
  });
});

describe("what came from a file", () => {
  it("TI-005 tells whom it contacts on Home and in the editor, and runs once that is allowed", async () => {
    const { page } = await open("/", DESK);
    await page.getByRole("heading", { name: "Recent runs" }).waitFor();
    const id = `tpl-${randomUUID().slice(0, 13)}`;
    const base = poster(id);
    const hook = {
      id: "tell",
      type: "webhook",
      position: { x: 800, y: 0 },
      config: { url: "https://hooks.example.com/ready", secret: "cms" },
    };
    const file = {
      ...base,
      autoRun: true,
      inputs: [
        { key: "product", type: "text", default: "a lamp" },
        { key: "mood", type: "text", default: "calm" },
      ],
      nodes: [...base.nodes, hook],
      edges: [...base.edges, { id: "w", source: "words", sourceHandle: "text", target: "tell", targetHandle: "data" }],
    };
    await page.getByLabel("Graph file").setInputFiles({
      name: "foreign.json",
      mimeType: "application/json",
      buffer: Buffer.from(JSON.stringify(file)),
    });
    const report = page.getByRole("dialog", { name: /was imported as a draft/ });
    await report.getByText("hooks.example.com").waitFor();
    await report.getByText(/autoRun/).waitFor();
    await report.getByRole("button", { name: "Open the draft" }).click();
    const banner = page.getByRole("region", { name: "This graph came from a file" });
    await banner.getByText("hooks.example.com").waitFor();
    const refused = (await (await send("/api/runs", { graphId: id, to: "words" })).json()) as { code: string };
    expect(refused.code).toBe("CONTACTS_NOT_ALLOWED");
    await banner.getByRole("button", { name: "Allow" }).click();
    await banner.waitFor({ state: "detached" });
    expect(((await json(`/api/graphs/${id}/contacts`)) as { allowed: boolean }).allowed).toBe(true);
    expect((await send("/api/runs", { graphId: id, to: "words" })).status).toBe(202);
  });
});
