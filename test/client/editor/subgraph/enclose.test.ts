import { describe, expect, test } from "vitest";
import { removeParts } from "#lib/client/editor/edit/remove-parts.ts";
import { enclose, nameFor } from "#lib/client/editor/subgraph/enclose.ts";
import {
  boundary,
  hidePort,
  offeredPorts,
  shownPorts,
  showPort,
  titlePort,
} from "#lib/client/editor/subgraph/ports-of-graph.ts";
import { relink } from "#lib/client/editor/subgraph/relink.ts";
import { unpack } from "#lib/client/editor/subgraph/unpack.ts";
import { addressAround, addressOf, pathInside, readWay } from "#lib/client/editor/subgraph/way-in.ts";
import { planGraph } from "#lib/engine/plan.ts";
import type { Graph } from "#lib/protocol/graph.ts";
import { readGraph } from "#lib/protocol/read-graph.ts";
import { catalogueOf } from "#lib/runtime/catalogue.ts";
import { createRegistry } from "#lib/sdk/registry.ts";
import { NODES } from "#nodes/index.ts";

const registry = createRegistry(NODES);
const catalogue = catalogueOf(registry);

const wire = (text: string, more: object = {}) => {
  const [, source, sourceHandle, target, targetHandle] = /^(\S+)\.(\S+) > (\S+)\.(\S+)$/.exec(text) ?? [];
  return { id: `${source}-${target}-${targetHandle}`, source, sourceHandle, target, targetHandle, ...more };
};
const document = (nodes: object[], edges: object[], more: object = {}): Graph => {
  const { graph, problems } = readGraph({ id: "outer", name: "Campaign", nodes, edges, ...more });
  if (!graph || problems.length > 0) throw new Error(JSON.stringify(problems));
  return graph;
};

const GRAPH = document(
  [
    { id: "words", type: "text", config: { text: "a {{product}} at dawn" }, position: { x: 0, y: 0 } },
    { id: "hero", type: "generate", title: "Hero", config: { size: "1024x1024" }, position: { x: 400, y: 0 } },
    { id: "night", type: "edit", position: { x: 800, y: 100 } },
    { id: "ask", type: "text", config: { text: "make it night" }, position: { x: 400, y: 400 } },
    { id: "look", type: "reference", position: { x: 0, y: 600 } },
    { id: "small", type: "resize", config: { preset: "x-post" }, position: { x: 1200, y: 0 } },
    { id: "gate", type: "qa-gate", position: { x: 1200, y: 500 } },
  ],
  [
    wire("words.text > hero.prompt"),
    wire("look.image > hero.references"),
    wire("look.image > night.references"),
    wire("hero.image > night.image"),
    wire("ask.text > night.instruction"),
    wire("night.image > small.image"),
    wire("night.image > gate.image"),
    wire("gate.revision > night.revision", { loop: { passes: 3 } }),
  ],
  { inputs: [{ key: "product", default: "shoe" }, { key: "unused" }] },
);
const NAMED = { id: "part", name: "Part", title: "Hero at night" };
const made = (ids: string[]) => {
  const enclosed = enclose(GRAPH, registry, ids, NAMED);
  if (!enclosed) throw new Error("nothing enclosed");
  return { inner: enclosed.inner, ...enclosed.around({ graph: "part", revision: 1 }) };
};
const flat = (graph: Graph, inner?: Graph) => {
  const { plan, problems } = planGraph(graph, catalogue, {
    inputs: {},
    links: new Map(inner ? [[`${inner.id}@1`, inner]] : []),
  });
  if (!plan) throw new Error(JSON.stringify(problems));
  const local = (id: string) => id.slice(id.lastIndexOf("/") + 1);
  return {
    nodes: [...plan.nodes.values()].map(({ id, config, take }) => [local(id), config, take]).sort(),
    wires: [...plan.nodes.values()]
      .flatMap(({ outgoing }) =>
        outgoing.map(
          (e) => `${local(e.source)}.${e.sourceHandle} > ${local(e.target)}.${e.targetHandle} ${e.loop?.passes ?? ""}`,
        ),
      )
      .sort(),
  };
};

describe("turning nodes into a subgraph", () => {
  const { inner, graph, id } = made(["words", "hero", "night"]);

  test("makes a port of every wire that is cut, one for each output it comes from", () => {
    expect(inner.nodes.map((node) => node.id)).toEqual(["words", "hero", "night"]);
    expect(inner.ports).toEqual({
      inputs: [
        {
          key: "references",
          to: [
            { node: "hero", port: "references" },
            { node: "night", port: "references" },
          ],
        },
        { key: "instruction", to: [{ node: "night", port: "instruction" }] },
        { key: "revision", to: [{ node: "night", port: "revision" }] },
      ],
      outputs: [{ key: "image", from: { node: "night", port: "image" } }],
    });
    expect(
      graph.edges.map((e) =>
        `${e.source}.${e.sourceHandle} > ${e.target}.${e.targetHandle} ${e.loop?.passes ?? ""}`.trim(),
      ),
    ).toEqual([
      `look.image > ${id}.references`,
      `ask.text > ${id}.instruction`,
      `${id}.image > small.image`,
      `${id}.image > gate.image`,
      `gate.revision > ${id}.revision 3`,
    ]);
  });

  test("the result runs exactly as before, and both documents are sound", () => {
    expect(flat(graph, inner)).toEqual(flat(GRAPH));
    for (const one of [graph, inner]) expect(readGraph(JSON.parse(JSON.stringify(one))).problems).toEqual([]);
  });

  test("takes along the inputs that are named, bound to those they were", () => {
    expect(inner.inputs.map(({ key }) => key)).toEqual(["product"]);
    expect(graph.nodes.find((node) => node.id === id)).toMatchObject({
      id: "hero-at-night",
      title: "Hero at night",
      config: {
        graph: "part@1",
        inputs: { product: { $input: "product" } },
        ports: { inputs: { references: { kind: "image", many: true, optional: true }, instruction: { kind: "text" } } },
      },
    });
  });

  test("outputs that led nowhere stay in reach", () => {
    expect(made(["small"]).inner.ports?.outputs).toEqual([{ key: "image", from: { node: "small", port: "image" } }]);
    expect(made(["hero"]).inner.ports?.outputs).toHaveLength(1);
  });

  test("nodes that are not there are no subgraph; a selection is named by what it leads to", () => {
    expect(enclose(GRAPH, registry, ["gone"], NAMED)).toBeUndefined();
    expect([nameFor(GRAPH, registry, ["words", "hero"]), nameFor(GRAPH, registry, ["words", "ask"])]).toEqual([
      "Hero",
      "2 nodes",
    ]);
  });
});

describe("unpacking a subgraph", () => {
  test("after turning nodes into one gives a document that runs as before", () => {
    for (const ids of [["words", "hero", "night"], ["hero"], ["words", "night", "look"], ["gate", "small"]]) {
      const { inner, graph, id } = made(ids);
      const back = unpack(graph, registry, id, inner);
      expect(flat(back.graph), ids.join()).toEqual(flat(GRAPH));
      expect(back.graph.inputs, "no input is invented").toEqual(GRAPH.inputs);
      expect(readGraph(JSON.parse(JSON.stringify(back.graph))).problems).toEqual([]);
    }
  });

  test("names that are taken get others; another take and a mode are handed down", () => {
    const { inner, graph, id } = made(["words", "hero", "night"]);
    const other = { id: "hero", type: "text", config: { text: "x" } };
    const nodes = [
      ...graph.nodes.map((node) => (node.id === id ? { ...node, take: 3, mode: "mute" as const } : node)),
      ...document([other], []).nodes,
    ];
    const back = unpack({ ...graph, nodes }, registry, id, inner);
    expect(back.ids).toEqual(["words", "hero-2", "night"]);
    expect(back.graph.nodes.filter((node) => back.ids.includes(node.id)).map(({ take, mode }) => [take, mode])).toEqual(
      [
        [1, "mute"],
        [3, "mute"],
        [3, "mute"],
      ],
    );
    expect(back.graph.edges.some(({ source, target }) => source === "hero-2" && target === "night")).toBe(true);
  });

  test("what the node gave to inputs stays: values become inputs, texts with names are filled in, exchanged names are not mixed up", () => {
    const inner = document([{ id: "w", type: "text", config: { text: "{{a}} and {{b}}, {{c|upper}}, \\{{a}}" } }], [], {
      id: "inner",
      inputs: [{ key: "a" }, { key: "b" }, { key: "c", default: "see" }],
    });
    const outer = document(
      [
        {
          id: "sub",
          type: "subgraph",
          config: { graph: "inner@1", inputs: { a: { $input: "b" }, b: "the {{a}}", c: "sea" } },
        },
      ],
      [],
      {
        inputs: [
          { key: "a", default: "A" },
          { key: "b", default: "B" },
        ],
      },
    );
    const back = unpack(outer, registry, "sub", inner);
    expect(back.graph.nodes[0]?.config.text).toBe("{{b}} and the {{a}}, {{c|upper}}, \\{{a}}");
    expect(back.graph.inputs.map(({ key, default: value }) => [key, value])).toEqual([
      ["a", "A"],
      ["b", "B"],
      ["c", "sea"],
    ]);
    expect(flat(back.graph).nodes).toEqual([["w", { text: "B and the A, SEA, {{a}}" }, 1]]);
    expect(flat(outer, inner).nodes).toEqual(flat(back.graph).nodes);
  });
});

describe("taking another version over", () => {
  test("keeps the wires whose ports are still shown and says how many are lost", () => {
    const { inner, graph, id } = made(["words", "hero", "night"]);
    const less = hidePort(inner, registry, "in", "instruction");
    const next = relink(graph, registry, id, { linked: { ...less, inputs: [] }, revision: 2 });
    expect(next.lost).toBe(1);
    expect(next.graph.edges.some(({ targetHandle }) => targetHandle === "instruction")).toBe(false);
    expect(next.graph.nodes.find((node) => node.id === id)?.config).toMatchObject({ graph: "part@2" });
    expect(next.graph.nodes.find((node) => node.id === id)?.config).not.toHaveProperty("inputs");
    expect(relink(graph, registry, "small", { linked: inner, revision: 2 }).graph).toBe(graph);
  });
});

describe("the ports of a graph", () => {
  const plain = document(
    [
      { id: "small", type: "resize", title: "Post", config: { preset: "x-post" } },
      { id: "sharp", type: "grade" },
    ],
    [wire("small.image > sharp.image")],
  );

  test("are where it is open, until one is chosen; then those that were open are written down with it", () => {
    expect(shownPorts(plain, registry)).toEqual({
      inputs: [{ key: "small", to: [{ node: "small", port: "image" }] }],
      outputs: [{ key: "sharp", from: { node: "sharp", port: "image" } }],
    });
    const more = showPort(plain, registry, { node: "small", port: "image", side: "out" });
    expect(more.ports?.outputs.map(({ key }) => key)).toEqual(["sharp", "image"]);
    expect(more.ports?.inputs).toHaveLength(1);
    expect(offeredPorts(more, registry).map(({ title, side }) => `${side} ${title}`)).toEqual(["in Grade: Match"]);
  });

  test("have titles, of their own or of their node", () => {
    expect(boundary(plain, registry).inputs.small?.title).toBe("Post: Image");
    const titled = titlePort(plain, registry, "in", "small", "Picture");
    expect(boundary(titled, registry).inputs.small).toMatchObject({ kind: "image", title: "Picture" });
    expect(titlePort(titled, registry, "in", "small", "").ports?.inputs[0]).not.toHaveProperty("title");
  });

  test("go with the nodes they lead to", () => {
    const shown = showPort(plain, registry, { node: "small", port: "image", side: "out" });
    const left = removeParts(shown, registry, { nodes: new Set(["small"]) });
    expect(left.ports).toEqual({ inputs: [], outputs: [{ key: "sharp", from: { node: "sharp", port: "image" } }] });
    expect(removeParts(plain, registry, { nodes: new Set(["small"]) })).not.toHaveProperty("ports");
  });
});

describe("the way into a subgraph", () => {
  test("stands in the address, leads back, and names what is inside", () => {
    const way = readWay("outer~hero,hero-shot.v2~sky");
    expect(way).toEqual([
      { graph: "outer", node: "hero" },
      { graph: "hero-shot.v2", node: "sky" },
    ]);
    expect(addressOf("deep", way)).toBe("/graphs/deep?in=outer~hero,hero-shot.v2~sky");
    expect(addressAround(way)).toBe("/graphs/hero-shot.v2?in=outer~hero&node=sky");
    expect(addressAround(way.slice(0, 1))).toBe("/graphs/outer?node=hero");
    expect([addressAround([]), pathInside(way)]).toEqual([undefined, "hero/sky"]);
  });

  test("what nobody wrote is no way", () => {
    expect(readWay("../../etc~x,a~b/c,<script>~y,,a~b")).toEqual([{ graph: "a", node: "b" }]);
    expect(readWay(null)).toEqual([]);
  });
});
