import { describe, expect, it } from "vitest";
import { badgeWords } from "#lib/client/editor/drafts/badge-words.ts";
import { changeWords, conflictWords } from "#lib/client/editor/drafts/change-words.ts";
import { diffGraphs } from "#lib/client/editor/drafts/diff-graphs.ts";
import { sittings, sittingWords } from "#lib/client/editor/drafts/group-versions.ts";
import { mapPicture } from "#lib/client/editor/drafts/map-picture.ts";
import { showsAnything } from "#lib/client/editor/drafts/shows-anything.ts";
import { moveNodes, renameNode, setSetting } from "#lib/client/editor/edit/edit-nodes.ts";
import { createRegistry } from "#lib/sdk/registry.ts";
import { NODES } from "#nodes/index.ts";
import { aGraph } from "./ports.ts";

const registry = createRegistry(NODES);
const graph = renameNode(aGraph({ a: "one", b: "two" }), "a", "Hero words");

describe("a change in words", () => {
  const says = (after: typeof graph) => diffGraphs(graph, after).map(changeWords(registry, graph, after));

  it("names nodes and settings by their titles", () => {
    expect(says(setSetting(graph, "a", "text", "new"))).toMatchObject([
      { tone: "changed", what: "Hero words", says: "Text: one → new", nodeId: "a" },
    ]);
    expect(says(aGraph({ b: "two" }))).toMatchObject([{ tone: "removed", what: "Hero words", says: "Removed" }]);
    expect(says(moveNodes(graph, new Map([["b", { x: 1, y: 1 }]])))).toMatchObject([{ tone: "moved", what: "Text" }]);
  });

  it("shows long texts word by word, and says what was or is nothing", () => {
    const long = "A trail sneaker on wet rock, seen from very low";
    const before = setSetting(graph, "a", "text", long);
    const after = setSetting(graph, "a", "text", long.replace("wet", "dry"));
    const [change] = diffGraphs(before, after).map(changeWords(registry, before, after));
    expect(change?.pieces?.filter(({ kind }) => kind !== "same")).toEqual([
      { kind: "removed", text: "wet" },
      { kind: "added", text: "dry" },
    ]);
    expect(says(renameNode(graph, "a", ""))).toMatchObject([{ says: "Title: Hero words → nothing" }]);
  });

  it("names wires by both of their ends", () => {
    const edge = { id: "e", source: "a", sourceHandle: "text", target: "b", targetHandle: "text" };
    expect(says({ ...graph, edges: [edge] })).toMatchObject([
      { tone: "added", what: "Wire", says: "Hero words (Text) → Text (Text)" },
    ]);
  });

  it("says what stands in the way of a merge", () => {
    const say = conflictWords(registry, graph);
    expect(say({ at: "node", nodeId: "a", setting: "text" })).toBe("Hero words: Text");
    expect(say({ at: "node", nodeId: "a" })).toBe("Hero words");
    expect(say({ at: "graph", field: "name" })).toBe("Name of the graph");
  });
});

describe("the map of two versions", () => {
  it("marks what became of every card, shows removed ones in their place, and holds everything", () => {
    const after = setSetting(
      moveNodes(aGraph({ b: "two", c: "three" }), new Map([["b", { x: 900, y: 0 }]])),
      "b",
      "text",
      "x",
    );
    const { nodes, box } = mapPicture(after, ({ id }) => id, diffGraphs(graph, after));
    expect(Object.fromEntries(nodes.map(({ id, tone }) => [id, tone]))).toEqual({
      a: "removed",
      b: "changed",
      c: "added",
    });
    for (const { x, y, width, height } of nodes) {
      expect(x >= box.x && y >= box.y).toBe(true);
      expect(x + width <= box.x + box.width && y + height <= box.y + box.height).toBe(true);
    }
  });

  it("knows whether a view shows anything of a document", () => {
    const size = { width: 390, height: 844 };
    expect(showsAnything(graph, { x: 0, y: 0, zoom: 1 }, size)).toBe(true);
    expect(showsAnything(graph, { x: 4000, y: 0, zoom: 1 }, size)).toBe(false);
    expect(showsAnything(aGraph({}), { x: 4000, y: 0, zoom: 1 }, size)).toBe(true);
  });
});

describe("saves in a list", () => {
  const noon = new Date(2026, 10, 20, 12).getTime();
  const minutes = (...ago: number[]) => ago.map((n) => ({ savedAt: noon - n * 60_000 }));

  it("that follow each other within minutes are one sitting", () => {
    expect(sittings(minutes(0, 4, 13, 40, 41)).map(({ saves }) => saves.length)).toEqual([3, 2]);
    expect(sittings([])).toEqual([]);
  });

  it("are told by day and time", () => {
    const at = (from: number, to: number) => sittingWords({ from: noon - from * 60_000, to: noon - to * 60_000 }, noon);
    expect(at(20, 0)).toBe("Today, 11:40–12:00");
    expect(at(5, 5)).toBe("Today, 11:55");
    expect(at(24 * 60, 24 * 60)).toBe("Yesterday, 12:00");
    expect(at(72 * 60, 72 * 60)).toBe("17 Nov, 12:00");
  });
});

describe("the badge", () => {
  it.each([
    [{ state: "saved", revision: 3 }, "Saved"],
    [{ state: "saving" }, "Saving…"],
    [{ state: "local" }, "Kept in this browser"],
    [{ state: "offline" }, "Offline – kept here, will save"],
    [{ state: "conflict" }, "Changed elsewhere"],
  ] as const)("of %j says %s", (save, words) => {
    expect(badgeWords(save, true, 0).words).toBe(words);
  });

  it("promises nothing where the browser keeps no drafts, and says why", () => {
    const unkept = "This browser keeps no drafts here.";
    expect(badgeWords({ state: "local", unkept }, true, 0)).toMatchObject({ words: "Not saved yet" });
    expect(badgeWords({ state: "offline", unkept }, true, 0)).toMatchObject({
      words: "Offline – not saved",
      details: expect.stringContaining(unkept),
    });
  });

  it("calls a graph nobody has touched new", () => {
    expect(badgeWords({ state: "saved" }, false, 0).words).toBe("New");
  });
});
