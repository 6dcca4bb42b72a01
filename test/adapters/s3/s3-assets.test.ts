import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { inspect } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createS3Assets } from "#lib/adapters/s3/s3-assets.ts";
import { AssetMissing, DiskFull } from "#lib/runtime/ports.ts";
import { createLog } from "#lib/server/log.ts";
import { assetStoreConformance } from "#test/adapters/conformance/asset-store.ts";
import { openObjectStore } from "./object-store.ts";
import { CANARY, refusal, scriptedStore } from "./scripted-store.ts";

const HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
const ASSET = `sha256:${HELLO}`;
const hello = Buffer.from("hello");

let store: Awaited<ReturnType<typeof openObjectStore>>;
let prefixes = 0;
const emptyPrefix = () => `team/${++prefixes}`;
beforeAll(async () => {
  store = await openObjectStore();
});
afterAll(() => store.discard());

assetStoreConformance("an object store", async () => {
  const prefix = emptyPrefix();
  return {
    assets: createS3Assets(store.place(prefix)),
    damage: async (asset) => store.damage(asset, prefix),
    discard: async () => {},
  };
});

describe("assets in an object store", () => {
  it("lie where the embedded store would put them, below the prefix or at the top", async () => {
    for (const prefix of [emptyPrefix(), ""]) {
      const assets = createS3Assets(store.place(prefix));
      await assets.put(hello);
      expect(existsSync(store.fileOf(ASSET, prefix))).toBe(true);
      expect(assets.path(ASSET)).toBeUndefined();
      await assets.delete(ASSET);
    }
  });

  it("are not seen below another prefix", async () => {
    await createS3Assets(store.place("one")).put(hello);
    const other = createS3Assets(store.place("on"));
    expect(await other.has(ASSET)).toBe(false);
    for await (const entry of other.list()) expect.unreachable(entry.asset);
  });

  it("are made young again when they are put again, and whole if they were not", async () => {
    const prefix = emptyPrefix();
    await createS3Assets(store.place(prefix)).put(hello);
    store.damage(ASSET, prefix);
    const inAnHour = createS3Assets(store.place(prefix), { now: () => Date.now() + 3_600_000 });
    expect(await inAnHour.put(hello)).toEqual({ asset: ASSET, known: true });
    expect(await inAnHour.get(ASSET)).toEqual(hello);
  });

  it("are neither there nor missing while the bucket is gone", async () => {
    const assets = createS3Assets({ ...store.place("x"), bucket: "nowhere" });
    await expect(assets.put(hello)).rejects.toThrow(
      /s3:\/\/nowhere\/x at http.* cannot be used \(NoSuchBucket, HTTP 404\)/,
    );
    await expect(assets.get(ASSET)).rejects.toThrow(DiskFull);
    await expect(assets.has(ASSET)).rejects.toThrow(DiskFull);
  });

  it("ST-003 are DiskFull while nobody answers, and there again afterwards", async () => {
    const assets = createS3Assets(store.place(emptyPrefix()));
    await assets.put(hello);
    await store.stop();
    try {
      await expect(assets.put(hello)).rejects.toThrow(/ECONNREFUSED/);
      await expect(assets.get(ASSET)).rejects.toThrow(DiskFull);
      await expect(assets.has(ASSET)).rejects.toThrow(DiskFull);
    } finally {
      await store.start();
    }
    expect(await assets.get(ASSET)).toEqual(hello);
  });
});

describe("an object store on a bad day", () => {
  let scripted: Awaited<ReturnType<typeof scriptedStore>>;
  afterEach(() => scripted.close());

  it("is asked again a few times and no more", async () => {
    let bad = 2;
    scripted = await scriptedStore((_request, response) => {
      if (bad-- > 0) response.writeHead(503).end(refusal("SlowDown"));
      else response.writeHead(200).end("hello");
    });
    const assets = createS3Assets(scripted.place);
    expect(await assets.get(ASSET)).toEqual(hello);
    expect(scripted.seen).toHaveLength(3);
    bad = 100;
    await expect(assets.get(ASSET)).rejects.toThrow(/SlowDown, HTTP 503/);
    expect(scripted.seen).toHaveLength(6);
  });

  it("that never answers, or falls silent within a picture, is given up", async () => {
    scripted = await scriptedStore((request, response) => {
      if (request.url?.includes(HELLO)) response.writeHead(200, { "content-length": "5" }).write("he");
    });
    const assets = createS3Assets(scripted.place, { wholeMs: 300 });
    await expect(assets.get(ASSET)).rejects.toThrow(DiskFull);
    await expect(assets.delete(`sha256:${"0".repeat(64)}`)).rejects.toThrow(DiskFull);
  });

  it("that cuts a picture short never passes for a whole one", async () => {
    scripted = await scriptedStore((_request, response) => {
      response.writeHead(200, { "content-length": "5" }).write("he");
      setTimeout(() => response.destroy(), 20);
    });
    await expect(createS3Assets(scripted.place).get(ASSET)).rejects.toThrow(DiskFull);
  });

  it("that gives other bytes is caught", async () => {
    scripted = await scriptedStore((_request, response) => response.writeHead(200).end("hellO"));
    await expect(createS3Assets(scripted.place).get(ASSET)).rejects.toThrow(AssetMissing);
  });

  it("is listed page by page, assets only", async () => {
    const keys = ["one", "two", "three"].map((text) => createHash("sha256").update(text).digest("hex"));
    const entry = (key: string) =>
      `<Contents><Key>p/q/assets/${key}</Key><Size>3</Size><LastModified>2026-11-20T12:00:00.000Z</LastModified></Contents>`;
    const pages = keys.map((hex) => entry(`${hex.slice(0, 2)}/${hex}`));
    const noise = ["README", `zz/${keys[0]}`, `tmp/${keys[0]}`, "ab/notes"].map(entry).join("");
    scripted = await scriptedStore((request, response) => {
      const at = Number(new URL(request.url ?? "", "http://x").searchParams.get("continuation-token") ?? 0);
      const more =
        at < 2 ? `<IsTruncated>true</IsTruncated><NextContinuationToken>${at + 1}</NextContinuationToken>` : "";
      response
        .writeHead(200)
        .end(`<?xml version="1.0"?><ListBucketResult>${pages[at]}${noise}${more}</ListBucketResult>`);
    });
    const found = [];
    for await (const each of createS3Assets(scripted.place).list()) found.push(each);
    expect(found).toEqual(
      keys.map((hex) => ({ asset: `sha256:${hex}`, bytes: 3, modifiedAt: Date.parse("2026-11-20T12:00:00Z") })),
    );
    expect(scripted.seen).toHaveLength(3);
  });

  it("SC-004 gives no key away, whatever it repeats to us", async () => {
    const lines: string[] = [];
    const log = createLog({ logLevel: "debug" }, (line) => lines.push(line));
    const { accessKeyId, secretAccessKey, sessionToken } = CANARY;
    const echoes = [accessKeyId, secretAccessKey, sessionToken, "AccessDenied"];
    let echo = "";
    scripted = await scriptedStore((request, response) => {
      const body = refusal(echo, `${echo} ${secretAccessKey} ${JSON.stringify(request.headers)}`);
      response.writeHead(403, { "x-amz-request-id": accessKeyId }).end(body);
    });
    const assets = createS3Assets(scripted.place);
    const thrown: unknown[] = [];
    for (echo of echoes)
      for (const act of [() => assets.get(ASSET), () => assets.put(hello), () => assets.delete(ASSET)])
        await act().catch((error: Error) => {
          thrown.push(error);
          log.error(error.message, error);
        });
    expect(scripted.seen[0]?.headers).toContain(sessionToken);
    expect(thrown).toHaveLength(12);
    const told = lines.join("\n") + inspect(thrown, { depth: 12, showHidden: true }) + inspect(assets, { depth: 12 });
    expect(told).toContain("AccessDenied, HTTP 403");
    expect(told).not.toMatch(/canary/i);
  });
});
