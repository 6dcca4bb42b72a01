import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Continuity, Scorecard, StoryList } from "#lib/protocol/quality.ts";
import { createRegistry } from "#lib/sdk/registry.ts";
import { readEnv } from "#lib/server/env.ts";
import { openStudio } from "#lib/server/wire.ts";
import { NODES } from "#nodes/index.ts";
import { type FrontServer, startFront, withJson } from "./front-server.ts";

let front: FrontServer;
let runId = "";
const judged = {
  id: "kites",
  name: "Kites",
  nodes: [
    { id: "words", type: "prompt", config: { text: "a kite" } },
    { id: "picture", type: "generate", config: { size: "1024x1024", variants: 2 } },
    { id: "gate", type: "qa-gate", config: { checklist: [{ id: "kite", question: "Is it a kite?" }] } },
  ],
  edges: [
    { id: "a", source: "words", sourceHandle: "text", target: "picture", targetHandle: "prompt" },
    { id: "b", source: "picture", sourceHandle: "image", target: "gate", targetHandle: "image" },
  ],
};
beforeAll(async () => {
  const studio = await openStudio(readEnv({ THROUGHLINE_DATA: mkdtempSync(join(tmpdir(), "quality-")) }));
  studio.startWorker();
  front = await startFront({ studio, nodes: () => createRegistry(NODES).nodeInfo() });
  const started = await front.fetch("/api/runs", withJson({ graph: judged }));
  runId = ((await started.json()) as { runId: string }).runId;
  await (await front.fetch(`/api/runs/${runId}/events`)).text();
});
afterAll(() => front.close());

const read = async (path: string) => {
  const answer = await front.fetch(path);
  return { status: answer.status, body: (await answer.json()) as unknown };
};

describe("what judging came to", () => {
  it("is told picture by picture", async () => {
    const { stories, total } = StoryList.parse((await read(`/api/runs/${runId}/stories`)).body);
    expect([total, stories.length]).toEqual([2, 2]);
    expect(stories[0]?.passes[0]?.verdict.checks[0]?.id).toBe("kite");
  });

  it("is told state by state of the graph", async () => {
    const { rows, runs } = Scorecard.parse((await read("/api/graphs/kites/scorecard")).body);
    expect([runs, rows.length, rows[0]?.judged]).toEqual([1, 1, 2]);
  });

  it("shows how alike the final pictures are", async () => {
    const { pictures, leftOut } = Continuity.parse((await read(`/api/runs/${runId}/continuity`)).body);
    expect(pictures.length).toBeLessThanOrEqual(2);
    expect(leftOut).toBe(0);
  });

  it("RS-005 of what nobody knows is nothing, whatever it is called", async () => {
    for (const id of ["nobody", "__proto__", "a' or 1=1 --", "x".repeat(5000)]) {
      const name = encodeURIComponent(id);
      expect((await read(`/api/runs/${name}/stories`)).status).toBe(404);
      expect((await read(`/api/runs/${name}/continuity`)).status).toBe(404);
      expect((await read(`/api/graphs/${name}/scorecard`)).body).toEqual({ rows: [], runs: 0 });
    }
  });

  it.each(["limit=0", "limit=201", "limit=many", "sort=up"])("refuses ?%s", async (query) => {
    expect((await read(`/api/graphs/kites/scorecard?${query}`)).status).toBe(422);
  });
});
