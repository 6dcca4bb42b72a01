import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Template, TemplateList } from "#lib/protocol/templates.ts";
import { createRegistry } from "#lib/sdk/registry.ts";
import { readEnv } from "#lib/server/env.ts";
import { openStudio } from "#lib/server/wire.ts";
import { NODES } from "#nodes/index.ts";
import { type FrontServer, startFront, withJson } from "./front-server.ts";

let front: FrontServer;
beforeAll(async () => {
  const studio = await openStudio(readEnv({ THROUGHLINE_DATA: mkdtempSync(join(tmpdir(), "templates-")) }));
  studio.startWorker();
  front = await startFront({ studio, nodes: () => createRegistry(NODES).nodeInfo() });
});
afterAll(async () => {
  await front.close();
});

// biome-ignore lint/suspicious/noExplicitAny: an answer is whatever the server says; the assertions are the types
type Json = any;
const call = async (path: string, init?: RequestInit) => {
  const answer = await front.fetch(path, init);
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    body: (text.startsWith("{") ? JSON.parse(text) : {}) as Json,
  };
};
const poster = (light: string) => ({
  id: "poster",
  name: "Poster",
  inputs: [{ key: "product", title: "Product", type: "text", required: true }],
  nodes: [{ id: "words", type: "prompt", config: { text: `{{product}} in ${light}` } }],
  edges: [],
});
const save = async (id: string, document: object) => {
  const known = await call(`/api/graphs/${id}`);
  const tag = known.headers.get("etag");
  const answer = await call(`/api/graphs/${id}`, {
    ...withJson(document, "PUT"),
    headers: { "content-type": "application/json", ...(tag ? { "if-match": tag } : {}) },
  });
  expect(answer.status).toBeLessThan(300);
};
const finished = async (runId: string) => {
  await (await front.fetch(`/api/runs/${runId}/events`)).text();
  return (await call(`/api/runs/${runId}`)).body;
};

describe("templates over HTTP", () => {
  it("are published, listed, read, run by form and by POST /api/runs, and rolled back", async () => {
    await save("poster", poster("morning light"));
    const first = await call(
      "/api/graphs/poster/publish",
      withJson({
        description: "A poster of your product",
        notes: "the first",
        form: { groups: [{ title: "What", fields: [{ key: "product", placeholder: "trail sneaker" }] }] },
      }),
    );
    expect([first.status, first.headers.get("location")]).toEqual([201, "/api/templates/poster"]);
    expect(first.body).toMatchObject({
      revision: 1,
      current: true,
      asks: 1,
      contacts: [],
      inputs: [{ key: "product" }],
    });
    await save("poster", poster("evening light"));
    expect((await call("/api/graphs/poster/publish", { method: "POST" })).body.revision).toBe(2);

    const list = (await call("/api/templates")).body as TemplateList;
    expect(list.templates).toMatchObject([{ id: "poster", revision: 2, name: "Poster" }]);
    expect("graph" in (list.templates[0] ?? {})).toBe(false);
    const old = (await call("/api/templates/poster?revision=1")).body as Template;
    expect(old).toMatchObject({ current: false, description: "A poster of your product" });
    expect(old.form.groups[0]?.fields[0]).toMatchObject({ placeholder: "trail sneaker", shown: true });
    expect((await call("/api/templates/poster/revisions?limit=1")).body).toMatchObject({
      revisions: [{ revision: 2 }],
      next: 2,
    });

    const started = await call("/api/templates/poster/runs", withJson({ inputs: { product: "a lamp" } }));
    expect(started.status).toBe(202);
    const run = await finished(started.body.runId);
    expect(run).toMatchObject({ status: "succeeded", template: { id: "poster", revision: 2 } });
    expect(run.outputs.words.text[0].text).toBe("a lamp in evening light");

    const named = await call(
      "/api/runs",
      withJson({ templateId: "poster", revision: 1, inputs: { product: "a cup" } }),
    );
    expect((await finished(named.body.runId)).outputs.words.text[0].text).toBe("a cup in morning light");
    const { runs } = (await call("/api/runs?templateId=poster")).body;
    expect(runs.map((one: Json) => one.template.revision)).toEqual([1, 2]);

    expect((await call("/api/templates/poster/current", withJson({ revision: 1 }))).body).toMatchObject({
      revision: 1,
    });
    const back = await call("/api/templates/poster/runs", withJson({ inputs: { product: "a lamp" } }));
    expect((await finished(back.body.runId)).outputs.words.text[0].text).toBe("a lamp in morning light");
  });

  it("give the same run for the same Idempotency-Key, and say what a run would cost", async () => {
    const init = withJson({ inputs: { product: "a tray" } });
    const once = () =>
      call("/api/templates/poster/runs", { ...init, headers: { ...init.headers, "idempotency-key": "k1" } });
    const [first, again] = [await once(), await once()];
    expect(again.body).toEqual(first.body);
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect((await call("/api/templates/poster/estimate", init)).body).toMatchObject({ costUsd: 0, problems: [] });
  });

  it("name the field that is wrong, and start nothing", async () => {
    const before = (await call("/api/runs?limit=200")).body.runs.length;
    for (const [inputs, code, field] of [
      [{}, "INPUT_MISSING", "product"],
      [{ product: { asset: "x" } }, "BAD_INPUT", "product"],
      [{ product: "x", extra: 1 }, "UNKNOWN_INPUT", "extra"],
      [{ product: "sk-abcdefghijklmnop1234567890" }, "SECRET_IN_INPUT", "product"],
    ] as const) {
      const answer = await call("/api/templates/poster/runs", withJson({ inputs }));
      expect([answer.status, answer.body.problems[0].code, answer.body.problems[0].field]).toEqual([422, code, field]);
    }
    expect((await call("/api/runs?limit=200")).body.runs).toHaveLength(before);
  });

  it("that are not there are 404, and a graph with problems is 422 with all of them", async () => {
    for (const [path, init] of [
      ["/api/templates/nobody", {}],
      ["/api/templates/nobody/revisions", {}],
      ["/api/templates/poster?revision=99", {}],
      ["/api/templates/nobody", { method: "DELETE" }],
      ["/api/templates/nobody/runs", withJson({})],
      ["/api/templates/poster/runs", withJson({ revision: 99 })],
      ["/api/templates/nobody/estimate", withJson({})],
      ["/api/templates/poster/current", withJson({ revision: 99 })],
      ["/api/graphs/nobody/publish", withJson({})],
    ] as const)
      expect([path, (await call(path, init)).status]).toEqual([path, 404]);
    expect((await call("/api/runs", withJson({ templateId: "nobody" }))).body.code).toBe("UNKNOWN_TEMPLATE");
    await save("broken", { id: "broken", name: "Broken", nodes: [{ id: "a", type: "generate" }] });
    const refused = await call("/api/graphs/broken/publish", withJson({}));
    expect([refused.status, refused.body.problems[0].node]).toEqual([422, "a"]);
    expect((await call("/api/templates/broken")).status).toBe(404);
  });

  it("that were taken back run nothing and are in no list, until a revision is made current", async () => {
    await save("gone", poster("noon"));
    await call("/api/graphs/gone/publish", withJson({}));
    expect((await call("/api/templates/gone", { method: "DELETE" })).status).toBe(204);
    expect((await call("/api/templates/gone/runs", withJson({ inputs: { product: "x" } }))).status).toBe(404);
    expect((await call("/api/templates")).body.templates.map((t: Json) => t.id)).not.toContain("gone");
    expect((await call("/api/templates/gone/current", withJson({ revision: 1 }))).status).toBe(200);
    expect((await call("/api/templates/gone/runs", withJson({ inputs: { product: "x" } }))).status).toBe(202);
  });
});
