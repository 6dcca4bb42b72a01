import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Graph } from "#lib/protocol/graph.ts";
import type { SheetDraft } from "#lib/protocol/library.ts";
import { readGraph } from "#lib/protocol/read-graph.ts";
import { sheetFileText } from "#lib/runtime/library/sheet-files.ts";
import { scriptedProvider } from "../scripted-provider.ts";
import { node, openTestStudio } from "../test-studio.ts";

let here: Awaited<ReturnType<typeof openTestStudio>>;
let there: Awaited<ReturnType<typeof openTestStudio>>;
beforeEach(async () => {
  here = await openTestStudio(scriptedProvider().provider);
  there = await openTestStudio(scriptedProvider().provider);
});
afterEach(async () => {
  await here.studio.stop();
  await there.studio.stop();
});

const draft = (name: string, text: string, more: Partial<SheetDraft> = {}): SheetDraft => ({
  name,
  text,
  tags: [],
  samples: [],
  ...more,
});
const gather = async (stream: AsyncIterable<Uint8Array>) => {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
};
const fileOf = async (id: string, version?: number) =>
  Buffer.from(sheetFileText(await here.studio.library.exportFile(id, version)));
const picture = () =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: "#884422" } })
    .png()
    .toBuffer();
const samplesHere = async () => {
  const { asset, width, height, mediaType } = await here.studio.upload(await picture());
  return [{ asset, width, height, mediaType, note: "the light", send: true }];
};
const problemsOf = (work: Promise<unknown>) =>
  work.then(
    () => [],
    (error: { problems?: { code: string }[]; code?: string }) =>
      error.problems?.map(({ code }) => code) ?? [error.code],
  );

describe("sheets as files", () => {
  it("carry what they extend, and are the same sheet elsewhere, version and all", async () => {
    await here.studio.library.create(draft("House", "House."));
    await here.studio.library.create(draft("Alpine", "one", { extends: "house" }));
    await here.studio.library.save("alpine", draft("Alpine", "two", { extends: "house", note: "warmer" }), "*");
    const bytes = await fileOf("alpine");
    const adopted = await there.studio.library.importBytes(bytes, { replace: false });
    expect(adopted.sheets.map(({ id, version, was }) => [id, version, was])).toEqual([
      ["house", 1, "made"],
      ["alpine", 2, "made"],
    ]);
    expect(await there.studio.library.read("alpine", 2)).toMatchObject({
      name: "Alpine",
      note: "warmer",
      effective: { text: "House.\n\ntwo" },
    });
    expect(await fileOf("alpine")).toEqual(bytes);
    expect((await there.studio.library.importBytes(bytes, { replace: false })).sheets.map(({ was }) => was)).toEqual([
      "known",
      "known",
    ]);
  });

  it("meet another sheet of the same name: they become a fresh one, or its next version when that is asked for", async () => {
    await here.studio.library.create(draft("House", "Ours."));
    await here.studio.library.create(draft("Alpine", "one", { extends: "house@1" }));
    await there.studio.library.create(draft("House", "Theirs."));
    const bytes = await fileOf("alpine");
    const { refs } = await there.studio.library.importBytes(bytes, { replace: false });
    expect(refs).toMatchObject({ "house@1": "house-2@1", "alpine@1": "alpine@1" });
    expect((await there.studio.library.read("alpine"))?.effective?.text).toBe("Ours.\n\none");
    expect((await there.studio.library.read("house"))?.text).toBe("Theirs.");
    const replaced = await there.studio.library.importBytes(await fileOf("house"), { replace: true });
    expect(replaced.sheets).toMatchObject([{ id: "house", version: 2, was: "added" }]);
    expect((await there.studio.library.read("house"))?.text).toBe("Ours.");
  });

  it("as a zip bring their pictures; without it the pictures are named as missing and left out", async () => {
    await here.studio.library.create(draft("Alpine", "one", { samples: await samplesHere() }));
    const bare = await there.studio.library.importBytes(await fileOf("alpine"), { replace: false });
    expect(bare.missing).toHaveLength(1);
    expect((await there.studio.library.read("alpine"))?.samples).toEqual([]);
    const zip = await gather(await here.studio.library.exportZip("alpine"));
    const { sheets, missing } = await there.studio.library.importBytes(zip, { replace: true });
    expect([sheets[0]?.was, missing]).toEqual(["added", []]);
    const [sample] = (await there.studio.library.read("alpine"))?.samples ?? [];
    expect(sample).toMatchObject({ width: 40, height: 30, note: "the light", send: true });
    expect(await there.assets.has(sample?.asset ?? "")).toBe(true);
    expect((await there.studio.library.importBytes(zip, { replace: true })).sheets[0]?.was).toBe("known");
  });

  it("a planted key is refused on the way in, wherever it stands", async () => {
    const key = `sk-${"a1b2".repeat(8)}`;
    await here.studio.library.create(draft("Alpine", "one", { samples: await samplesHere() }));
    const clean = await here.studio.library.exportFile("alpine");
    for (const dirty of [
      { ...clean, sheet: { ...clean.sheet, text: `Say ${key}` } },
      { ...clean, sheet: { ...clean.sheet, tags: [key] } },
      { ...clean, sheet: { ...clean.sheet, samples: clean.sheet.samples.map((s) => ({ ...s, note: key })) } },
      { ...clean, parents: [{ ...clean.sheet, id: "p", text: key }] },
    ]) {
      const bytes = Buffer.from(JSON.stringify(dirty));
      expect(await problemsOf(there.studio.library.importBytes(bytes, { replace: false }))).toEqual([
        "SECRET_IN_SHEET",
      ]);
    }
    expect((await there.studio.library.list({ limit: 9 })).sheets).toEqual([]);
  });

  it.each([
    ["", "EMPTY_FILE"],
    ["{", "MALFORMED_JSON"],
    ["[]", "SCHEMA_UNKNOWN"],
    ['{"format":"throughline/graph"}', "SCHEMA_UNKNOWN"],
    ['{"format":"throughline/sheet","version":2}', "SCHEMA_TOO_NEW"],
    ['{"format":"throughline/sheet","version":1}', "BAD_FIELD"],
    [
      '{"format":"throughline/sheet","version":1,"sheet":{"id":"../up","name":"n","text":"t","sheetVersion":1}}',
      "BAD_FIELD",
    ],
    ['{"format":"throughline/sheet","version":1,"__proto__":{}}', "FORBIDDEN_KEY"],
    ["PK not a zip", "ZIP_BROKEN"],
  ])("of the wrong kind are refused by name: %j", async (text, code) => {
    const found = await problemsOf(here.studio.library.importBytes(Buffer.from(text), { replace: false }));
    expect(found[0]).toBe(code);
  });

  it("a circle in a file is refused where it would be read", async () => {
    const one = (id: string, parent: string) => ({ id, name: id, text: id, sheetVersion: 1, extends: parent });
    const file = { format: "throughline/sheet", version: 1, sheet: one("a", "b"), parents: [one("b", "a")] };
    const bytes = Buffer.from(JSON.stringify(file));
    expect(await problemsOf(there.studio.library.importBytes(bytes, { replace: false }))).toEqual(["SHEET_CYCLE"]);
    expect((await there.studio.library.list({ limit: 9 })).sheets).toEqual([]);
  });
});

describe("the sheets of a graph", () => {
  const document = (...refs: string[]) =>
    readGraph({ id: "g", nodes: refs.map((library, n) => node(`look${n}`, "spec-sheet", { library })) }).graph as Graph;

  it("travel with it: everything it uses at the version it uses, and the graph runs elsewhere as it is", async () => {
    await here.studio.library.create(draft("House", "House."));
    await here.studio.library.create(draft("Alpine", "one", { extends: "house" }));
    await here.studio.library.save("alpine", draft("Alpine", "two", { extends: "house" }), "*");
    const graph = document("alpine@1", "alpine", "nowhere");
    const entries = await here.studio.library.forGraph(graph);
    expect(entries.map(({ id, sheetVersion }) => `${id}@${sheetVersion}`)).toEqual(["alpine@1", "house@1", "alpine@2"]);
    const { refs } = await there.studio.library.adopt(entries);
    expect(there.studio.library.renamed(graph, refs)).toBe(graph);
    const used = (await there.studio.library.uses(graph)).uses;
    expect(used.map(({ id, version, hash }) => [id, version, hash])).toEqual(
      (await here.studio.library.uses(graph)).uses.map(({ id, version, hash }) => [id, version, hash]),
    );
  });

  it("call themselves otherwise where another sheet has the name, and the graph follows", async () => {
    await here.studio.library.create(draft("Alpine", "one"));
    await here.studio.library.save("alpine", draft("Alpine", "two"), "*");
    await there.studio.library.create(draft("Alpine", "somebody else's"));
    const graph = document("alpine@1", "alpine");
    const { refs } = await there.studio.library.adopt(await here.studio.library.forGraph(graph));
    const renamed = there.studio.library.renamed(graph, refs);
    expect(renamed.nodes.map(({ config }) => config.library)).toEqual(["alpine-2@1", "alpine-2"]);
    expect((await there.studio.library.uses(renamed)).uses.map(({ version }) => version)).toEqual([1, 2]);
    expect((await there.studio.library.read("alpine-2"))?.text).toBe("two");
  });
});
