import { describe, expect, it } from "vitest";
import { EntryRecord } from "#lib/protocol/entry-record.ts";
import { edge, graph, node } from "../test-studio.ts";
import { openSimulated } from "./simulated.ts";

const campaign = (more = {}) =>
  graph(
    [
      node("sheet", "spec-sheet", { name: "House", text: "Warm light, always." }),
      node("words", "text", { text: "a {{product}} on a rock" }),
      node("hero", "generate", { size: "1024x1024" }, { title: "Hero shot", take: 2 }),
      node("dusk", "text", { text: "the same at dusk" }),
      node("later", "edit", {}, { title: "Dusk" }),
      node("small", "resize", { targets: [{ name: "web", width: 256, height: 256, fit: "cover" }] }),
      node("keep", "archive", { name: "{{graph.name}}/hero", tags: ["hero"], collection: "Spring" }),
    ],
    [
      edge("sheet.spec", "hero.spec"),
      edge("words.text", "hero.prompt"),
      edge("hero.image", "later.image"),
      edge("dusk.text", "later.instruction"),
      edge("later.image", "small.image"),
      edge("small.image", "keep.image"),
    ],
    { inputs: [{ key: "product", type: "text", default: "trail sneaker" }], ...more },
  );

describe("the companion record", () => {
  it("tells everything that made a picture: prompts sent and revised, sheet, calls, costs, takes, and the way from the first picture", async () => {
    const { go, journal } = await openSimulated();
    const run = await go(campaign());
    expect(run.status).toBe("succeeded");
    const [entry] = await journal.entries({ runId: run.runId, limit: 9 });
    const record = EntryRecord.parse(entry?.record);
    expect(record).toMatchObject({
      version: 2,
      asset: entry?.asset,
      graph: { id: "test", name: "Test", revision: run.revision },
      run: { id: run.runId, inputs: { product: "trail sneaker" } },
      node: { id: "keep", type: "archive" },
      takes: { hero: 2 },
      simulated: true,
      sheets: [{ name: "House", text: "Warm light, always." }],
    });
    expect(record.calls?.map(({ nodeId }) => nodeId)).toEqual(["hero", "later"]);
    const [first, second] = record.calls ?? [];
    expect(first).toMatchObject({
      state: "completed",
      sent: { prompt: expect.stringContaining("a trail sneaker on a rock"), instructions: "Warm light, always." },
      given: { revisedPrompts: [expect.any(String)], pictures: [{ asset: expect.stringMatching(/^sha256:/) }] },
    });
    expect(first?.responseId).toMatch(/^resp/);
    expect(second?.sent.previousResponseId).toBe(first?.responseId);
    expect(record.lineage?.map(({ node: by }) => by?.id)).toEqual(["hero", "later", "small"]);
    const [drawn, edited, small] = record.lineage ?? [];
    expect(drawn?.parents).toEqual([]);
    expect(edited).toMatchObject({ parents: [drawn?.asset], continues: drawn?.asset, turn: { depth: 2 } });
    expect(small).toMatchObject({ asset: entry?.asset, parents: [edited?.asset], made: { by: "local" } });
  });

  it("is as full when everything came from the cache", async () => {
    const { go, journal } = await openSimulated();
    await go(campaign());
    const again = await go(campaign());
    expect(again.paidCalls).toBe(0);
    const [entry] = await journal.entries({ runId: again.runId, limit: 9 });
    const record = EntryRecord.parse(entry?.record);
    expect(record.calls?.map(({ nodeId }) => nodeId)).toEqual(["hero", "later"]);
    expect(record.lineage).toHaveLength(3);
    expect(record.run.id).toBe(again.runId);
  });

  it("knows the saved revision, and of an encoded file the picture in it", async () => {
    const { studio, journal } = await openSimulated();
    const drawn = graph(
      [
        node("words", "text", { text: "a lamp" }),
        node("hero", "generate", { size: "1024x1024" }),
        node("web", "encode", { format: "webp" }),
        node("keep", "archive", {}),
      ],
      [edge("words.text", "hero.prompt"), edge("hero.image", "web.image"), edge("web.file", "keep.file")],
      { id: "lamp" },
    );
    await studio.saveGraph("lamp", drawn, undefined);
    const saved = await studio.graph("lamp");
    const { runId } = await studio.startRun({ graph: saved?.graph });
    await studio.drive(runId);
    const [entry] = await journal.entries({ runId, limit: 9 });
    const record = EntryRecord.parse(entry?.record);
    expect(record.graph.saved).toBe(1);
    expect(record.lineage?.map(({ node: by }) => by?.id)).toEqual(["hero", "web"]);
    expect(record.lineage?.at(-1)).toMatchObject({ asset: entry?.asset, parents: [record.lineage?.[0]?.asset] });
  });

  it("tells of turns of words that led to a picture, too", async () => {
    const { go, journal } = await openSimulated();
    const run = await go(
      graph(
        [
          node("hello", "text", { text: "We make quiet posters." }),
          node("talk", "converse", {}),
          node("words", "text", { text: "a lamp" }),
          node("hero", "generate", { size: "1024x1024" }),
          node("aside", "converse", {}),
          node("keep", "archive", {}),
        ],
        [
          edge("hello.text", "talk.text"),
          edge("talk.thread", "hero.context"),
          edge("words.text", "hero.prompt"),
          edge("words.text", "aside.text"),
          edge("hero.image", "keep.image"),
        ],
      ),
    );
    const [entry] = await journal.entries({ runId: run.runId, limit: 9 });
    const record = EntryRecord.parse(entry?.record);
    expect(record.calls?.map(({ nodeId }) => nodeId)).toEqual(["talk", "hero"]);
    expect(record.calls?.[0]?.sent.prompt).toBe("We make quiet posters.");
  });

  it("keeps the decision of a person, and references with their roles", async () => {
    const { studio, journal, go } = await openSimulated();
    const first = await go(
      graph(
        [node("words", "text", { text: "a lamp" }), node("lamp", "generate", { size: "1024x1024" })],
        [edge("words.text", "lamp.prompt")],
      ),
    );
    const [lamp] = first.outputs.lamp?.image ?? [];
    if (lamp?.kind !== "image") throw new Error("no lamp");
    const { runId } = await studio.startRun({
      graph: graph(
        [
          node("ref", "reference", { assets: [{ asset: lamp.asset, note: "the shade" }], role: "style" }),
          node("words", "text", { text: "a room" }),
          node("room", "generate", { size: "1024x1024" }),
          node("look", "review", { question: "Good?" }),
          node("keep", "archive", {}),
        ],
        [
          edge("ref.image", "room.references"),
          edge("words.text", "room.prompt"),
          edge("room.image", "look.image"),
          edge("look.approved", "keep.image"),
        ],
      ),
    });
    expect(await studio.drive(runId)).toBe("waiting");
    expect(await studio.answer(runId, "look", 0, { decision: "approve" }, "Mia")).toBe("answered");
    await studio.drive(runId);
    const [entry] = await journal.entries({ runId, limit: 9 });
    const record = EntryRecord.parse(entry?.record);
    expect(record.answers).toMatchObject([{ nodeId: "look", pass: 0, items: [0], by: "Mia" }]);
    expect(record.lineage?.[0]).toMatchObject({
      asset: lamp.asset,
      role: "style",
      note: "the shade",
      node: { id: "ref" },
    });
    expect(record.lineage?.at(-1)).toMatchObject({ parents: [lamp.asset], through: ["look"] });
  });
});
