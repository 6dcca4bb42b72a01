import { describe, expect, test } from "vitest";
import { PublishBody } from "#lib/protocol/templates.ts";
import { scriptedProvider } from "../scripted-provider.ts";
import { edge, graph, node, openTestStudio } from "../test-studio.ts";

const hero = (light: string, more: Record<string, unknown> = {}) =>
  graph(
    [
      node("words", "prompt", { text: `{{product}} in ${light}` }),
      node("hero", "generate", { size: "1024x1024", partials: 0 }),
    ],
    [edge("words.text", "hero.prompt")],
    { id: "hero", name: "Hero", inputs: [{ key: "product", title: "Product", type: "text", required: true }], ...more },
  );
const wish = (given: Record<string, unknown> = {}) => PublishBody.parse(given);

async function opened() {
  const fake = scriptedProvider();
  const { studio, journal } = await openTestStudio(fake.provider);
  let etag: string | undefined;
  const save = async (document: unknown) => {
    const answer = await studio.saveGraph("hero", document, etag);
    if (!("saved" in answer)) throw new Error("not saved");
    etag = answer.saved.etag;
  };
  const run = async (inputs: Record<string, unknown>, revision?: number) => {
    const { runId } = await studio.templates.startRun("hero", { inputs, revision });
    await studio.drive(runId);
    const document = await studio.run(runId);
    if (!document) throw new Error("no run");
    return document;
  };
  return { fake, studio, journal, save, run };
}

describe("publishing", () => {
  test("makes revisions that count from 1, and the newest is the current one", async () => {
    const { studio, save } = await opened();
    expect(await studio.templates.publish("hero", wish())).toBeUndefined();
    await save(hero("morning light"));
    const first = await studio.templates.publish("hero", wish({ description: "A hero shot", notes: "the first" }));
    expect(first).toMatchObject({ id: "hero", revision: 1, current: true, name: "Hero", asks: 1, graphRevision: 1 });
    await save(hero("evening light"));
    expect(await studio.templates.publish("hero", wish({ notes: "evening" }))).toMatchObject({ revision: 2 });
    expect((await studio.templates.revisions("hero", { limit: 9 })).map((r) => [r.revision, r.current])).toEqual([
      [2, true],
      [1, false],
    ]);
    expect(await studio.templates.list({ limit: 9 })).toMatchObject([{ id: "hero", revision: 2 }]);
  });

  test("of the same again makes no second revision", async () => {
    const { studio, save } = await opened();
    await save(hero("morning light"));
    await studio.templates.publish("hero", wish({ notes: "one" }));
    expect(await studio.templates.publish("hero", wish({ notes: "one" }))).toMatchObject({ revision: 1 });
    expect(await studio.templates.publish("hero", wish({ notes: "two" }))).toMatchObject({ revision: 2 });
  });

  test("is refused while the graph has problems, and every one is named", async () => {
    const { studio, save } = await opened();
    const broken = hero("light");
    await save({ ...broken, edges: [], nodes: [...broken.nodes, node("odd", "no-such-type")] });
    await expect(studio.templates.publish("hero", wish())).rejects.toMatchObject({
      problems: expect.arrayContaining([
        expect.objectContaining({ node: "odd" }),
        expect.objectContaining({ node: "hero", port: "prompt" }),
      ]),
    });
    expect(await studio.templates.list({ limit: 9 })).toEqual([]);
  });

  test("refuses a form that does not fit, a cover that is not there, and words that hold a key", async () => {
    const { studio, save } = await opened();
    await save(hero("light"));
    const form = (...fields: object[]) => ({ form: { groups: [{ title: "", fields }] } });
    for (const [given, code] of [
      [form({ key: "colour" }), "UNKNOWN_INPUT"],
      [form({ key: "product" }, { key: "product" }), "DUPLICATE_FIELD"],
      [form({ key: "product", shown: false }), "HIDDEN_INPUT"],
      [{ cover: `sha256:${"0".repeat(64)}` }, "ASSET_MISSING"],
      [{ notes: "with sk-abcdefghijklmnop1234567890" }, "SECRET_IN_GRAPH"],
    ] as const)
      await expect(studio.templates.publish("hero", wish(given))).rejects.toMatchObject({
        problems: [expect.objectContaining({ code })],
      });
  });

  test("an old revision goes on to run exactly as it did", async () => {
    const { fake, studio, save, run } = await opened();
    await save(hero("morning light"));
    await studio.templates.publish("hero", wish());
    const before = await run({ product: "a lamp" });
    expect(before.template).toEqual({ id: "hero", revision: 1 });

    await save(hero("evening light", { name: "Evening hero" }));
    await studio.templates.publish("hero", wish());
    expect((await run({ product: "a lamp" })).template).toEqual({ id: "hero", revision: 2 });
    expect(fake.sent).toHaveLength(2);

    const again = await run({ product: "a lamp" }, 1);
    expect(fake.sent).toHaveLength(2);
    expect(again).toMatchObject({
      paidCalls: 0,
      revision: before.revision,
      outputs: before.outputs,
      graphName: "Hero",
    });
    expect(again.steps.map(({ nodeId, state, cached }) => ({ nodeId, state, cached }))).toEqual(
      before.steps.map(({ nodeId, state }) => ({ nodeId, state, cached: true })),
    );

    await run({ product: "a chair" }, 1);
    const asWords = (sent: unknown) => JSON.stringify(sent).replaceAll("a chair", "a lamp");
    const [first, , third] = fake.sent as { prompt?: unknown; parts?: unknown }[];
    expect(asWords([third?.parts, third?.prompt])).toBe(asWords([first?.parts, first?.prompt]));
  });

  test("rolling back changes what runs, the draft stays, and a deleted graph leaves its template alone", async () => {
    const { studio, save, run } = await opened();
    await save(hero("morning light"));
    await studio.templates.publish("hero", wish());
    await save(hero("evening light"));
    await studio.templates.publish("hero", wish());
    expect(await studio.templates.makeCurrent("hero", 1)).toMatchObject({ revision: 1, current: true });
    expect((await run({ product: "x" })).template?.revision).toBe(1);
    expect(JSON.stringify((await studio.graph("hero"))?.graph)).toContain("evening");
    await studio.deleteGraph("hero");
    expect((await run({ product: "x" })).status).toBe("succeeded");
  });

  test("a graph it leads to may be deleted, and it runs on", async () => {
    const { studio, save, run } = await opened();
    await studio.saveGraph("inner", { ...hero("noon light"), id: "inner" }, undefined);
    await save(
      graph([node("part", "subgraph", { graph: "inner@1", inputs: { product: "{{product}}" } })], [], {
        id: "hero",
        inputs: [{ key: "product", type: "text", required: true }],
      }),
    );
    expect(await studio.templates.publish("hero", wish())).toMatchObject({ revision: 1 });
    await studio.deleteGraph("inner");
    expect(await run({ product: "a lamp" })).toMatchObject({ status: "succeeded", paidCalls: 1 });
  });

  test("what was taken back does not run until it is published again", async () => {
    const { studio, save, run } = await opened();
    await save(hero("light"));
    await studio.templates.publish("hero", wish());
    await studio.templates.unpublish("hero");
    for (const revision of [undefined, 1])
      await expect(run({ product: "x" }, revision)).rejects.toMatchObject({
        problems: [expect.objectContaining({ code: "UNKNOWN_TEMPLATE" })],
      });
    expect(await studio.templates.get("hero", 1)).toMatchObject({ current: false });
    await studio.templates.makeCurrent("hero", 1);
    expect((await run({ product: "x" })).status).toBe("succeeded");
  });

  test("inputs are checked by the same rules as everywhere, and named", async () => {
    const { fake, studio, save, run } = await opened();
    await save(hero("light"));
    await studio.templates.publish("hero", wish());
    await expect(run({})).rejects.toMatchObject({
      problems: [expect.objectContaining({ code: "INPUT_MISSING", field: "product" })],
    });
    await expect(run({ product: "x", colour: "red" })).rejects.toMatchObject({
      problems: [expect.objectContaining({ code: "UNKNOWN_INPUT", field: "colour" })],
    });
    await expect(run({ product: "x" }, 7)).rejects.toMatchObject({ problems: [{ code: "UNKNOWN_TEMPLATE" }] });
    expect(await studio.templates.estimate("hero", { inputs: { product: "x" } })).toMatchObject({ calls: 1 });
    expect(fake.sent).toEqual([]);
  });

  test("runs of a template are found by it, and the scorecard's rows know their revisions", async () => {
    const { studio, save, run } = await opened();
    await save(hero("light"));
    await studio.templates.publish("hero", wish());
    const mine = await run({ product: "x" });
    const { runId } = await studio.startRun({ graph: hero("light"), inputs: { product: "y" } });
    await studio.drive(runId);
    const { runs } = await studio.listRuns({ limit: 9, templateId: "hero" });
    expect(runs.map((one) => [one.runId, one.template])).toEqual([[mine.runId, { id: "hero", revision: 1 }]]);
  });
});
