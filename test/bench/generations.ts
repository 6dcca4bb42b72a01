import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readEnv } from "#lib/server/env.ts";
import { openStudio } from "#lib/server/wire.ts";
import { startProvider } from "#test/storm/start-provider.ts";
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
        const best = Math.min(...took);
        rows.push({
          what: `${PICTURES} pictures at ${LATENCY_MS} ms, ${concurrency} at once, ${partials ? "streamed" : "polled"}`,
          value: percent(ideal / best),
          beside: `ideal ${ideal} ms`,
          note: `${took.map((one) => `${one.toFixed(0)} ms`).join(", ")}${ideal / best < TARGET ? ` (wanted: ${percent(TARGET)})` : ""}`,
        });
      }
    const { violations } = await provider.ledger();
    if (violations.length > 0) throw new Error(`The provider found rules broken: ${violations[0]}`);
    return rows;
  } finally {
    await provider.stop();
  }
}
