import { readFileSync } from "node:fs";
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { badge, draftsIn, nameOf, openGraph, savedGraph, signIn, stored } from "./draft-pages.ts";
import { newData, openBrowser, type Served, serve } from "./served.ts";

const DEMO = JSON.parse(readFileSync(new URL("../../public/graphs/demo.json", import.meta.url), "utf8")) as {
  nodes: object[];
  edges: object[];
  inputs?: object[];
};

let browser: Awaited<ReturnType<typeof openBrowser>>;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

describe("a server that goes away", { timeout: 150_000 }, () => {
  const own = () => serve({ THROUGHLINE_DATA: newData() });
  const again = (gone: Served) => serve({ THROUGHLINE_DATA: gone.data, PORT: String(gone.port) });

  it("CO-004 unsaved edits stay in the browser, a banner says so, and they are saved when it is back", async () => {
    const first = await own();
    const id = await savedGraph(first);
    const { page, context } = await browser.newPage();
    await signIn(page, first);
    await openGraph(page, first, id);
    await first.stop("SIGKILL");
    await nameOf(page).fill("Typed without a server");
    await badge(page, "offline").waitFor({ timeout: 15_000 });
    await page.getByText("Your changes are kept in this browser").waitFor();
    await expect.poll(() => draftsIn(page, id)).toContain("Typed without a server");
    const second = await again(first);
    await badge(page, "saved").waitFor({ timeout: 45_000 });
    expect(await stored(second, id)).toMatchObject({ name: "Typed without a server" });
    await page.getByText("Your changes are kept in this browser").waitFor({ state: "detached" });
    await context.close();
    await second.stop();
  });

  it("PF-003 killed during a run that is watched and an upload: all three go on by themselves", async () => {
    const first = await own();
    const { nodes, edges, inputs } = DEMO;
    const id = await savedGraph(first, { name: "Watched", nodes, edges, inputs });
    const { page, context } = await browser.newPage();
    await signIn(page, first);
    await openGraph(page, first, id);
    await page.getByRole("region", { name: "Run", exact: true }).getByRole("button", { name: /^Run/ }).click();
    const runs = async (server: Served) =>
      ((await (await server.fetch(`/api/runs?graphId=${id}`)).json()) as { runs: { runId: string; status: string }[] })
        .runs;
    await expect.poll(async () => (await runs(first))[0]?.status, { timeout: 20_000 }).toBe("running");
    // A call whose id nobody heard would rightly wait for a person; this is about what goes on by itself.
    const { runId = "" } = (await runs(first))[0] ?? {};
    await expect
      .poll(async () => (await (await first.fetch(`/api/runs/${runId}`)).text()).includes("responseId"), {
        interval: 20,
      })
      .toBe(true);
    // Half of an upload is on its way when the server goes.
    const cut = new Promise<void>((resolve) => {
      const upload = request({
        host: "127.0.0.1",
        port: first.port,
        method: "POST",
        path: "/api/assets",
        headers: { authorization: `Bearer ${first.token}`, "content-type": "image/png", "content-length": "200000" },
      });
      upload.on("error", () => resolve());
      upload.on("close", () => resolve());
      upload.write(Buffer.alloc(100_000));
    });
    await nameOf(page).fill("Named while it runs");
    await first.stop("SIGKILL");
    await cut;
    const second = await again(first);
    await expect.poll(async () => (await runs(second))[0]?.status, { timeout: 60_000 }).toBe("succeeded");
    expect(await runs(second)).toHaveLength(1);
    await badge(page, "saved").waitFor({ timeout: 45_000 });
    expect(await stored(second, id)).toMatchObject({ name: "Named while it runs" });
    await page.getByRole("region", { name: "The last run" }).getByText(/^Done/).waitFor({ timeout: 30_000 });
    await context.close();
    await second.stop();
  });
});
