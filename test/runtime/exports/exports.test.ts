import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import sharp from "sharp";
import { afterAll, describe, expect, it } from "vitest";
import { createZip } from "#lib/adapters/zip/zip.ts";
import { ExportManifest, ExportOptions } from "#lib/protocol/exports.ts";
import { busy, codeOf, flat } from "../../adapters/sharp/pictures.ts";
import { edge, graph, node } from "../test-studio.ts";
import { anExportingStudio, closeAll } from "./an-exporting-studio.ts";
import { partsOf, xmpIn } from "./read-chunks.ts";

afterAll(closeAll);

type Studio = Awaited<ReturnType<typeof anExportingStudio>>;
const options = (more: Partial<ExportOptions> = {}) => ExportOptions.parse(more);

/** An original as a provider signs it: this test signs it itself. */
const signedPng = async ({ credentials, put }: Studio, bytes = busy(96, 64)) => {
  const original = await credentials.sign(
    { bytes, mediaType: "image/png" },
    { title: "from the provider", sourceType: "trainedAlgorithmicMedia", actions: [] },
  );
  return { original, asset: await put(original) };
};

/** A run that archives what `nodes` make of a picture; gives the id of its first entry. */
async function archived(set: Studio, asset: string, nodes: unknown[] = [], edges: unknown[] = [], config = {}) {
  const last = nodes.length === 0 ? "draw" : (nodes.at(-1) as { id: string }).id;
  const document = await set.go(
    graph(
      [node("draw", "drawn", { asset }), ...nodes, node("keep", "archive", { name: "hero", ...config })],
      [...edges, edge(`${last}.image`, "keep.image")],
    ),
  );
  expect(document.status, JSON.stringify(document.error ?? document.steps.map((s) => s.error))).toBe("succeeded");
  const [entry] = await set.journal.entries({ runId: document.runId, limit: 10 });
  return { entry: entry!.id, run: document.runId };
}

const unzip = async (chunks: AsyncIterable<Uint8Array>): Promise<Map<string, Buffer>> => {
  const whole: Uint8Array[] = [];
  for await (const chunk of chunks) whole.push(chunk);
  const files = new Map<string, Buffer>();
  for await (const entry of createZip({ names: () => (name) => name }).read(Buffer.concat(whole)))
    files.set(entry.name, await entry.bytes());
  return files;
};

describe("an original", () => {
  it("leaves byte for byte, with the credentials its provider gave it", async () => {
    const set = await anExportingStudio();
    const { original, asset } = await signedPng(set);
    const { entry } = await archived(set, asset, [], [], { title: "Hero", alt: "a bicycle" });
    const file = await set.exports.one({ entry }, options());
    expect(file.bytes.equals(original)).toBe(true);
    expect(file).toMatchObject({ name: "hero.png", mediaType: "image/png", credentials: { state: "kept" } });
    expect(await set.credentials.read(file.bytes, "image/png")).toMatchObject({
      valid: true,
      actions: ["c2pa.created"],
    });
  });

  it("that was changed here is said to have lost what the first one carried", async () => {
    const set = await anExportingStudio();
    const { asset } = await signedPng(set);
    const { entry } = await archived(
      set,
      asset,
      [node("tone", "grade", { exposure: 1 })],
      [edge("draw.image", "tone.image")],
    );
    expect((await set.exports.one({ entry }, options())).credentials.state).toBe("lost");
  });

  it("and what it carries stands in the record from the beginning", async () => {
    const set = await anExportingStudio();
    const { asset } = await signedPng(set);
    const recordOf = async (entry: string) => (await set.journal.entry(entry))?.record.credentials;
    const plain = await archived(set, asset);
    expect(await recordOf(plain.entry)).toMatchObject({ of: asset, where: "PNG caBX", untouched: true });
    const graded = await archived(
      set,
      asset,
      [node("tone", "grade", { exposure: 1 })],
      [edge("draw.image", "tone.image")],
    );
    expect(await recordOf(graded.entry)).toMatchObject({ of: asset, untouched: false });
    const none = await archived(set, await set.put(busy(32, 32)));
    expect(await recordOf(none.entry)).toBeUndefined();
  });

  it("that was encoded here names what it was made from, and is written anew from that", async () => {
    const set = await anExportingStudio();
    const { asset } = await signedPng(set);
    const run = await set.go(
      graph(
        [
          node("draw", "drawn", { asset }),
          node("pack", "encode", { format: "avif" }),
          node("keep", "archive", { name: "packed" }),
        ],
        [edge("draw.image", "pack.image"), edge("pack.file", "keep.file")],
      ),
    );
    const [found] = await set.journal.entries({ runId: run.runId, limit: 1 });
    const original = await set.exports.one({ entry: found!.id }, options());
    expect(original).toMatchObject({ name: "packed.avif", credentials: { state: "lost" } });
    const anew = await set.exports.one({ entry: found!.id }, options({ as: "webp" }));
    const read = await set.credentials.read(anew.bytes, "image/webp");
    expect(read).toMatchObject({ valid: true, ingredients: [{ hasCredentials: true }] });
    expect(read.sourceTypes).toEqual(["trainedAlgorithmicMedia"]);
  });

  it("that carried none is said to have none", async () => {
    const set = await anExportingStudio();
    const { entry } = await archived(set, await set.put(busy(32, 32)));
    expect((await set.exports.one({ entry }, options())).credentials.state).toBe("none");
  });
});

describe.each(["png", "jpeg", "webp"] as const)("a picture written anew as %s", (as) => {
  it("says what it is, and carries the original as its signed ingredient", async () => {
    const set = await anExportingStudio({ creator: "Ada <Studio>", credit: "Ada & Co" });
    const { asset } = await signedPng(set);
    const { entry } = await archived(set, asset, [], [], { title: 'A "hero" & more', alt: "a <red> bicycle" });
    const file = await set.exports.one({ entry }, options({ as, size: 48 }));
    expect(await sharp(file.bytes).metadata()).toMatchObject({ format: as, width: 48, height: 32 });
    const xmp = xmpIn(file.bytes) ?? "";
    expect(xmp).toContain('DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"');
    expect(xmp).toContain("a &lt;red&gt; bicycle");
    expect(xmp).toContain("A &quot;hero&quot; &amp; more");
    expect(xmp).toContain('AISystemUsed="gpt-image-2"');
    expect(xmp).toContain("Ada &lt;Studio&gt;");
    expect(xmp).toContain("Ada &amp; Co");
    expect(xmp).not.toContain("red bicycle");
    const read = await set.credentials.read(file.bytes, file.mediaType);
    expect(read.valid, read.problems.join()).toBe(true);
    expect(read.ingredients).toMatchObject([{ relationship: "parentOf", hasCredentials: true }]);
    expect(read.actions).toEqual(["c2pa.opened", "c2pa.resized", ...(as === "png" ? [] : ["c2pa.converted"])]);
    expect(read.sourceTypes).toEqual(["trainedAlgorithmicMedia"]);
    expect(file.credentials.state).toBe("signed-test");
    expect(file.credentials.says).toMatch(/others will not trust it/);
  });

  it("carries nothing of that when it is not wanted", async () => {
    const set = await anExportingStudio();
    const { asset } = await signedPng(set);
    const { entry } = await archived(set, asset);
    const file = await set.exports.one({ entry }, options({ as, metadata: false, credentials: "strip" }));
    expect(xmpIn(file.bytes)).toBeUndefined();
    expect(partsOf(file.bytes).map(({ name }) => name)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/caBX|C2PA|eb|eXIf|EXIF/)]),
    );
    expect(file.credentials.state).toBe("stripped");
  });
});

describe("what is said of how a picture came to be", () => {
  it("a photograph and a drawing in one picture are a composite; the simulator is no trained model; a photograph is left alone", async () => {
    const set = await anExportingStudio();
    const asset = await set.put(busy(160, 120));
    const words = { text: "SALE", size: 12, margin: 4 };
    const sourceOf = async (by: Record<string, unknown>, nodes: unknown[] = [], edges: unknown[] = []) => {
      const last = nodes.length === 0 ? "draw" : (nodes.at(-1) as { id: string }).id;
      const run = await set.go(
        graph(
          [node("draw", "drawn", { asset, ...by }), ...nodes, node("keep", "archive", {})],
          [...edges, edge(`${last}.image`, "keep.image")],
        ),
      );
      const [entry] = await set.journal.entries({ runId: run.runId, limit: 1 });
      const file = await set.exports.one({ entry: entry!.id }, options({ as: "png" }));
      const inXmp = /digitalsourcetype\/(\w+)/.exec(xmpIn(file.bytes) ?? "")?.[1];
      expect(inXmp).toBe(file.sourceType);
      return { type: file.sourceType, xmp: xmpIn(file.bytes) ?? "" };
    };
    const lettered = [node("say", "overlay", words)];
    const wires = [edge("draw.image", "say.image")];
    expect((await sourceOf({})).type).toBe("trainedAlgorithmicMedia");
    expect((await sourceOf({}, lettered, wires)).type).toBe("compositeWithTrainedAlgorithmicMedia");
    const simulated = await sourceOf({ simulated: true });
    expect(simulated.type).toBe("algorithmicMedia");
    expect(simulated.xmp).toContain("simulator");
    expect((await sourceOf({ simulated: true }, lettered, wires)).type).toBe("compositeSynthetic");
    expect((await sourceOf({ by: "upload" })).type).toBeUndefined();
  });

  it("EXIF and GPS of what went in never come out", async () => {
    const set = await anExportingStudio();
    const gps = { IFD3: { GPSLatitudeRef: "N", GPSLatitude: "52/1 31/1 0/1" }, IFD0: { Artist: "Canary Person" } };
    const photo = await sharp(flat(64, 48, [10, 200, 30]))
      .jpeg()
      .withExif(gps)
      .toBuffer();
    expect(photo.includes("Canary Person")).toBe(true);
    const { entry } = await archived(set, await set.put(photo));
    for (const as of ["png", "jpeg", "webp"] as const) {
      const { bytes } = await set.exports.one({ entry }, options({ as, credentials: "sign" }));
      expect(bytes.includes("Canary Person")).toBe(false);
      expect((await sharp(bytes).metadata()).exif?.includes("Canary") ?? false).toBe(false);
    }
  });
});

it("what people made of an entry since is what is exported", async () => {
  const set = await anExportingStudio();
  const { entry } = await archived(set, await set.put(busy(32, 32)), [], [], { title: "Old title", alt: "old words" });
  await set.studio.catalogue.change([entry], { alt: "new words", title: null });
  const xmp = xmpIn((await set.exports.one({ entry }, options({ as: "webp" }))).bytes) ?? "";
  expect(xmp).toContain("new words");
  expect(xmp).not.toMatch(/old words|Old title/);
  const files = await unzip((await set.exports.many({ entries: [entry], pictures: [] }, options())).chunks);
  expect(JSON.parse(String(files.get("hero.png.json")))).toMatchObject({ alt: "new words" });
});

describe("a PNG with its graph", () => {
  it("opens the graph that made it: the document, hashes and the model, and nothing else", async () => {
    const set = await anExportingStudio();
    const { entry, run } = await archived(set, await set.put(busy(32, 32)));
    const { bytes } = await set.exports.one({ entry }, options({ as: "png", graph: true }));
    const found = set.exports.graphInPicture(bytes);
    const ran = await set.studio.graphOfRun(run);
    expect(found.graph.nodes.map(({ id, type, config }) => ({ id, type, config }))).toEqual(
      ran?.nodes.map(({ id, type, config }) => ({ id, type, config })),
    );
    expect(found.made).toMatchObject({ models: ["gpt-image-2"], graphHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const texts = partsOf(bytes).filter(({ name }) => name === "iTXt");
    expect(texts.map(({ data }) => data.toString("latin1", 0, data.indexOf(0)))).toContain("throughline");
    expect(Buffer.concat(texts.map(({ data }) => data)).includes(run)).toBe(false);
  });

  it("is refused for other formats, and not there unless asked for", async () => {
    const set = await anExportingStudio();
    const { entry } = await archived(set, await set.put(busy(32, 32)));
    expect(await codeOf(set.exports.one({ entry }, options({ as: "jpeg", graph: true })))).toBe("GRAPH_NEEDS_PNG");
    const { bytes } = await set.exports.one({ entry }, options({ as: "png" }));
    expect(() => set.exports.graphInPicture(bytes)).toThrow(/no PNG that carries a graph/);
  });
});

describe("a zip", () => {
  it("NM-011 NM-008 holds every file under a name of its own, with its record, checksums and what became of the credentials", async () => {
    const set = await anExportingStudio();
    const { asset } = await signedPng(set);
    const one = await archived(set, asset, [], [], { name: "../../Hero" });
    const two = await archived(set, await set.put(busy(20, 20)), [], [], { name: "hero" });
    const { name, chunks } = await set.exports.many(
      { entries: [one.entry, two.entry, one.entry], pictures: [{ run: two.run, asset }].slice(1) },
      options(),
    );
    expect(name).toMatch(/2-files\.zip$/);
    const files = await unzip(chunks);
    const manifest = ExportManifest.parse(JSON.parse(String(files.get("manifest.json"))));
    expect(manifest.missing).toEqual([]);
    expect(manifest.files.map(({ name }) => name)).toEqual([
      "Hero.png",
      "Hero.png.json",
      "hero-2.png",
      "hero-2.png.json",
    ]);
    for (const { name, sha256, bytes } of manifest.files) {
      expect(files.get(name)?.length).toBe(bytes);
      expect(createHash("sha256").update(files.get(name)!).digest("hex")).toBe(sha256);
      expect(String(files.get("sha256sums.txt"))).toContain(`${sha256}  ${name}\n`);
    }
    expect(manifest.files[0]).toMatchObject({
      entry: one.entry,
      record: "Hero.png.json",
      credentials: { state: "kept" },
    });
    expect(manifest.files[2]).toMatchObject({ entry: two.entry, credentials: { state: "none" } });
    expect(JSON.parse(String(files.get("Hero.png.json")))).toMatchObject({ id: one.entry, file: "Hero.png" });
    expect([...files.keys()].every((path) => !path.includes("..") && !path.startsWith("/"))).toBe(true);
  });

  it("NM-001 NM-005 written below a folder is the same, and never leaves it", async () => {
    const set = await anExportingStudio();
    const { entry } = await archived(set, await set.put(busy(20, 20)), [], [], { name: "../../etc/cron.d/x" });
    const folder = mkdtempSync(join(tmpdir(), "exported-"));
    const { files, manifest } = await set.exports.toFolder({ entries: [entry], pictures: [] }, options(), folder);
    const root = realpathSync(folder);
    expect(files.map((path) => relative(root, path))).toEqual([
      "etc/cron.d/x.png",
      "etc/cron.d/x.png.json",
      "manifest.json",
      "sha256sums.txt",
    ]);
    expect(createHash("sha256").update(readFileSync(files[0]!)).digest("hex")).toBe(manifest.files[0]?.sha256);
    const inData = set.exports.toFolder({ entries: [entry], pictures: [] }, options(), join(set.folder, "assets"));
    expect(await codeOf(inData)).toBe("NAME_UNSAFE");
  });

  it("of a run holds what it archived and what its last nodes gave", async () => {
    const set = await anExportingStudio();
    const asset = await set.put(busy(20, 20));
    const { runId } = await set.go(
      graph(
        [node("draw", "drawn", { asset }), node("tone", "grade", { exposure: 1 })],
        [edge("draw.image", "tone.image")],
        { name: "Big sale" },
      ),
    );
    const files = await unzip(
      (await set.exports.many({ entries: [], pictures: [], run: runId }, options({ as: "webp" }))).chunks,
    );
    expect([...files.keys()]).toEqual(["Big sale-tone.webp", "manifest.json", "sha256sums.txt"]);
    expect((await sharp(files.get("Big sale-tone.webp")).metadata()).format).toBe("webp");
  });

  it("names what could not be written and goes on; what does not exist is told before anything is written", async () => {
    const set = await anExportingStudio();
    const one = await archived(set, await set.put(busy(20, 20)), [], [], { name: "a" });
    const lost = await set.put(busy(22, 20));
    const two = await archived(set, lost, [], [], { name: "b" });
    await set.assets.delete(lost);
    const { chunks } = await set.exports.many({ entries: [two.entry, one.entry], pictures: [] }, options());
    const files = await unzip(chunks);
    const manifest = ExportManifest.parse(JSON.parse(String(files.get("manifest.json"))));
    expect(manifest.missing).toMatchObject([{ what: two.entry, code: "ASSET_MISSING" }]);
    expect(manifest.files.map(({ name }) => name)).toEqual(["a.png", "a.png.json"]);
    expect(await codeOf(set.exports.many({ entries: ["entry_no"], pictures: [] }, options()))).toBe("UNKNOWN_ENTRY");
    expect(await codeOf(set.exports.many({ entries: [], pictures: [] }, options()))).toBe("NOTHING_TO_EXPORT");
    expect(await codeOf(set.exports.one({ run: "run_no", asset: lost }, options()))).toBe("UNKNOWN_RUN");
    expect(await codeOf(set.exports.one({ run: one.run, asset: lost }, options()))).toBe("UNKNOWN_PICTURE");
  });
});

it("before an export people are told what it could carry", async () => {
  const set = await anExportingStudio();
  const { asset } = await signedPng(set);
  const one = await archived(set, asset);
  const two = await archived(set, await set.put(busy(20, 20)));
  expect(await set.exports.look({ entries: [one.entry, two.entry], pictures: [] })).toMatchObject({
    files: 2,
    pictures: 2,
    credentials: 1,
    simulated: 0,
    signer: { kind: "test", says: expect.stringMatching(/others will not trust it/) },
  });
});
