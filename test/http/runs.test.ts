import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InvalidError, problem } from "#lib/protocol/problems.ts";
import { type FrontServer, startFront, withJson } from "./front-server.ts";

let front: FrontServer;
beforeAll(async () => {
  front = await startFront();
});
afterAll(() => front.close());

type Json = Record<string, unknown>;
const call = async (path: string, init?: RequestInit) => {
  const answer = await front.fetch(path, init);
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: (text === "" ? {} : JSON.parse(text)) as Json };
};
const start = async (more: object = {}) =>
  String((await call("/api/runs", withJson({ graph: { name: "One" }, ...more }))).body.runId);

describe("starting a run", () => {
  it("answers 202 with the run's id and where it is", async () => {
    const answer = await call(
      "/api/runs",
      withJson({ graph: {}, to: "hero", takes: { hero: 2 }, budgetUsd: 0.5, inDoubt: "retry" }),
    );
    expect(answer.status).toBe(202);
    expect(answer.body).toEqual({ runId: expect.any(String) });
    expect(answer.headers.get("location")).toBe(`/api/runs/${answer.body.runId}`);
    expect(front.studio.started.at(-1)).toMatchObject({
      to: ["hero"],
      takes: { hero: 2 },
      budgetMicro: 500_000,
      inDoubt: "retry",
    });
  });

  it("tells a missing cap from none at all", async () => {
    await start();
    expect(front.studio.started.at(-1)?.budgetMicro).toBeUndefined();
    await start({ budgetUsd: null });
    expect(front.studio.started.at(-1)?.budgetMicro).toBeNull();
    await start({ budgetUsd: 0 });
    expect(front.studio.started.at(-1)?.budgetMicro).toBe(0);
  });

  it("CO-001 gives the same run for the same Idempotency-Key", async () => {
    const init = withJson({ graph: {} });
    const once = () => call("/api/runs", { ...init, headers: { ...init.headers, "idempotency-key": "click-1" } });
    const [a, b] = await Promise.all([once(), once()]);
    expect(a.body.runId).toBe(b.body.runId);
    expect([a.status, b.status]).toEqual([202, 202]);
    const bad = await call("/api/runs", { ...init, headers: { ...init.headers, "idempotency-key": "two words" } });
    expect(bad.status).toBe(422);
  });

  it("runs a saved graph, in the revision asked for", async () => {
    await call("/api/graphs/saved", withJson({ name: "First" }, "PUT"));
    await call("/api/graphs/saved", {
      ...withJson({ name: "Second" }, "PUT"),
      headers: { "content-type": "application/json", "if-match": '"e1"' },
    });
    await call("/api/runs", withJson({ graphId: "saved" }));
    expect(front.studio.started.at(-1)?.graph).toMatchObject({ name: "Second" });
    await call("/api/runs", withJson({ graphId: "saved", revision: 1 }));
    expect(front.studio.started.at(-1)?.graph).toMatchObject({ name: "First" });
    const none = await call("/api/runs", withJson({ graphId: "nothing" }));
    expect([none.status, none.body.code]).toEqual([422, "UNKNOWN_GRAPH"]);
  });

  it("shows every problem of a bad graph in the words of check", async () => {
    const answer = await call("/api/runs", withJson({ graph: { nodes: "many" } }));
    expect(answer.status).toBe(422);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(answer.body).toMatchObject({
      status: "invalid",
      code: "BAD_GRAPH",
      problems: [{ level: "error", code: "BAD_GRAPH", message: expect.any(String) }],
      type: expect.stringContaining("bad-graph"),
      title: expect.any(String),
      detail: expect.any(String),
    });
  });

  it("a graph that cannot run is 422 for an estimate, or an answer with every problem where that is asked for", async () => {
    const problems = [problem("PORT_REQUIRED", "hero needs prompt.", { node: "hero" })];
    front.studio.fail = new InvalidError(problems);
    try {
      expect((await call("/api/runs/estimate", withJson({ graph: {} }))).status).toBe(422);
      const answer = await call("/api/runs/estimate?unrunnable=ok", withJson({ graph: {} }));
      expect([answer.status, answer.body]).toMatchObject([200, { runnable: false, costUsd: 0, nodes: [], problems }]);
    } finally {
      front.studio.fail = undefined;
    }
  });

  it("estimates without starting", async () => {
    const before = front.studio.started.length;
    expect((await call("/api/runs/estimate", withJson({ graph: {} }))).body).toMatchObject({ costUsd: 0, nodes: [] });
    expect(front.studio.started.length).toBe(before);
  });
});

describe("a run that exists", () => {
  it("is listed newest first, a page at a time", async () => {
    const ids = [await start(), await start(), await start()];
    const first = (await call("/api/runs?limit=2")).body as { runs: { runId: string }[]; next: string };
    expect(first.runs.map((r) => r.runId)).toEqual([ids[2], ids[1]]);
    const second = (await call(`/api/runs?limit=1&before=${first.next}`)).body as { runs: { runId: string }[] };
    expect(second.runs.map((r) => r.runId)).toEqual([ids[0]]);
  });

  it("is shown whole; an unknown one is 404 on every route", async () => {
    const id = await start();
    expect((await call(`/api/runs/${id}`)).body).toMatchObject({ runId: id, status: "queued", steps: [], outputs: {} });
    for (const [path, init] of [
      ["/api/runs/none", {}],
      ["/api/runs/none/events", {}],
      ["/api/runs/none/cancel", { method: "POST" }],
      ["/api/runs/none/resume", { method: "POST" }],
      ["/api/runs/none/steps/a/answer", withJson({})],
    ] as [string, RequestInit][])
      expect([path, (await call(path, init)).status]).toEqual([path, 404]);
  });

  it("is cancelled with 202, again and again", async () => {
    const id = await start();
    expect(await call(`/api/runs/${id}/cancel`, { method: "POST" })).toMatchObject({
      status: 202,
      body: { runId: id },
    });
    expect((await call(`/api/runs/${id}/cancel`, { method: "POST" })).status).toBe(202);
  });

  it("is resumed with or without a body, and says when nothing is left", async () => {
    const id = await start();
    front.studio.push(id, { type: "run.ended" }, "paused");
    expect((await call(`/api/runs/${id}/resume`, { method: "POST" })).status).toBe(202);
    front.studio.push(id, { type: "run.ended" }, "paused");
    expect((await call(`/api/runs/${id}/resume`, withJson({ budgetUsd: 9, inDoubt: "retry" }))).status).toBe(202);
    expect((await call(`/api/runs/${id}/resume`, withJson({ budget: 9 }))).status).toBe(422);
    front.studio.push(id, { type: "run.waiting" }, "waiting");
    expect((await call(`/api/runs/${id}/resume`, { method: "POST" })).body.code).toBe("WAITING");
    front.studio.push(id, { type: "run.ended" }, "succeeded");
    expect((await call(`/api/runs/${id}/resume`, { method: "POST" })).status).toBe(200);
  });

  it("takes an answer once it waits", async () => {
    const id = await start();
    const answer = (key: string) => call(`/api/runs/${id}/steps/${key}/answer`, withJson({ approve: true }));
    expect((await answer("review")).body.code).toBe("NOT_WAITING");
    front.studio.push(id, { type: "run.waiting" }, "waiting");
    expect((await answer("nobody@1")).status).toBe(404);
    expect((await answer("review@0")).status).toBe(200);
  });
});

describe("what the server says about itself", () => {
  it("is well", async () => {
    expect((await call("/api/health")).body).toEqual({
      status: "ok",
      simulated: true,
      queued: 0,
      running: 0,
      version: "0.0.0",
    });
  });

  it("gives figures to Prometheus", async () => {
    const answer = await front.fetch("/api/metrics");
    expect(answer.headers.get("content-type")).toMatch(/^text\/plain/);
    expect(await answer.text()).toMatch(/throughline_runs\{status="queued"\} 0/);
  });

  it("describes every route it serves, and no other, in OpenAPI 3.1", async () => {
    const doc = (await call("/api/openapi.json")).body as {
      openapi: string;
      paths: Record<string, Record<string, unknown>>;
    };
    expect(doc.openapi).toBe("3.1.0");
    const described = Object.entries(doc.paths).flatMap(([path, item]) =>
      Object.keys(item).map((m) => `${m.toUpperCase()} ${path}`),
    );
    const served = front.routes.map((r) => `${r.method} ${r.path.replace(/:([A-Za-z]+)/g, "{$1}")}`);
    expect(described.sort()).toEqual(served.sort());
    expect(JSON.stringify(doc)).toContain("budgetUsd");
  });

  it("answers HEAD like GET without a body", async () => {
    const answer = await front.fetch("/api/health", { method: "HEAD" });
    expect([answer.status, await answer.text()]).toEqual([200, ""]);
  });
});
