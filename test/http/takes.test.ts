import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recipes } from "#lib/engine/recipe.ts";
import { Graph } from "#lib/protocol/graph.ts";
import { TakeList } from "#lib/protocol/takes.ts";
import { createRegistry } from "#lib/sdk/registry.ts";
import { readEnv } from "#lib/server/env.ts";
import { openStudio } from "#lib/server/wire.ts";
import { NODES } from "#nodes/index.ts";
import { type FrontServer, startFront, withJson } from "./front-server.ts";

let front: FrontServer;
beforeAll(async () => {
  const studio = await openStudio(readEnv({ THROUGHLINE_DATA: mkdtempSync(join(tmpdir(), "takes-")) }));
  studio.startWorker();
  front = await startFront({ studio, nodes: () => createRegistry(NODES).nodeInfo() });
});
afterAll(() => front.close());

const graph = (id: string, more: object = {}) => ({
  id,
  name: "Kites",
  nodes: [
    { id: "words", type: "prompt", config: { text: `a kite of ${id}` } },
    { id: "picture", type: "generate", config: { size: "1024x1024" }, ...more },
  ],
  edges: [{ id: "e", source: "words", sourceHandle: "text", target: "picture", targetHandle: "prompt" }],
});
const run = async (document: object, more: object = {}): Promise<string> => {
  const started = await front.fetch("/api/runs", withJson({ graph: document, ...more }));
  const { runId } = (await started.json()) as { runId: string };
  await (await front.fetch(`/api/runs/${runId}/events`)).text();
  return runId;
};
const takes = async (path: string) => {
  const answer = await front.fetch(path);
  expect(answer.status).toBe(200);
  return TakeList.parse(await answer.json());
};

describe("past results of nodes", () => {
  it("are told newest first with what was sent, drawn and answered, and with the take they were", async () => {
    const first = await run(graph("wind"));
    const second = await run(graph("wind", { take: 2 }));
    const list = (await takes("/api/graphs/wind/takes?node=picture")).takes;
    expect(list.map(({ take, runId }) => [take, runId])).toEqual([
      [2, second],
      [1, first],
    ]);
    expect(list[0]).toMatchObject({ nodeId: "picture", cached: false, items: 1, depth: 1 });
    expect(list[0]?.prompt).toContain("a kite of wind");
    expect(list[0]?.revisedPrompt).toEqual(expect.any(String));
    expect(list[0]?.responseId).toMatch(/^resp_/);
    expect(list[0]?.outputs.image?.[0]).toMatchObject({ kind: "image", width: 1024 });
    expect(list[0]?.key).not.toBe(list[1]?.key);
    const now = recipes(Graph.parse(graph("wind")), { inputs: {} });
    for (const take of list) expect(take.recipes).toEqual([now.get("picture")]);
  });

  it("are told once however often the cache gave them, as the run that made them", async () => {
    const first = await run(graph("rain"));
    await run(graph("rain"));
    const { key = "" } = (await takes("/api/graphs/rain/takes?node=picture")).takes[0] ?? {};
    await run(graph("rain", { pin: key }));
    const list = (await takes("/api/graphs/rain/takes")).takes;
    expect(list.filter(({ nodeId }) => nodeId === "picture")).toMatchObject([{ runId: first, cached: false, take: 1 }]);
    expect(list.find(({ nodeId }) => nodeId === "picture")?.recipes).toHaveLength(2);
  });

  it("know the takes that were raised for one run only", async () => {
    await run(graph("sun"), { takes: { picture: 5 } });
    expect((await takes("/api/graphs/sun/takes?node=picture")).takes.map(({ take }) => take)).toEqual([5]);
  });

  it("come in pages of runs", async () => {
    for (const take of [1, 2, 3]) await run(graph("fog", { take }));
    const seen: number[] = [];
    let path: string | undefined = "/api/graphs/fog/takes?node=picture&limit=2";
    for (let pages = 0; path !== undefined; pages += 1) {
      expect(pages).toBeLessThan(3);
      const page: TakeList = await takes(path);
      seen.push(...page.takes.map(({ take }) => take));
      path = page.next && `/api/graphs/fog/takes?node=picture&limit=2&before=${page.next}`;
    }
    expect(seen).toEqual([3, 2, 1]);
  });

  it("RS-005 of what nobody knows are none, whatever it is called", async () => {
    for (const id of ["nobody", "__proto__", "a' or 1=1 --", "%_%", "x".repeat(5000)])
      expect(await takes(`/api/graphs/${encodeURIComponent(id)}/takes`)).toEqual({ takes: [] });
    for (const node of ["nobody", "constructor", "' or 1=1 --"])
      expect(await takes(`/api/graphs/wind/takes?node=${encodeURIComponent(node)}`)).toEqual({ takes: [] });
    expect(await takes("/api/graphs/wind/takes?before=nobody")).toEqual({ takes: [] });
  });

  it.each(["limit=0", "limit=201", "limit=many", "node=", `node=${"n".repeat(65)}`, "sort=up", "limit=1&limit=2"])(
    "refuse ?%s",
    async (query) => {
      const answer = await front.fetch(`/api/graphs/wind/takes?${query}`);
      expect([answer.status, answer.headers.get("content-type")]).toEqual([422, "application/problem+json"]);
    },
  );
});

describe("the runs of a graph", () => {
  it("are listed apart, and each still knows its graph as it was", async () => {
    const runId = await run(graph("hail", { title: "Hail" }));
    await run(graph("hail", { title: "Renamed" }));
    const { runs } = (await (await front.fetch("/api/runs?graphId=hail")).json()) as { runs: { runId: string }[] };
    expect(runs).toHaveLength(2);
    expect(runs[1]?.runId).toBe(runId);
    expect(await (await front.fetch(`/api/runs/${runId}/graph`)).json()).toEqual(
      Graph.parse(graph("hail", { title: "Hail" })),
    );
    expect((await front.fetch("/api/runs/nobody/graph")).status).toBe(404);
  });

  it("may hold no more than asked for in the address", async () => {
    expect((await front.fetch(`/api/runs?graphId=${"g".repeat(101)}`)).status).toBe(422);
  });
});
