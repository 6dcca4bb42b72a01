import type { Route } from "playwright-core";
import type { Graph } from "#lib/protocol/graph.ts";
import { openBrowser, type Served, serve } from "../../e2e/served.ts";
import { median, ms, type Row, times } from "../figures.ts";
import { serveBare } from "./bare-server.ts";
import { dragging, panning, usableAfter, watchFrames } from "./gestures.ts";
import { largeGraph, somePictures } from "./large-graph.ts";

const SIZES = [1000, 2000];
const ROUNDS = 3;
/** Longest side of the pictures on cards: near, and from far away. */
const WIDTHS = [640, 160];

/** What is measured, and how much of the bare page's time the editor may take. */
const FIGURES = [
  ["usable", "time until it can be used", 1.5],
  ["panFar", "95 % of frames, panning, everything in view", 1.1],
  ["dragFar", "95 % of frames, one card dragged, everything in view", 1.1],
  ["panNear", "95 % of frames, panning at 100 %", 1.1],
  ["dragNear", "95 % of frames, one card dragged at 100 %", 1.1],
] as const;
type Figures = Record<(typeof FIGURES)[number][0], number>;

/** The editor beside a bare React Flow page with the same nodes, pictures and wires; turn by turn in one run. */
export async function measureEditor(say: (text: string) => void): Promise<Row[]> {
  say("editor: the product and the bare page");
  const [served, browser] = await Promise.all([serve(), openBrowser()]);
  const { graphs, previews } = await prepare(served);
  const bare = await serveBare(graphs, previews);
  try {
    const rows: Row[] = [];
    for (const count of SIZES) {
      const ours: Figures[] = [];
      const theirs: Figures[] = [];
      for (let round = 1; round <= ROUNDS; round += 1) {
        say(`editor: ${count} nodes, round ${round} of ${ROUNDS}`);
        ours.push(
          await measurePage(browser, `${served.base}/graphs/bench-${count}`, {
            link: served.link,
            graph: graphs.get(count),
          }),
        );
        theirs.push(await measurePage(browser, `${bare.base}/?count=${count}`));
      }
      for (const [key, what, most] of FIGURES) {
        const [a, b] = [median(ours.map((one) => one[key])), median(theirs.map((one) => one[key]))];
        const ratio = a / b;
        rows.push({
          what: `${count} nodes: ${what}`,
          value: ms(a),
          beside: ms(b),
          note: `${times(ratio)} of the bare page (at most ${times(most)})${ratio > most ? " ← too slow" : ""}`,
        });
      }
    }
    return rows;
  } finally {
    bare.close();
    await browser.close();
    await served.stop();
  }
}

/** Stores the pictures, and takes the previews the cards will show. */
async function prepare(served: Served) {
  const assets: string[] = [];
  const previews = new Map<string, Buffer>();
  for (const bytes of await somePictures()) {
    const answer = await served.fetch("/api/assets", {
      method: "POST",
      headers: { "content-type": "image/png" },
      body: new Uint8Array(bytes),
    });
    const { asset } = (await answer.json()) as { asset: string };
    assets.push(asset);
    for (const width of WIDTHS) {
      // Asked for once before anything is measured: making previews is the server's work, not the page's.
      const preview = await served.fetch(`/api/assets/${asset.slice(7)}?w=${width}`);
      const held = Buffer.from(await preview.arrayBuffer());
      if (width === WIDTHS[0]) previews.set(asset, held);
    }
  }
  const graphs = new Map(SIZES.map((count) => [count, largeGraph(`bench-${count}`, count, assets)]));
  return { graphs, previews };
}

/**
 * The server takes no graph of this size (its limit is lower), so the browser is answered here; everything else is the product. The bare
 * page is routed the same way, for routing costs time.
 */
const answerAsServer = (route: Route, graph: Graph | undefined): Promise<void> =>
  route.request().method() === "GET"
    ? route.fulfill({ json: graph, headers: { etag: '"1"', "throughline-revision": "1" } })
    : route.fulfill({ json: { revision: 2, etag: "2" } });

async function measurePage(
  browser: Awaited<ReturnType<typeof openBrowser>>,
  url: string,
  product?: { link: string; graph?: Graph },
): Promise<Figures> {
  const { page, context } = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  try {
    if (product) await page.goto(product.link);
    await page.route("**/api/graphs/bench-*", (route) => answerAsServer(route, product?.graph));
    await page.addInitScript(watchFrames);
    await page.goto(url);
    const usable = await usableAfter(page);
    const [panFar, dragFar] = [await panning(page), await dragging(page)];
    await page.keyboard.press("0");
    await page.waitForFunction(() =>
      document.querySelector(".react-flow__viewport")?.getAttribute("style")?.includes("scale(1)"),
    );
    await page.waitForLoadState("networkidle");
    const [panNear, dragNear] = [await panning(page), await dragging(page)];
    return { usable, panFar, dragFar, panNear, dragNear };
  } finally {
    await context.close();
  }
}
