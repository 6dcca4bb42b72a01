import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createZip } from "#lib/adapters/zip/zip.ts";
import { readCsv } from "#lib/protocol/table/read-csv.ts";
import { zipNames } from "#lib/runtime/zip-names.ts";
import { createRegistry } from "#lib/sdk/registry.ts";
import { readEnv } from "#lib/server/env.ts";
import { openStudio } from "#lib/server/wire.ts";
import { NODES } from "#nodes/index.ts";
import { type FrontServer, startFront, withJson } from "./front-server.ts";

let front: FrontServer;
beforeAll(async () => {
  const studio = await openStudio(readEnv({ THROUGHLINE_DATA: mkdtempSync(join(tmpdir(), "batches-")) }));
  studio.startWorker();
  front = await startFront({ studio, nodes: () => createRegistry(NODES).nodeInfo() });
});
afterAll(async () => {
  await front.close();
});

// biome-ignore lint/suspicious/noExplicitAny: answers of all shapes are looked into
type Json = any;
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
const post = (path: string, body: object = {}, headers: Record<string, string> = {}) => {
  const init = withJson(body);
  return call(path, { ...init, headers: { ...(init.headers as Record<string, string>), ...headers } });
};
const inputs = [{ key: "product", type: "text", required: true }];
/** Costs nothing: what a row says. */
const words = (id: string) => ({
  id,
  name: "Words",
  inputs,
  nodes: [{ id: "words", type: "prompt", config: { text: "{{product}}" } }],
});
const pictures = (id: string, nodes = 1) => ({
  id,
  name: "Pictures",
  inputs,
  nodes: [
    { id: "words", type: "prompt", config: { text: "{{product}}" } },
    ...Array.from({ length: nodes }, (_, n) => ({
      id: `hero${n}`,
      type: "generate",
      take: n + 1,
      config: { size: "1024x1024", partials: 0 },
    })),
  ],
  edges: Array.from({ length: nodes }, (_, n) => ({
    id: `e${n}`,
    source: "words",
    sourceHandle: "text",
    target: `hero${n}`,
    targetHandle: "prompt",
  })),
});
const rested = async (batchId: string) => {
  const events = (await call(`/api/batches/${batchId}/events`)).text;
  return { events, batch: (await call(`/api/batches/${batchId}`)).body };
};

describe("batches over HTTP", () => {
  it("run a table to its end, tell it row by row, and give table and files back", async () => {
    const csv = 'SKU;Product;nude\n1;a red kite;x\n2;"a ""blue""\nkite";-5.2\n3;nude figure;=1+1\n';
    const { status, body, headers } = await post("/api/batches", { graph: pictures("kites"), csv });
    expect(status).toBe(202);
    expect(headers.get("location")).toBe(`/api/batches/${body.batchId}`);
    expect(body.total).toBe(3);
    const { events, batch } = await rested(body.batchId);
    expect(batch).toMatchObject({
      status: "failed",
      total: 3,
      counts: { succeeded: 2, failed: 1 },
      columns: ["SKU", "Product", "nude"],
      map: { Product: "product" },
    });
    expect(batch.rows[2]).toMatchObject({ status: "failed", error: { code: "moderation" } });
    expect(batch.rows[0].outputs.hero0.image[0]).toMatchObject({ kind: "image", width: 1024 });
    expect(events).toContain("event: row.changed");
    expect(events).toContain("event: batch.progress");
    expect(events.trim().split("\n\n").at(-1)).toMatch(/^event: batch.ended\nid: \d+\n/);

    const table = await call(`/api/batches/${body.batchId}/rows.csv`);
    expect(table.headers.get("content-type")).toContain("text/csv");
    const { columns, rows } = readCsv(table.text);
    expect(columns.slice(3)).toEqual(["_status", "_run", "_cost_usd", "_files", "_error"]);
    expect(rows.map((row) => row.slice(0, 4))).toEqual([
      ["1", "a red kite", "x", "succeeded"],
      ["2", 'a "blue"\nkite', "'-5.2", "succeeded"],
      ["3", "nude figure", "'=1+1", "failed"],
    ]);
    const files = await front.fetch(`/api/batches/${body.batchId}/files.zip`);
    expect(files.headers.get("content-disposition")).toContain("Pictures.zip");
    const names: string[] = [];
    for await (const entry of createZip({ names: zipNames }).read(Buffer.from(await files.arrayBuffer()))) {
      names.push(entry.name);
      await entry.bytes();
    }
    expect(names).toEqual(["row-0001/hero0-1.png", "row-0002/hero0-1.png", "rows.csv"]);
    expect(rows[0]?.[6]).toBe("row-0001/hero0-1.png");

    const resumed = await post(`/api/batches/${body.batchId}/resume`);
    expect(resumed.status).toBe(202);
    expect(resumed.body.rows).toBe(1);
    expect((await rested(body.batchId)).batch.counts.succeeded).toBe(2);
    const listed = (await call("/api/batches?graphId=kites")).body;
    expect(listed.batches).toMatchObject([{ batchId: body.batchId, status: "failed" }]);
  });

  it("pages rows, by status too, and goes on in its events from any number", async () => {
    const rows = Array.from({ length: 25 }, (_, n) => ({ product: `word ${n}` }));
    const { body } = await post("/api/batches", { graph: words("paged"), rows });
    const { batch } = await rested(body.batchId);
    expect(batch.status).toBe("succeeded");
    const page = (await call(`/api/batches/${body.batchId}?from=10&limit=5`)).body;
    expect(page.rows.map((row: Json) => row.index)).toEqual([10, 11, 12, 13, 14]);
    expect(page.next).toBe(15);
    expect((await call(`/api/batches/${body.batchId}?status=failed`)).body.rows).toEqual([]);
    const told = (text: string) => [...text.matchAll(/"row":(\d+)/g)].map(([, row]) => Number(row));
    const all = (await call(`/api/batches/${body.batchId}/events`)).text;
    expect(told(all)).toHaveLength(25);
    const ids = [...all.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
    const later = (await call(`/api/batches/${body.batchId}/events`, { headers: { "last-event-id": String(ids[19]) } }))
      .text;
    expect(told(later)).toEqual(told(all).slice(20));
    expect((await call("/api/batches/nobody")).status).toBe(404);
    expect((await call("/api/batches/nobody/events")).status).toBe(404);
  });

  it("an edited row is stale and runs when it is asked to", async () => {
    const { body } = await post("/api/batches", {
      graph: words("edited"),
      columns: ["product"],
      rows: [["one"], ["two"]],
    });
    await rested(body.batchId);
    const edited = await post(`/api/batches/${body.batchId}/rows/1`, { cells: { product: "three" } });
    expect(edited.body).toMatchObject({ index: 1, status: "stale", cells: ["three"] });
    expect((await post(`/api/batches/${body.batchId}/rows/1`, { cells: { product: "" } })).status).toBe(422);
    expect((await post(`/api/batches/${body.batchId}/rows/9`, { cells: {} })).status).toBe(404);
    await post(`/api/batches/${body.batchId}/resume`, { only: "stale" });
    const { batch } = await rested(body.batchId);
    expect(batch.rows[1].outputs.words.text).toMatchObject([{ text: "three" }]);
  });

  it("CS-001 what exceeds a limit is a 422 with the limit and the place", async () => {
    const send = async (csv: string) => (await post("/api/batches", { graph: words("limits"), csv })).body;
    expect(await send(`product\n${"x\n".repeat(10_001)}`)).toMatchObject({
      status: "invalid",
      code: "TOO_MANY_ROWS",
      detail: expect.stringContaining("10001"),
    });
    const wide = ["product", ...Array.from({ length: 200 }, (_, n) => `c${n}`)].join(",");
    expect(await send(`${wide}\n${wide}\n`)).toMatchObject({
      code: "TOO_MANY_COLUMNS",
      detail: expect.stringContaining("201"),
    });
    expect(await send(`product,b\nx,y\nx,${"z".repeat(33 * 1024)}\n`)).toMatchObject({
      code: "CELL_TOO_LARGE",
      problems: [{ row: 1, field: "b" }],
    });
    expect(await send(`product\n${"x".repeat(11 * 1024 * 1024)}\n`)).toMatchObject({ code: "TABLE_TOO_LARGE" });
  });

  it("CS-002 CS-003 malformed tables and doubled columns are a 422 that says where", async () => {
    const send = async (csv: string) => (await post("/api/batches", { graph: words("malformed"), csv })).body;
    expect(await send('product\n1\n2\n3\n4\n"5\n6\n')).toMatchObject({
      code: "CSV_MALFORMED",
      detail: expect.stringContaining("Row 5"),
    });
    expect(await send("product,b\n1,2\n3\n")).toMatchObject({
      code: "RAGGED_LINE",
      detail: expect.stringContaining("Line 3"),
    });
    for (const header of ["a,a,a", "Product,product", "product,,x"])
      expect(await send(`${header}\n${header}\n`)).toMatchObject({ code: "DUPLICATE_COLUMN" });
    expect((await post("/api/batches", { graph: words("malformed"), csv: "\uFEFFproduct\nx\n" })).status).toBe(202);
  });

  it("names every cell that does not fit its input by row and column", async () => {
    const graph = { ...words("typed"), inputs: [...inputs, { key: "size", type: "number", min: 1 }] };
    const { status, body } = await post("/api/batches", { graph, csv: "product,size\nhat,2\ncap,large\nbag,0\n" });
    expect(status).toBe(422);
    expect(body.problems).toMatchObject([
      { row: 1, field: "size", code: "BAD_INPUT", message: expect.stringContaining('Row 2 (line 3), column "size"') },
      { row: 2, field: "size", code: "BAD_INPUT" },
    ]);
    const secret = await post("/api/batches", {
      graph: words("secret"),
      csv: `product,note\nhat,sk-${"a".repeat(40)}\n`,
    });
    expect(secret.body).toMatchObject({ status: "invalid", code: "SECRET_IN_TABLE" });
    expect(secret.text).not.toContain("aaaa");
  });

  it("CS-007 much work is started only by whoever was told what it costs, and only that work", {
    timeout: 60_000,
  }, async () => {
    const rows = Array.from({ length: 10_000 }, (_, n) => [`shoe ${n}`]);
    const request = { graph: pictures("dear", 6), columns: ["product"], rows, start: true };
    const { status, body } = await post("/api/batches", request);
    expect(status).toBe(409);
    expect(body).toMatchObject({ code: "CONFIRM_REQUIRED", rows: 10_000, calls: 60_000, confirm: expect.any(String) });
    expect(body.costUsd).toBeGreaterThan(1000);
    const less = { ...request, rows: rows.slice(0, 60) };
    expect((await post("/api/batches", { ...less, confirm: body.confirm })).status).toBe(409);
    expect((await call("/api/batches?graphId=dear")).body.batches).toEqual([]);
    for (const part of [{ only: [0] }, { start: false }])
      expect((await post("/api/batches", { ...less, ...part })).status, "rows that are stored may run later").toBe(409);
    const all = await post("/api/batches", { ...request, confirm: body.confirm });
    expect(all.status).toBe(202);
    expect((await post(`/api/batches/${all.body.batchId}/cancel`)).status).toBe(202);
    expect((await rested(all.body.batchId)).batch.counts).toMatchObject({ queued: 0, running: 0 });
  });

  it("estimates a table without starting anything, what rows share counted once", async () => {
    const graph = pictures("shared");
    const estimate = (await post("/api/batches/estimate", { graph, csv: "product,n\na fox,1\na fox,2\na crow,3\n" }))
      .body;
    expect(estimate).toMatchObject({ rows: 3, freeRows: 1, calls: 2, lookedAt: 3, simulated: true });
    expect((await call("/api/batches?graphId=shared")).body.batches).toEqual([]);
    await rested((await post("/api/batches", { graph, csv: "product\na fox\n" })).body.batchId);
    expect((await post("/api/batches/estimate", { graph, csv: "product\na fox\na crow\n" })).body).toMatchObject({
      calls: 1,
      freeRows: 1,
    });
  });

  it("CS-009 a cell that names this very server fails its row alone", async () => {
    const graph = {
      id: "ssrf",
      name: "References",
      inputs: [{ key: "photo", type: "image" }],
      nodes: [
        { id: "ref", type: "reference", config: { assets: { $input: "photo" } } },
        { id: "t", type: "text", config: { text: "x" } },
      ],
    };
    const photos = [`http://127.0.0.1:${front.port}/api/secrets`, "", "http://169.254.169.254/latest"];
    const { body } = await post("/api/batches", { graph, rows: photos.map((photo, n) => ({ photo, n })) });
    const { batch } = await rested(body.batchId);
    expect(batch.rows.map((row: Json) => [row.status, row.error?.code])).toEqual([
      ["failed", "SSRF_BLOCKED"],
      ["succeeded", undefined],
      ["failed", "SSRF_BLOCKED"],
    ]);
  });

  it("runs a published template, the named revision of it, and every row says so", async () => {
    const put = (text: string, etag?: string) =>
      call("/api/graphs/tpl", {
        method: "PUT",
        headers: { "content-type": "application/json", ...(etag ? { "if-match": etag } : {}) },
        body: JSON.stringify({ ...words("tpl"), nodes: [{ id: "words", type: "prompt", config: { text } }] }),
      });
    const saved = await put("first {{product}}");
    await post("/api/graphs/tpl/publish", {});
    await put("second {{product}}", saved.body.etag);
    await post("/api/graphs/tpl/publish", {});
    const csv = "product\nhat\n";
    const text = async (more: object) => {
      const { body } = await post("/api/batches", { templateId: "tpl", csv, ...more });
      const { batch } = await rested(body.batchId);
      const run = (await call(`/api/runs/${batch.rows[0].runId}`)).body;
      return {
        said: batch.rows[0].outputs.words.text[0].text,
        template: batch.template,
        run: run.template,
        batch: run.batch,
      };
    };
    expect(await text({})).toMatchObject({
      said: "second hat",
      template: { id: "tpl", revision: 2 },
      run: { revision: 2 },
      batch: { row: 0 },
    });
    expect(await text({ revision: 1 })).toMatchObject({ said: "first hat", template: { id: "tpl", revision: 1 } });
    expect((await post("/api/batches", { templateId: "nobody", csv })).status).toBe(422);
    expect((await call("/api/runs?batch=none&graphId=tpl")).body.runs).toEqual([]);
  });

  it("CS-012 the same table with the same key is one batch", async () => {
    const request = { graph: words("once"), csv: "product\nhat\n" };
    const [one, two] = await Promise.all([
      post("/api/batches", request, { "idempotency-key": "k1" }),
      post("/api/batches", request, { "idempotency-key": "k1" }),
    ]);
    expect(two.body.batchId).toBe(one.body.batchId);
    const later = await post("/api/batches", request, { "idempotency-key": "k1" });
    expect(later.body.batchId).toBe(one.body.batchId);
    expect(later.headers.get("idempotency-replayed")).toBe("true");
  });
});
