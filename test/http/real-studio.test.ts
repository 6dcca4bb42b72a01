import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRegistry } from "#lib/sdk/registry.ts";
import { readEnv } from "#lib/server/env.ts";
import { openStudio } from "#lib/server/wire.ts";
import { NODES } from "#nodes/index.ts";
import { type FrontServer, startFront, withJson } from "./front-server.ts";

let front: FrontServer;
beforeAll(async () => {
  const studio = await openStudio(readEnv({ THROUGHLINE_DATA: mkdtempSync(join(tmpdir(), "real-studio-")) }));
  studio.startWorker();
  front = await startFront({ studio, nodes: () => createRegistry(NODES).nodeInfo() });
});
afterAll(async () => {
  await front.close();
});

type Json = Record<string, unknown>;
const call = async (path: string, init?: RequestInit) => {
  const answer = await front.fetch(path, init);
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    body: (text.startsWith("{") ? JSON.parse(text) : {}) as Json,
  };
};
const graph = (subject: string) => ({
  id: "hello",
  name: "Hello",
  nodes: [
    { id: "words", type: "prompt", config: { text: subject } },
    { id: "picture", type: "generate", config: { size: "1024x1024" } },
  ],
  edges: [{ id: "e", source: "words", sourceHandle: "text", target: "picture", targetHandle: "prompt" }],
});
const finish = async (body: object) => {
  const { runId } = (await call("/api/runs", withJson(body))).body as { runId: string };
  const events = (await call(`/api/runs/${runId}/events`)).text;
  return { runId, events, run: (await call(`/api/runs/${runId}`)).body as Json & { paidCalls: number; steps: Json[] } };
};

describe("the API over the real studio and the simulator", () => {
  it("runs a graph to its end, tells it event by event, and serves the picture and its preview", async () => {
    const { run, events } = await finish({ graph: graph("a red kite") });
    expect(run).toMatchObject({ status: "succeeded", simulated: true, paidCalls: 1, costUsd: 0 });
    const ids = [...events.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
    expect(ids).toEqual(ids.map((_, i) => i + 1));
    expect(run.seq).toBe(ids.length);
    expect(events).toContain("event: step.partial");
    const { asset } = (run.outputs as { picture: { image: { asset: string }[] } }).picture.image[0] ?? { asset: "" };
    const whole = Buffer.from(await (await front.fetch(`/api/assets/${asset}`)).arrayBuffer());
    expect(await sharp(whole).metadata()).toMatchObject({ width: 1024, height: 1024 });
    const small = await front.fetch(`/api/assets/${asset.slice(7)}?w=320`);
    expect(small.headers.get("content-type")).toBe("image/webp");
    expect((await sharp(Buffer.from(await small.arrayBuffer())).metadata()).width).toBe(320);
  });

  it("answers the same graph from the cache, and says what would be free beforehand", async () => {
    await finish({ graph: graph("a blue kite") });
    const estimate = (await call("/api/runs/estimate", withJson({ graph: graph("a blue kite") }))).body;
    expect(estimate).toMatchObject({ calls: 0, costUsd: 0, simulated: true });
    expect((await finish({ graph: graph("a blue kite") })).run.paidCalls).toBe(0);
    expect((await finish({ graph: graph("a blue kite"), takes: { picture: 2 } })).run.paidCalls).toBe(1);
  });

  it("gives the same run for the same Idempotency-Key", async () => {
    const init = withJson({ graph: graph("a green kite") });
    const once = async () =>
      (await call("/api/runs", { ...init, headers: { ...init.headers, "idempotency-key": "k" } })).body.runId;
    expect(await once()).toBe(await once());
  });

  it.each([
    [
      "GR-008 a cycle",
      {
        ...graph("x"),
        edges: [{ id: "e", source: "words", sourceHandle: "text", target: "words", targetHandle: "text" }],
      },
    ],
    ["GR-018 an unknown node type", { nodes: [{ id: "a", type: "../../nodes/evil" }] }],
    ["GR-013 a reserved id", { nodes: [{ id: "constructor", type: "text" }] }],
    ["GR-014 too many nodes", { nodes: Array.from({ length: 501 }, (_, i) => ({ id: `n${i}`, type: "text" })) }],
    ["GR-020 a version from the future", { version: 9999, nodes: [] }],
    ["GR-025 nothing to run", {}],
    ["no graph at all", "graph"],
    ["null", null],
  ])("refuses %s with 422 and problems, and creates no run", async (_name, bad) => {
    const before = ((await call("/api/runs?limit=200")).body.runs as unknown[]).length;
    const answer = await call("/api/runs", withJson({ graph: bad }));
    expect([answer.status, answer.body.status]).toEqual([422, "invalid"]);
    expect((answer.body.problems as Json[])[0]).toMatchObject({
      level: "error",
      code: expect.stringMatching(/^[A-Z_]+$/),
    });
    expect(((await call("/api/runs?limit=200")).body.runs as unknown[]).length).toBe(before);
  });

  it("CO-003 keeps two editors from overwriting each other", async () => {
    const put = (doc: object, tag?: string) =>
      call("/api/graphs/hello", {
        ...withJson(doc, "PUT"),
        headers: { "content-type": "application/json", ...(tag && { "if-match": tag }) },
      });
    const made = await put(graph("one"));
    expect(made.status).toBe(201);
    expect((await put(graph("two"))).status).toBe(428);
    const tag = made.headers.get("etag") ?? "";
    expect((await put(graph("two"), tag)).status).toBe(200);
    const stale = await put(graph("three"), tag);
    expect(stale.status).toBe(412);
    expect(JSON.stringify(stale.body.current)).toContain("two");
    expect(JSON.stringify(stale.body.yours)).toContain("three");
    const back = await call("/api/graphs/hello");
    expect(back.body).toMatchObject({ format: "throughline/graph", id: "hello" });
    expect((await put(back.body, back.headers.get("etag") ?? "")).status).toBe(200);
    expect((await call("/api/graphs")).body.graphs).toEqual([expect.objectContaining({ id: "hello" })]);
  });

  it("CO-009 a run finishes although its saved graph was deleted", async () => {
    await call("/api/graphs/short-lived", withJson(graph("a paper kite"), "PUT"));
    const { runId } = (await call("/api/runs", withJson({ graphId: "short-lived" }))).body as { runId: string };
    expect((await call("/api/graphs/short-lived", { method: "DELETE" })).status).toBe(204);
    expect((await call(`/api/runs/${runId}/events`)).text).toContain('"status":"succeeded"');
  });

  it("stores an upload once, re-encoded, and refuses what is no picture", async () => {
    const png = await sharp({ create: { width: 6, height: 4, channels: 3, background: "#e4572e" } })
      .withMetadata({ orientation: 6 })
      .png()
      .toBuffer();
    const upload = (bytes: Buffer | string) =>
      call("/api/assets", { method: "POST", headers: { "content-type": "image/png" }, body: bytes as BodyInit });
    const first = await upload(png);
    expect([first.status, first.body]).toEqual([
      201,
      { asset: expect.stringMatching(/^sha256:/), width: 4, height: 6, mediaType: "image/png" },
    ]);
    expect((await upload(png)).status).toBe(200);
    for (const bad of ["", "<svg xmlns='http://www.w3.org/2000/svg'/>", "GIF89a", png.subarray(0, 40)])
      expect((await upload(bad)).status).toBe(422);
  });

  it("CO-008 a cancel that races with the end leaves one end or the other, and the ledger knows every call", async () => {
    for (let i = 0; i < 12; i += 1) {
      const { runId } = (
        await call(
          "/api/runs",
          withJson({ graph: { nodes: [{ id: "a", type: "text", config: { text: `race ${i}` } }] } }),
        )
      ).body as { runId: string };
      if (i % 2 === 1) await new Promise((resolve) => setTimeout(resolve, i * 2));
      expect((await call(`/api/runs/${runId}/cancel`, { method: "POST" })).status).toBe(202);
      const events = (await call(`/api/runs/${runId}/events`)).text;
      const { status } = (await call(`/api/runs/${runId}`)).body;
      expect(["succeeded", "cancelled"]).toContain(status);
      expect(events.split("event: run.ended").length).toBe(2);
      expect(events).toContain(`"status":"${status}"`);
    }
  });

  it("shows every node type with ports and a schema of its settings", async () => {
    const nodes = (await call("/api/nodes")).body.nodes as { type: string; inputs: object; config: { type: string } }[];
    expect(nodes.length).toBe(NODES.length);
    for (const node of nodes) expect(node.config.type).toBe("object");
  });

  it("RS-005 searches the archive with anything", async () => {
    for (const q of ['"', "%_%", "(a+)+$", "a' or 1=1 --", "x ".repeat(5000), "NEAR(a b)", "*"])
      expect([q.slice(0, 10), (await call(`/api/archive?q=${encodeURIComponent(q)}`)).status]).toEqual([
        q.slice(0, 10),
        200,
      ]);
  });
});
