import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffGraphs } from "#lib/client/editor/drafts/diff-graphs.ts";
import { mergeGraphs } from "#lib/client/editor/drafts/merge-graphs.ts";
import { sameDocument } from "#lib/client/editor/drafts/same-document.ts";
import { moveNodes, renameNode, setSetting } from "#lib/client/editor/edit/edit-nodes.ts";
import type { Graph } from "#lib/protocol/graph.ts";
import { anyGraph } from "./arbitrary-graphs.ts";
import { aGraph } from "./ports.ts";

const base = aGraph({ a: "one", b: "two", c: "three" });
const wire = (graph: Graph, source: string, target: string, id = `${source}-${target}`): Graph => ({
  ...graph,
  edges: [...graph.edges, { id, source, sourceHandle: "text", target, targetHandle: "text" }],
});
const without = (graph: Graph, id: string): Graph => ({ ...graph, nodes: graph.nodes.filter((one) => one.id !== id) });

describe("merging two sides", () => {
  it("keeps what both did to different nodes, and to different settings and fields of one node", () => {
    const mine = renameNode(setSetting(base, "a", "text", "mine"), "b", "Mine");
    const theirs = moveNodes(setSetting(base, "b", "text", "theirs"), new Map([["b", { x: 5, y: 5 }]]));
    const { graph, conflicts } = mergeGraphs(base, mine, theirs);
    expect(conflicts).toEqual([]);
    expect(graph?.nodes.map(({ config, title, position }) => [config.text, title, position.x])).toEqual([
      ["mine", undefined, 0],
      ["theirs", "Mine", 5],
      ["three", undefined, 0],
    ]);
  });

  it("keeps nodes both added and deletions of untouched ones", () => {
    const mine = { ...base, nodes: [...base.nodes, ...aGraph({ m: "m" }).nodes] };
    const theirs = without({ ...base, nodes: [...base.nodes, ...aGraph({ t: "t" }).nodes] }, "c");
    expect(mergeGraphs(base, mine, theirs).graph?.nodes.map(({ id }) => id)).toEqual(["a", "b", "t", "m"]);
  });

  it.each<[string, Graph, Graph, object]>([
    [
      "one setting",
      setSetting(base, "a", "text", "m"),
      setSetting(base, "a", "text", "t"),
      { at: "node", nodeId: "a", setting: "text" },
    ],
    ["one title", renameNode(base, "a", "M"), renameNode(base, "a", "T"), { at: "node", nodeId: "a", field: "title" }],
    [
      "a node, which the other deleted",
      setSetting(base, "a", "text", "m"),
      without(base, "a"),
      { at: "node", nodeId: "a" },
    ],
    ["the name", { ...base, name: "M" }, { ...base, name: "T" }, { at: "graph", field: "name" }],
    ["a wire to a node the other deleted", wire(base, "a", "b"), without(base, "b"), { at: "edge", edgeId: "a-b" }],
    ["one port", wire(base, "a", "c"), wire(base, "b", "c"), { at: "port", nodeId: "c", port: "text" }],
    ["a circle", wire(base, "a", "b"), wire(base, "b", "a"), { at: "circle", nodeId: "a" }],
  ])("does not choose when both changed %s", (_what, mine, theirs, conflict) => {
    const merged = mergeGraphs(base, mine, theirs);
    expect(merged.graph).toBeUndefined();
    expect(merged.conflicts).toContainEqual(conflict);
  });

  it("lets both wire a port that takes many", () => {
    const merged = mergeGraphs(base, wire(base, "a", "c"), wire(base, "b", "c"), () => true);
    expect(merged.graph?.edges).toHaveLength(2);
  });

  it("with a side that did nothing gives the other one, and of equal sides either", () => {
    fc.assert(
      fc.property(anyGraph, anyGraph, (one, two) => {
        for (const merged of [mergeGraphs(one, two, one), mergeGraphs(one, one, two), mergeGraphs(one, two, two)]) {
          expect(merged.conflicts).toEqual([]);
          expect(merged.graph && sameDocument(merged.graph, two)).toBe(true);
        }
      }),
    );
  });

  it("never drops a change of either side: it is in the merge, or there is no merge", () => {
    fc.assert(
      fc.property(anyGraph, anyGraph, anyGraph, (one, mine, theirs) => {
        const { graph } = mergeGraphs(one, mine, theirs);
        if (!graph) return;
        const said = (to: Graph) =>
          new Set(
            diffGraphs(one, to)
              .filter(({ kind }) => kind !== "order")
              .map((change) => JSON.stringify(change)),
          );
        const merged = said(graph);
        for (const change of [...said(mine), ...said(theirs)]) expect(merged).toContain(change);
      }),
      { numRuns: 500 },
    );
  });
});
