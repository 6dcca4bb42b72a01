import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { createZip } from "#lib/adapters/zip/zip.ts";
import { SheetDraft } from "#lib/protocol/library.ts";
import { PublishBody } from "#lib/protocol/templates.ts";
import type { ZipPart } from "#lib/runtime/ports/zip.ts";
import { zipNames } from "#lib/runtime/zip-names.ts";
import { scriptedProvider } from "../scripted-provider.ts";
import { edge, graph, node, openTestStudio } from "../test-studio.ts";

const zip = createZip({ names: zipNames });
const gathered = async (bytes: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
};
const filesOf = async (archive: Uint8Array): Promise<Map<string, Buffer>> => {
  const files = new Map<string, Buffer>();
  for await (const entry of zip.read(archive)) files.set(entry.name, await entry.bytes());
  return files;
};
const repacked = (files: Map<string, Buffer>) =>
  gathered(zip.write([...files].map(([name, bytes]): ZipPart => ({ name, bytes }))));
const picture = (color: string) =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: color } })
    .png()
    .toBuffer();
const bytesOf = (value: unknown) => Buffer.from(JSON.stringify(value));

async function opened() {
  const fake = scriptedProvider();
  return { fake, ...(await openTestStudio(fake.provider)) };
}
type Opened = Awaited<ReturnType<typeof opened>>;

const poster = (asset?: string, more: Record<string, unknown> = {}) =>
  graph(
    [
      node("words", "prompt", { text: "{{product}} at dawn" }),
      ...(asset ? [node("ref", "reference", { assets: [{ asset }] })] : []),
      node("hero", "generate", { size: "1024x1024", partials: 0 }),
    ],
    [edge("words.text", "hero.prompt"), ...(asset ? [edge("ref.image", "hero.references")] : [])],
    { id: "poster", name: "Poster", inputs: [{ key: "product", type: "text", default: "a lamp" }], ...more },
  );
const save = async ({ studio }: Opened, document: { id?: string }) => {
  const answer = await studio.saveGraph(String(document.id), document, undefined);
  if (!("saved" in answer)) throw new Error("not saved");
};
const textOf = async ({ studio }: Opened, of: "graph" | "template", id = "poster") =>
  (await studio.bundles.exportText({ of, id }))?.text ?? "";

describe("a file", () => {
  test("of a graph comes back as the very same bytes, on a studio that never saw it", async () => {
    const [here, there] = [await opened(), await opened()];
    await save(here, poster());
    const text = await textOf(here, "graph");
    const made = await there.studio.bundles.importBytes(Buffer.from(text));
    expect(made).toMatchObject({ graphId: "poster", revision: 1, warnings: [], contacts: [] });
    expect(await textOf(there, "graph")).toBe(text);
    const again = await there.studio.bundles.importBytes(Buffer.from(text));
    expect(again.graphId).toMatch(/^poster-[a-z2-9]{5}$/);
  });

  test("of a template brings its form, and published again it is the same file", async () => {
    const [here, there] = [await opened(), await opened()];
    await save(here, poster());
    const wish = PublishBody.parse({
      description: "A poster",
      notes: "first",
      form: { groups: [{ title: "What", fields: [{ key: "product", placeholder: "a chair" }] }] },
    });
    await here.studio.templates.publish("poster", wish);
    const text = await textOf(here, "template");
    await there.studio.bundles.importBytes(Buffer.from(text));
    expect(await there.studio.templates.list({ limit: 9 })).toEqual([]);
    const draft = await there.journal.getNote("template-draft", "poster");
    await there.studio.templates.publish("poster", PublishBody.parse({ ...wish, form: draft?.form }));
    expect(await textOf(there, "template")).toBe(text);
  });

  test("TI-003 starts nothing, whatever it says, and nothing is paid", async () => {
    const there = await opened();
    const made = await there.studio.bundles.importBytes(
      bytesOf({
        ...poster(),
        autoRun: true,
        schedule: "* * * * *",
        hooks: [{ url: "https://evil.example.com" }],
        nodes: [{ ...node("words", "prompt", { text: "x" }), onLoad: "run()" }],
        edges: [],
      }),
    );
    expect(made.warnings.map(({ code, field, node: at }) => [code, field, at])).toEqual([
      ["FIELD_REMOVED", "autoRun", undefined],
      ["FIELD_REMOVED", "schedule", undefined],
      ["FIELD_REMOVED", "hooks", undefined],
      ["FIELD_REMOVED", "onLoad", "words"],
    ]);
    expect(JSON.stringify((await there.studio.graph("poster"))?.graph)).not.toMatch(
      /autoRun|schedule|hooks|onLoad|evil/,
    );
    expect((await there.studio.listRuns({ limit: 9 })).runs).toEqual([]);
    expect(there.fake.sent).toEqual([]);
  });

  test("TI-006 brings no key: the field is left out, told, and its value is nowhere", async () => {
    const there = await opened();
    const key = "sk-proj-abcdefghijklmnopqrstuvwxyz";
    const made = await there.studio.bundles.importBytes(
      bytesOf({
        ...poster(),
        apiKey: key,
        meta: { openai: { api_key: key }, author: "me" },
        nodes: [
          node("words", "prompt", { text: "x", authorization: `Bearer ${key}`, deep: [{ "x-api-key": key, ok: 1 }] }),
        ],
        edges: [],
      }),
    );
    expect(made.warnings.map(({ code, field }) => [code, field])).toEqual(
      ["apiKey", "meta.openai.api_key", "authorization", "deep.0.x-api-key"].map((field) => [
        "SECRET_FIELD_REMOVED",
        field,
      ]),
    );
    const stored = JSON.stringify((await there.studio.graph("poster"))?.graph);
    expect(stored).not.toContain("abcdefghijklmnop");
    expect(stored).toContain('"author":"me"');
    expect(JSON.stringify(made)).not.toContain("abcdefghijklmnop");
  });

  test("with a key in a text is refused, and node and field are named", async () => {
    const there = await opened();
    await expect(
      there.studio.bundles.importBytes(
        bytesOf(graph([node("words", "prompt", { text: "sk-abcdefghijklmnop12345678" })], [])),
      ),
    ).rejects.toMatchObject({ problems: [{ code: "SECRET_IN_GRAPH", node: "words", field: "text" }] });
    expect(await there.studio.listGraphs({ limit: 9 })).toEqual([]);
  });

  test("TI-005 names whom a run would contact, and no run starts until a person allowed it", async () => {
    const there = await opened();
    const asking = {
      ...poster(),
      inputs: [
        { key: "product", type: "text", default: "a lamp" },
        { key: "look", type: "image", default: { url: "https://pictures.example.com/a.png" } },
      ],
    };
    const made = await there.studio.bundles.importBytes(bytesOf(asking));
    expect(made.contacts).toEqual(["pictures.example.com"]);
    const start = () => there.studio.startRun({ graph: poster() });
    await expect(start()).rejects.toMatchObject({
      problems: [{ code: "CONTACTS_NOT_ALLOWED", message: expect.stringContaining("pictures.example.com") }],
    });
    expect(await there.studio.bundles.contacts("poster")).toEqual({ hosts: ["pictures.example.com"], allowed: false });
    expect(await there.studio.bundles.allowContacts("poster")).toMatchObject({ allowed: true });
    expect((await start()).created).toBe(true);
    expect(await there.studio.bundles.allowContacts("nobody")).toBeUndefined();
  });

  test("TI-003 TI-005 with a webhook is imported with its address told, and a credential keeps its name only", async () => {
    const there = await opened();
    const hook = node("tell", "webhook", { url: "https://hooks.example.com/x", secret: "shop" });
    const made = await there.studio.bundles.importBytes(
      bytesOf(
        graph([node("words", "prompt", { text: "x" }), hook], [edge("words.text", "tell.data")], { id: "hooked" }),
      ),
    );
    expect(made).toMatchObject({ contacts: ["hooks.example.com"], warnings: [] });
    const saved = (await there.studio.graph("hooked"))?.graph;
    expect(saved?.nodes[1]?.config.secret).toBe("shop");
    await expect(there.studio.startRun({ graph: saved })).rejects.toMatchObject({
      problems: [{ code: "CONTACTS_NOT_ALLOWED" }],
    });
    expect((await there.studio.listRuns({ limit: 9 })).runs).toEqual([]);
  });

  test("that is none of ours is refused with a sentence", async () => {
    const { studio } = await opened();
    for (const [bytes, code] of [
      [Buffer.from("hello"), "MALFORMED_JSON"],
      [Buffer.from([0xff, 0xfe, 0x00]), "MALFORMED_JSON"],
      [bytesOf({ format: "comfy/workflow" }), "SCHEMA_UNKNOWN"],
      [bytesOf({ format: "throughline/template", version: 9 }), "SCHEMA_TOO_NEW"],
      [bytesOf({ format: "throughline/bundle" }), "SCHEMA_UNKNOWN"],
      [await picture("#ff0000"), "NO_GRAPH"],
      [await gathered(zip.write([{ name: "a.txt", bytes: Buffer.from("x") }])), "BUNDLE_BROKEN"],
    ] as const)
      await expect(studio.bundles.importBytes(bytes)).rejects.toMatchObject({ problems: [{ code }] });
    expect(await studio.listGraphs({ limit: 9 })).toEqual([]);
  });
});

describe("SC-001 an export", () => {
  // Old documents may hold what is refused today, so the store is written to without the checks.
  const planted = async (text: string, field = "text") => {
    const here = await opened();
    const document = poster() as unknown as Parameters<typeof here.journal.saveGraph>[0];
    const nodes = [
      {
        ...node("words", "prompt", { [field]: text }),
        position: { x: 0, y: 0 },
        typeVersion: 1,
        take: 1,
        mode: "on" as const,
      },
    ];
    await here.journal.saveGraph({ ...document, frames: [], nodes, edges: [] }, "h", undefined);
    return here;
  };
  test.each([
    "sk-abcdefghijklmnop12345678",
    "Authorization: Bearer abcdefghijklmnopqrstuvwxyz",
    "-----BEGIN RSA PRIVATE KEY-----",
    "https://me:hunter2@example.com/x",
    "https://token@example.com/x",
    "q7Rw2ZpL9xVb4KtNs8Hd3Jf6Mc1Ga5Ye0UoTi",
  ])("refuses %j and names the node and the field, as text and as a bundle", async (secret) => {
    const { studio } = await planted(secret);
    const refused = { problems: [expect.objectContaining({ code: "SECRET_IN_EXPORT", node: "words", field: "text" })] };
    await expect(studio.bundles.exportText({ of: "graph", id: "poster" })).rejects.toMatchObject(refused);
    await expect(studio.bundles.exportZip({ of: "graph", id: "poster" })).rejects.toMatchObject(refused);
  });

  test.each([
    "A long and winding prompt about keys, tokens and passwords, sk-etched in pencil",
    "IMG_20260411_ProductShot_Final_Version_2_Retouched_CMYK",
    "https://example.com/a/very/long/path/with/1234567890/and/Some/MixedCaseSegments?x=1",
    `sha256:${"0123456789abcdef".repeat(4)}`,
    "9f1c2e4b-8a77-4f1e-9c0b-2d3e4f5a6b7c",
  ])("lets %j go", async (text) => {
    const { studio } = await planted(text);
    expect((await studio.bundles.exportText({ of: "graph", id: "poster" }))?.text).toContain(text);
  });
});

describe("a bundle", () => {
  test("carries pictures, and what it makes elsewhere runs with the same requests", async () => {
    const [here, there] = [await opened(), await opened()];
    const { asset } = await here.studio.upload(await picture("#336699"));
    await save(here, poster(asset));
    const table = Buffer.from("product\na lamp\n");
    const made = await here.studio.bundles.exportZip({ of: "graph", id: "poster" }, table);
    expect(made?.name).toBe("Poster.zip");
    const archive = await gathered(made?.bytes ?? (async function* () {})());
    const files = await filesOf(archive);
    expect([...files.keys()].slice(0, 3)).toEqual(["manifest.json", "graph.json", "table.csv"]);
    expect(files.has(`assets/${asset.slice(7)}.png`)).toBe(true);

    const came = await there.studio.bundles.importBytes(archive);
    expect(came).toMatchObject({ graphId: "poster", assets: 1, sheets: 0 });
    expect((await there.studio.asset(asset))?.mediaType).toBe("image/png");
    expect((await there.studio.asset(came.table ?? ""))?.bytes.equals(table)).toBe(true);
    const runs = [await here.go(poster(asset)), await there.go(poster(asset))];
    expect(runs.map(({ status }) => status)).toEqual(["succeeded", "succeeded"]);
    const requests = [here, there].map(({ fake }) =>
      JSON.stringify(fake.sent).replaceAll(/run_\w+|"key":"[^"]*"/g, ""),
    );
    expect(requests[0]).toContain(asset);
    expect(requests[1]?.includes("at dawn")).toBe(true);
    const again = await there.studio.bundles.exportZip({ of: "graph", id: "poster" }, table);
    expect((await gathered(again?.bytes ?? (async function* () {})())).equals(archive)).toBe(true);
  });

  test("carries the graphs and the sheets it uses, and they are found again where it goes", async () => {
    const [here, there] = [await opened(), await opened()];
    const { id: sheet } = await here.studio.library.create(
      SheetDraft.parse({ name: "House style", text: "# Light\nOne large soft source." }),
    );
    await here.studio.saveGraph("inner", { ...poster(), id: "inner" }, undefined);
    const outer = graph(
      [
        node("part", "subgraph", { graph: "inner@1", inputs: { product: "{{product}}" } }),
        node("style", "spec-sheet", { library: `${sheet}@1` }),
      ],
      [],
      { id: "outer", name: "Outer", inputs: [{ key: "product", type: "text", default: "a cup" }] },
    );
    await save(here, outer);
    const made = await here.studio.bundles.exportZip({ of: "graph", id: "outer" });
    const archive = await gathered(made?.bytes ?? (async function* () {})());
    expect([...(await filesOf(archive)).keys()]).toEqual([
      "manifest.json",
      "graph.json",
      "graphs/1-inner.json",
      "sheets.json",
    ]);

    // The name is taken there by another graph: the one that comes is kept beside it.
    await there.studio.saveGraph("inner", { ...poster(), id: "inner", name: "Another" }, undefined);
    const came = await there.studio.bundles.importBytes(archive);
    expect(came).toMatchObject({ graphId: "outer", sheets: 1, warnings: [] });
    const linked = (await there.studio.graph("outer"))?.graph.nodes[0]?.config.graph;
    expect(linked).toMatch(/^inner-[a-z2-9]{5}@1$/);
    expect(await there.studio.library.read(sheet)).toMatchObject({ name: "House style" });
    const { runId } = await there.studio.startRun({ graph: (await there.studio.graph("outer"))?.graph });
    expect(await there.studio.drive(runId)).toBe("succeeded");
    expect(there.fake.sent).toHaveLength(1);
  });

  test("that lacks a picture is not made", async () => {
    const here = await opened();
    const lost = `sha256:${"1".repeat(64)}`;
    await save(here, poster(lost));
    await expect(here.studio.bundles.exportZip({ of: "graph", id: "poster" })).rejects.toMatchObject({
      problems: [{ code: "ASSET_MISSING" }],
    });
  });

  test("that was changed on the way is refused whole", async () => {
    const [here, there] = [await opened(), await opened()];
    const { asset } = await here.studio.upload(await picture("#336699"));
    await save(here, poster(asset));
    const made = await here.studio.bundles.exportZip({ of: "graph", id: "poster" });
    const archive = await gathered(made?.bytes ?? (async function* () {})());
    const name = `assets/${asset.slice(7)}.png`;
    const changed = async (change: (files: Map<string, Buffer>) => void) => {
      const files = await filesOf(archive);
      change(files);
      return repacked(files);
    };
    for (const [what, code] of [
      [(files: Map<string, Buffer>) => files.set(name, Buffer.from("another picture")), "CHECKSUM"],
      [(files: Map<string, Buffer>) => files.set("graph.json", bytesOf(poster())), "CHECKSUM"],
      [(files: Map<string, Buffer>) => files.delete(name), "BUNDLE_BROKEN"],
      [(files: Map<string, Buffer>) => files.set("extra.js", Buffer.from("x")), "BUNDLE_BROKEN"],
      [(files: Map<string, Buffer>) => files.delete("manifest.json"), "BUNDLE_BROKEN"],
    ] as const)
      await expect(there.studio.bundles.importBytes(await changed(what))).rejects.toMatchObject({
        problems: [{ code }],
      });
    expect(await there.studio.listGraphs({ limit: 9 })).toEqual([]);
  });

  test("of two pictures, one of which was changed, keeps nothing, not even the pictures that were whole", async () => {
    const [here, there] = [await opened(), await opened()];
    const [a, b] = [
      await here.studio.upload(await picture("#123456")),
      await here.studio.upload(await picture("#654321")),
    ];
    await save(
      here,
      graph([node("ref", "reference", { assets: [{ asset: a.asset }, { asset: b.asset }] })], [], { id: "poster" }),
    );
    const made = await here.studio.bundles.exportZip({ of: "graph", id: "poster" });
    const files = await filesOf(await gathered(made?.bytes ?? (async function* () {})()));
    const last = [...files.keys()].at(-1) ?? "";
    files.set(last, Buffer.from("changed"));
    await expect(there.studio.bundles.importBytes(await repacked(files))).rejects.toMatchObject({
      problems: [{ code: "CHECKSUM" }],
    });
    expect(await there.studio.storage()).toEqual({ assets: 0, bytes: 0 });
  });
});
