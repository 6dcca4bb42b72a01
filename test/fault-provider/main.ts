import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { serveSimulator } from "#lib/adapters/simulator/serve.ts";
import type { FaultScript } from "#lib/adapters/simulator/simulator.ts";

/*
 * The simulator as a process of its own, so that it outlives the process under test being killed:
 *   node test/fault-provider/main.ts [--port N] [--folder DIR] [--latency MS] [--faults FILE.json] [--dedupe METADATA_KEY]
 * The first line on stdout is {"url": "http://127.0.0.1:PORT/v1"}. It ends on SIGTERM.
 */
const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    folder: { type: "string" },
    latency: { type: "string" },
    faults: { type: "string" },
    dedupe: { type: "string" },
  },
});

const served = await serveSimulator({
  port: Number(values.port),
  ...(values.folder ? { folder: values.folder } : {}),
  ...(values.latency ? { latencyMs: Number(values.latency) } : {}),
  ...(values.faults ? { faults: JSON.parse(readFileSync(values.faults, "utf8")) as FaultScript } : {}),
  ...(values.dedupe ? { dedupeKey: values.dedupe } : {}),
});
console.log(JSON.stringify({ url: served.url }));
process.once("SIGTERM", () => void served.close().then(() => process.exit(0)));
