import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { createConsole } from "../lib/cli/console.ts";
import { contactSheet } from "../lib/cli/contact-sheet/page.ts";
import { exitCodeOf } from "../lib/cli/exit-code.ts";
import { followRun } from "../lib/cli/follow-run.ts";
import { createProgress } from "../lib/cli/progress.ts";
import { reportFailure } from "../lib/cli/report-failure.ts";
import { printRunReport } from "../lib/cli/run-report.ts";
import { Graph } from "../lib/protocol/graph.ts";
import type { RunDocument } from "../lib/protocol/run.ts";
import type { AssetId } from "../lib/protocol/values.ts";
import type { Studio } from "../lib/runtime/studio-api.ts";
import { readEnv } from "../lib/server/env.ts";
import { openStudio } from "../lib/server/wire.ts";

// npm run demo: runs the demo graph headless and leaves pictures, sidecars, run.json and a contact sheet in out/demo.
const ROOT = fileURLToPath(new URL("..", import.meta.url));
const OUT = join(ROOT, "out", "demo");
const GRAPH = join(ROOT, "public", "graphs", "demo.json");
const ENDINGS: Record<string, string> = { "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp" };

/** Writes the pictures of the conversation that are not among the exported files, and says where each asset's file stands. */
async function writePictures(studio: Studio, run: RunDocument, exported: string[]): Promise<Map<AssetId, string>> {
  const paths = new Map<AssetId, string>();
  for (const file of exported.filter((path) => !path.endsWith(".json"))) {
    const hash = createHash("sha256")
      .update(await readFile(file))
      .digest("hex");
    paths.set(`sha256:${hash}`, relative(OUT, file).replaceAll("\\", "/"));
  }
  await mkdir(join(OUT, "conversation"), { recursive: true });
  for (const [nodeId, ports] of Object.entries(run.outputs)) {
    for (const value of Object.values(ports).flat()) {
      if ((value.kind !== "image" && value.kind !== "mask") || paths.has(value.asset)) continue;
      const stored = await studio.asset(value.asset);
      if (!stored) continue;
      const name = `conversation/${nodeId}-${paths.size}.${ENDINGS[stored.mediaType] ?? "png"}`;
      await writeFile(join(OUT, name), stored.bytes);
      paths.set(value.asset, name);
    }
  }
  return paths;
}

async function demo(): Promise<number> {
  const console = createConsole(process);
  const graph = Graph.parse(JSON.parse(await readFile(GRAPH, "utf8")));
  const interrupt = new AbortController();
  process.once("SIGINT", () => interrupt.abort());
  const studio = await openStudio(readEnv());
  try {
    console.say(["bold", graph.name], ["dim", studio.simulated ? "  drawn by the simulator, nothing is charged" : ""]);
    const { runId } = await studio.startRun({ graph });
    const { status, document } = await followRun(studio, runId, {
      afterSeq: 0,
      signal: interrupt.signal,
      onEvent: createProgress(
        console,
        graph.nodes.map(({ id }) => id),
      ),
    });
    await rm(OUT, { recursive: true, force: true });
    const files = await studio.exportRun(runId, OUT);
    const paths = await writePictures(studio, document, files);
    const page = join(OUT, "index.html");
    await writeFile(page, contactSheet({ graph, run: document, pathOf: (asset) => paths.get(asset) }));
    printRunReport(console, { ...document, files: [...files, page] });
    console.print("", ["bold", "Open the contact sheet: "], page);
    return exitCodeOf({ status, reason: document.reason });
  } catch (error) {
    return reportFailure(console, error, false);
  } finally {
    await studio.stop();
  }
}

process.exit(await demo());
