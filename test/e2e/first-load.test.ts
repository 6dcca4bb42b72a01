import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
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

/** Kilobytes (1,000 bytes) of gzipped JavaScript an editor may load before it can be used. */
const BUDGET_KB = 350;
/** Words that only code for a server holds: drivers, native modules, the provider's client, the runtime. */
const SERVER_SIDE = [
  "node:sqlite",
  "node:fs",
  "vips_",
  "OPENAI_API_KEY",
  "THROUGHLINE_TOKEN",
  "maxRetries",
  "kysely",
  "in_doubt_until",
];

describe("the editor's first load", () => {
  test(`is at most ${BUDGET_KB} kB of gzipped JavaScript, and nothing of the server is in it`, async () => {
    const { page } = await browser.newPage();
    await page.goto(served.link);
    const scripts = new Map<string, string>();
    const reading: Promise<unknown>[] = [];
    page.on("response", (response) => {
      if (/\.js(\?|$)/.test(response.url()))
        reading.push(response.text().then((text) => scripts.set(response.url().replace(served.base, ""), text)));
    });
    await page.goto(`${served.base}/graphs/first-load`);
    await page.locator(".react-flow").waitFor();
    // What comes by itself a moment later is part of the first load too.
    for (let seen = -1; seen < reading.length; await page.waitForTimeout(1_500)) seen = reading.length;
    await Promise.all(reading);
    const sizes = [...scripts].map(([path, text]) => ({ path, kb: gzipSync(text).length / 1000 }));
    const total = sizes.reduce((sum, { kb }) => sum + kb, 0);
    const shown = sizes
      .sort((a, b) => b.kb - a.kb)
      .map(({ path, kb }) => `${kb.toFixed(1)} ${path}`)
      .join("\n");
    expect(scripts.size).toBeGreaterThan(3);
    expect(total, shown).toBeLessThanOrEqual(BUDGET_KB);
    const foreign = [...scripts].flatMap(([path, text]) =>
      SERVER_SIDE.filter((word) => text.includes(word)).map((word) => `${word} in ${path}`),
    );
    expect(foreign).toEqual([]);
    await page.context().close();
  });
});
