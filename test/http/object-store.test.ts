import { existsSync, mkdtempSync, readdirSync, readFileSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createS3Assets } from "#lib/adapters/s3/s3-assets.ts";
import { CataloguePage } from "#lib/protocol/catalogue.ts";
import type { ImageValue } from "#lib/protocol/values.ts";
import type { Studio } from "#lib/runtime/studio-api.ts";
import { readEnv } from "#lib/server/env.ts";
import { openStudio } from "#lib/server/wire.ts";
import { openObjectStore } from "#test/adapters/s3/object-store.ts";
import { type FrontServer, startFront, withJson } from "./front-server.ts";

const PREFIX = "studio";
const folder = mkdtempSync(join(tmpdir(), "object-store-"));
let store: Awaited<ReturnType<typeof openObjectStore>>;
let studio: Studio;
let front: FrontServer;

beforeAll(async () => {
  store = await openObjectStore();
  studio = await openStudio(readEnv({ THROUGHLINE_DATA: folder, LOG_LEVEL: "silent", ...store.vars(PREFIX) }), {
    simulatorLatencyMs: 0,
  });
  front = await startFront({ studio });
});
afterAll(async () => {
  await front.close();
  await studio.stop();
  await store.discard();
});

const campaign = (words: string) => ({
  id: "kites",
  name: "Kites",
  nodes: [
    { id: "words", type: "prompt", config: { text: words } },
    { id: "picture", type: "generate", config: { size: "1024x1024", quality: "low" } },
    { id: "night", type: "text", config: { text: "at night" } },
    { id: "again", type: "edit", config: { quality: "low" } },
    { id: "keep", type: "archive", config: { name: "kites/one" } },
  ],
  edges: [
    { id: "e", source: "words", sourceHandle: "text", target: "picture", targetHandle: "prompt" },
    { id: "f", source: "picture", sourceHandle: "image", target: "again", targetHandle: "image" },
    { id: "h", source: "night", sourceHandle: "text", target: "again", targetHandle: "instruction" },
    { id: "g", source: "again", sourceHandle: "image", target: "keep", targetHandle: "image" },
  ],
});
const queue = async (words: string) => (await studio.startRun({ graph: campaign(words) })).runId;
const run = async (words: string) => {
  const runId = await queue(words);
  await studio.drive(runId);
  const document = await studio.run(runId);
  if (!document) throw new Error("no such run");
  return document;
};
const hexOf = (image: unknown) => (image as ImageValue).asset.slice(7);

describe("a studio whose assets live in an object store", () => {
  it("runs, serves pictures and thumbnails, exports, and holds no asset in its data folder", async () => {
    const done = await run("a green kite");
    expect(done.status).toBe("succeeded");
    const hex = hexOf(done.outputs.again?.image?.[0]);
    const picture = await front.fetch(`/api/assets/${hex}`);
    expect(picture.headers.get("content-type")).toBe("image/png");
    expect(Buffer.from(await picture.arrayBuffer()).equals(readFileSync(store.fileOf(`sha256:${hex}`, PREFIX)))).toBe(
      true,
    );
    expect((await front.fetch(`/api/assets/${hex}?w=96`)).status).toBe(200);
    expect((await front.fetch(`/api/assets/${"0".repeat(64)}`)).status).toBe(404);

    const { entries } = CataloguePage.parse(await (await front.fetch("/api/archive")).json());
    const bundle = await front.fetch(`/api/archive/${entries[0]?.id}/bundle`);
    expect(bundle.status).toBe(200);
    expect((await bundle.arrayBuffer()).byteLength).toBeGreaterThan(10_000);
    const out = mkdtempSync(join(tmpdir(), "object-store-out-"));
    await studio.exportRun(done.runId, out);
    expect(readdirSync(out, { recursive: true }).some((name) => String(name).endsWith(".png"))).toBe(true);

    expect(readdirSync(folder)).not.toContain("assets");
    const cached = await run("a green kite");
    expect(cached.steps.every((step) => step.cached || step.nodeId === "keep")).toBe(true);
  });

  it("ST-005 looks through the store, tells a damaged object, and clears what nobody needs", async () => {
    expect(await studio.fsck()).toMatchObject({ ok: true });
    const red = await run("a red kite");
    const asset = `sha256:${hexOf(red.outputs.picture?.image?.[0])}`;
    store.damage(asset, PREFIX);
    expect((await studio.fsck()).problems).toMatchObject([{ code: "ASSET_DAMAGED", asset }]);
    expect((await front.fetch(`/api/assets/${asset.slice(7)}`)).status).toBe(404);
    store.damage(asset, PREFIX);

    const orphan = await createS3Assets(store.place(PREFIX)).put(Buffer.from("nobody needs this"));
    expect(await studio.gc({ dryRun: false })).toMatchObject({ deleted: 0 });
    utimesSync(store.fileOf(orphan.asset, PREFIX), 1_000, 1_000);
    expect(await studio.gc({ dryRun: false })).toMatchObject({ deleted: 1, bytes: 17 });
    expect(existsSync(store.fileOf(orphan.asset, PREFIX))).toBe(false);
    expect(await studio.fsck()).toMatchObject({ ok: true });
  });

  it("ST-003 rests while the store is gone, and goes on when it is back", async () => {
    const runId = await queue("a blue kite");
    await store.stop();
    try {
      await studio.drive(runId);
      expect(await studio.run(runId)).toMatchObject({ status: "paused", reason: "disk" });
      expect((await studio.run(runId))?.error?.message).toMatch(/asset store s3:.*cannot be used.*ECONNREFUSED/);
      const paid = await queue("a green kite");
      await studio.drive(paid);
      expect(await studio.run(paid)).toMatchObject({ status: "paused", reason: "disk" });
    } finally {
      await store.start();
    }
    const answer = await front.fetch(`/api/runs/${runId}/resume`, withJson({}));
    expect(answer.ok).toBe(true);
    await studio.drive(runId);
    expect((await studio.run(runId))?.status).toBe("succeeded");
  });
});
