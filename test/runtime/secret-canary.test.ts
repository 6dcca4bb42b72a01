import { mkdtemp, readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createOpenAIProvider } from "#lib/adapters/openai/provider.ts";
import { FAULTS, type FaultName } from "#lib/adapters/simulator/faults/fault-script.ts";
import { createSimulator } from "#lib/adapters/simulator/simulator.ts";
import type { AssetStore } from "#lib/runtime/ports.ts";
import { createLog } from "#lib/server/log.ts";
import { edge, graph, hastyClock, node, openTestStudio } from "./test-studio.ts";

const CANARY = "sk-CANARY-7f3a91c2e5d84b60a1";
/** As it may be spelled where it leaks: plain, in base64 (three alignments), percent-encoded. */
const SPELLINGS = [
  CANARY,
  ...[0, 1, 2].map((shift) =>
    Buffer.from("x".repeat(shift) + CANARY)
      .toString("base64")
      .slice(4, -4),
  ),
];
const leaks = (bytes: string | Buffer): string[] => {
  const text = bytes.toString("latin1" as BufferEncoding);
  return SPELLINGS.filter((spelling) => text.includes(spelling));
};

/** Answers that repeat the key to whoever asks, as providers and proxies were seen to do. */
const ECHOES: Record<string, (key: string) => Response> = {
  "401 that quotes the key": (key) =>
    Response.json(
      {
        error: {
          message: `Incorrect API key provided: ${key}.`,
          code: "invalid_api_key",
          type: "invalid_request_error",
        },
      },
      { status: 401 },
    ),
  "400 with headers in the body": (key) =>
    Response.json(
      {
        error: {
          message: "Bad request",
          code: "bad_request",
          param: `authorization: Bearer ${key}`,
          headers: { authorization: `Bearer ${key}` },
        },
      },
      { status: 400, headers: { "x-request-id": `req-${key}`, "set-cookie": `k=${key}` } },
    ),
  "200 with a page of a proxy": (key) =>
    new Response(`<html>GET / Authorization: Bearer ${key}</html>`, { headers: { "content-type": "text/html" } }),
  "503 in words": (key) =>
    new Response(`upstream refused Bearer ${key}`, { status: 503, headers: { "retry-after": "0" } }),
  "404 whose code is the key": (key) =>
    Response.json({ error: { message: "no", code: key, type: key } }, { status: 404 }),
  "a thrown error that holds the request": (key) => {
    throw Object.assign(new TypeError(`fetch failed with Bearer ${key}`), { cause: new Error(`header ${key}`) });
  },
};

/** Faults that only wait are the time box's business. */
const SLOW = new Set<FaultName>(["slow", "hang", "sse-silent", "huge-b64"]);

const logged: string[] = [];
let echo: ((key: string) => Response) | undefined;
let opened: Awaited<ReturnType<typeof openTestStudio>>;
let said: unknown[];
let simulator: ReturnType<typeof createSimulator>;
let sentKeys = 0;

beforeAll(async () => {
  let assets: AssetStore | undefined;
  simulator = createSimulator({ latencyMs: 0 });
  const provider = createOpenAIProvider({
    apiKey: CANARY,
    baseURL: "http://provider.invalid/v1",
    fetch: async (url, init) => {
      const key = /Bearer (.+)/.exec(new Headers(init?.headers).get("authorization") ?? "")?.[1] ?? "";
      if (key === CANARY) sentKeys += 1;
      return echo ? echo(key) : simulator.fetch(url, init);
    },
    name: "openai",
    simulated: false,
    timeoutMs: 5_000,
    idleTimeoutMs: 1_000,
    clock: hastyClock(),
    readAsset: async (asset) => ({ bytes: (await assets?.get(asset)) ?? Buffer.alloc(0), mediaType: "image/png" }),
  });
  opened = await openTestStudio(provider, { clock: hastyClock() });
  assets = opened.assets;
  said = [];
});
afterAll(() => opened.studio.stop());

/** Runs to whatever end, and keeps all that the product says about it. */
async function attempt(words: string): Promise<string> {
  const { studio, journal } = opened;
  const campaign = graph(
    [
      node("words", "text", { text: words }),
      node("draw", "generate", { quality: "low", partials: words.length % 2 }),
      node("once", "generate", { lane: "oneshot", quality: "low", partials: 0 }),
      node("keep", "archive", {}),
    ],
    [edge("words.text", "draw.prompt"), edge("words.text", "once.prompt"), edge("draw.image", "keep.image")],
  );
  const { runId } = await studio.startRun({ graph: campaign });
  await studio.drive(runId);
  const document = await studio.run(runId);
  said.push(document, await journal.events(runId, 0, 10_000), await journal.callsOfRun(runId));
  said.push(await studio.exportRun(runId, await mkdtemp(join(tmpdir(), "canary-out-"))));
  return document?.status ?? "none";
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

describe("SC-003 a key stays where it is used", () => {
  it.each(FAULTS.filter((fault) => !SLOW.has(fault)))("through a provider that answers with %s", async (fault) => {
    echo = undefined;
    simulator.setFaults([{ fault }]);
    expect(["succeeded", "failed", "paused"]).toContain(await attempt(`fault ${fault}`));
  });

  it.each(Object.keys(ECHOES))("SC-004 through %s", async (name) => {
    simulator.setFaults([]);
    echo = ECHOES[name];
    expect(["failed", "paused"]).toContain(await attempt(`echo ${name}`));
    echo = undefined;
  });

  it("is in no file of the store, its log ahead included, no export, no document, no event and no log", async () => {
    expect(sentKeys).toBeGreaterThan(20);
    const files = [
      ...(await filesBelow(opened.folder)),
      ...said
        .filter(Array.isArray)
        .flat()
        .filter((one) => typeof one === "string"),
    ];
    expect(files.some((file) => file.endsWith("-wal")) && files.some((file) => file.endsWith("run.json"))).toBe(true);
    for (const file of files) expect(leaks(await readFile(file)), file).toEqual([]);
    const log = createLog({ logLevel: "debug" }, (line) => logged.push(line));
    for (const error of opened.errors) log.error("A run met an error.", error);
    expect(leaks(JSON.stringify(said) + inspect(said, { depth: 12 }))).toEqual([]);
    expect(leaks(logged.join("\n"))).toEqual([]);
  });

  it("would be found if it were there", () => {
    for (const text of [CANARY, `"${CANARY}"`, Buffer.from(`Bearer ${CANARY} and more`).toString("base64")])
      expect(leaks(text).length).toBeGreaterThan(0);
  });
}, 120_000);
