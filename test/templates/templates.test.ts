import { mkdtempSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Graph } from "#lib/protocol/graph.ts";
import { TemplateIndex } from "#lib/protocol/template-index.ts";
import type { Studio } from "#lib/runtime/studio-api.ts";
import { readEnv } from "#lib/server/env.ts";
import { openStudio } from "#lib/server/wire.ts";

const PUBLIC = new URL("../../public", import.meta.url).pathname;
const at = (path: string) => join(PUBLIC, path);
const index = TemplateIndex.parse(JSON.parse(await readFile(at("graphs/templates/index.json"), "utf8")));
const graphs = new Map<string, Graph>();
for (const { id, file } of index) graphs.set(id, Graph.parse(JSON.parse(await readFile(at(file), "utf8"))));

let studio: Studio;
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), "templates-"));
  studio = await openStudio(readEnv({ THROUGHLINE_DATA: folder, LOG_LEVEL: "error" }), { simulatorLatencyMs: 0 });
});
afterAll(() => studio?.stop());

describe("the templates that come with the product", () => {
  it("are exactly the files that are there, each under its own name with its covers", async () => {
    const expected = index.flatMap(({ id }) => [`${id}.json`, `${id}.webp`, `${id}-2.webp`]);
    expect((await readdir(at("graphs/templates"))).sort()).toEqual([...expected, "index.json"].sort());
    for (const { id, file, cover, second } of index) {
      expect([file, cover, second]).toEqual(
        ["json", "webp", "webp"].map((end, i) => `/graphs/templates/${id}${i === 2 ? "-2" : ""}.${end}`),
      );
      expect(graphs.get(id)?.id).toBe(id);
    }
  });

  it("have covers of at most 60 kB", async () => {
    for (const { cover, second } of index) {
      for (const path of [cover, second]) expect((await stat(at(path))).size, path).toBeLessThanOrEqual(60_000);
    }
  });

  it("name pictures by the hashes under which an upload stores them, and no others", async () => {
    for (const { id, pictures } of index) {
      for (const { file, asset } of pictures) expect((await studio.upload(await readFile(at(file)))).asset).toBe(asset);
      const named = JSON.stringify(graphs.get(id)).match(/sha256:[0-9a-f]{64}/g) ?? [];
      expect(new Set(named)).toEqual(new Set(pictures.map(({ asset }) => asset)));
    }
  });
});

/** About the height of a card with its picture, in canvas units, and a little air. */
function roomOf({ type, config }: Graph["nodes"][number]): number {
  if (type === "text" || type === "note") return 150;
  if (["prompt", "brief", "spec-sheet", "distil"].includes(type)) return 170;
  const [width = 1, height = 1] = String(config.size ?? "1x1")
    .split("x")
    .map(Number);
  return 140 + (300 * (height || 1)) / (width || 1);
}

describe.each(index)("$title", ({ id, pictures, shows, showsSecond }) => {
  const graph = () => graphs.get(id)!;

  it("is checked without an error or a warning", async () => {
    for (const { file } of pictures) await studio.upload(await readFile(at(file)));
    expect((await studio.check(graph())).problems).toEqual([]);
  });

  it("explains itself on the canvas, and no card stands on another", () => {
    const { nodes, frames } = graph();
    expect(nodes.filter(({ type }) => type === "note").length).toBeGreaterThanOrEqual(1);
    for (const a of nodes) {
      for (const b of nodes) {
        const near = Math.abs(a.position.x - b.position.x) < 340 && b.position.y >= a.position.y && a !== b;
        if (near) expect(b.position.y - a.position.y, `${b.id} below ${a.id}`).toBeGreaterThanOrEqual(roomOf(a));
      }
    }
    for (const { id: nodeId, position } of nodes) {
      const around = frames.filter(
        (frame) =>
          position.x >= frame.position.x &&
          position.y >= frame.position.y &&
          position.x + 300 <= frame.position.x + frame.width &&
          position.y < frame.position.y + frame.height,
      );
      expect(around.length, nodeId).toBe(1);
    }
  });

  it("runs to its end for nothing, and a second run asks for nothing", async () => {
    for (const { file } of pictures) await studio.upload(await readFile(at(file)));
    const go = async () => {
      const { runId } = await studio.startRun({ graph: graph() });
      await studio.drive(runId);
      return (await studio.run(runId))!;
    };
    const first = await go();
    expect([first.status, first.costUsd, first.error]).toEqual(["succeeded", 0, undefined]);
    expect(first.steps.flatMap(({ warnings = [] }) => warnings)).toEqual([]);
    for (const node of [...shows, ...showsSecond]) expect(first.outputs[node]?.image?.length, node).toBeGreaterThan(0);
    const again = await go();
    expect([again.status, again.calls.length]).toEqual(["succeeded", 0]);
  }, 60_000);
});
