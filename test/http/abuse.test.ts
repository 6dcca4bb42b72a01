import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { mkdtempSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveSimulator } from "#lib/adapters/simulator/serve.ts";
import { readEnv } from "#lib/server/env.ts";
import { createFront } from "#lib/server/front.ts";
import { openStudio } from "#lib/server/wire.ts";
import { type FrontServer, startFront, withJson } from "./front-server.ts";

const newData = () => mkdtempSync(join(tmpdir(), "abuse-"));
let front: FrontServer;
beforeAll(async () => {
  const studio = await openStudio(readEnv({ THROUGHLINE_DATA: newData(), LOG_LEVEL: "silent" }));
  studio.startWorker();
  front = await startFront({ studio });
});
afterAll(() => front.close());

const campaign = (words: string) => ({
  id: "abuse",
  name: "Abuse",
  nodes: [
    { id: "words", type: "prompt", config: { text: words } },
    { id: "picture", type: "generate", config: { size: "1024x1024", quality: "low" } },
    { id: "keep", type: "archive", config: {} },
  ],
  edges: [
    { id: "e1", source: "words", sourceHandle: "text", target: "picture", targetHandle: "prompt" },
    { id: "e2", source: "picture", sourceHandle: "image", target: "keep", targetHandle: "image" },
  ],
});
const finish = async (server: FrontServer, body: object) => {
  const { runId } = (await (await server.fetch("/api/runs", withJson(body))).json()) as { runId: string };
  await (await server.fetch(`/api/runs/${runId}/events`)).text();
  const run = (await (await server.fetch(`/api/runs/${runId}`)).json()) as Record<string, unknown>;
  return { runId, run };
};

/** Hosts and ports that sockets of this process were opened to while `work` ran. */
async function contacted(work: () => Promise<unknown>): Promise<string[]> {
  const opened: Socket[] = [];
  const seen = new Set<string>();
  const listen = (message: unknown) => {
    const { socket } = message as { socket: Socket };
    opened.push(socket);
    socket.once("connect", () => seen.add(`${socket.remoteAddress}:${socket.remotePort}`));
    socket.once("lookup", (_error, _address, _family, host) => seen.add(`name:${host}`));
    socket.once("error", () => seen.add(`failed:${socket.remoteAddress}`));
  };
  subscribe("net.client.socket", listen);
  try {
    await work();
  } finally {
    unsubscribe("net.client.socket", listen);
  }
  expect(opened.length).toBeGreaterThan(0);
  return [...seen].sort();
}

describe("what the server gives away", () => {
  it("AU-008 ids of others and ids that nobody has are the same 404, whatever they are shaped like", async () => {
    const { runId } = await finish(front, { graph: campaign("a lamp") });
    for (const id of ["none", `${runId}x`, runId.slice(0, -1), "%2e%2e%2f", "..%5c..", "a'%20or%201=1--", "%00"]) {
      const paths = [
        ["GET", `/api/runs/${id}`],
        ["GET", `/api/runs/${id}/events`],
        ["POST", `/api/runs/${id}/cancel`],
        ["POST", `/api/runs/${id}/resume`],
        ["GET", `/api/assets/${id}`],
        ["GET", `/api/archive/${id}`],
        ["GET", `/api/graphs/${id}`],
      ] as const;
      for (const [method, path] of paths) {
        const answer = await front.fetch(path, { method });
        const { code, detail } = (await answer.json()) as { code: string; detail: string };
        expect([method, path, answer.status]).toEqual([method, path, 404]);
        expect(`${code} ${detail}`).not.toContain(runId);
      }
    }
  });

  it("NP-002 no route installs, enables or loads anything", async () => {
    const words = /pack|plugin|install|extension|module|upload-node|eval|exec/i;
    expect(front.routes.filter(({ path }) => words.test(path)).map(({ path }) => path)).toEqual([]);
    for (const path of ["/api/packs", "/api/nodes", "/api/nodes/install", "/api/plugins"]) {
      const answer = await front.fetch(path, withJson({ name: "evil", url: "http://127.0.0.1:1/evil.tgz" }));
      expect([path, [404, 405].includes(answer.status)]).toEqual([path, true]);
    }
  });

  it("NX-008 a page comes with a policy of its own nonce, without eval, and says nothing of what serves it", async () => {
    const { headers } = await front.fetch("/", { headers: { accept: "text/html" } });
    const csp = headers.get("content-security-policy") ?? "";
    expect(csp).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/=]{20,}' 'strict-dynamic'(;|$)/);
    for (const part of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "default-src 'self'"])
      expect(csp).toContain(part);
    expect(csp).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/);
    expect(Object.fromEntries(headers)).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
      "permissions-policy": expect.stringContaining("camera=()"),
    });
    expect([headers.get("x-powered-by"), headers.get("server")]).toEqual([null, null]);
  });

  it("NX-010 nothing of the API may be kept by a cache between people; pictures only by the one who may see them", async () => {
    const { run } = await finish(front, { graph: campaign("a chair") });
    const { asset } = (run.outputs as { picture: { image: { asset: string }[] } }).picture.image[0] ?? { asset: "" };
    const got = front.routes.filter(({ method, path }) => method === "GET" && !path.includes(":"));
    expect(got.length).toBeGreaterThan(4);
    for (const { path } of got)
      expect([path, (await front.fetch(path)).headers.get("cache-control")]).toEqual([path, "no-store"]);
    const picture = await front.fetch(`/api/assets/${asset}`);
    expect(picture.headers.get("cache-control")).toMatch(/^private,/);
    const posted = await front.fetch("/api/runs/estimate", withJson({ graph: campaign("x") }));
    expect(posted.headers.get("cache-control")).toBe("no-store");
    const anonymous = await front.raw({
      path: `/api/assets/${asset}`,
      headers: { host: `127.0.0.1:${front.port}`, "if-none-match": picture.headers.get("etag") ?? "" },
    });
    expect(anonymous.status).toBe(401);
  });

  it("RS-002 a connection that never ends its headers is given up, and so is one that rests", async () => {
    const { headersTimeout, requestTimeout, keepAliveTimeout } = createFront(() => {
      throw new Error("nobody asks");
    });
    for (const ms of [headersTimeout, keepAliveTimeout]) expect(ms > 0 && ms <= 30_000).toBe(true);
    expect(requestTimeout > 0 && requestTimeout <= 300_000).toBe(true);
    const slow = Array.from({ length: 200 }, () => connect(front.port, "127.0.0.1"));
    for (const socket of slow) socket.on("error", () => {}).write("GET /api/health HTTP/1.1\r\nX-");
    expect((await front.fetch("/api/health")).status).toBe(200);
    for (const socket of slow) socket.destroy();
  });
});

describe("whom the product contacts", () => {
  it("BU-009 without a key everything costs nothing, and no connection leaves this machine", async () => {
    let run: Record<string, unknown> = {};
    let estimate: Record<string, unknown> = {};
    const hosts = await contacted(async () => {
      estimate = (await (
        await front.fetch("/api/runs/estimate", withJson({ graph: campaign("a boat") }))
      ).json()) as Record<string, unknown>;
      ({ run } = await finish(front, { graph: campaign("a boat") }));
    });
    expect(run).toMatchObject({ status: "succeeded", simulated: true, costUsd: 0 });
    expect(estimate).toMatchObject({ simulated: true });
    expect(hosts.filter((host) => host !== `127.0.0.1:${front.port}`)).toEqual([]);
  });

  it("SC-012 with a key the provider's address is the only one: no telemetry, no update check", async () => {
    const provider = await serveSimulator({ port: 0, latencyMs: 0 });
    const studio = await openStudio(
      readEnv({
        THROUGHLINE_DATA: newData(),
        OPENAI_API_KEY: "sk-test",
        OPENAI_BASE_URL: provider.url,
        LOG_LEVEL: "silent",
      }),
    );
    studio.startWorker();
    const paying = await startFront({ studio });
    try {
      const hosts = await contacted(async () => {
        const { run } = await finish(paying, { graph: campaign("a kettle") });
        expect(run).toMatchObject({ status: "succeeded", simulated: false, paidCalls: 1 });
      });
      // Connections of the tests before may come back to their own server.
      const others = hosts.filter((host) => host !== `127.0.0.1:${front.port}`);
      expect(others).toEqual([`127.0.0.1:${new URL(provider.url).port}`, `127.0.0.1:${paying.port}`].sort());
    } finally {
      await paying.close();
      await provider.close();
    }
  }, 30_000);
});

describe("who asks", () => {
  it("RS-001 a queue that is full answers 429 with Retry-After and starts nothing", async () => {
    const fake = await startFront();
    try {
      fake.studio.metrics = async () => ({ runs: { queued: 1000 }, spentTodayUsd: 0, callsInFlight: 0 });
      const answer = await fake.fetch("/api/runs", withJson({ graph: { nodes: [] } }));
      expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "30"]);
      expect(await answer.json()).toMatchObject({ code: "QUEUE_FULL" });
      expect(fake.studio.started).toEqual([]);
    } finally {
      await fake.close();
    }
  });
});
