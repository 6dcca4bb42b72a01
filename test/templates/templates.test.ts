import { mkdtempSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Graph } from "#lib/protocol/graph.ts";
import type { RunDocument } from "#lib/protocol/run.ts";
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

/** Answers as somebody at the screen would, and drives on. */
async function answer(runId: string, nodeId: string, pass: number, said: unknown): Promise<RunDocument> {
  expect(await studio.answer(runId, nodeId, pass, said)).toBe("answered");
  await studio.drive(runId);
  return (await studio.run(runId))!;
}

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

  it("runs to its end for nothing, once a person has said yes where one is asked, and a second run calls nobody", async () => {
    for (const { file } of pictures) await studio.upload(await readFile(at(file)));
    const asks = graph().nodes.filter(({ type }) => type === "review");
    const go = async () => {
      const { runId } = await studio.startRun({ graph: graph() });
      const rests = await studio.drive(runId);
      expect(rests).toBe(asks.length > 0 ? "waiting" : "succeeded");
      for (const { id: asking } of asks) await answer(runId, asking, 0, { decision: "approve" });
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

describe("the templates that show quality", () => {
  const outs = { "qa-gate": ["pass", "reject", "revision"], review: ["approved", "rejected", "revision"] } as const;

  it("lead every way out of a gate and of a review somewhere, and send back in three passes at most", () => {
    const seen = new Set<string>();
    for (const { nodes, edges } of graphs.values()) {
      for (const { id, type } of nodes) {
        if (type !== "qa-gate" && type !== "review") continue;
        seen.add(type);
        const ways = edges.filter(({ source }) => source === id);
        for (const port of outs[type]) expect(ways.map(({ sourceHandle }) => sourceHandle)).toContain(port);
        expect(ways.find(({ sourceHandle }) => sourceHandle === "revision")?.loop?.passes).toBe(3);
      }
    }
    expect([...seen].sort()).toEqual(["qa-gate", "review"]);
  });

  it.each([
    ["campaign-character-at-the-gate", ["tries"]],
    ["comic-that-reads-right", ["one", "two", "three"]],
  ])(
    "%s shows pictures that go round before they pass, and loses none",
    async (id, drawing) => {
      const graph = graphs.get(id)!;
      const gates = graph.nodes.filter(({ type }) => type === "qa-gate").map((gate) => gate.id);
      // The simulator draws as it likes: where everything pleased at once, there is another take.
      for (let take = 1, round = false; !round; take++) {
        expect(take, "eight takes, and nothing was ever sent back").toBeLessThanOrEqual(8);
        const { runId } = await studio.startRun({
          graph,
          takes: Object.fromEntries(drawing.map((node) => [node, take])),
        });
        expect(await studio.drive(runId)).toBe("succeeded");
        const { outputs } = (await studio.run(runId))!;
        for (const [i, gate] of gates.entries()) {
          const { pass = [], reject = [] } = outputs[gate] ?? {};
          const { config } = graph.nodes.find((node) => node.id === drawing[i])!;
          expect(pass.length + reject.length, gate).toBe(config.variants);
        }
        const verdicts = gates.flatMap((gate) => outputs[gate]?.verdict ?? []);
        const said = verdicts.map((value) => (value.kind === "verdict" ? value.decision : ""));
        expect(said).toContain("pass");
        round = said.includes("iterate") || said.includes("restart");
      }
    },
    120_000,
  );

  it("product-shot-signed-off sends back what a person wants changed, and turns down the rest", async () => {
    const { runId } = await studio.startRun({ graph: graphs.get("product-shot-signed-off") });
    expect(await studio.drive(runId)).toBe("waiting");
    const notes = "Turn the crown towards us and make the strap darker.";
    const back = await answer(runId, "sign-off", 0, { decision: "revise", notes, picks: [0] });
    expect([back.status, back.outputs["sign-off"]?.approved?.length]).toEqual(["waiting", 1]);
    const done = await answer(runId, "sign-off", 1, { decision: "approve", picks: [1] });
    expect(done.status).toBe("succeeded");
    expect(done.outputs.line?.image?.length).toBe(2);
    expect(done.outputs.down?.entry?.length).toBe(1);
    expect(done.outputs.shelf?.entry?.length).toBe(2);
  }, 60_000);
});
