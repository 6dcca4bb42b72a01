import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Graph } from "../lib/protocol/graph.ts";
import { type TemplateEntry, TemplateIndex } from "../lib/protocol/template-index.ts";
import type { Studio } from "../lib/runtime/studio-api.ts";
import { readEnv } from "../lib/server/env.ts";
import { openStudio } from "../lib/server/wire.ts";
import { composeCover } from "./compose-cover.ts";

// npm run covers [ID…]: runs the templates headless with the simulator and writes the pictures of their cards.
const PUBLIC = fileURLToPath(new URL("../public", import.meta.url));

/** The pictures these nodes gave, in document order. */
async function picturesOf(studio: Studio, runId: string, nodes: string[]): Promise<Buffer[]> {
  const run = await studio.run(runId);
  const values = nodes.flatMap((id) => run?.outputs[id]?.image ?? []);
  const stored = await Promise.all(
    values.map((value) => (value.kind === "image" ? studio.asset(value.asset) : undefined)),
  );
  return stored.flatMap((one) => (one ? [one.bytes] : []));
}

/** Says yes to the first picture of whatever waits for a person, so that there is something after it to show. */
async function approveFirst(studio: Studio, runId: string): Promise<void> {
  const { reviews } = await studio.reviews({ limit: 100 });
  for (const { runId: of, nodeId, pass, state, items } of reviews) {
    const picks = items.slice(0, 1).map(({ index }) => index);
    if (of === runId && state === "waiting") await studio.answer(runId, nodeId, pass, { decision: "approve", picks });
  }
}

async function makeCovers(studio: Studio, entry: TemplateEntry): Promise<string> {
  for (const { file, asset } of entry.pictures) {
    const stored = await studio.upload(await readFile(join(PUBLIC, file)));
    if (stored.asset !== asset)
      throw new Error(`${file} is stored as ${stored.asset}: write that into index.json and the graph.`);
  }
  const graph = Graph.parse(JSON.parse(await readFile(join(PUBLIC, entry.file), "utf8")));
  const { runId } = await studio.startRun({ graph });
  let status = await studio.drive(runId);
  while (status === "waiting") {
    await approveFirst(studio, runId);
    status = await studio.drive(runId);
  }
  if (status !== "succeeded") throw new Error(`${entry.id}: the run ${status}.`);
  const sizes: string[] = [];
  for (const [path, nodes] of [
    [entry.cover, entry.shows],
    [entry.second, entry.showsSecond],
  ] as const) {
    const cover = await composeCover(await picturesOf(studio, runId, nodes));
    await writeFile(join(PUBLIC, path), cover);
    sizes.push(`${Math.round(cover.length / 1024)} kB`);
  }
  return `${entry.id}  ${sizes.join(", ")}`;
}

const wanted = process.argv.slice(2);
const index = TemplateIndex.parse(JSON.parse(await readFile(join(PUBLIC, "graphs/templates/index.json"), "utf8")));
const folder = await mkdtemp(join(tmpdir(), "throughline-covers-"));
const studio = await openStudio(readEnv({ THROUGHLINE_DATA: folder, LOG_LEVEL: "error" }), { simulatorLatencyMs: 0 });
try {
  for (const entry of index.filter(({ id }) => wanted.length === 0 || wanted.includes(id)))
    process.stdout.write(`${await makeCovers(studio, entry)}\n`);
} finally {
  await studio.stop();
  await rm(folder, { recursive: true, force: true });
}
