import { describe, expect, it } from "vitest";
import { createFlowEdges } from "#lib/client/editor/canvas/flow-edges.ts";
import { createFlowNodes, type Placing } from "#lib/client/editor/canvas/flow-nodes.ts";
import { moveNodes, setSetting } from "#lib/client/editor/edit/edit-nodes.ts";
import { edgesOf } from "#lib/client/editor/graph-index.ts";
import type { Graph } from "#lib/protocol/graph.ts";
import { edge, graph, node, registry } from "./sample-graph.ts";

const sample = graph(
  [node("words", "text"), node("hero", "generate", 400), node("odd", "hologram", 800)],
  [edge("words.text > hero.prompt"), edge("hero.image > odd.light")],
);
const NOTHING = { selected: new Set<string>(), sizes: new Map(), moving: new Map() };
const draw = () => {
  const flow = createFlowNodes();
  return (document: Graph, more: Partial<Placing> = {}) =>
    flow(document.nodes, { typeOf: registry.get, edges: edgesOf(document), ...NOTHING, ...more });
};

describe("nodes on the canvas", () => {
  it("keep their very object while another node is typed in, moved or selected", () => {
    const shown = draw();
    const first = shown(sample);
    const typed = shown(setSetting(sample, "words", "text", "A red kayak"));
    expect(typed).toEqual(first);
    expect(typed.every((one, index) => one === first[index])).toBe(true);
    const moved = shown(moveNodes(sample, new Map([["words", { x: 50, y: 0 }]])));
    expect(moved[0]).not.toBe(first[0]);
    expect(moved[1]).toBe(first[1]);
    const selected = shown(sample, { selected: new Set(["hero"]) });
    expect(selected[1]?.selected).toBe(true);
    expect(selected[2]).toBe(first[2]);
  });

  it("stand elsewhere while they are on their way, and the document does not know", () => {
    const shown = draw();
    const [words] = shown(sample, { moving: new Map([["words", { x: 7, y: 9 }]]) });
    expect(words?.position).toEqual({ x: 7, y: 9 });
    expect(shown(sample)[0]?.position).toEqual({ x: 0, y: 0 });
  });

  it("know where their wires end before anything was drawn, those of an unknown type from its wires", () => {
    const [, hero, odd] = draw()(sample);
    expect(hero?.handles.filter(({ type }) => type === "target").map(({ id }) => id)).toEqual([
      "prompt",
      "spec",
      "references",
      "context",
      "revision",
    ]);
    expect(hero?.handles.find(({ type }) => type === "source")?.x).toBe(295);
    expect(odd?.handles.map(({ id, type }) => `${type} ${id}`)).toEqual(["target light"]);
    expect(hero?.measured.width).toBe(300);
  });

  it("take the size the browser measured, and only then are new", () => {
    const shown = draw();
    const [before] = shown(sample);
    const sizes = new Map([["words", { width: 300, height: 123 }]]);
    const [after] = shown(sample, { sizes });
    expect(after?.measured.height).toBe(123);
    expect(after).not.toBe(before);
    expect(shown(sample, { sizes })[0]).toBe(after);
  });
});

describe("edges on the canvas", () => {
  it("keep their very object and tell their ends by name", () => {
    const flow = createFlowEdges();
    const name = (id: string) => id.toUpperCase();
    const [first, second] = flow(sample.edges, new Set(), name);
    expect(first?.ariaLabel).toBe("Wire from WORDS to HERO");
    const again = flow([...sample.edges], new Set(["hero-odd"]), name);
    expect(again[0]).toBe(first);
    expect(again[1]).not.toBe(second);
    expect(again[1]?.selected).toBe(true);
  });
});
