import { openBrowser, type Served, serve } from "../../e2e/served.ts";
import { median, ms, quantile, type Row } from "../figures.ts";

const ROWS = 10_000;
const ROUNDS = 3;
/** Turns of the wheel in one round, and how far each goes in pixels. */
const TURNS = 120;
const STEP = 400;

/** A table of 10,000 rows, scrolled by the wheel and jumped through from its top to its end. */
export async function measureTable(say: (text: string) => void): Promise<Row[]> {
  say("table: 10,000 rows");
  const [served, browser] = await Promise.all([serve(), openBrowser()]);
  try {
    const address = `${served.base}/batches/${await manyRows(served)}`;
    const rounds: { wheel: number; jump: number; most: number }[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      say(`table: round ${round} of ${ROUNDS}`);
      const { page, context } = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      await page.goto(served.link);
      await page.goto(address);
      const grid = page.getByRole("grid");
      await grid.getByText("shoe 1", { exact: true }).waitFor();
      await grid.hover();
      await page.evaluate(watchFrames);
      for (let turn = 0; turn < TURNS; turn += 1) await page.mouse.wheel(0, STEP);
      const wheel = quantile(await page.evaluate(takeFrames), 0.95);
      const most = await grid.evaluate(jumpThrough, TURNS);
      const jump = quantile(await page.evaluate(takeFrames), 0.95);
      rounds.push({ wheel, jump, most });
      await context.close();
    }
    const most = Math.max(...rounds.map((round) => round.most));
    return [
      {
        what: "10,000 rows: 95 % of frames, scrolled by the wheel",
        value: ms(median(rounds.map(({ wheel }) => wheel))),
        note: "",
      },
      {
        what: "10,000 rows: 95 % of frames, from the top to the end in 120 jumps",
        value: ms(median(rounds.map(({ jump }) => jump))),
        note: `${most} rows in the document at most`,
      },
    ];
  } finally {
    await browser.close();
    await served.stop();
  }
}

async function manyRows(served: Served): Promise<string> {
  const graph = {
    id: "bench-table",
    inputs: [{ key: "product", type: "text" }],
    nodes: [{ id: "words", type: "prompt", config: { text: "{{product}}" } }],
  };
  const rows = Array.from({ length: ROWS }, (_, index) => [`shoe ${index + 1}`, `SKU-${index}`]);
  const answer = await served.fetch("/api/batches", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ graph, columns: ["product", "sku"], rows, start: false }),
  });
  return ((await answer.json()) as { batchId: string }).batchId;
}

/** Runs in the page: notes the time between frames from here on. */
function watchFrames(): void {
  window.benchFrames = [];
  let last = performance.now();
  const frame = (now: number) => {
    window.benchFrames.push(now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

/** Runs in the page: the frames so far, and begins anew. */
function takeFrames(): number[] {
  const frames = window.benchFrames;
  window.benchFrames = [];
  return frames;
}

/** Runs in the page: scrolls to the end in jumps, one a frame; gives the most rows that were in the document. */
async function jumpThrough(grid: Element, turns: number): Promise<number> {
  let most = 0;
  for (let turn = 0; turn <= turns; turn += 1) {
    grid.scrollTop = ((grid.scrollHeight - grid.clientHeight) * turn) / turns;
    await new Promise((resolve) => requestAnimationFrame(resolve));
    most = Math.max(most, grid.querySelectorAll("[role=row]").length);
  }
  return most;
}
