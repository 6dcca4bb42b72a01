import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { stripTypeScriptTypes } from "node:module";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { openDexieStore } from "#lib/client/editor/drafts/dexie-store.ts";
import type { DraftsUnavailable } from "#lib/client/editor/drafts/draft-store.ts";
import { STORE_RULES } from "#test/client/editor/drafts/store-rules.ts";
import { openBrowser } from "./served.ts";

const ROOT = new URL("../..", import.meta.url).pathname;
const DRAFTS = "/lib/client/editor/drafts";
/** Puts the product's own modules where a test can reach them. */
const HOME = `<!doctype html><title>store</title><link rel="icon" href="data:,">
<script type="importmap">{"imports":{"dexie":"/node_modules/dexie/dist/modern/dexie.mjs"}}</script>
<script type="module">
import { openDexieStore } from "${DRAFTS}/dexie-store.ts";
import { DraftsUnavailable } from "${DRAFTS}/draft-store.ts";
import { STORE_RULES as RULES } from "/test/client/editor/drafts/store-rules.ts";
Object.assign(window, { openDexieStore, DraftsUnavailable, RULES });
</script>`;
type InPage = {
  openDexieStore: typeof openDexieStore;
  DraftsUnavailable: typeof DraftsUnavailable;
  RULES: typeof STORE_RULES;
};

let files: Server;
let base: string;
let browser: Awaited<ReturnType<typeof openBrowser>>;
beforeAll(async () => {
  // The very files of the product, their types taken out, as modules of a page.
  files = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://here").pathname;
    if (path === "/") return response.setHeader("content-type", "text/html").end(HOME);
    const text = readFileSync(join(ROOT, path), "utf8");
    response.setHeader("content-type", "text/javascript");
    response.end(path.endsWith(".ts") ? stripTypeScriptTypes(text) : text);
  }).listen(0, "127.0.0.1");
  browser = await openBrowser();
  base = `http://127.0.0.1:${(files.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await browser?.close();
  files?.close();
});

let page: Page;
beforeEach(async () => {
  ({ page } = await browser.newPage());
  await page.goto(base);
  await loaded();
});
const loaded = () => page.waitForFunction(() => "RULES" in window);

describe("the store of drafts in a browser", () => {
  it.each(STORE_RULES.map(({ name }) => name))("%s", async (name) => {
    await page.evaluate(async (wanted) => {
      const { openDexieStore, RULES } = window as unknown as InPage;
      const rule = RULES.find((one) => one.name === wanted);
      if (!rule) throw new Error("no such rule");
      await rule.check(await openDexieStore());
    }, name);
  });

  it("outlives the page", async () => {
    await page.evaluate(async () => {
      const { openDexieStore } = window as unknown as InPage;
      await (await openDexieStore()).writeView("g", { x: 1, y: 2, zoom: 3 });
    });
    await page.reload();
    await loaded();
    const found = await page.evaluate(async () => {
      const { openDexieStore } = window as unknown as InPage;
      return await (await openDexieStore()).view("g");
    });
    expect(found).toMatchObject({ x: 1, y: 2, zoom: 3 });
  });

  it("CO-006 brings the drafts of an older layout along", async () => {
    const texts = await page.evaluate(async () => {
      await new Promise<void>((resolve, reject) => {
        const request = indexedDB.open("throughline-drafts", 10);
        request.onupgradeneeded = () => {
          request.result
            .createObjectStore("drafts", { keyPath: "id" })
            .put({ id: "g", document: { name: "old" }, dirty: true, at: 1 });
        };
        request.onsuccess = () => {
          request.result.close();
          resolve();
        };
        request.onerror = () => reject(request.error);
      });
      const { openDexieStore } = window as unknown as InPage;
      return (await (await openDexieStore()).drafts("g")).map(({ document, tab }) => [document.name, tab]);
    });
    expect(texts).toEqual([["old", "before"]]);
  });

  it("CO-006 leaves the drafts of a newer program alone, and says so", async () => {
    const [reason, kept] = await page.evaluate(async () => {
      const open = (version?: number) =>
        new Promise<IDBDatabase>((resolve, reject) => {
          const request = indexedDB.open("throughline-drafts", version);
          request.onupgradeneeded = () => {
            request.result.createObjectStore("tabDrafts", { keyPath: "key" }).put({ key: 1, words: "of the future" });
          };
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      (await open(90)).close();
      const { openDexieStore, DraftsUnavailable } = window as unknown as InPage;
      const failure = await openDexieStore().then(
        () => undefined,
        (error: unknown) => error,
      );
      const db = await open();
      const all = db.transaction("tabDrafts").objectStore("tabDrafts").getAll();
      const rows = await new Promise<unknown[]>((resolve) => {
        all.onsuccess = () => resolve(all.result);
      });
      return [
        failure instanceof DraftsUnavailable ? failure.reason : String(failure),
        { version: db.version, stores: [...db.objectStoreNames], rows },
      ];
    });
    expect(reason).toBe("newer");
    expect(kept).toEqual({ version: 90, stores: ["tabDrafts"], rows: [{ key: 1, words: "of the future" }] });
  });

  it("CO-006 makes way for a newer program in another tab, and never writes the old layout again", async () => {
    const reason = await page.evaluate(async () => {
      const { openDexieStore, DraftsUnavailable } = window as unknown as InPage;
      const store = await openDexieStore();
      await new Promise<void>((resolve, reject) => {
        const request = indexedDB.open("throughline-drafts", 90);
        request.onsuccess = () => {
          request.result.close();
          resolve();
        };
        request.onerror = () => reject(request.error);
      });
      return await store.writeView("g", { x: 0, y: 0, zoom: 1 }).then(
        () => "written",
        (error: unknown) => (error instanceof DraftsUnavailable ? error.reason : String(error)),
      );
    });
    expect(reason).toBe("newer");
  });

  it("says what is the matter where the browser has no database", async () => {
    const reason = await page.evaluate(async () => {
      const { openDexieStore, DraftsUnavailable } = window as unknown as InPage;
      Object.defineProperty(window, "indexedDB", { value: undefined });
      return await openDexieStore().then(
        () => "opened",
        (error: unknown) => (error instanceof DraftsUnavailable ? error.reason : String(error)),
      );
    });
    expect(reason).toBe("missing");
  });
});
