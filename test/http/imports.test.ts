import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRegistry } from "#lib/sdk/registry.ts";
import { readEnv } from "#lib/server/env.ts";
import { openStudio } from "#lib/server/wire.ts";
import { NODES } from "#nodes/index.ts";
import { type FrontServer, startFront, withJson } from "./front-server.ts";

let front: FrontServer;
beforeAll(async () => {
  const studio = await openStudio(readEnv({ THROUGHLINE_DATA: mkdtempSync(join(tmpdir(), "imports-")) }));
  studio.startWorker();
  front = await startFront({ studio, nodes: () => createRegistry(NODES).nodeInfo() });
});
afterAll(async () => {
  await front.close();
});

// biome-ignore lint/suspicious/noExplicitAny: an answer is whatever the server says; the assertions are the types
type Json = any;
const send = async (bytes: Uint8Array | string, type = "application/json") => {
  const answer = await front.fetch("/api/imports", {
    method: "POST",
    headers: { "content-type": type },
    body: bytes as BodyInit,
  });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Json };
};
const graphs = async (): Promise<number> =>
  ((await (await front.fetch("/api/graphs?limit=200")).json()) as Json).graphs.length;
const runs = async (): Promise<number> =>
  ((await (await front.fetch("/api/runs?limit=200")).json()) as Json).runs.length;
const plain = (more: object = {}) => ({
  id: "plain",
  name: "Plain",
  nodes: [{ id: "words", type: "prompt", config: { text: "hello" } }],
  ...more,
});

/** A zip of one file that says of itself what it likes. */
function forged(name: string, content: Buffer, claims = content.length, entries = 1): Buffer {
  const data = deflateRawSync(content);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(data.length, 20);
  central.writeUInt32LE(claims, 24);
  central.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries, 8);
  end.writeUInt16LE(entries, 10);
  end.writeUInt32LE(46 + name.length, 12);
  end.writeUInt32LE(30 + name.length + data.length, 16);
  return Buffer.concat([local, Buffer.from(name), data, central, Buffer.from(name), end]);
}

const chunk = (type: string, data: Buffer) => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length, 0);
  head.write(type, 4, "latin1");
  return Buffer.concat([head, data, Buffer.alloc(4)]);
};
const pngWith = async (...texts: string[]) => {
  const png = await sharp({ create: { width: 4, height: 4, channels: 3, background: "#888" } })
    .png()
    .toBuffer();
  const chunks = texts.map((text) => chunk("tEXt", Buffer.concat([Buffer.from("throughline\0"), Buffer.from(text)])));
  return Buffer.concat([png.subarray(0, 33), ...chunks, png.subarray(33)]);
};

describe("imports over HTTP", () => {
  it("make a draft, and a file comes back as it went", async () => {
    const made = await send(JSON.stringify(plain()));
    expect([made.status, made.headers.get("location")]).toEqual([201, "/api/graphs/plain"]);
    const file = await front.fetch("/api/graphs/plain/export");
    expect(file.headers.get("content-disposition")).toBe('attachment; filename="Plain.graph.json"');
    const text = await file.text();
    const again = await send(text);
    expect(again.body.graphId).toMatch(/^plain-/);
    await front.fetch("/api/graphs/plain/publish", withJson({ description: "Words" }));
    const bundle = await front.fetch("/api/templates/plain/export?as=zip");
    expect(bundle.headers.get("content-type")).toBe("application/zip");
    const back = await send(new Uint8Array(await bundle.arrayBuffer()), "application/zip");
    expect(back.status).toBe(201);
    const draft = await front.fetch(`/api/graphs/${back.body.graphId}/template-draft`);
    expect(await draft.json()).toMatchObject({ description: "Words" });
    expect((await front.fetch("/api/graphs/nobody/export")).status).toBe(404);
    expect((await front.fetch("/api/templates/nobody/export?as=zip")).status).toBe(404);
  });

  it("TI-003 TI-006 start nothing and store no key", async () => {
    const before = await runs();
    const made = await send(
      JSON.stringify(
        plain({ autoRun: true, schedules: ["* * * * *"], authorization: "Bearer abcdefghijklmnopqrstuvwxyz" }),
      ),
    );
    expect(made.status).toBe(201);
    expect(made.body.warnings.map((w: Json) => [w.code, w.field])).toEqual([
      ["FIELD_REMOVED", "autoRun"],
      ["FIELD_REMOVED", "schedules"],
      ["SECRET_FIELD_REMOVED", "authorization"],
    ]);
    const stored = await (await front.fetch(`/api/graphs/${made.body.graphId}`)).text();
    expect(stored).not.toMatch(/autoRun|schedules|abcdefghijkl/);
    expect(await runs()).toBe(before);
  });

  it("TI-005 tell whom a run would contact, and start none before somebody allowed it", async () => {
    const inputs = [{ key: "ref", type: "image", default: { url: "https://pictures.example.com/a.png" } }];
    const { body } = await send(JSON.stringify(plain({ inputs })));
    expect(body.contacts).toEqual(["pictures.example.com"]);
    const inside = { ...plain(), id: body.graphId };
    const start = async () => (await front.fetch("/api/runs", withJson({ graph: inside }))).status;
    expect(await start()).toBe(422);
    const contacts = `/api/graphs/${body.graphId}/contacts`;
    expect(await (await front.fetch(contacts)).json()).toEqual({ hosts: body.contacts, allowed: false });
    expect((await front.fetch(`${contacts}/allow`, { method: "POST" })).status).toBe(200);
    expect(await start()).toBe(202);
  });

  it("TI-001 TI-002 read a picture's graph only when it is small and says one thing", async () => {
    const before = await graphs();
    const large = await send(
      await pngWith(JSON.stringify(plain({ description: "x".repeat(3 * 1024 * 1024) }))),
      "image/png",
    );
    expect([large.status, large.body.code]).toEqual([422, "WORKFLOW_TOO_LARGE"]);
    const two = await send(
      await pngWith(JSON.stringify(plain()), JSON.stringify(plain({ name: "Other" }))),
      "image/png",
    );
    expect([two.status, two.body.code]).toEqual([422, "AMBIGUOUS_WORKFLOW"]);
    expect(await graphs()).toBe(before);
    expect((await send(await pngWith(JSON.stringify(plain())), "image/png")).status).toBe(201);
  });

  it("TI-010 refuse archives that lie, and store nothing of them", async () => {
    const before = await graphs();
    const inner = forged("a.txt", Buffer.from("x"));
    for (const [archive, code] of [
      [forged("graph.json", Buffer.alloc(30_000_000)), "ZIP_BOMB"],
      [forged("graph.json", Buffer.from(JSON.stringify(plain())), 5), "ZIP_BROKEN"],
      [forged("graph.json", Buffer.from("x"), 1, 65_000), "ZIP_TOO_MANY"],
      [forged("inner.zip", inner), "ZIP_NESTED"],
      [forged("../graph.json", Buffer.from("x")), "ZIP_NAME"],
      [forged("graph.json", Buffer.from(JSON.stringify(plain()))), "BUNDLE_BROKEN"],
    ] as const) {
      const answer = await send(archive, "application/zip");
      expect([answer.status, answer.body.code]).toEqual([422, code]);
    }
    expect(await graphs()).toBe(before);
  });
});
