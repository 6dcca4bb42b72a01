import { describe, expect, it } from "vitest";
import { edge, graph, node } from "../test-studio.ts";
import { openSimulated } from "./simulated.ts";

type Opened = Awaited<ReturnType<typeof openSimulated>>;

/** Two turns of a conversation, a person's yes, and a local change. */
const campaign = graph(
  [
    node("words", "text", { text: "a {{product}} on a rock" }),
    node("hero", "generate", { size: "1024x1024" }),
    node("dusk", "text", { text: "the same at dusk" }),
    node("later", "edit", {}),
    node("look", "review", { question: "Good?" }),
    node("small", "resize", { targets: [{ name: "web", width: 256, height: 256, fit: "cover" }] }),
    node("keep", "archive", { name: "hero" }),
    node("aside", "generate", { size: "1024x1024" }),
  ],
  [
    edge("words.text", "hero.prompt"),
    edge("hero.image", "later.image"),
    edge("dusk.text", "later.instruction"),
    edge("later.image", "look.image"),
    edge("look.approved", "small.image"),
    edge("small.image", "keep.image"),
    edge("dusk.text", "aside.prompt"),
  ],
  { inputs: [{ key: "product", type: "text", default: "boot" }] },
);

async function archived(opened: Opened) {
  const { runId } = await opened.studio.startRun({ graph: campaign, inputs: { product: "lamp" }, takes: { hero: 3 } });
  await opened.studio.drive(runId);
  await opened.studio.answer(runId, "look", 0, { decision: "approve" }, "Mia");
  expect(await opened.studio.drive(runId)).toBe("succeeded");
  const [entry] = await opened.journal.entries({ runId, limit: 1 });
  if (!entry) throw new Error("nothing archived");
  return entry;
}

async function remade({ studio, journal }: Opened, id: string) {
  const started = await studio.catalogue.remake(id);
  if (!started) throw new Error("no such entry");
  expect(await studio.drive(started.runId)).toBe("succeeded");
  const run = await studio.run(started.runId);
  const [entry] = await journal.entries({ runId: started.runId, limit: 1 });
  return { run, entry };
}

const collected = async (chunks: AsyncIterable<Uint8Array>) => {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
};
const bundled = async ({ studio }: Opened, id: string, cache: boolean) => {
  const bundle = await studio.catalogue.bundle(id, { cache });
  if (!bundle) throw new Error("no such entry");
  return await collected(bundle.bytes);
};
/** What was asked to be drawn: ids of responses, and the names of calls that follow from them, are called by the order they come in. */
const drawn = ({ requests }: Opened, wanted: (text: string) => boolean = () => true): string[] => {
  const names = new Map<string, string>();
  return requests
    .filter(({ method, path }) => method === "POST" && !path.endsWith("/cancel"))
    .map((request) => JSON.stringify(request))
    .filter(wanted)
    .map((text) =>
      text.replace(/resp_[0-9a-f]+|[0-9a-f]{64}(?=\/0#1)/g, (id) => {
        if (!names.has(id)) names.set(id, `name ${names.size}`);
        return names.get(id) ?? "";
      }),
    );
};
/** The call of the branch that is not on the way to the entry. */
const isAside = (text: string) => text.includes("the same at dusk") && !text.includes("previous_response_id");

describe("remaking an archived picture", () => {
  it("gives the same bytes from the cache without a call, asks nobody again, and draws nothing that is not on its way", async () => {
    const opened = await openSimulated();
    const entry = await archived(opened);
    const before = opened.requests.length;
    const again = await remade(opened, entry.id);
    expect(again.entry?.asset).toBe(entry.asset);
    expect(again.run?.paidCalls).toBe(0);
    expect(opened.requests.length).toBe(before);
    expect(again.run?.inputs).toEqual({ product: "lamp" });
    expect(again.run?.steps.some(({ nodeId }) => nodeId === "aside")).toBe(false);
  });

  it("works from a bundle in an empty studio: with the cache without a call, to the byte", async () => {
    const home = await openSimulated();
    const entry = await archived(home);
    const zip = await bundled(home, entry.id, true);
    const away = await openSimulated();
    expect(await away.studio.catalogue.isBundle(zip)).toBe(true);
    expect(await away.studio.catalogue.takeBundle(zip)).toMatchObject({ entryId: entry.id, known: false });
    const { run, entry: made } = await remade(away, entry.id);
    expect(made?.asset).toBe(entry.asset);
    expect(run?.paidCalls).toBe(0);
    expect(drawn(away)).toEqual([]);
    expect(made?.record).toMatchObject({ remakes: entry.id, calls: entry.record.calls, costs: entry.record.costs });
    expect(await away.assets.get(entry.asset)).toEqual(await home.assets.get(entry.asset));
    expect(await away.studio.catalogue.takeBundle(zip)).toMatchObject({ known: true, results: 0 });
    const onward = await bundled(away, entry.id, true);
    expect(await away.studio.catalogue.isBundle(onward)).toBe(true);
  });

  it("works from a bundle without the cache: the very same requests are sent", async () => {
    const home = await openSimulated();
    const entry = await archived(home);
    const away = await openSimulated();
    const zip = await bundled(home, entry.id, false);
    const first = drawn(home, (text) => !isAside(text));
    await away.studio.catalogue.takeBundle(zip);
    const { run } = await remade(away, entry.id);
    expect(run?.paidCalls).toBe(2);
    expect(drawn(away)).toEqual(first);
  });

  it("brings along what a node is pinned to, with or without the cache", async () => {
    const home = await openSimulated();
    const first = await home.go(
      graph(
        [node("words", "text", { text: "a lamp" }), node("hero", "generate", { size: "1024x1024" })],
        [edge("words.text", "hero.prompt")],
      ),
    );
    const pin = first.steps.find(({ nodeId }) => nodeId === "hero")?.items[0]?.key;
    const run = await home.go(
      graph(
        [
          node("words", "text", { text: "other words" }),
          node("hero", "generate", { size: "1024x1024" }, { pin }),
          node("keep", "archive", {}),
        ],
        [edge("words.text", "hero.prompt"), edge("hero.image", "keep.image")],
      ),
    );
    const [entry] = await home.journal.entries({ runId: run.runId, limit: 1 });
    if (!entry) throw new Error("nothing archived");
    const away = await openSimulated();
    await away.studio.catalogue.takeBundle(await bundled(home, entry.id, false));
    const again = await remade(away, entry.id);
    expect([again.run?.paidCalls, again.entry?.asset]).toEqual([0, entry.asset]);
  });

  it("says so where another provider would draw, and draws when that is meant", async () => {
    const home = await openSimulated();
    const entry = await archived(home);
    const away = await openSimulated({ simulated: false });
    await away.studio.catalogue.takeBundle(await bundled(home, entry.id, true));
    await expect(away.studio.catalogue.remake(entry.id)).rejects.toMatchObject({ code: "OTHER_PROVIDER" });
    await expect(away.studio.catalogue.remake(entry.id, { anyway: true })).resolves.toMatchObject({
      runId: expect.any(String),
    });
  });

  it("says what is missing when graph or pictures are not here", async () => {
    const home = await openSimulated();
    const entry = await archived(home);
    const away = await openSimulated();
    const record = { ...entry.record, graph: { id: "x", name: "X", revision: "f".repeat(64) } };
    await away.journal.archive.take({
      entry: { ...entry, record },
      graph: { document: { ...campaign } as never, hash: "other" },
      assets: [],
      results: [],
      turns: [],
      at: 1,
    });
    await expect(away.studio.catalogue.remake(entry.id)).rejects.toMatchObject({ code: "GRAPH_MISSING" });
    expect(await away.studio.catalogue.remake("nobody")).toBeUndefined();
  });
});

describe("an entry that was archived inside a saved graph, under a sheet of the library", () => {
  it("is remade from its bundle whatever became of graph and library, and without them", async () => {
    const home = await openSimulated();
    const { studio, journal } = home;
    const draft = { name: "House", text: "Warm light.", samples: [], tags: [] };
    await studio.library.create(draft);
    const inner = graph(
      [
        node("sheet", "spec-sheet", { library: "house" }),
        node("words", "text", { text: "a {{product}}" }),
        node("hero", "generate", { size: "1024x1024" }),
        node("keep", "archive", { name: "inner" }),
      ],
      [edge("sheet.spec", "hero.spec"), edge("words.text", "hero.prompt"), edge("hero.image", "keep.image")],
      { id: "inner", inputs: [{ key: "product", type: "text", default: "boot" }] },
    );
    await studio.saveGraph("inner", inner, undefined);
    const outer = graph([node("sub", "subgraph", { graph: "inner@1", inputs: { product: "lamp" } })], [], {
      id: "outer",
    });
    const run = await home.go(outer);
    expect(run.status).toBe("succeeded");
    const [entry] = await journal.entries({ runId: run.runId, limit: 1 });
    if (!entry) throw new Error("nothing archived");
    expect(entry.record).toMatchObject({ node: { id: "sub/keep" }, run: { sheets: [{ id: "house", version: 1 }] } });
    const sheet = await studio.library.read("house");
    await studio.library.save("house", { ...draft, text: "Cold light." }, sheet?.etag);
    for (const cache of [true, false]) {
      const away = await openSimulated();
      await away.studio.catalogue.takeBundle(await bundled(home, entry.id, cache));
      const again = await remade(away, entry.id);
      expect([cache, again.run?.paidCalls]).toEqual([cache, cache ? 0 : 1]);
      if (cache) expect(again.entry?.asset).toBe(entry.asset);
      else expect(drawn(away)[0]).toContain("Warm light.");
    }
    const here = await remade(home, entry.id);
    expect([here.run?.paidCalls, here.entry?.asset]).toEqual([0, entry.asset]);
  });
});

describe("another one like an archived picture", () => {
  it("raises the take of the node that drew last, keeps the rest, and asks a person again", async () => {
    const opened = await openSimulated();
    const entry = await archived(opened);
    const similar = await opened.studio.catalogue.similar(entry.id);
    expect(similar?.takes).toEqual({ hero: 3, later: 2 });
    expect(await opened.studio.drive(similar?.runId ?? "")).toBe("waiting");
    const run = await opened.studio.run(similar?.runId ?? "");
    expect(run?.paidCalls).toBe(1);
    expect(run?.steps.find(({ nodeId }) => nodeId === "hero")?.cached).toBe(true);
  });

  it("opens as a graph that holds its inputs and takes", async () => {
    const opened = await openSimulated();
    const entry = await archived(opened);
    const found = await opened.studio.catalogue.graphOf(entry.id, { similar: true });
    expect(found?.drawnBy).toBe("later");
    expect(found?.graph.inputs).toMatchObject([{ key: "product", default: "lamp" }]);
    const takes = Object.fromEntries(found?.graph.nodes.map(({ id, take }) => [id, take]) ?? []);
    expect(takes).toMatchObject({ hero: 3, later: 2, keep: 1 });
  });
});

describe("a bundle that is not what it says", () => {
  it("is refused whole, whatever was changed in it", async () => {
    const home = await openSimulated();
    const entry = await archived(home);
    const zip = await bundled(home, entry.id, true);
    const away = await openSimulated();
    const damaged = Buffer.from(zip);
    damaged[Math.floor(zip.length / 2)] = (damaged[Math.floor(zip.length / 2)] ?? 0) ^ 0xff;
    await expect(away.studio.catalogue.takeBundle(damaged)).rejects.toThrow();
    await expect(away.studio.catalogue.takeBundle(zip.subarray(0, zip.length - 40))).rejects.toMatchObject({
      code: "ZIP_BROKEN",
    });
    await expect(away.studio.catalogue.takeBundle(Buffer.from("no zip"))).rejects.toMatchObject({
      code: "BUNDLE_BROKEN",
    });
    expect(await away.journal.archive.card(entry.id)).toBeUndefined();
    expect(await away.journal.results(home.requests.map(() => "x"))).toEqual(new Map());
  });

  it("SC-001 is not written with a key in its inputs, and no entry is told one", async () => {
    const opened = await openSimulated();
    const { journal, studio } = opened;
    const entry = await archived(opened);
    const secret = `sk-${"a1B2c3D4".repeat(4)}`;
    const record = { ...entry.record, run: { ...(entry.record.run as object), inputs: { product: secret } } };
    await journal.archive.take({
      entry: { ...entry, id: "entry_leaky", record },
      graph: { document: { ...campaign } as never, hash: "other" },
      assets: [],
      results: [],
      turns: [],
      at: 1,
    });
    await expect(studio.catalogue.bundle("entry_leaky", { cache: false })).rejects.toMatchObject({
      code: "SECRET_IN_EXPORT",
    });
    await expect(studio.catalogue.change([entry.id], { alt: secret })).rejects.toMatchObject({
      code: "SECRET_IN_TEXT",
    });
    await expect(studio.catalogue.addCollection(secret)).rejects.toMatchObject({ code: "SECRET_IN_TEXT" });
  });
});
