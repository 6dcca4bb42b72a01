import { describe, expect, it } from "vitest";
import { recipes } from "#lib/engine/recipe.ts";
import { Graph } from "#lib/protocol/graph.ts";

const graph = (change: (nodes: Record<string, Record<string, unknown>>) => void = () => {}, loop = false) => {
  const nodes: Record<string, Record<string, unknown>> = {
    words: { id: "words", type: "text", config: { text: "a kite" } },
    hero: { id: "hero", type: "draw", config: {} },
    dusk: { id: "dusk", type: "draw", config: { note: "{{product}}" } },
  };
  change(nodes);
  const wire = (source: string, target: string, more = {}) => ({
    id: `${source}-${target}`,
    source,
    sourceHandle: "out",
    target,
    targetHandle: "in",
    ...more,
  });
  return Graph.parse({
    nodes: Object.values(nodes),
    edges: [
      wire("words", "hero"),
      wire("hero", "dusk"),
      ...(loop ? [wire("dusk", "hero", { loop: { passes: 3 } })] : []),
    ],
  });
};
const of = (g: Graph, inputs = {}, takes = {}) => Object.fromEntries(recipes(g, { inputs, takes }));

describe("recipes", () => {
  it("do not change with what never counts for a result, nor with the node's own take", () => {
    const moved = graph((nodes) => {
      Object.assign(nodes.hero ?? {}, { position: { x: 9, y: 9 }, title: "Hero" });
      Object.assign(nodes.dusk ?? {}, { take: 7 });
    });
    expect(of(moved)).toEqual(of(graph()));
  });

  it("change with settings, and downstream with a take, a mode or a pin of what comes before", () => {
    const plain = of(graph());
    for (const change of [{ take: 2 }, { mode: "mute" }, { pin: "k" }, { config: { size: "1x1" } }]) {
      const changed = of(graph((nodes) => Object.assign(nodes.hero ?? {}, change)));
      expect(changed.words).toBe(plain.words);
      expect(changed.dusk).not.toBe(plain.dusk);
    }
    expect(of(graph(), {}, { hero: 2 }).dusk).toBe(
      of(graph((nodes) => Object.assign(nodes.hero ?? {}, { take: 2 }))).dusk,
    );
  });

  it("change with the inputs only where a setting holds one", () => {
    const [a, b] = [of(graph(), { product: "shoe" }), of(graph(), { product: "boot" })];
    expect(a.hero).toBe(b.hero);
    expect(a.dusk).not.toBe(b.dusk);
  });

  it("are the pin's alone for a pinned node", () => {
    const pinned = (text: string) =>
      of(
        graph((nodes) => {
          Object.assign(nodes.words ?? {}, { config: { text } });
          Object.assign(nodes.hero ?? {}, { pin: "k" });
        }),
      );
    expect(pinned("one").hero).toBe(pinned("two").hero);
  });

  it("end for loops, and for circles nobody marked", () => {
    expect(of(graph(undefined, true)).hero).not.toBe(of(graph()).hero);
    const circle = graph(undefined, true);
    for (const edge of circle.edges) delete edge.loop;
    expect(Object.keys(of(circle))).toHaveLength(3);
  });
});
