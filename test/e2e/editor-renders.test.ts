import { afterAll, beforeAll, expect, test } from "vitest";
import { openGraph, savedGraph, signIn } from "./draft-pages.ts";
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

/** Counts, by card, the components React really ran in each commit; React tells them to whoever looks like its developer tools. */
function countRenders() {
  type Fiber = {
    child: Fiber | null;
    sibling: Fiber | null;
    alternate: Fiber | null;
    flags: number;
    stateNode: unknown;
  };
  const ran = new Map<string, number>();
  // What React marks a fiber with when it called its component in this commit.
  const PERFORMED = 1;
  const visit = (fiber: Fiber | null, card: string): void => {
    for (let one = fiber; one; one = one.sibling) {
      const element = one.stateNode instanceof Element ? one.stateNode : undefined;
      const inside = element?.classList.contains("react-flow__node") ? (element.getAttribute("data-id") ?? "") : card;
      const before = one.alternate;
      if (inside !== "" && (one.flags & PERFORMED) !== 0 && element === undefined)
        ran.set(inside, (ran.get(inside) ?? 0) + 1);
      // The same child object as before: React did not go in there.
      if (before === null || one.child !== before.child) visit(one.child, inside);
    }
  };
  Object.assign(window, {
    ran,
    __REACT_DEVTOOLS_GLOBAL_HOOK__: {
      supportsFiber: true,
      renderers: new Map(),
      inject: () => 1,
      onCommitFiberUnmount() {},
      onPostCommitFiberRoot() {},
      onCommitFiberRoot: (_id: number, root: { current: Fiber }) => visit(root.current.child, ""),
    },
  });
}

test("typing in a prompt renders its own card and no other", async () => {
  const nodes = Array.from({ length: 8 }, (_, index) => ({
    id: `n${index}`,
    type: "prompt",
    position: { x: 380 * (index % 4), y: 330 * Math.floor(index / 4) },
  }));
  const id = await savedGraph(served, { nodes, edges: [] });
  const { page } = await browser.newPage();
  await page.addInitScript(countRenders);
  await signIn(page, served);
  await openGraph(page, served, id);
  await page.locator('.react-flow__node[data-id="n0"]').getByRole("heading").click();
  await page.getByRole("textbox", { name: "Text", exact: true }).click();
  await page.waitForTimeout(800);
  const ran = () => page.evaluate(() => Object.fromEntries((window as unknown as { ran: Map<string, number> }).ran));
  expect(Object.keys(await ran()).length).toBeGreaterThanOrEqual(8);
  await page.evaluate(() => (window as unknown as { ran: Map<string, number> }).ran.clear());
  await page.keyboard.type("A trail sneaker");
  await page.locator('.react-flow__node[data-id="n0"]').getByText("A trail sneaker").waitFor();
  expect(Object.keys(await ran())).toEqual(["n0"]);
});
