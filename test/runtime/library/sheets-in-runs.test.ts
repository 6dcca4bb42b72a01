import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { recipes } from "#lib/engine/recipe.ts";
import type { Graph } from "#lib/protocol/graph.ts";
import { readGraph } from "#lib/protocol/read-graph.ts";
import { sheetsByNode } from "#lib/protocol/sheets-by-node.ts";
import type { ProviderRequest } from "#lib/runtime/ports.ts";
import { scriptedProvider } from "../scripted-provider.ts";
import { edge, node, openTestStudio } from "../test-studio.ts";

let studio: Awaited<ReturnType<typeof openTestStudio>>;
let provider: ReturnType<typeof scriptedProvider>;
beforeEach(async () => {
  provider = scriptedProvider();
  studio = await openTestStudio(provider.provider);
});
afterEach(() => studio.studio.stop());

const library = () => studio.studio.library;
const draft = (name: string, text: string, more = {}) => ({ name, text, tags: [], samples: [], ...more });
const save = async (id: string, text: string) => {
  const answer = await library().save(id, draft(id, text), "*");
  if (answer === "unknown" || !("saved" in answer)) throw new Error("not saved");
  return answer.saved;
};

/** A sheet, a picture drawn under it, and an edit of that picture that is wired to no sheet. */
const graph = (ref: string, more: Record<string, unknown> = {}) => ({
  id: "series",
  nodes: [
    node("look", "spec-sheet", { library: ref, ...more }),
    node("words", "prompt", { text: "A boat" }),
    node("hero", "generate", {}),
    node("other", "prompt", { text: "at night" }),
    node("night", "edit", {}),
    node("alone", "generate", {}),
  ],
  edges: [
    edge("look.spec", "hero.spec"),
    edge("words.text", "hero.prompt"),
    edge("hero.image", "night.image"),
    edge("other.text", "night.instruction"),
    edge("words.text", "alone.prompt"),
  ],
});

const instructions = (sent: ProviderRequest[]) =>
  sent.flatMap((request) => (request.lane === "conversation" ? [request.instructions] : []));

describe("a sheet of the library in a run", () => {
  it("goes out as instructions on every turn, with what it extends, word for word", async () => {
    await library().create(draft("House", "House rules.\n\n# Light\nSoft.\n\n# Camera\n50 mm."));
    await library().create(draft("Alpine", "# Light\nHard and low.", { extends: "house" }));
    const run = await studio.go(graph("alpine"));
    expect(run.status).toBe("succeeded");
    const whole = "House rules.\n\n# Light\nHard and low.\n\n# Camera\n50 mm.";
    expect((await library().read("alpine"))?.effective?.text).toBe(whole);
    const sent = instructions(provider.sent);
    expect(sent).toHaveLength(3);
    // The edit is wired to no sheet: the one of its thread goes out again. The third picture has none.
    expect(sent.filter((text) => text === whole)).toHaveLength(2);
    expect(run.sheets).toEqual([
      {
        nodeId: "look",
        field: "library",
        ref: "alpine",
        id: "alpine",
        name: "Alpine",
        version: 1,
        hash: expect.any(String),
        follows: true,
        extends: ["house@1"],
      },
    ]);
    const hero = run.outputs.hero?.image?.[0];
    expect(hero?.kind === "image" && hero.made.spec).toMatchObject({
      text: whole,
      sheet: { id: "alpine", version: 1 },
    });
  });

  it("followed: a new version makes exactly the pictures drawn under it again, and an old text costs nothing", async () => {
    await library().create(draft("Alpine", "Cold light."));
    await studio.go(graph("alpine"));
    await save("alpine", "Warm light.");
    const estimate = await studio.studio.estimate({ graph: graph("alpine") });
    expect(estimate.calls).toBe(2);
    expect(estimate.sheets).toMatchObject([{ id: "alpine", version: 2, newest: 2, follows: true }]);
    const second = await studio.go(graph("alpine"));
    expect(provider.sent).toHaveLength(5);
    expect(second.steps.flatMap((step) => (step.cached ? [step.nodeId] : []))).toEqual(["words", "other", "alone"]);
    expect(second.steps.find((step) => step.nodeId === "look")?.why).toBe("library changed");
    const back = await library().rollBack("alpine", 1, undefined, "*");
    expect(back).toMatchObject({ saved: { newest: 3, text: "Cold light.", note: "Back to version 1" }, added: true });
    const third = await studio.go(graph("alpine"));
    expect(provider.sent).toHaveLength(5);
    expect(third.sheets?.[0]).toMatchObject({ version: 3 });
  });

  it("pinned: new versions make nothing stale, and how to get them is told", async () => {
    await library().create(draft("Alpine", "Cold light."));
    await studio.go(graph("alpine@1"));
    await save("alpine", "Warm light.");
    const run = await studio.go(graph("alpine@1"));
    expect(provider.sent).toHaveLength(3);
    expect(run.steps.every(({ cached }) => cached)).toBe(true);
    expect((await studio.studio.estimate({ graph: graph("alpine@1") })).sheets).toMatchObject([
      { version: 1, newest: 2, follows: false },
    ]);
  });

  it("a new version of a sheet it extends is a change too, and so is none when that one is pinned", async () => {
    await library().create(draft("House", "One."));
    await library().create(draft("Follower", "Mine.", { extends: "house" }));
    await library().create(draft("Pinned", "Mine.", { extends: "house@1" }));
    await studio.go(graph("follower@1"));
    await studio.go(graph("pinned@1"));
    const calls = provider.sent.length;
    await save("house", "Two.");
    await studio.go(graph("pinned@1"));
    expect(provider.sent).toHaveLength(calls);
    await studio.go(graph("follower@1"));
    expect(instructions(provider.sent.slice(calls))).toEqual(["Two.\n\nMine.", "Two.\n\nMine."]);
  });

  it("a run keeps the version it was started with, whatever is saved before it goes on", async () => {
    await library().create(draft("Alpine", "Cold light."));
    const { runId } = await studio.studio.startRun({ graph: graph("alpine") });
    await save("alpine", "Warm light.");
    await studio.studio.drive(runId);
    expect(instructions(provider.sent)).toContain("Cold light.");
    expect(instructions(provider.sent)).not.toContain("Warm light.");
    expect((await studio.studio.run(runId))?.sheets).toMatchObject([{ version: 1 }]);
  });

  it("the name of a sheet is nobody's pixels: renaming it makes nothing stale", async () => {
    await library().create(draft("Alpine", "Cold light."));
    await studio.go(graph("alpine"));
    await library().save("alpine", { ...draft("Alps, early", "Cold light."), tags: ["cold"] }, "*");
    await studio.go(graph("alpine"));
    expect(provider.sent).toHaveLength(3);
  });

  it("a sheet that is not there is a problem with its node and setting, before anything is paid", async () => {
    const { problems } = await studio.studio.check(graph("nowhere@2"));
    expect(problems).toMatchObject([{ level: "error", code: "SHEET_UNKNOWN", node: "look", field: "library" }]);
    expect(problems[0]?.message).toContain("nowhere@2");
    await expect(studio.studio.startRun({ graph: graph("nowhere") })).rejects.toMatchObject({ name: "InvalidError" });
    expect(provider.sent).toHaveLength(0);
  });

  it("a sheet that is not there is named beside the other mistakes of a graph", async () => {
    const document = graph("nowhere@2");
    const broken = {
      ...document,
      nodes: [...document.nodes, { id: "odd", type: "text", config: { text: "{{nope}}" } }],
    };
    const { problems } = await studio.studio.check(broken);
    const told = problems.map(({ code, node, field }) => [code, node, field]);
    expect(told).toContainEqual(["UNKNOWN_VARIABLE", "odd", "text"]);
    expect(told).toContainEqual(["SHEET_UNKNOWN", "look", "library"]);
  });

  it("can be named by an input of the graph", async () => {
    await library().create(draft("Night", "Dark."));
    const document = { ...graph("{{look}}"), inputs: [{ key: "look", type: "text", default: "night" }] };
    const run = await studio.go(document);
    expect(run.sheets).toMatchObject([{ ref: "night", version: 1 }]);
    const { problems } = await studio.studio.check(document, { inputs: { look: "day" } });
    expect(problems.map(({ code }) => code)).toContain("SHEET_UNKNOWN");
  });

  it("past results are told apart by the words they were made under", async () => {
    await library().create(draft("Alpine", "Cold light."));
    await studio.go(graph("alpine"));
    await save("alpine", "Warm light.");
    const { takes } = await studio.studio.takes("series", { limit: 10 });
    const document = readGraph(graph("alpine")).graph as Graph;
    const { sheets = [] } = await studio.studio.estimate({ graph: document });
    const now = recipes(document, { inputs: {}, outside: sheetsByNode(sheets) });
    const fits = (id: string) => takes.find(({ nodeId }) => nodeId === id)?.recipes.includes(now.get(id) ?? "");
    expect({ hero: fits("hero"), night: fits("night"), alone: fits("alone") }).toEqual({
      hero: false,
      night: false,
      alone: true,
    });
    const before = recipes(document, { inputs: {}, outside: sheetsByNode(sheets.map((s) => ({ ...s, hash: "x" }))) });
    expect(before.get("alone")).toBe(now.get("alone"));
    expect(before.get("hero")).not.toBe(now.get("hero"));
  });

  it("counts inside a graph that stands for a node, too", async () => {
    await library().create(draft("Alpine", "Cold light."));
    const ports = { inputs: [], outputs: [{ key: "picture", from: { node: "hero", port: "image" } }] };
    const saved = await studio.studio.saveGraph("inner", { ...graph("alpine"), id: "inner", ports }, undefined);
    expect(saved).toMatchObject({ created: true });
    const outer = {
      id: "outer",
      nodes: [node("sub", "subgraph", { graph: "inner@1", inputs: {} }), node("small", "resize", { preset: "x-post" })],
      edges: [edge("sub.picture", "small.image")],
    };
    const run = await studio.go(outer);
    expect(run.sheets).toMatchObject([{ nodeId: "sub/look", id: "alpine", version: 1 }]);
    expect(Object.keys(sheetsByNode(run.sheets ?? []))).toEqual(["sub"]);
    expect(instructions(provider.sent)).toContain("Cold light.");
    await save("alpine", "Warm light.");
    const calls = provider.sent.length;
    await studio.go(outer);
    expect(new Set(instructions(provider.sent.slice(calls)))).toEqual(new Set(["Warm light."]));
  });

  it("asking what a run costs saves no sheet", async () => {
    const document = {
      id: "d",
      nodes: [
        node("words", "prompt", { text: "A boat" }),
        node("hero", "generate", {}),
        node("write", "distil", { saveAs: "Boats" }),
      ],
      edges: [edge("words.text", "hero.prompt"), edge("hero.image", "write.image")],
    };
    await studio.studio.estimate({ graph: document });
    expect((await library().list({ limit: 9 })).sheets).toEqual([]);
    await studio.go(document);
    expect((await library().list({ limit: 9 })).sheets).toMatchObject([{ id: "boats", newest: 1 }]);
  });
});
