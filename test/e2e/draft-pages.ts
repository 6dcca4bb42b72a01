import type { BrowserContext, Page } from "playwright-core";
import type { Served } from "./served.ts";

const JSON_BODY = { "content-type": "application/json" };
let made = 0;

/** An id nobody has used on this server. */
export const newGraphId = (): string => {
  made += 1;
  return `drafts-${Date.now().toString(36)}-${made}`;
};

/** A small graph of words, saved under a fresh id. */
export async function savedGraph(served: Served, parts: object = {}): Promise<string> {
  const id = newGraphId();
  const text = (name: string, x: number) => ({
    id: name,
    type: "text",
    title: name,
    position: { x, y: 0 },
    config: { text: `The words of ${name}, long enough to be compared word by word` },
  });
  const graph = { id, name: "As it was", nodes: [text("first", 0), text("second", 360)], ...parts };
  const answer = await served.fetch(`/api/graphs/${id}`, {
    method: "PUT",
    headers: JSON_BODY,
    body: JSON.stringify(graph),
  });
  if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
  return id;
}

export type Stored = {
  id: string;
  name: string;
  description?: string;
  nodes: { id: string; config: { text?: string } }[];
};

/** The newest revision of a graph; undefined when there is none. */
export async function stored(served: Served, id: string): Promise<Stored | undefined> {
  const answer = await served.fetch(`/api/graphs/${id}`);
  return answer.ok ? ((await answer.json()) as Stored) : undefined;
}

/** How often a graph was saved. */
export async function revisions(served: Served, id: string): Promise<number> {
  const answer = await served.fetch(`/api/graphs/${id}/revisions`);
  return answer.ok ? ((await answer.json()) as { revisions: unknown[] }).revisions.length : 0;
}

/** Saves over the newest revision, as somebody else would. */
export async function saveElsewhere(served: Served, id: string, edit: (graph: Stored) => object): Promise<void> {
  const now = await served.fetch(`/api/graphs/${id}`);
  const answer = await served.fetch(`/api/graphs/${id}`, {
    method: "PUT",
    headers: { ...JSON_BODY, "if-match": now.headers.get("etag") ?? "" },
    body: JSON.stringify(edit((await now.json()) as Stored)),
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
}

/** Signs a browser in; its tabs share the session from then on. */
export async function signIn(page: Page, served: Served): Promise<void> {
  await page.goto(served.link);
  await page.waitForURL(`${served.base}/`);
}

/** Opens a graph in a tab and waits until it can be worked on. */
export async function openGraph(page: Page, served: Served, id: string): Promise<void> {
  await page.goto(`${served.base}/graphs/${id}`);
  await nameOf(page).waitFor({ timeout: 30_000 });
  await badge(page).waitFor();
}

export const nameOf = (page: Page) => page.getByLabel("Name of the graph");
/** The badge, in this state when one is given. */
export const badge = (page: Page, state?: string) =>
  page.locator(state === undefined ? "button[data-save]" : `button[data-save="${state}"]`);

/** What the browser keeps of a graph: the names in its drafts. */
export const draftsIn = (page: Page, id: string): Promise<string[]> =>
  page.evaluate(async (wanted) => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open("throughline-drafts");
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const all = db.transaction("tabDrafts").objectStore("tabDrafts").getAll();
    const rows = await new Promise<{ id: string; document: { name: string } }[]>((resolve) => {
      all.onsuccess = () => resolve(all.result);
    });
    db.close();
    return rows.filter((row) => row.id === wanted).map((row) => row.document.name);
  }, id);

/** Ends a tab as a crash would: nothing in it runs any more. */
export async function crash(context: BrowserContext, page: Page): Promise<void> {
  const crashed = page.waitForEvent("crash");
  const session = await context.newCDPSession(page);
  session.send("Page.crash").catch(() => {});
  await crashed;
}

/** The choice between two versions; opened when it is not open by itself. */
export async function openConflict(page: Page) {
  const dialog = page.getByRole("dialog", { name: "This graph was changed elsewhere" });
  if (!(await dialog.isVisible())) await badge(page).click();
  await dialog.waitFor();
  return dialog;
}
