import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSimulator } from "#lib/adapters/simulator/simulator.ts";
import { cli, cliJson, newPlace, type Place } from "./spawn-cli.ts";

/** A provider on this machine that writes down what it is asked to draw. */
const asked: { method: string; path: string; body: unknown }[] = [];
let server: Server;
let base = "";
beforeAll(async () => {
  const simulator = createSimulator({ latencyMs: 0 });
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    if (request.method === "POST" && !request.url?.endsWith("/cancel"))
      asked.push({
        method: request.method,
        path: request.url ?? "",
        body: JSON.parse(body.toString("utf8")) as unknown,
      });
    const answer = await simulator.fetch(`http://provider.invalid${request.url}`, {
      method: request.method,
      headers: Object.fromEntries(
        Object.entries(request.headers).filter(([, value]) => typeof value === "string"),
      ) as Record<string, string>,
      ...(body.length > 0 ? { body: body.toString("utf8") } : {}),
    });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    if (answer.body) for await (const chunk of answer.body) response.write(chunk);
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

/** A reference picture, two turns of a conversation, a local change. */
const graph = {
  id: "campaign",
  name: "Campaign",
  inputs: [
    { key: "product", type: "text", default: "boot" },
    { key: "style", type: "image" },
  ],
  nodes: [
    { id: "ref", type: "reference", config: { assets: { $input: "style" }, role: "style" } },
    { id: "words", type: "text", config: { text: "a {{product}} on a rock" } },
    { id: "hero", type: "generate", config: { size: "1024x1024", quality: "low", partials: 0 } },
    { id: "dusk", type: "text", config: { text: "the same at dusk" } },
    { id: "later", type: "edit", config: { quality: "low", partials: 0 } },
    { id: "small", type: "resize", config: { targets: [{ name: "web", width: 200, height: 200, fit: "cover" }] } },
    { id: "keep", type: "archive", config: { name: "campaign/{{label}}", tags: ["dusk"] } },
  ],
  edges: [
    { id: "a", source: "ref", sourceHandle: "image", target: "hero", targetHandle: "references" },
    { id: "b", source: "words", sourceHandle: "text", target: "hero", targetHandle: "prompt" },
    { id: "c", source: "hero", sourceHandle: "image", target: "later", targetHandle: "image" },
    { id: "d", source: "dusk", sourceHandle: "text", target: "later", targetHandle: "instruction" },
    { id: "e", source: "later", sourceHandle: "image", target: "small", targetHandle: "image" },
    { id: "f", source: "small", sourceHandle: "image", target: "keep", targetHandle: "image" },
  ],
};

const withKey = () => newPlace({ OPENAI_API_KEY: "sk-test-0123456789abcdefghij", OPENAI_BASE_URL: base });
const bytesOf = (place: Place, asset: string) => {
  const hex = asset.replace("sha256:", "");
  return readFileSync(join(place.data, "assets", hex.slice(0, 2), hex));
};
/** Ids the provider chose, and the names of calls that follow from them, are called by the order they come in. */
const canonical = (requests: readonly unknown[]): string[] => {
  const names = new Map<string, string>();
  return requests.map((request) =>
    JSON.stringify(request).replace(/resp_[0-9a-f]+|[0-9a-f]{64}(?=\/0#1)/g, (id) => {
      if (!names.has(id)) names.set(id, `name ${names.size}`);
      return names.get(id) ?? "";
    }),
  );
};

describe("an archived picture and nothing but its bundle", () => {
  test("is remade in an empty data folder: to the byte without a call when the cache came along, by the very same requests without", async () => {
    const home = withKey();
    home.write("g.json", graph);
    await sharp({ create: { width: 96, height: 64, channels: 3, background: "#c24d2c" } })
      .png()
      .toFile(join(home.cwd, "style.png"));
    const made = await cliJson(
      home,
      "run",
      "g.json",
      "--input",
      "product=lamp",
      "--image",
      `style=${join(home.cwd, "style.png")}`,
      "--take",
      "hero=2",
    );
    expect([made.code, made.json.status, made.stderr.slice(-400)]).toEqual([0, "succeeded", expect.any(String)]);
    const first = asked.splice(0);
    expect(first).toHaveLength(2);
    const [entry] = (await cliJson(home, "archive", "dusk lam", "--tag", "dusk")).json.entries;
    expect(entry.record.calls).toHaveLength(2);
    for (const [file, more] of [
      ["small.zip", []],
      ["whole.zip", ["--with-cache"]],
    ] as const)
      expect((await cliJson(home, "export", "--entry", entry.id, "--bundle", file, ...more)).code).toBe(0);
    expect(asked.splice(0)).toEqual([]);

    const cached = withKey();
    expect((await cliJson(cached, "import", join(home.cwd, "whole.zip"))).json).toMatchObject({
      entryId: entry.id,
      known: false,
    });
    const again = await cliJson(cached, "remake", entry.id, "--out", "made");
    expect([again.code, again.json.status, again.json.paidCalls]).toEqual([0, "succeeded", 0]);
    expect(asked.splice(0)).toEqual([]);
    const [copy] = (await cliJson(cached, "archive", "--run", again.json.runId)).json.entries;
    expect(copy.asset).toBe(entry.asset);
    expect(bytesOf(cached, copy.asset).equals(bytesOf(home, entry.asset))).toBe(true);
    expect((await cliJson(cached, "fsck")).json.ok).toBe(true);

    const bare = withKey();
    expect((await cliJson(bare, "import", join(home.cwd, "small.zip"))).code).toBe(0);
    const drawn = await cliJson(bare, "remake", entry.id);
    expect([drawn.code, drawn.json.paidCalls]).toEqual([0, 2]);
    expect(canonical(asked.splice(0))).toEqual(canonical(first));
  }, 120_000);

  test("is refused by words when it is not here, or another provider would draw it", async () => {
    const place = newPlace();
    expect(await cli(place, "remake", "entry_nobody")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("entry_nobody"),
    });
    expect(await cli(place, "export", "--entry", "entry_nobody", "--bundle", "x.zip")).toMatchObject({ code: 2 });
    expect(await cli(place, "export", "--entry", "entry_nobody")).toMatchObject({ code: 2 });
    expect(await cli(place, "archive", "--since", "yesterday")).toMatchObject({ code: 2 });
    expect(await cli(place, "archive", "--verdict", "fine")).toMatchObject({ code: 2 });
  });
});
