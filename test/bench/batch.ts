import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { LIMITS } from "#lib/protocol/limits.ts";
import type { Studio } from "#lib/runtime/studio-api.ts";
import { readEnv } from "#lib/server/env.ts";
import { openStudio } from "#lib/server/wire.ts";
import { startProvider } from "#test/storm/start-provider.ts";
import { median, ms, type Row } from "./figures.ts";

/** The built-in simulator paints real pictures with this machine's own cores, so it gets fewer. */
const PAINTED_ROWS = 100;
/** Where everything is measured a part of a full table will do. BATCH_ROWS sets another number. */
const FEW_ROWS = 2_000;
/** What a picture takes at the small provider, as one from the simulator does. */
const LATENCY_MS = 120;
/** Rows before memory is looked at: caches and the JIT have filled by then. */
const WARM = 0.2;
const INTERACTIVE = 5;

const graph = (salt: string) => ({
  format: "throughline/graph",
  version: 1,
  id: `bench-${salt.replaceAll(" ", "-")}`,
  name: "Bench",
  inputs: [{ key: "product", type: "text", required: true }],
  nodes: [
    { id: "words", type: "prompt", config: { text: "{{product}}" } },
    { id: "hero", type: "generate", config: { partials: 0, size: "1024x640", format: "jpeg" } },
  ],
  edges: [{ id: "e", source: "words", sourceHandle: "text", target: "hero", targetHandle: "prompt" }],
});
const table = (rows: number, salt: string) => ({
  columns: ["sku", "product"],
  rows: Array.from({ length: rows }, (_, n) => [String(n), `a trail shoe on wet rock, ${salt} ${n}`]),
});

type Sample = { ended: number; rss: number };

/** Least squares: MiB per thousand rows. */
function slope(samples: readonly Sample[]): number {
  const meanX = samples.reduce((sum, s) => sum + s.ended, 0) / samples.length;
  const meanY = samples.reduce((sum, s) => sum + s.rss, 0) / samples.length;
  const over = samples.reduce((sum, s) => sum + (s.ended - meanX) * (s.rss - meanY), 0);
  const under = samples.reduce((sum, s) => sum + (s.ended - meanX) ** 2, 0);
  return under === 0 ? 0 : (over / under) * 1_000;
}

async function oneRun(studio: Studio, salt: string): Promise<number> {
  const began = performance.now();
  const { runId } = await studio.startRun({
    graph: graph("interactive"),
    inputs: { product: `somebody waits for ${salt}` },
  });
  for await (const _event of studio.events(runId, 0)) {
    // Until it ends.
  }
  const run = await studio.run(runId);
  if (run?.status !== "succeeded") throw new Error(`The run beside the batch ended as ${run?.status}.`);
  return performance.now() - began;
}

async function measureOn(studio: Studio, rows: number, what: string, say: (text: string) => void): Promise<Row[]> {
  const { batches } = studio;
  studio.startWorker();
  await oneRun(studio, "warming up");
  const alone: number[] = [];
  for (let n = 0; n < INTERACTIVE; n += 1) alone.push(await oneRun(studio, `alone ${n}`));

  const began = performance.now();
  const { batchId } = await batches.create({ graph: graph(what), table: table(rows, what) });
  const stored = performance.now() - began;
  const samples: Sample[] = [];
  const beside: number[] = [];
  let mostRuns = 0;
  let saidAt = 0;
  for (;;) {
    await sleep(500);
    const head = await batches.head(batchId);
    if (!head) throw new Error("The batch is gone.");
    const ended = head.counts.succeeded + head.counts.failed;
    samples.push({ ended, rss: process.memoryUsage.rss() / 2 ** 20 });
    mostRuns = Math.max(mostRuns, head.counts.running);
    if (head.status !== "running" && head.status !== "queued") {
      if (head.counts.succeeded !== rows) throw new Error(`${head.status}: ${JSON.stringify(head.counts)}`);
      break;
    }
    if (beside.length < INTERACTIVE && ended > (rows * (beside.length + 1)) / (INTERACTIVE + 2))
      beside.push(await oneRun(studio, `beside ${beside.length}`));
    if (performance.now() - saidAt > 10_000) {
      saidAt = performance.now();
      say(`batch: ${what}, ${ended} of ${rows} rows, ${samples.at(-1)?.rss.toFixed(0)} MiB`);
    }
  }
  const took = performance.now() - began;

  const again = await batches.create({ graph: graph(`${what}-off`), table: table(rows, `${what}, called off`) });
  while (((await batches.head(again.batchId))?.counts.running ?? 0) === 0) await sleep(20);
  const cancelAt = performance.now();
  await batches.cancel(again.batchId);
  while ((await batches.head(again.batchId))?.status !== "cancelled") await sleep(5);
  const cancelled = performance.now() - cancelAt;

  const warm = samples.filter(({ ended }) => ended >= rows * WARM);
  const size = `${rows} rows, ${what}`;
  return [
    {
      what: `${size}: rows per second`,
      value: (rows / (took / 1_000)).toFixed(1),
      note: `stored in ${ms(stored)}, at most ${mostRuns} rows under way`,
    },
    {
      what: `${size}: memory per 1,000 rows`,
      value: `${slope(warm).toFixed(2)} MiB`,
      note: `RSS ${warm[0]?.rss.toFixed(0)} MiB after ${Math.round(rows * WARM)} rows, ${samples.at(-1)?.rss.toFixed(0)} MiB at the end`,
    },
    {
      what: `${size}: cancel`,
      value: ms(cancelled),
      note: cancelled < 1_000 ? "within a second" : "MORE THAN A SECOND",
    },
    {
      what: `${size}: a run started meanwhile`,
      value: ms(median(beside)),
      beside: `alone ${ms(median(alone))}`,
      note: "median, one picture each",
    },
  ];
}

/** Tables in a server's own process: a small provider at the other end of HTTP, then the simulator that paints. `whole`: as many rows as a table may have. */
export async function measureBatch(say: (text: string) => void, whole: boolean): Promise<Row[]> {
  const most = Number(process.env.BATCH_ROWS ?? (whole ? LIMITS.batchRows : FEW_ROWS));
  const rows: Row[] = [];
  const provider = await startProvider({ latencyMs: LATENCY_MS, side: 64 });
  const measured = async (count: number, what: string, env: Record<string, string>) => {
    const folder = mkdtempSync(join(tmpdir(), "throughline-bench-"));
    const studio = await openStudio(
      readEnv({
        THROUGHLINE_DATA: folder,
        BUDGET_RUN_USD: "none",
        BUDGET_DAY_USD: "none",
        LOG_LEVEL: "silent",
        ...env,
      }),
    );
    try {
      rows.push(...(await measureOn(studio, count, what, say)));
    } finally {
      await studio.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  };
  try {
    await measured(most, "small pictures over HTTP", { OPENAI_API_KEY: "bench", OPENAI_BASE_URL: provider.url });
  } finally {
    await provider.stop();
  }
  await measured(Math.min(most, PAINTED_ROWS), "painted by the simulator", {});
  return rows;
}
