import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FrontServer, startFront, withJson } from "./front-server.ts";

let front: FrontServer;
beforeAll(async () => {
  front = await startFront();
});
afterAll(() => front.close());

const post = async (body: unknown, path = "/api/runs") => {
  const answer = await front.fetch(path, withJson(body));
  return {
    status: answer.status,
    type: answer.headers.get("content-type"),
    body: (await answer.json()) as Record<string, unknown>,
  };
};
const started = () => front.studio.started.length;

describe("JSON bodies", () => {
  it("GR-003 refuses 20,000 nested arrays with a code, not a crash", async () => {
    const answer = await post(`{"graph":${"[".repeat(20_000)}${"]".repeat(20_000)}}`);
    expect([answer.status, answer.body.code, answer.body.status]).toEqual([422, "JSON_TOO_DEEP", "invalid"]);
  });

  it("GR-004 says at which byte JSON breaks off, and shows no stack", async () => {
    const answer = await post('{"graph":{"nodes":[');
    expect([answer.status, answer.body.code]).toEqual([400, "MALFORMED_JSON"]);
    expect(answer.body.detail).toMatch(/byte 19/);
    expect(JSON.stringify(answer.body)).not.toMatch(/at .*\.ts|node_modules|SyntaxError/);
  });

  it.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/jsonp",
    "",
  ])("GR-005 never enters the handler with JSON sent as %j", async (type) => {
    const before = started();
    const answer = await front.fetch("/api/runs", {
      method: "POST",
      headers: { "content-type": type },
      body: '{"graph":{}}',
    });
    expect([answer.status, started()]).toEqual([415, before]);
    expect((await answer.json()) as object).toMatchObject({ code: "UNSUPPORTED_MEDIA_TYPE" });
  });

  it("takes application/json with a charset", async () => {
    const answer = await front.fetch("/api/runs", {
      method: "POST",
      headers: { "content-type": "Application/JSON; charset=utf-8" },
      body: '{"graph":{}}',
    });
    expect(answer.status).toBe(202);
  });

  it("GR-006 refuses a key that stands twice", async () => {
    const answer = await post('{"graph":{"nodes":[],"nodes":[{"id":"a","type":"text"}]}}');
    expect([answer.status, answer.body.code]).toEqual([422, "DUPLICATE_KEY"]);
  });

  it("GR-014 refuses a graph over its limits with figures", async () => {
    const nodes = Array.from({ length: 501 }, (_, i) => ({ id: `n${i}`, type: "text" }));
    const answer = await post({ graph: { nodes } });
    expect([answer.status, answer.body.code]).toEqual([422, "GRAPH_TOO_LARGE"]);
    expect(answer.body.detail).toMatch(/501.*500/);
  });

  it("GR-015 a full mesh is refused by its size alone", async () => {
    const edge = (i: number) => `{"id":"e${i}","source":"a","sourceHandle":"o","target":"b","targetHandle":"i"}`;
    const answer = await post(`{"graph":{"edges":[${Array.from({ length: 124_750 }, (_, i) => edge(i)).join(",")}]}}`);
    expect([answer.status, answer.body.code]).toEqual([413, "TOO_LARGE"]);
  });

  it("counts a body that does not say its length", async () => {
    const chunk = new TextEncoder().encode("x".repeat(64 * 1024));
    let sent = 0;
    const body = new ReadableStream({
      pull(controller) {
        sent += 1;
        if (sent > 40) controller.close();
        else controller.enqueue(chunk);
      },
    });
    const init = { method: "POST", headers: { "content-type": "application/json" }, body, duplex: "half" };
    expect((await front.fetch("/api/runs", init as RequestInit)).status).toBe(413);
  });

  it("a body of exactly 2 MiB is read, one byte more is not", async () => {
    const head = '{"graph":{"description":"';
    const fill = (bytes: number) => `${head}${"a".repeat(bytes - head.length - 3)}"}}`;
    const most = 2 * 1024 * 1024;
    expect((await post(fill(most))).status).not.toBe(413);
    expect((await post(fill(most + 1))).status).toBe(413);
  });

  it("refuses bytes that are not UTF-8", async () => {
    const answer = await front.fetch("/api/runs", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: new Uint8Array([0x22, 0xff, 0x22]),
    });
    expect(answer.status).toBe(400);
  });

  it("PP-001 refuses a graph with __proto__ and stays clean", async () => {
    const answer = await post('{"graph":{"__proto__":{"isAdmin":true}}}');
    expect([answer.status, answer.body.code]).toEqual([422, "FORBIDDEN_KEY"]);
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  it("PP-002 refuses constructor.prototype among the inputs and stays clean", async () => {
    const answer = await post('{"graph":{},"inputs":{"constructor":{"prototype":{"polluted":1}}}}');
    expect(answer.status).toBe(422);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe("fields", () => {
  it("refuses unknown fields by name", async () => {
    const answer = await post({ graph: {}, skipAuth: true });
    expect(answer.status).toBe(422);
    expect(answer.body.problems).toEqual([expect.objectContaining({ code: "UNKNOWN_FIELD", field: "skipAuth" })]);
  });

  it.each([-1, 1e308, "5", Number.NaN])("BU-004 refuses a budget of %s", async (budgetUsd) => {
    const answer = await post(
      `{"graph":{},"budgetUsd":${typeof budgetUsd === "string" ? '"5"' : String(budgetUsd).replace("Infinity", "1e999")}}`,
    );
    expect([400, 422]).toContain(answer.status);
  });

  it.each([{}, { graph: {}, graphId: "a" }])("wants exactly one of graph, graphId and templateId: %j", async (body) => {
    expect((await post(body)).status).toBe(422);
  });

  it("RS-004 refuses page sizes and cursors out of bounds rather than cutting them", async () => {
    for (const query of [
      "limit=1e9",
      "limit=201",
      "limit=0",
      "limit=-1",
      "limit=1&offset=-1",
      "limit=1&limit=2",
      "limit=abc",
    ])
      expect([query, (await front.fetch(`/api/runs?${query}`)).status]).toEqual([query, 422]);
    expect((await front.fetch("/api/runs?limit=200")).status).toBe(200);
    expect((await front.fetch("/api/archive?q=%25_%25")).status).toBe(200);
  });

  it("RS-005 answers a search of 10 KB", async () => {
    expect((await front.fetch(`/api/archive?q=${encodeURIComponent("(a+)+$ ".repeat(1000))}`)).status).toBe(200);
  });

  it("SC-009 tells nothing of an error inside but an id", async () => {
    front.studio.fail = new Error(
      "SQLITE_ERROR: no such table secret_table at /home/someone/data/journal.sqlite sk-canary1234567",
    );
    const answer = await post({ graph: {} });
    front.studio.fail = undefined;
    expect([answer.status, answer.type, answer.body.code]).toEqual([500, "application/problem+json", "INTERNAL"]);
    expect(JSON.stringify(answer.body)).not.toMatch(/SQLITE|secret_table|home|sk-canary|stack/);
    expect(front.errors).toHaveLength(1);
  });

  it("an address that cannot be decoded is not found", async () => {
    expect((await front.fetch("/api/runs/%E0%A4%A")).status).toBe(404);
  });
});
