import { createHmac } from "node:crypto";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBrowser, type Served, serve } from "./served.ts";

let served: Served;
let browser: Awaited<ReturnType<typeof openBrowser>>;
const id = `ways-${Date.now().toString(36)}`;
const json = (method: string, body: unknown): RequestInit => ({
  method,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});
beforeAll(async () => {
  [served, browser] = await Promise.all([serve(), openBrowser()]);
  const graph = {
    id,
    name: "Harbour poster",
    inputs: [{ key: "title", title: "Title", type: "text", required: true }],
    nodes: [
      { id: "words", type: "prompt", config: { text: "{{title}}, a harbour" } },
      { id: "picture", type: "generate", config: { size: "1024x1024", quality: "low", partials: 0 } },
    ],
    edges: [{ id: "e", source: "words", sourceHandle: "text", target: "picture", targetHandle: "prompt" }],
  };
  for (const [path, init] of [
    [`/api/graphs/${id}`, json("PUT", graph)],
    [`/api/graphs/${id}/publish`, json("POST", {})],
  ] as const)
    expect((await served.fetch(path, init)).status).toBe(201);
});
afterAll(async () => {
  await browser?.close();
  await served?.stop();
});

const open = async (): Promise<{ page: Page; complaints: string[] }> => {
  const { page, complaints } = await browser.newPage();
  await page.goto(served.link, { waitUntil: "commit" });
  await page.goto(`${served.base}/templates/${id}/ways-in`);
  await page.getByRole("heading", { name: "Ways in" }).waitFor();
  return { page, complaints };
};
const serious = async (page: Page) =>
  (await new AxeBuilder({ page }).analyze()).violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id: rule, nodes }) => `${rule}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);

describe("the ways into a template", () => {
  test("a hook is made, its secret shown once, called from outside, switched off and removed", async () => {
    const { page, complaints } = await open();
    await page.getByRole("button", { name: "Add a hook" }).click();
    const form = page.getByRole("form", { name: "New hook" });
    await form.getByLabel("Name").fill("Harbour CMS");
    await form.getByLabel("Most in a day, USD").fill("much");
    await form.getByText("Write an amount, like 5.").waitFor();
    await form.getByLabel("Most in a day, USD").fill("2,50");
    await form.getByLabel("Title").fill("post.title");
    await form.getByRole("button", { name: "Make the hook" }).click();
    const shown = page.getByRole("region", { name: "Secret of Harbour CMS" });
    const secret = (await shown.locator("code").textContent()) ?? "";
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(await serious(page)).toEqual([]);
    const card = page.getByRole("article", { name: "Harbour CMS" });
    const lines = (await card.locator("pre").textContent()) ?? "";
    const [, url = ""] = /curl -sS '([^']+)'/.exec(lines) ?? [];
    await shown.getByRole("button", { name: "I have it" }).click();
    await expect.poll(() => page.content()).not.toContain(secret);

    const body = JSON.stringify({ post: { title: "Dawn" } });
    const now = Math.floor(Date.now() / 1000);
    const signature = createHmac("sha256", secret).update(`${now}.${body}`).digest("hex");
    const headers = { "content-type": "application/json", "throughline-timestamp": String(now) };
    const call = (mac: string) =>
      fetch(url, {
        method: "POST",
        body,
        headers: { ...headers, "throughline-signature": `v1=${mac}`, "throughline-delivery": "post-1" },
      });
    expect((await call("0".repeat(64))).status).toBe(401);
    const taken = await call(signature);
    expect(taken.status).toBe(202);
    const { runId } = (await taken.json()) as { runId: string };
    await page.reload();
    const deliveries = page.getByRole("list", { name: "Deliveries of Harbour CMS" });
    await deliveries.getByText("post-1").waitFor();
    expect(await deliveries.getByRole("link", { name: "Run" }).getAttribute("href")).toBe(`/runs/${runId}`);

    await card.getByRole("switch", { name: "Harbour CMS is on" }).click();
    await card.getByText("Off", { exact: true }).waitFor();
    await expect.poll(async () => (await call(signature)).status).toBe(409);
    await card.getByRole("button", { name: "Remove" }).click();
    await card.getByRole("button", { name: "Remove it" }).click();
    await page.getByText("No hooks: nothing from outside can run this template.").waitFor();
    expect((await call(signature)).status).toBe(404);
    expect(complaints).toEqual([]);
  });

  test("a schedule is set in words, shows its next five times, is paused, edited and removed", async () => {
    const { page, complaints } = await open();
    await page.getByRole("button", { name: "Add a schedule" }).click();
    const form = page.getByRole("form", { name: "New schedule" });
    await form.getByLabel("Name").fill("Monday harbour");
    await form.getByLabel("Time zone").selectOption("Europe/Berlin");
    await form.getByLabel("At", { exact: true }).fill("09:30");
    await expect.poll(() => form.getByRole("list", { name: "The next times" }).getByRole("listitem").count()).toBe(5);
    await expect.poll(() => form.getByRole("list", { name: "The next times" }).textContent()).toMatch(/^Mon, .*09:30/);
    await form.getByRole("button", { name: "Start the schedule" }).click();
    await form.getByText("Fill this in.").waitFor();
    await form.getByLabel("Title").fill("Monday");
    await form.getByLabel("How often").selectOption("own");
    await form.getByLabel("Expression").fill("never");
    await form.getByText(/Write five fields/).waitFor();
    await form.getByLabel("Expression").fill("30 9 * * 1");
    await form.getByRole("button", { name: "Start the schedule" }).click();
    const card = page.getByRole("article", { name: "Monday harbour" });
    await card.getByText("Every Monday at 09:30, Europe/Berlin").waitFor();
    expect(await serious(page)).toEqual([]);
    await card.getByRole("switch", { name: "Monday harbour is on" }).click();
    await card.getByText("Off", { exact: true }).waitFor();
    await card.getByRole("button", { name: "Edit" }).click();
    const edit = page.getByRole("form", { name: "Edit Monday harbour" });
    await edit.getByLabel("How often").selectOption("day");
    await edit.getByRole("button", { name: "Save" }).click();
    await card.getByText("Every day at 09:30, Europe/Berlin").waitFor();
    await card.getByRole("button", { name: "Remove" }).click();
    await card.getByRole("button", { name: "Remove it" }).click();
    await page.getByText("Nothing runs by itself.").waitFor();
    expect(complaints).toEqual([]);
  });

  test("SC-006 a secret is entered under Settings, sent once, and never shown again", async () => {
    const { page } = await open();
    await page.goto(`${served.base}/settings`);
    await page.getByLabel("Name", { exact: true }).fill(id);
    await page.getByLabel("Used for").fill("https://cms.example.com/in");
    await page.getByLabel("Signing secret").fill("CANARY-signing-secret");
    await page.getByRole("button", { name: "Store the secret" }).click();
    await page.getByText("It signs what goes to https://cms.example.com and nothing else.").waitFor();
    await page.reload();
    const stored = page.getByRole("list", { name: "Stored secrets" }).getByText(id);
    await stored.waitFor();
    expect(await page.content()).not.toContain("CANARY");
    await page.getByRole("button", { name: `Remove ${id}` }).click();
    await stored.waitFor({ state: "detached" });
  });

  test("is reached from the form, and says how assistants are set up", async () => {
    const { page } = await open();
    await page.goto(`${served.base}/templates/${id}`);
    await page.getByRole("link", { name: "Ways in" }).click();
    await page.getByRole("heading", { name: "Assistants" }).waitFor();
    await expect
      .poll(() => page.locator("pre").allTextContents())
      .toEqual(
        expect.arrayContaining([expect.stringContaining('"mcp"'), expect.stringContaining(`${served.base}/api/mcp`)]),
      );
  });
});
