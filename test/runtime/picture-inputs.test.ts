import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { createGuardedFetch } from "#lib/adapters/guarded-fetch/guarded-fetch.ts";
import { StepError } from "#lib/protocol/failure.ts";
import type { PictureFetch } from "#lib/runtime/ports.ts";
import { serveHttp } from "#test/adapters/guarded-fetch/local-server.ts";
import { scriptedProvider } from "./scripted-provider.ts";
import { edge, graph, node, openTestStudio } from "./test-studio.ts";

const URL_A = "https://pictures.test/a.png";
const URL_B = "https://pictures.test/b.png";
const red = await sharp({ create: { width: 12, height: 8, channels: 3, background: "red" } })
  .png()
  .toBuffer();
const blue = await sharp({ create: { width: 6, height: 6, channels: 3, background: "blue" } })
  .png()
  .toBuffer();

/** Pictures by address; every other address is refused as one inside. */
function shelf(pictures: Record<string, Buffer> = { [URL_A]: red, [URL_B]: blue }): PictureFetch & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    async fetchPicture(url) {
      asked.push(url);
      const bytes = pictures[url];
      if (!bytes) throw new StepError("SSRF_BLOCKED", "That is not a public address.");
      return bytes;
    },
  };
}

/** One reference whose pictures come from an input, made half as wide. */
const halved = (many = false) =>
  graph(
    [
      node("ref", "reference", { assets: many ? { $input: "shots" } : [{ $input: "shot" }] }),
      node("half", "resize", { targets: [{ name: "half", width: 6, height: 4, fit: "cover" }] }),
    ],
    [edge("ref.image", "half.image")],
    { inputs: [many ? { key: "shots", type: "image", many: true } : { key: "shot", type: "image", required: true }] },
  );

const open = (pictures: PictureFetch, folder?: string) =>
  openTestStudio(scriptedProvider().provider, { pictures, folder });
const caught = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error) => error,
  );

describe("an image input that is an address", () => {
  test("is fetched, made safe and stored before the run starts; the run knows only the asset", async () => {
    const pictures = shelf();
    const { go, studio } = await open(pictures);
    const run = await go(halved(), { inputs: { shot: { url: URL_A, note: "the sole" } } });
    expect(run.status).toBe("succeeded");
    const { asset, note } = run.inputs.shot as { asset: string; note: string };
    expect(run.inputs).toEqual({ shot: { asset, note: "the sole" } });
    expect(note).toBe("the sole");
    const stored = await studio.asset(asset);
    expect(await sharp(stored?.bytes).metadata()).toMatchObject({ width: 12, height: 8, format: "png" });
    expect(run.outputs.ref?.image).toMatchObject([{ asset, width: 12, height: 8, note: "the sole" }]);
    expect(pictures.asked).toEqual([URL_A]);
  });

  test("may be the address alone, as a table holds it, and equals the same file uploaded", async () => {
    const { go, studio } = await open(shelf());
    const run = await go(halved(), { inputs: { shot: ` ${URL_A} ` } });
    expect(run.inputs).toEqual({ shot: { asset: (await studio.upload(red)).asset } });
  });

  test("stands among stored ones in a list; the same address twice is fetched once; order is kept", async () => {
    const pictures = shelf();
    const { go, studio } = await open(pictures);
    const { asset } = await studio.upload(blue);
    const shots = [{ url: URL_A }, { asset }, { url: URL_A }, { url: URL_B }];
    const run = await go(halved(true), { inputs: { shots } });
    expect(run.outputs.ref?.image?.map((value) => (value as { width: number }).width)).toEqual([12, 6, 12, 6]);
    expect(pictures.asked.sort()).toEqual([URL_A, URL_B]);
  });

  test("is not fetched for an estimate or a check, and not missed there either", async () => {
    const pictures = shelf({});
    const { studio } = await open(pictures);
    const inputs = { shot: { url: `${URL_A}?name=sha256:${"0".repeat(64)}` } };
    const estimate = await studio.estimate({ graph: halved(), inputs });
    expect(estimate.nodes.map(({ nodeId, items }) => [nodeId, items])).toEqual([
      ["ref", 1],
      ["half", 1],
    ]);
    expect((await studio.check(halved(), { inputs })).problems).toEqual([]);
    expect(pictures.asked).toEqual([]);
  });

  test("is not fetched when something else is wrong with the request", async () => {
    const pictures = shelf();
    const { studio } = await open(pictures);
    const inputs = { shot: { url: URL_A }, other: 1 };
    expect(await caught(studio.startRun({ graph: halved(), inputs }))).toMatchObject({
      problems: [{ code: "UNKNOWN_INPUT" }],
    });
    expect(pictures.asked).toEqual([]);
  });

  test("an address in a text stays a text", async () => {
    const pictures = shelf();
    const { go } = await open(pictures);
    const said = graph([node("say", "text", { text: "{{link}}" })], [], { inputs: [{ key: "link", type: "text" }] });
    expect((await go(said, { inputs: { link: URL_A } })).outputs.say?.text).toMatchObject([{ text: URL_A }]);
    expect(pictures.asked).toEqual([]);
  });

  test("CS-009 one that is blocked refuses the run with the name of its input; nothing is created", async () => {
    const { studio } = await open(shelf());
    const inputs = { shots: [{ url: URL_A }, { url: "http://127.0.0.1:3000/api/secrets" }] };
    expect(await caught(studio.startRun({ graph: halved(true), inputs }))).toMatchObject({
      name: "InvalidError",
      problems: [{ level: "error", code: "SSRF_BLOCKED", field: "shots" }],
    });
    expect((await studio.listRuns({ limit: 10 })).runs).toEqual([]);
  });

  test("more than 16 of them are refused without fetching one", async () => {
    const pictures = shelf();
    const { studio } = await open(pictures);
    const shots = Array.from({ length: 17 }, (_, n) => ({ url: `https://pictures.test/${n}.png` }));
    expect(await caught(studio.startRun({ graph: halved(true), inputs: { shots } }))).toMatchObject({
      problems: expect.arrayContaining([expect.objectContaining({ code: "TOO_MANY_URLS", field: "shots" })]),
    });
    expect(pictures.asked).toEqual([]);
  });

  test("a request that is sent again under its key gets its run, though the picture is gone", async () => {
    const first = await open(shelf());
    const request = { graph: halved(), inputs: { shot: { url: URL_A } }, idempotencyKey: "once" };
    const { runId } = await first.studio.startRun(request);
    const second = await open(shelf({}), first.folder);
    expect(await second.studio.startRun(request)).toEqual({ runId, created: false });
  });

  test("the second run of the same picture draws nothing anew", async () => {
    const { go } = await open(shelf());
    const inputs = { shot: { url: URL_A } };
    await go(halved(), { inputs });
    const again = await go(halved(), { inputs });
    expect(again.steps.every((step) => step.cached)).toBe(true);
  });
});

describe("uploadFrom, through the real guard", () => {
  test("stores a picture from an allowed host", async () => {
    const server = await serveHttp((_req, res) => res.end(red));
    const { studio } = await open(createGuardedFetch({ allowHosts: [server.host] }));
    expect(await studio.uploadFrom(`http://${server.host}/a.png`)).toMatchObject({
      width: 12,
      height: 8,
      known: false,
    });
  });

  const others: [name: string, body: Buffer | string, code: string][] = [
    ["SF-015 a page that says it is image/png", "<html>private</html>", "UNSUPPORTED_IMAGE_TYPE"],
    [
      "SF-015 a page behind a picture's first bytes",
      Buffer.concat([red.subarray(0, 8), Buffer.from("<html>")]),
      "IMAGE_CORRUPT",
    ],
    ["half a picture", red.subarray(0, red.length / 2), "IMAGE_CORRUPT"],
    ["nothing", "", "EMPTY_FILE"],
  ];
  test.each(others)("%s is refused: nothing is stored or quoted", async (_name, body, code) => {
    const server = await serveHttp((_req, res) => res.writeHead(200, { "content-type": "image/png" }).end(body));
    const { studio, folder } = await open(createGuardedFetch({ allowHosts: [server.host] }));
    const refusal = await caught(studio.uploadFrom(`http://${server.host}/a.png`));
    expect(refusal).toMatchObject({ code });
    expect(refusal.message).not.toContain("private");
    const assets = join(folder, "assets");
    const files = existsSync(assets) ? readdirSync(assets, { recursive: true, withFileTypes: true }) : [];
    expect(files.filter((entry) => entry.isFile())).toEqual([]);
  });

  test("SF-001 a run that names loopback is refused and nothing connects", async () => {
    const server = await serveHttp((_req, res) => res.end(red));
    const { studio } = await open(createGuardedFetch());
    const inputs = { shot: { url: `http://${server.host}/a.png` } };
    expect(await caught(studio.startRun({ graph: halved(), inputs }))).toMatchObject({
      problems: [{ code: "SSRF_BLOCKED", field: "shot" }],
    });
    expect(server.connections).toBe(0);
  });
});
