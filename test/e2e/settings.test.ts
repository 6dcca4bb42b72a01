import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newData, openBrowser, type Served, serve } from "./served.ts";

let served: Served;
let browser: Awaited<ReturnType<typeof openBrowser>>;
const KEY = "sk-CANARY-browser-0123456789";

beforeAll(async () => {
  const data = newData();
  // A server of its own, with a folder of its own for the key that seals: the key of whoever runs the tests stays as it is.
  served = await serve({ THROUGHLINE_DATA: data, XDG_CONFIG_HOME: join(data, "..", "config") });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await served.stop();
});

const everyFile = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? everyFile(path) : [path];
  });

describe("the settings page", () => {
  test("SC-006 a key typed in the browser is sent once, sealed on the server and kept nowhere else", async () => {
    const { page, complaints } = await browser.newPage();
    const bodies: string[] = [];
    page.on("request", (request) => {
      if (`${request.url()} ${request.postData() ?? ""}`.includes("CANARY")) bodies.push(request.url());
    });
    await page.goto(served.link);
    await page.goto(`${served.base}/settings`);
    await page.getByLabel("OpenAI key").fill(KEY);
    await page.getByRole("button", { name: "Store the key" }).click();
    await page.getByText("OpenAI draws; runs are paid for.").waitFor();
    expect(bodies).toEqual([`${served.base}/api/settings/key`]);
    const kept = await page.evaluate(async () => {
      const databases = await indexedDB.databases();
      return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, databases, document.cookie, location.href]);
    });
    expect(kept).not.toContain("CANARY");
    expect(await page.content()).not.toContain("CANARY");
    for (const file of everyFile(served.data)) expect(readFileSync(file).includes("CANARY"), file).toBe(false);

    await page.getByRole("button", { name: "Remove the key" }).click();
    await page.getByText("The simulator draws; nothing is paid.").waitFor();
    expect(complaints).toEqual([]);
  });

  test("a budget holds at once, survives a reload and goes back to its default", async () => {
    const { page } = await browser.newPage();
    await page.goto(served.link);
    await page.goto(`${served.base}/settings`);
    const field = page.getByLabel("One run");
    await field.fill("much");
    await field.press("Enter");
    await page.getByText("Write an amount in USD").waitFor();
    await field.fill("2.5");
    await field.press("Enter");
    await page.getByText("Saved; it holds from now on.").waitFor();
    await page.reload();
    await expect.poll(() => page.getByLabel("One run").inputValue()).toBe("2.5");
    await page.getByRole("button", { name: "Back to the default" }).click();
    await expect.poll(() => page.getByLabel("One run").inputValue()).toBe("5");
  });

  test("light and dark can be chosen, and the choice is there before the next page is drawn", async () => {
    const { page } = await browser.newPage({ colorScheme: "dark", viewport: { width: 1440, height: 900 } });
    await page.goto(served.link);
    await page.goto(`${served.base}/settings`);
    await page.getByRole("radio", { name: "Light" }).check();
    await page.goto(`${served.base}/runs`);
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe("rgb(254, 254, 254)");
  });
});
