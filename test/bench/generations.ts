import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readEnv } from "#lib/server/env.ts";
import { openStudio } from "#lib/server/wire.ts";
import { runCli } from "#test/storm/run-cli.ts";
import { type ProviderProcess, startProvider } from "#test/storm/start-provider.ts";
import { bareLoop } from "./bare-loop.ts";
import { percent, type Row } from "./figures.ts";

const PICTURES = 60;
const LATENCY_MS = 300;
/** Best of these counts: the machine's other work can only make a round slower. */
const ROUNDS = 3;
const TARGET = 0.95;

/** `PICTURES` independent generations of one prompt, kept apart by their take. */
function graph(partials: number, salt: string) {
  const ids = Array.from({ length: PICTURES }, (_, index) => `g${index}`);
  return {
    format: "throughline/graph",
    version: 1,
    id: `generations-${salt}`,
    name: "Generations",
    inputs: [],
    nodes: [
      { id: "words", type: "prompt", config: { text: `A trail shoe on wet rock, ${salt}` } },
      ...ids.map((id, index) => ({ id, type: "generate", config: { partials }, take: index + 1 })),
    ],
    edges: ids.map((id) => ({
      id: `e-${id}`,
      source: "words",
      sourceHandle: "text",
      target: id,
      targetHandle: "prompt",
    })),
  };
}

/** How near to the ideal time many paid calls run, over HTTP with a provider in a process of its own. */
export async function measureGenerations(say: (text: string) => void): Promise<Row[]> {
  const rows: Row[] = [];
  const provider = await startProvider({ latencyMs: LATENCY_MS });
  try {
    for (const concurrency of [16, 60])
      for (const partials of [0, 2]) {
        const ideal = Math.ceil(PICTURES / concurrency) * LATENCY_MS;
        const folder = mkdtempSync(join(tmpdir(), "throughline-bench-"));
        const env = readEnv({
          THROUGHLINE_DATA: folder,
          OPENAI_API_KEY: "bench",
          OPENAI_BASE_URL: provider.url,
          BUDGET_RUN_USD: "none",
          BUDGET_DAY_USD: "none",
        });
        const studio = await openStudio(env, { concurrency });
        const took: number[] = [];
        try {
          for (let round = 0; round <= ROUNDS; round += 1) {
            say(
              `provider: ${PICTURES} pictures, ${concurrency} at once, ${partials ? "streamed" : "polled"}, ${round ? `round ${round} of ${ROUNDS}` : "warming up"}`,
            );
            const { runId } = await studio.startRun({ graph: graph(partials, `${concurrency}-${partials}-${round}`) });
            const began = performance.now();
            const status = await studio.drive(runId);
            if (status !== "succeeded") throw new Error(`The run ended as ${status}.`);
            if (round > 0) took.push(performance.now() - began);
          }
        } finally {
          await studio.stop();
          rmSync(folder, { recursive: true, force: true });
        }
        rows.push(
          row(
            `${PICTURES} pictures at ${LATENCY_MS} ms, ${concurrency} at once, ${partials ? "streamed" : "polled"}`,
            ideal,
            took,
            concurrency === 16,
          ),
        );
      }
    rows.push(await inNewProcess(provider, say));
    for (const concurrency of [16, 60]) {
      say(`provider: a bare loop over the SDK, ${concurrency} at once`);
      const took: number[] = [];
      for (let round = 0; round <= ROUNDS; round += 1)
        took.push(await bareLoop(provider.url, PICTURES, concurrency, `${concurrency}-${round}`));
      const ideal = Math.ceil(PICTURES / concurrency) * LATENCY_MS;
      rows.push(
        row(`  a bare loop over the SDK that keeps nothing, ${concurrency} at once`, ideal, took.slice(1), false),
      );
    }
    const { violations } = await provider.ledger();
    if (violations.length > 0) throw new Error(`The provider found rules broken: ${violations[0]}`);
    return rows;
  } finally {
    await provider.stop();
  }
}

function row(what: string, ideal: number, took: number[], judged: boolean): Row {
  const share = ideal / Math.min(...took);
  const rounds = took.map((one) => `${one.toFixed(0)} ms`).join(", ");
  return {
    what,
    value: percent(share),
    beside: `ideal ${ideal} ms`,
    note: judged && share < TARGET ? `${rounds} (wanted: ${percent(TARGET)})` : rounds,
  };
}

/** The same by the command line, whose process has everything still to load; from the run's start to its end, as the run itself tells. */
async function inNewProcess(provider: ProviderProcess, say: (text: string) => void): Promise<Row> {
  const took: number[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    say(`provider: ${PICTURES} pictures, 16 at once, streamed, in a new process, round ${round} of ${ROUNDS}`);
    const folder = mkdtempSync(join(tmpdir(), "throughline-bench-"));
    try {
      const file = join(folder, "graph.json");
      writeFileSync(file, JSON.stringify(graph(2, `cli-${round}`)));
      const settings = { data: join(folder, "data"), url: provider.url };
      const { code, stdout, stderr } = await runCli(["run", file, "--json", "--concurrency", "16"], settings);
      if (code !== 0) throw new Error(`throughline run ended with ${code}: ${stderr}`);
      const { startedAt, endedAt } = JSON.parse(stdout) as { startedAt: number; endedAt: number };
      took.push(endedAt - startedAt);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return row("  the same streamed, by the CLI", Math.ceil(PICTURES / 16) * LATENCY_MS, took, false);
}
