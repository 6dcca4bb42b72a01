import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CatalogueEntry, CataloguePage, CollectionList, EntryGraph, Facets } from "#lib/protocol/catalogue.ts";
import { readEnv } from "#lib/server/env.ts";
import { openStudio } from "#lib/server/wire.ts";
import { type FrontServer, startFront, withJson } from "./front-server.ts";

let front: FrontServer;
let entry: CataloguePage["entries"][number];

const start = async (vars: Record<string, string> = {}) => {
  const folder = mkdtempSync(join(tmpdir(), "archive-http-"));
  const studio = await openStudio(readEnv({ THROUGHLINE_DATA: folder, ...vars }));
  studio.startWorker();
  return await startFront({ studio });
};
const finished = async (where: FrontServer, runId: string) => {
  await (await where.fetch(`/api/runs/${runId}/events`)).text();
  return (await (await where.fetch(`/api/runs/${runId}`)).json()) as { status: string; paidCalls: number };
};
const page = async (query = "") => CataloguePage.parse(await (await front.fetch(`/api/archive${query}`)).json());
const put = (path: string, method: string, body: unknown) => front.fetch(path, { ...withJson(body), method });
const code = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code];

beforeAll(async () => {
  front = await start();
  const graph = {
    id: "kites",
    name: "Kites",
    inputs: [{ key: "colour", type: "text", default: "red" }],
    nodes: [
      { id: "words", type: "prompt", config: { text: "a {{colour}} kite over Zürich" } },
      { id: "picture", type: "generate", config: { size: "1024x1024", quality: "low" } },
      { id: "keep", type: "archive", config: { name: "kites/one", tags: ["kite"], collection: "Wind" } },
    ],
    edges: [
      { id: "e", source: "words", sourceHandle: "text", target: "picture", targetHandle: "prompt" },
      { id: "f", source: "picture", sourceHandle: "image", target: "keep", targetHandle: "image" },
    ],
  };
  for (const colour of ["green", "blue"]) {
    const { runId } = (await (await front.fetch("/api/runs", withJson({ graph, inputs: { colour } }))).json()) as {
      runId: string;
    };
    expect((await finished(front, runId)).status).toBe("succeeded");
  }
  const [newest] = (await page()).entries;
  if (!newest) throw new Error("nothing archived");
  entry = newest;
});
afterAll(() => front.close());

describe("the archive over HTTP", () => {
  it("gives pages with records, or cards without, and says where the next page begins", async () => {
    const full = await page("?limit=1");
    expect(full.entries[0]?.record).toMatchObject({ format: "throughline/entry", version: 2 });
    const next = await page(`?limit=1&view=card&before=${encodeURIComponent(full.next ?? "")}`);
    expect(next.entries).toHaveLength(1);
    expect(next.entries[0]?.record).toBeUndefined();
    expect(next.entries[0]?.id).not.toBe(full.entries[0]?.id);
    expect(next.next).toBeUndefined();
  });

  it("finds by prompts and inputs, folded and begun, and narrows by what entries are", async () => {
    const found = async (query: string) => (await page(query)).entries.length;
    expect(await found("?q=zurich+kit")).toBe(2);
    expect(await found("?q=blue")).toBe(1);
    expect(await found('?q="green kite"')).toBe(1);
    expect(await found("?q=nobody")).toBe(0);
    expect(await found("?collection=Wind&tag=kite&graph=kites&simulated=true")).toBe(2);
    expect(await found("?collection=")).toBe(0);
    expect(await found("?starred=true")).toBe(0);
    const { total, facets } = Facets.parse(await (await front.fetch("/api/archive/facets?q=kite")).json());
    expect(total).toBe(2);
    expect(facets.collection).toEqual([{ value: "Wind", count: 2 }]);
    expect(facets.graph).toEqual([{ value: "kites", title: "Kites", count: 2 }]);
  });

  it("refuses what it does not understand, and never a search", async () => {
    for (const query of [
      "?limit=0",
      "?limit=9999",
      "?order=loudest",
      "?verdict=fine",
      "?month=11-2026",
      "?colour=red",
      "?starred=1",
    ])
      expect([query, (await front.fetch(`/api/archive${query}`)).status]).toEqual([query, 422]);
    for (const q of ['"', "a OR (b", "x:y", "*", "NEAR(", "\\", "%00"])
      expect((await front.fetch(`/api/archive?q=${encodeURIComponent(q)}`)).status).toBe(200);
  });

  it("keeps what people say of an entry, one or many at a time, and refuses what looks like a key", async () => {
    const answer = await put(`/api/archive/${entry.id}`, "PUT", {
      title: "Over the roofs",
      starred: true,
      addTags: ["roof"],
    });
    expect(CatalogueEntry.parse(await answer.json())).toMatchObject({
      title: "Over the roofs",
      starred: true,
      tags: ["kite", "roof"],
    });
    const many = await put("/api/archive/changes", "POST", {
      ids: [entry.id, "nobody"],
      change: { collection: "Roofs" },
    });
    expect(await many.json()).toEqual({ changed: 1 });
    expect((await page("?q=roofs&starred=true")).entries.map(({ id }) => id)).toEqual([entry.id]);
    const secret = `sk-${"a1B2c3D4".repeat(4)}`;
    expect((await put(`/api/archive/${entry.id}`, "PUT", { alt: secret })).status).toBe(422);
    expect(await code(await put("/api/archive/nobody", "PUT", { starred: true }))).toEqual([404, "UNKNOWN_ENTRY"]);
    expect((await put(`/api/archive/${entry.id}`, "PUT", { record: {} })).status).toBe(422);
  });

  it("makes, renames, joins and takes away collections", async () => {
    const names = async () => {
      const { collections } = CollectionList.parse(await (await front.fetch("/api/archive/collections")).json());
      return collections.map(({ name, count }) => `${name} ${count}`);
    };
    expect((await put("/api/archive/collections", "POST", { name: "Empty" })).status).toBe(201);
    expect((await put("/api/archive/collections", "POST", { name: "Empty" })).status).toBe(200);
    expect((await put("/api/archive/collections/rename", "POST", { from: "Roofs", to: "Wind" })).status).toBe(200);
    expect(await names()).toEqual(["Empty 0", "Wind 2"]);
    expect((await put("/api/archive/collections/remove", "POST", { name: "Empty" })).status).toBe(204);
    expect((await put("/api/archive/collections/remove", "POST", { name: "Empty" })).status).toBe(404);
    expect((await put("/api/archive/collections", "POST", { name: "  " })).status).toBe(422);
  });

  it("puts an entry into the bin and out of it; its picture stays", async () => {
    expect((await front.fetch(`/api/archive/${entry.id}`, { method: "DELETE" })).status).toBe(204);
    expect((await page()).entries).toHaveLength(1);
    expect((await page("?deleted=true")).entries.map(({ id }) => id)).toEqual([entry.id]);
    expect((await front.fetch(`/api/assets/${entry.asset}`)).status).toBe(200);
    expect((await put(`/api/archive/${entry.id}`, "PUT", { deleted: false })).status).toBe(200);
    expect((await page()).entries).toHaveLength(2);
  });

  it("remakes from the cache without a call, makes another one like it, and opens its graph", async () => {
    const started = await front.fetch(`/api/archive/${entry.id}/remake`, { method: "POST" });
    expect(started.status).toBe(202);
    const { runId } = (await started.json()) as { runId: string };
    expect(started.headers.get("location")).toBe(`/api/runs/${runId}`);
    expect(await finished(front, runId)).toMatchObject({ status: "succeeded", paidCalls: 0 });
    const [again] = (await page(`?runId=${runId}`)).entries;
    expect(again?.asset).toBe(entry.asset);
    expect(again?.record).toMatchObject({ remakes: entry.id });
    const similar = (await (await put(`/api/archive/${entry.id}/similar`, "POST", {})).json()) as { runId: string };
    expect(similar).toMatchObject({ takes: { picture: 2 } });
    expect(await finished(front, similar.runId)).toMatchObject({ status: "succeeded", paidCalls: 1 });
    const found = EntryGraph.parse(await (await front.fetch(`/api/archive/${entry.id}/graph?similar=true`)).json());
    expect(found.graph.inputs[0]?.default).toBe("blue");
    expect(found.graph.nodes.find(({ id }) => id === "picture")?.take).toBe(2);
    expect(await code(await front.fetch("/api/archive/nobody/remake", { method: "POST" }))).toEqual([
      404,
      "UNKNOWN_ENTRY",
    ]);
  });

  it("TI-003 hands out a bundle that another studio takes in without running anything, and refuses one that lies", async () => {
    const answer = await front.fetch(`/api/archive/${entry.id}/bundle?cache=true`);
    expect(answer.headers.get("content-disposition")).toContain(".archive.zip");
    const zip = Buffer.from(await answer.arrayBuffer());
    const other = await start();
    const send = (bytes: Buffer) =>
      other.fetch("/api/archive/bundles", {
        method: "POST",
        headers: { "content-type": "application/zip" },
        body: new Uint8Array(bytes),
      });
    const taken = await send(zip);
    expect(taken.status).toBe(201);
    expect(await taken.json()).toMatchObject({ entryId: entry.id, known: false });
    expect((await send(zip)).status).toBe(200);
    expect(((await (await other.fetch("/api/runs")).json()) as { runs: unknown[] }).runs).toEqual([]);
    const bent = Buffer.from(zip);
    const at = bent.indexOf("a blue kite");
    expect((await send(Buffer.from("PK nothing"))).status).toBe(422);
    if (at > 0) bent.write("A", at);
    else bent[Math.floor(bent.length / 2)] = (bent[Math.floor(bent.length / 2)] ?? 0) ^ 0xff;
    expect((await send(bent)).status).toBe(422);
    const { runId } = (await (await other.fetch(`/api/archive/${entry.id}/remake`, { method: "POST" })).json()) as {
      runId: string;
    };
    expect(await finished(other, runId)).toMatchObject({ status: "succeeded", paidCalls: 0 });
    await other.close();
  });
});
