import { describe, expect, it } from "vitest";
import { chartOf } from "#lib/client/editor/canvas/chart.ts";
import { createFlowEdges } from "#lib/client/editor/canvas/flow-edges.ts";
import { createFlowNodes } from "#lib/client/editor/canvas/flow-nodes.ts";
import { wirePath, wireUnder } from "#lib/client/editor/canvas/wire-path.ts";
import { insertOnEdge } from "#lib/client/editor/edit/insert-on-edge.ts";
import { edgesOf } from "#lib/client/editor/graph-index.ts";
import { edge, graph, node, registry } from "./sample-graph.ts";

const document = (x: number, y: number) =>
  graph(
    [node("a", "generate"), node("b", "edit", 900), node("far", "edit", 900, 900), node("loose", "grade", x, y)],
    [edge("a.image > b.image"), edge("a.image > far.image")],
  );
const under = (x: number, y: number) => {
  const one = document(x, y);
  const nodes = createFlowNodes()(one.nodes, {
    typeOf: registry.get,
    edges: edgesOf(one),
    selected: new Set(),
    sizes: new Map(),
    moving: new Map(),
  });
  const edges = createFlowEdges()(one.edges, new Set(), (id) => id);
  const held = nodes.at(-1);
  return held && wireUnder(held, edges, new Map(nodes.map((flow) => [flow.id, flow])));
};

describe("a node held over a wire", () => {
  it("finds the wire through its middle, and none when it only touches one or lies apart", () => {
    expect(under(450, -50)).toBe("a-b");
    expect(under(450, 400)).toBe("a-far");
    expect(under(450, 1400)).toBeUndefined();
    expect(under(450, 56 - 8)).toBeUndefined();
  });

  it("goes into it when it fits", () => {
    const before = document(450, -50);
    const after = insertOnEdge(before, registry, "a-b", "loose");
    expect(after.edges.map(({ source, target }) => `${source} ${target}`).sort()).toEqual([
      "a far",
      "a loose",
      "loose b",
    ]);
    expect(insertOnEdge(before, registry, "a-b", "a")).toBe(before);
  });
});

describe("drawing to scale", () => {
  it("bends a wire to the right, and swings out when it leads back", () => {
    expect(wirePath({ x: 0, y: 0 }, { x: 200, y: 100 })).toEqual({
      path: "M0,0 C100,0 100,100 200,100",
      middle: { x: 100, y: 50 },
    });
    expect(wirePath({ x: 300, y: 0 }, { x: 0, y: 0 }).path).toMatch(/^M300,0 C4\d\d/);
  });

  it("fits a graph into the map and finds the way back", () => {
    const chart = chartOf(
      [
        { x: -100, y: 0, width: 100, height: 100 },
        { x: 900, y: 400, width: 100, height: 100 },
      ],
      { width: 168, height: 112 },
    );
    const at = chart.toChart({ x: -100, y: 0 });
    expect(at.x).toBeCloseTo(8);
    const back = chart.toGraph(at);
    expect([back.x, back.y]).toEqual([expect.closeTo(-100), expect.closeTo(0)]);
    expect(chartOf([], { width: 168, height: 112 }).scale).toBe(0.2);
  });
});
