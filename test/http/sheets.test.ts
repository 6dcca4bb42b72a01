import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readEnv } from "#lib/server/env.ts";
import { openStudio } from "#lib/server/wire.ts";
import { type FrontServer, startFront, withJson } from "./front-server.ts";

let front: FrontServer;
beforeAll(async () => {
  const studio = await openStudio(readEnv({ THROUGHLINE_DATA: mkdtempSync(join(tmpdir(), "sheets-http-")) }));
  studio.startWorker();
  front = await startFront({ studio });
});
afterAll(() => front.close());

type Json = Record<string, unknown>;
const read = async (answer: Response) => ({
  status: answer.status,
  headers: answer.headers,
  body: (await answer.json()) as Json,
});
const draft = (name: string, text: string, more: Json = {}) => ({ name, text, ...more });
const create = async (name: string, text: string, more: Json = {}) =>
  read(await front.fetch("/api/sheets", withJson(draft(name, text, more))));
const put = (id: string, body: Json, ifMatch?: string) =>
  front.fetch(`/api/sheets/${encodeURIComponent(id)}`, {
    ...withJson(body),
    method: "PUT",
    headers: { "content-type": "application/json", ...(ifMatch === undefined ? {} : { "if-match": ifMatch }) },
  });

describe("spec sheets over HTTP", () => {
  it("made, read, saved with If-Match, and listed", async () => {
    const made = await create("Alpine dawn", "Cold light.", { tags: ["cold"] });
    expect([made.status, made.headers.get("location"), made.headers.get("etag")]).toEqual([
      201,
      "/api/sheets/alpine-dawn",
      '"1-1"',
    ]);
    const saved = await read(await put("alpine-dawn", draft("Alpine dawn", "Colder light."), '"1-1"'));
    expect(saved).toMatchObject({ status: 200, body: { version: 2, newest: 2, etag: "2-2" } });
    expect((await read(await front.fetch("/api/sheets/alpine-dawn?version=1"))).body).toMatchObject({
      version: 1,
      text: "Cold light.",
      effective: { text: "Cold light." },
    });
    const known = await front.fetch("/api/sheets/alpine-dawn", { headers: { "if-none-match": '"2-2"' } });
    expect(known.status).toBe(304);
    const { body } = await read(await front.fetch("/api/sheets?q=COLDER%20dawn"));
    expect(body.sheets).toMatchObject([{ id: "alpine-dawn", opening: "Colder light.", newest: 2 }]);
    const versions = await read(await front.fetch("/api/sheets/alpine-dawn/versions?limit=1"));
    expect(versions.body).toMatchObject({ versions: [{ version: 2 }], next: 2 });
  });

  it("two editors never overwrite each other: 428 without If-Match, 412 with a stale one and what is there", async () => {
    await create("Tabs", "Mine.");
    expect((await put("tabs", draft("Tabs", "x"))).status).toBe(428);
    await put("tabs", draft("Tabs", "Theirs."), '"1-1"');
    const refused = await read(await put("tabs", draft("Tabs", "Mine again."), '"1-1"'));
    expect(refused).toMatchObject({
      status: 412,
      body: { code: "REVISION_CONFLICT", current: { text: "Theirs.", version: 2 } },
    });
    for (const weak of ['W/"2-2"', '""', "nonsense"])
      expect((await put("tabs", draft("Tabs", "x"), weak)).status).toBe(412);
    expect((await put("tabs", draft("Tabs", "Any."), "*")).status).toBe(200);
    expect((await put("nowhere", draft("Nowhere", "x"), "*")).status).toBe(404);
    for (const path of ["current", "archived"]) {
      const body = path === "current" ? { version: 1 } : { archived: true };
      expect((await front.fetch(`/api/sheets/tabs/${path}`, withJson(body))).status).toBe(428);
    }
  });

  it("an earlier version becomes the newest again, and a sheet is put away", async () => {
    const made = await create("Back and forth", "One.");
    const second = await put("back-and-forth", draft("Back and forth", "Two."), made.headers.get("etag") ?? "");
    const post = (path: string, body: Json, etag: string) =>
      front.fetch(`/api/sheets/back-and-forth/${path}`, {
        ...withJson(body),
        headers: { "content-type": "application/json", "if-match": etag },
      });
    const back = await read(await post("current", { version: 1 }, second.headers.get("etag") ?? ""));
    expect(back).toMatchObject({ status: 200, body: { version: 3, text: "One.", note: "Back to version 1" } });
    expect((await post("current", { version: 99 }, "*")).status).toBe(404);
    expect((await post("archived", { archived: true }, "*")).status).toBe(200);
    expect((await read(await front.fetch("/api/sheets?q=back"))).body.sheets).toEqual([]);
    expect((await read(await front.fetch("/api/sheets?q=back&archived=true"))).body.sheets).toHaveLength(1);
  });

  it.each([
    [{ name: "", text: "x" }],
    [{ name: "A" }],
    [{ name: "A", text: "x".repeat(32_001) }],
    [{ name: "A", text: "x", extends: "a@b@c" }],
    [{ name: "A", text: "x", extends: "nowhere" }],
    [{ name: "A", text: `sk-${"a1b2".repeat(8)}` }],
    [{ name: "A", text: "x", samples: [{ asset: "sha256:no", width: 1, height: 1, mediaType: "image/png" }] }],
    [{ name: "A", text: "x", more: 1 }],
    [{ name: "A", text: "x", tags: Array.from({ length: 21 }, (_, n) => `t${n}`) }],
  ])("refuses %j and keeps nothing", async (body) => {
    const answer = await front.fetch("/api/sheets", withJson(body));
    expect(answer.status).toBe(422);
    expect(await answer.text()).not.toContain("a1b2a1b2");
    expect((await front.fetch("/api/sheets/a")).status).toBe(404);
  });

  it("shows what a draft would be sent as", async () => {
    await create("Parent", "# Light\nSoft.");
    const { body } = await read(
      await front.fetch("/api/sheets/preview", withJson({ text: "# Light\nHard.", extends: "parent" })),
    );
    expect(body).toMatchObject({ text: "# Light\nHard.", sections: [{ title: "Light", from: "replaced" }] });
    const circle = await front.fetch("/api/sheets/preview", withJson({ text: "x", extends: "parent", id: "parent" }));
    expect([circle.status, ((await circle.json()) as Json).code]).toEqual([422, "SHEET_CYCLE"]);
  });

  it("goes out as a file and comes back, with pictures as a zip", async () => {
    await create("Travels", "Far.");
    const file = await front.fetch("/api/sheets/travels/export");
    expect(file.headers.get("content-disposition")).toContain('attachment; filename="travels.sheet.json"');
    const bytes = Buffer.from(await file.arrayBuffer());
    const back = (type: string, body: Buffer) =>
      front.fetch("/api/sheets/import", {
        method: "POST",
        headers: { "content-type": type },
        body: new Uint8Array(body),
      });
    expect(await read(await back("application/json", bytes))).toMatchObject({
      status: 201,
      body: { sheets: [{ id: "travels", was: "known" }] },
    });
    const zip = await front.fetch("/api/sheets/travels/export?as=zip");
    expect(zip.headers.get("content-type")).toBe("application/zip");
    expect(await read(await back("application/zip", Buffer.from(await zip.arrayBuffer())))).toMatchObject({
      status: 201,
      body: { sheets: [{ was: "known" }] },
    });
    expect((await back("text/html", bytes)).status).toBe(415);
    expect((await back("application/json", Buffer.from("{}"))).status).toBe(422);
    expect((await front.fetch("/api/sheets/nowhere/export")).status).toBe(404);
  });

  it("a sheet is written from a picture in one call: priced before, a run like any other, free the second time", async () => {
    const bytes = await sharp({ create: { width: 64, height: 64, channels: 3, background: "#345" } })
      .png()
      .toBuffer();
    const stored = await read(
      await front.fetch("/api/assets", { method: "POST", headers: { "content-type": "image/png" }, body: bytes }),
    );
    const body = { asset: stored.body.asset, title: "Hero" };
    const price = await read(await front.fetch("/api/sheets/distil/price", withJson(body)));
    expect(price.body).toMatchObject({ calls: 1, cached: false, simulated: true });
    expect(price.body.costUsd).toBeGreaterThan(0);
    const started = await read(await front.fetch("/api/sheets/distil", withJson(body)));
    expect(started.status).toBe(202);
    const run = async () => (await read(await front.fetch(`/api/runs/${started.body.runId}`))).body;
    await expect.poll(async () => (await run()).status, { timeout: 20_000 }).toBe("succeeded");
    const { outputs, graphName, paidCalls } = (await run()) as { outputs: Json; graphName: string; paidCalls: number };
    expect([graphName, paidCalls]).toEqual(["Spec sheet from Hero", 1]);
    expect(outputs.sheet).toMatchObject({ text: [{ kind: "text", text: expect.stringMatching(/\w/) }] });
    expect((await read(await front.fetch("/api/sheets/distil/price", withJson(body)))).body).toMatchObject({
      calls: 0,
      cached: true,
      costUsd: 0,
    });
    const gone = { asset: `sha256:${"0".repeat(64)}` };
    expect((await front.fetch("/api/sheets/distil", withJson(gone))).status).toBe(422);
    const strange = { asset: body.asset, responseId: "resp_nobody" };
    const refused = await read(await front.fetch("/api/sheets/distil", withJson(strange)));
    expect(refused).toMatchObject({ status: 422, body: { code: "UNKNOWN_TURN" } });
  });
});
