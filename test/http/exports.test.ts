import { createHash } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createZip } from "#lib/adapters/zip/zip.ts";
import { ExportLook, ExportManifest, GraphFromPicture } from "#lib/protocol/exports.ts";
import { readEnv } from "#lib/server/env.ts";
import { openStudio } from "#lib/server/wire.ts";
import { aPng, textChunk } from "../client/editor/habits/a-png.ts";
import { type FrontServer, startFront, withJson } from "./front-server.ts";

let front: FrontServer;
let entry = "";
let asset = "";
let runId = "";
beforeAll(async () => {
  const vars = { THROUGHLINE_DATA: mkdtempSync(join(tmpdir(), "exports-")), EXPORT_CREDIT: "Kite Co" };
  const studio = await openStudio(readEnv(vars));
  studio.startWorker();
  front = await startFront({ studio });
  const graph = {
    id: "kites",
    name: "Kites",
    nodes: [
      { id: "words", type: "prompt", config: { text: "a kite" } },
      { id: "picture", type: "generate", config: { size: "1024x1024", quality: "low" } },
      { id: "keep", type: "archive", config: { name: "kites/böe", alt: "a kite in the wind" } },
    ],
    edges: [
      { id: "e", source: "words", sourceHandle: "text", target: "picture", targetHandle: "prompt" },
      { id: "f", source: "picture", sourceHandle: "image", target: "keep", targetHandle: "image" },
    ],
  };
  runId = ((await (await front.fetch("/api/runs", withJson({ graph }))).json()) as { runId: string }).runId;
  await (await front.fetch(`/api/runs/${runId}/events`)).text();
  const [found] = await studio.archive({ runId, limit: 1 });
  entry = found?.id ?? "";
  asset = found?.asset ?? "";
});
afterAll(() => front.close());

const bytesOf = async (answer: Response): Promise<Buffer> => Buffer.from(await answer.arrayBuffer());
const problem = async (answer: Response) => (await answer.json()) as { code: string; detail: string };

describe("one file", () => {
  it("is the original by default, as a download nobody keeps, with what became of its credentials", async () => {
    const answer = await front.fetch(`/api/archive/${entry}/export`);
    expect(answer.status).toBe(200);
    const bytes = await bytesOf(answer);
    expect(`sha256:${createHash("sha256").update(bytes).digest("hex")}`).toBe(asset);
    expect(answer.headers.get("content-disposition")).toBe(
      `attachment; filename="b_e.png"; filename*=UTF-8''b%C3%B6e.png`,
    );
    expect(answer.headers.get("cache-control")).toBe("private, no-store");
    expect(answer.headers.get("content-security-policy")).toContain("sandbox");
    expect(answer.headers.get("throughline-credentials")).toMatch(/^none; /);
  });

  it("is written anew when asked: size, format, words, the simulator called by its name", async () => {
    const answer = await front.fetch(`/api/archive/${entry}/export?as=jpeg&size=256&quality=80`);
    expect(answer.headers.get("content-type")).toBe("image/jpeg");
    const meta = await sharp(await bytesOf(answer)).metadata();
    expect(meta).toMatchObject({ format: "jpeg", width: 256, height: 256 });
    const xmp = String(meta.xmp);
    expect(xmp).toContain("digitalsourcetype/algorithmicMedia");
    expect(xmp).toContain("a kite in the wind");
    expect(xmp).toContain("Kite Co");
    const picture = await front.fetch(`/api/runs/${runId}/export?asset=${asset}&as=webp&size=64&credentials=sign`);
    expect(picture.headers.get("throughline-credentials")).toMatch(/^signed-test; .*others%20will%20not%20trust%20it/);
    expect((await sharp(await bytesOf(picture)).metadata()).format).toBe("webp");
  });

  it("is refused in plain words: unknown things, wrong options, a graph in a JPEG", async () => {
    const codes = async (path: string) => {
      const answer = await front.fetch(path);
      return [answer.status, (await problem(answer)).code];
    };
    expect(await codes("/api/archive/nothing/export")).toEqual([404, "UNKNOWN_ENTRY"]);
    expect(await codes("/api/runs/nothing/export")).toEqual([404, "UNKNOWN_RUN"]);
    expect(await codes(`/api/runs/${runId}/export?asset=sha256:${"0".repeat(64)}`)).toEqual([404, "UNKNOWN_PICTURE"]);
    expect(await codes(`/api/archive/${entry}/export?as=jpeg&graph=true`)).toEqual([422, "GRAPH_NEEDS_PNG"]);
    expect((await codes(`/api/archive/${entry}/export?as=gif`))[0]).toBe(422);
    expect((await codes(`/api/archive/${entry}/export?as=png&size=999999`))[0]).toBe(422);
    expect((await codes(`/api/archive/${entry}/export?path=../../etc/passwd`))[0]).toBe(422);
  });
});

describe("many files", () => {
  const unzip = async (bytes: Buffer) => {
    const files = new Map<string, Buffer>();
    for await (const file of createZip({ names: () => (name) => name }).read(bytes))
      files.set(file.name, await file.bytes());
    return files;
  };

  it("come as a zip with a manifest, and the same for a whole run", async () => {
    const body = { entries: [entry], pictures: [{ run: runId, asset }], as: "png", size: 64 };
    const answer = await front.fetch("/api/exports", withJson(body));
    expect(answer.headers.get("content-type")).toBe("application/zip");
    const files = await unzip(await bytesOf(answer));
    const manifest = ExportManifest.parse(JSON.parse(String(files.get("manifest.json"))));
    expect(manifest).toMatchObject({ as: "png", missing: [] });
    expect(manifest.files.map(({ name }) => name)).toEqual([
      "kites/böe.png",
      "kites/böe.png.json",
      "Kites-picture.png",
    ]);
    for (const { name, sha256 } of manifest.files)
      expect(
        createHash("sha256")
          .update(files.get(name) ?? "")
          .digest("hex"),
      ).toBe(sha256);
    const run = await unzip(await bytesOf(await front.fetch(`/api/runs/${runId}/export`)));
    expect([...run.keys()]).toEqual(["kites/böe.png", "kites/böe.png.json", "manifest.json", "sha256sums.txt"]);
  });

  it("are looked at before", async () => {
    const answer = await front.fetch("/api/exports/look", withJson({ entries: [entry] }));
    expect(ExportLook.parse(await answer.json())).toMatchObject({
      files: 1,
      pictures: 1,
      credentials: 0,
      simulated: 1,
    });
    const none = await front.fetch("/api/exports", withJson({ entries: [] }));
    expect([none.status, (await problem(none)).code]).toEqual([422, "NOTHING_TO_EXPORT"]);
  });
});

describe("a graph in a picture", () => {
  const send = (body: Uint8Array, type = "image/png") =>
    front.fetch("/api/graphs/from-picture", {
      method: "POST",
      headers: { "content-type": type },
      body: Buffer.from(body),
    });

  it("comes back as it was exported, and nothing is stored or started by it", async () => {
    const runs = await (await front.fetch("/api/runs")).text();
    const graphs = await (await front.fetch("/api/graphs")).text();
    const picture = await front.fetch(`/api/archive/${entry}/export?as=png&size=64&graph=true`);
    const answer = await send(await bytesOf(picture));
    expect(answer.status).toBe(200);
    const found = GraphFromPicture.parse(await answer.json());
    expect(found.graph).toMatchObject({ id: "kites", name: "Kites" });
    expect(found.graph.nodes.map(({ id }) => id)).toEqual(["words", "picture", "keep"]);
    expect(found.made).toMatchObject({ asset, models: [expect.any(String)] });
    expect(await (await front.fetch("/api/runs")).text()).toBe(runs);
    expect(await (await front.fetch("/api/graphs")).text()).toBe(graphs);
  });

  it("TI-001 one of 3 MiB is refused", async () => {
    const answer = await send(aPng(textChunk("tEXt", "throughline", "x".repeat(3 * 1024 * 1024))));
    expect([answer.status, (await problem(answer)).code]).toEqual([422, "WORKFLOW_TOO_LARGE"]);
  });

  it("TI-002 two that differ are refused: JSON in one, base64 in the other", async () => {
    const json = JSON.stringify({ nodes: [], edges: [] });
    const two = aPng(
      textChunk("iTXt", "throughline", json),
      textChunk("tEXt", "throughline", Buffer.from(json).toString("base64")),
    );
    const answer = await send(two);
    expect([answer.status, (await problem(answer)).code]).toEqual([422, "AMBIGUOUS_WORKFLOW"]);
  });

  it("files without one, and documents that are none, are told apart", async () => {
    const codes = async (body: Uint8Array) => {
      const answer = await send(body);
      return [answer.status, (await problem(answer)).code];
    };
    expect(await codes(aPng())).toEqual([422, "NO_WORKFLOW"]);
    expect(await codes(Buffer.from("<svg/>"))).toEqual([422, "NO_WORKFLOW"]);
    expect((await codes(aPng(textChunk("tEXt", "throughline", "[1]"))))[0]).toBe(422);
    expect(await codes(aPng(textChunk("tEXt", "throughline", '{"nodes":')))).toEqual([400, "MALFORMED_JSON"]);
    expect((await send(aPng(), "text/html")).status).toBe(415);
  });
});
