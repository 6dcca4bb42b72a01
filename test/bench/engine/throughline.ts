import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFileAssets } from "#lib/adapters/files/file-assets.ts";
import { createSharpOps } from "#lib/adapters/sharp/sharp-image-ops.ts";
import { openSqliteJournal } from "#lib/adapters/sql/sqlite/open.ts";
import { canonical } from "#lib/engine/cache-key.ts";
import type { Graph } from "#lib/protocol/graph.ts";
import { createCallSlots } from "#lib/runtime/call-slots.ts";
import { catalogueOf } from "#lib/runtime/catalogue.ts";
import { newId, sha256 } from "#lib/runtime/digest.ts";
import { executeRun } from "#lib/runtime/execute-run.ts";
import { createImageTools } from "#lib/runtime/image-tools.ts";
import { createPace } from "#lib/runtime/pace.ts";
import { type Provider, ProviderError } from "#lib/runtime/ports.ts";
import type { RunPorts } from "#lib/runtime/run-ports.ts";
import { systemClock } from "#lib/runtime/system-clock.ts";
import { createTurnstile } from "#lib/runtime/turnstile.ts";
import type { AnyNode } from "#lib/sdk/define-node.ts";
import { createRegistry } from "#lib/sdk/registry.ts";
import { NODES } from "#nodes/index.ts";

const nobody = async (): Promise<never> => {
  throw new ProviderError("rejected", "none", "There is no provider here.");
};
const noProvider: Provider = {
  name: "none",
  simulated: false,
  estimate: () => 0,
  send: nobody,
  fetch: nobody,
  cancel: nobody,
};

/** The real runtime over the real journal and asset store in a folder of its own. Node limits of documents are not asked. */
export async function openEngine() {
  const folder = mkdtempSync(join(tmpdir(), "throughline-bench-"));
  const clock = systemClock;
  const journal = await openSqliteJournal({ folder, now: clock.now });
  const assets = createFileAssets({ folder });
  const ops = createSharpOps();
  const marks: number[] = [];
  const marked = NODES.map((node): AnyNode => {
    const run = node.run as AnyNode["run"];
    return {
      ...(node as AnyNode),
      run(ctx, inputs, config) {
        marks.push(performance.now());
        return run(ctx, inputs, config);
      },
    };
  });
  const registry = createRegistry(marked);
  const ports: RunPorts = {
    journal,
    provider: noProvider,
    assets,
    ops,
    slots: createCallSlots(16, clock.monotonic),
    pace: createPace(journal, clock, {}, noProvider.name),
    clock,
    dayCapMicro: null,
    flights: new Map(),
    imageTools: (about) => createImageTools({ ops, assets, putAssetInfo: (info) => journal.putAssetInfo(info), about }),
    local: createTurnstile(4),
    calm: async () => {},
    room: async () => {},
    storing: createTurnstile(2),
    logError: (message, error) => console.error(message, error),
    registry,
    catalogue: catalogueOf(registry),
    changed: () => {},
    show: () => {},
    preview: async () => undefined,
  };
  return {
    /** One run to its end. `perStep`: from one node's start to the next one's, in ms; `total`: the whole of the run. */
    async run(graph: Graph): Promise<{ total: number; perStep: number[] }> {
      const hash = sha256(canonical(graph));
      await journal.putGraph(graph, hash);
      const { runId } = await journal.createRun({
        id: newId("run", clock.now()),
        graphHash: hash,
        graphId: graph.id,
        graphName: graph.name,
        params: { inputs: {}, inDoubt: "hold" },
        status: "queued",
        priority: 0,
        budgetMicro: null,
        simulated: false,
        createdAt: clock.now(),
      });
      const run = await journal.claim("bench", 600_000, runId);
      if (!run) throw new Error("The run could not be claimed.");
      marks.length = 0;
      const began = performance.now();
      const status = await executeRun(ports, { run, stop: new AbortController().signal, checkLease: () => {} });
      const total = performance.now() - began;
      if (status !== "succeeded") throw new Error(`The run ended as ${status}.`);
      return { total, perStep: marks.slice(1).map((mark, index) => mark - marks[index]!) };
    },
    async close(): Promise<void> {
      await journal.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
