import { describe, expect, it } from "vitest";
import { findNodes } from "#lib/client/editor/habits/find-nodes.ts";
import { score, search } from "#lib/client/editor/habits/fuzzy.ts";
import { outlineOf, treeMove } from "#lib/client/editor/habits/outline.ts";
import { acceptType, findTypes, firstSentence, typesThatFit } from "#lib/client/editor/habits/picker-choices.ts";
import { freePlace, nearest } from "#lib/client/editor/habits/walk.ts";
import { portChoices, wireChoices, wireLines } from "#lib/client/editor/habits/wiring.ts";
import { aGraph, anEditor, registry, wiresOf } from "./an-editor.ts";

const graph = aGraph(
  {
    words: { type: "text", config: { text: "a trail sneaker on wet rock, golden hour" } },
    hero: { type: "generate", title: "Hero shot" },
    small: { type: "resize", config: { targets: [{ name: "story", width: 1080, height: 1920 }] } },
  },
  ["words.text > hero.prompt", "hero.image > small.image"],
);
const type = (name: string) => registry.get(name) as NonNullable<ReturnType<typeof registry.get>>;

describe("finding node types", () => {
  it.each([
    ["gen", "generate"],
    ["generate", "generate"],
    ["resize", "resize"],
    ["note", "note"],
    ["spc sheet", "spec-sheet"],
    ["upscl", "upscale"],
    ["REFERENCE", "reference"],
  ])("%s finds %s first", (query, first) => {
    expect(findTypes(query, registry.nodes)[0]?.type).toBe(first);
  });

  it("every word must be found, accents and case do not count, nothing typed finds all", () => {
    expect(score("héro", { title: "Hero" })).toBeGreaterThan(0.9);
    expect(score("hero zebra", { title: "Hero" })).toBe(0);
    expect(search("", [2, 1], String as never)).toEqual([2, 1]);
  });

  it("for a dragged port only types that fit, and the chosen one is wired at once", () => {
    const editor = anEditor(graph);
    const from = { nodeId: "words", port: "text", side: "out", kind: "text" } as const;
    const fitting = typesThatFit(editor, { from }).map((one) => one.type);
    expect(fitting).toContain("prompt");
    expect(fitting).not.toContain("resize");
    const id = acceptType(editor, type("prompt"), { canvas: { x: 10, y: 50 }, from });
    expect(wiresOf(editor.getState().document).at(-1)).toBe(`words.text > ${id}.text`);
    expect([...editor.getState().view.selectedNodes]).toEqual([id]);
    expect(editor.getState().history.past).toHaveLength(1);
  });

  it("dragged backwards from an input it wires the other way round", () => {
    const editor = anEditor(aGraph({ hero: "generate" }));
    const from = { nodeId: "hero", port: "prompt", side: "in", kind: "text" } as const;
    const id = acceptType(editor, type("text"), { canvas: { x: 0, y: 0 }, from });
    expect(wiresOf(editor.getState().document)).toEqual([`${id}.text > hero.prompt`]);
    expect(editor.getState().document.nodes.at(-1)?.position.x).toBeLessThan(-200);
  });

  it("on a wire it offers what fits into it and goes in between", () => {
    const editor = anEditor(graph);
    expect(typesThatFit(editor, { edgeId: "e2" }).map((one) => one.type)).not.toContain("text");
    acceptType(editor, type("upscale"), { canvas: { x: 0, y: 0 }, edgeId: "e2" });
    expect(wiresOf(editor.getState().document).slice(1)).toEqual([
      "hero.image > upscale.image",
      "upscale.image > small.image",
    ]);
  });

  it("every type says what it is in one sentence", () => {
    for (const node of registry.nodes) expect(firstSentence(node)).toMatch(/^[^*`]{4,}[.]$/);
  });
});

describe("finding in a graph", () => {
  it.each([
    ["hero shot", ["hero"], "title"],
    ["RESIZE", ["small"], "title"],
    ["words", ["words"], "id"],
    ["golden", ["words"], "text"],
    ["story", ["small"], "targets"],
    ["1920", ["small"], "targets"],
  ])("%s is found", (query, ids, where) => {
    const hits = findNodes(graph, registry, query);
    expect([hits.map(({ id }) => id), hits[0]?.where]).toEqual([ids, where]);
  });

  it("shows the piece it was found in, and finds nothing for nothing", () => {
    expect(findNodes(graph, registry, "golden")[0]?.excerpt).toBe("a trail sneaker on wet rock, golden hour");
    expect(findNodes(graph, registry, "  ")).toEqual([]);
  });
});

describe("wiring from lists", () => {
  it("lists the ports of a node, outputs first", () => {
    expect(portChoices(graph, registry, "hero").slice(0, 2)).toMatchObject([
      { port: "image", side: "out", wires: 1 },
      { port: "prompt", side: "in", wires: 1 },
    ]);
  });

  it("lists where a wire can go, and says why not for the rest", () => {
    const more = { ...graph, nodes: [...graph.nodes, ...aGraph({ spec: "spec-sheet" }).nodes] };
    const choices = wireChoices(more, registry, "words", { port: "text", side: "out" });
    expect(choices.at(0)).toMatchObject({ node: "Spec sheet", why: null, ends: { targetHandle: "brief" } });
    expect(choices.find(({ ends }) => ends.targetHandle === "image" && ends.target === "small")?.why).toBe(
      "A text does not fit where an image is wanted.",
    );
    expect(choices.find(({ ends }) => ends.targetHandle === "prompt")?.why).toBe("These ports are wired already.");
  });

  it("says when a wire takes another one's place", () => {
    const two = aGraph({ a: "text", b: "text", hero: "generate" }, ["a.text > hero.prompt"]);
    const [first] = wireChoices(two, registry, "b", { port: "text", side: "out" });
    expect(first).toMatchObject({ node: "Generate", why: null, replaces: true });
  });

  it("tells wires in words", () => {
    expect(wireLines(graph, registry, "hero").map(({ text }) => text)).toEqual(["Prompt ← Text", "Image → Resize"]);
  });
});

describe("the outline", () => {
  const size = () => ({ width: 300, height: 260 });

  it("lists frames from left to right, then the rest, nodes in the order in which they run", () => {
    const framed = aGraph(
      { out: { type: "resize", x: 900 }, hero: { type: "generate", x: 400 }, words: { type: "text", x: 0 } },
      ["hero.image > out.image", "words.text > hero.prompt"],
      { frames: [{ id: "look", title: "Look", position: { x: 350, y: -50 }, width: 1000, height: 500 }] },
    );
    expect(outlineOf(framed, size).map(({ frame, nodes }) => [frame?.title, nodes.map(({ id }) => id)])).toEqual([
      ["Look", ["hero", "out"]],
      [undefined, ["words"]],
    ]);
  });

  it("a node belongs to the smallest frame around it, and a circle hides nobody", () => {
    const nested = aGraph(
      { a: { type: "reroute", x: 100, y: 100 }, b: { type: "reroute", x: 5000 } },
      ["a.value > b.value", "b.value > a.value"],
      {
        frames: [
          { id: "inner", position: { x: 50, y: 50 }, width: 600, height: 600 },
          { id: "outer", position: { x: 0, y: 0 }, width: 2000, height: 2000 },
        ],
      },
    );
    expect(outlineOf(nested, size).map(({ frame, nodes }) => [frame?.id, nodes.map(({ id }) => id)])).toEqual([
      ["outer", []],
      ["inner", ["a"]],
      [undefined, ["b"]],
    ]);
  });

  it("arrow keys walk the tree", () => {
    const rows = [
      { key: "f", level: 1, open: true },
      { key: "a", level: 2, open: false },
      { key: "b", level: 2 },
      { key: "c", level: 1 },
    ];
    expect(treeMove(rows, "f", "ArrowDown")).toEqual({ to: "a" });
    expect(treeMove(rows, "f", "ArrowRight")).toEqual({ to: "a" });
    expect(treeMove(rows, "f", "ArrowLeft")).toEqual({ shut: "f" });
    expect(treeMove(rows, "a", "ArrowRight")).toEqual({ open: "a" });
    expect(treeMove(rows, "b", "ArrowLeft")).toEqual({ to: "f" });
    expect(treeMove(rows, "b", "ArrowRight")).toBeUndefined();
    expect(treeMove(rows, "a", "End")).toEqual({ to: "c" });
    expect(treeMove(rows, "c", "ArrowDown")).toBeUndefined();
  });
});

describe("places", () => {
  const dot = (id: string, x: number, y: number) => ({ id, center: { x, y } });

  it("the nearest node on a side is the one straight ahead rather than one aside", () => {
    const [here, ahead, aside] = [dot("here", 0, 0), dot("ahead", 500, 20), dot("aside", 300, 400)];
    expect(nearest(here, [here, aside, ahead], "right")).toBe("ahead");
    expect(nearest(here, [here, aside, ahead], "down")).toBe("aside");
    expect(nearest(here, [here, aside, ahead], "left")).toBeUndefined();
  });

  it("something new never lies on something old", () => {
    const box = { x: 0, y: 0, width: 300, height: 200 };
    expect(freePlace({ x: 20, y: 20 }, { width: 300, height: 200 }, [box])).toEqual({ x: 20, y: 224 });
    expect(freePlace({ x: 400, y: 0 }, { width: 300, height: 200 }, [box])).toEqual({ x: 400, y: 0 });
  });
});
