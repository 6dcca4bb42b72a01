import { describe, expect, test } from "vitest";
import * as z from "zod";
import { itemCanonical } from "#lib/engine/cache-key.ts";
import { type PlanOptions, planGraph } from "#lib/engine/plan.ts";
import type { Catalogue, GraphLink, LinkedGraphs, NodePorts, Plan } from "#lib/engine/types.ts";
import type { Graph } from "#lib/protocol/graph.ts";
import { LIMITS } from "#lib/protocol/limits.ts";
import { CATALOGUE, graph, shape } from "./small-catalogue.ts";

/** A made-up type that stands for a graph: the engine must not care what it is called. */
const BOX = {
  ...shape("box", {
    config: z.object({
      graph: z.string(),
      inputs: z.record(z.string(), z.unknown()).default({}),
      ports: z.unknown().optional(),
    }),
  }),
  link: ({ graph, inputs = {} }: Record<string, unknown>): GraphLink | undefined => {
    const [, id, revision] = /^(.+)@(\d+)$/.exec(String(graph)) ?? [];
    return id ? { graph: id, revision: Number(revision), inputs: inputs as Record<string, unknown> } : undefined;
  },
  ports: ({ ports }: Record<string, unknown>) => (ports as NodePorts | undefined) ?? { inputs: {}, outputs: {} },
};
const WITH_BOX: Catalogue = {
  get: (type) => (type === "box" ? BOX : CATALOGUE.get(type)),
  types: () => [...CATALOGUE.types(), "box"],
};

const links = (...graphs: Graph[]): LinkedGraphs => new Map(graphs.map((one) => [`${one.id}@1`, one]));
const box = (id: string, of: string, more: Record<string, unknown> = {}) => ({
  is: `${id}:box`,
  config: { graph: `${of}@1`, ...(more.config as object | undefined) },
  ...Object.fromEntries(Object.entries(more).filter(([name]) => name !== "config")),
});
const plan = (document: Graph, linked: LinkedGraphs, options: PlanOptions = { inputs: {} }) =>
  planGraph(document, WITH_BOX, { ...options, links: linked });
const sound = (document: Graph, linked: LinkedGraphs, options?: PlanOptions): Plan => {
  const made = plan(document, linked, options);
  if (!made.plan) throw new Error(JSON.stringify(made.problems));
  return made.plan;
};
const wires = ({ nodes }: Plan) =>
  [...nodes.values()].flatMap(({ outgoing }) =>
    outgoing.map((edge) => `${edge.source}.${edge.sourceHandle} > ${edge.target}.${edge.targetHandle}`),
  );

/** Draws what its input says, and a smaller one; open at the picture it changes. */
const HERO = graph(
  [{ is: "w:words", config: { text: "a {{product}}" } }, "d:draw", { is: "c:change", title: "Smaller" }],
  ["w.text > d.prompt"],
  {
    id: "hero",
    inputs: [{ key: "product", default: "shoe" }],
    ports: {
      inputs: [{ key: "picture", title: "Picture", to: [{ node: "c", port: "image" }] }],
      outputs: [
        { key: "drawn", from: { node: "d", port: "image" } },
        { key: "smaller", from: { node: "c", port: "image" } },
      ],
    },
  },
);

describe("a node that stands for a graph", () => {
  const around = graph(
    [{ is: "w:words", config: { text: "x" } }, box("sub", "hero"), "after:two"],
    ["sub.drawn > sub.picture", "sub.drawn > after.a", "sub.smaller > after.b"],
    { id: "outer" },
  );

  test("gives way to the nodes of that graph, wired through its ports", () => {
    const made = sound(around, links(HERO));
    expect([...made.nodes.keys()].sort()).toEqual(["after", "sub/c", "sub/d", "sub/w", "w"]);
    expect(wires(made).sort()).toEqual([
      "sub/c.image > after.b",
      "sub/d.image > after.a",
      "sub/d.image > sub/c.image",
      "sub/w.text > sub/d.prompt",
    ]);
    expect(made.nodes.get("sub/c")?.title).toBe("Smaller");
    expect(made.nodes.get("sub/d")?.title, "a name from outside must not get into results").toBe("d");
    expect(made.graphId).toBe("outer");
  });

  test("has the inputs it is given, filled with those of the graph around it", () => {
    const document = graph([box("sub", "hero", { config: { inputs: { product: "{{thing}} in red" } } })], [], {
      id: "outer",
      inputs: [{ key: "thing", default: "boot" }],
    });
    const without = { ...HERO, ports: { inputs: [], outputs: [] }, nodes: HERO.nodes.filter(({ id }) => id !== "c") };
    const filled = (options?: PlanOptions) => sound(document, links(without), options).nodes.get("sub/w")?.config.text;
    expect(filled()).toBe("a boot in red");
    expect(filled({ inputs: { thing: "{{product}}" } }), "what was filled in is never read again").toBe(
      "a {{product}} in red",
    );
    expect(
      sound(graph([box("sub", "hero")], [], { id: "outer" }), links(without)).nodes.get("sub/w")?.config.text,
    ).toBe("a shoe");
  });

  test("gives its steps the keys they have when the graph runs by itself", () => {
    const alone = { ...HERO, nodes: HERO.nodes.filter(({ id }) => id !== "c"), ports: undefined };
    const keys = (made: Plan, id: string) => {
      const { shape, config, take } = made.nodes.get(id) ?? {};
      return itemCanonical({
        type: shape?.type ?? "",
        typeVersion: 1,
        config: config ?? {},
        inputs: {},
        take: take ?? 0,
      });
    };
    const inside = sound(
      graph([box("deep", "mid")], [], { id: "outer" }),
      links(alone, graph([box("x", "hero")], [], { id: "mid" })),
    );
    const itself = sound(alone, links());
    for (const id of ["w", "d"]) expect(keys(inside, `deep/x/${id}`)).toBe(keys(itself, id));
  });

  test("another take is another try of every model call in it, and of nothing else", () => {
    const takes = (document: Graph, options?: PlanOptions) =>
      Object.fromEntries([...sound(document, links(HERO), options).nodes].map(([id, { take }]) => [id, take]));
    const document = graph([box("sub", "hero", { take: 3 })], ["sub.drawn > sub.picture"], { id: "outer" });
    expect(takes(document)).toEqual({ "sub/w": 1, "sub/d": 3, "sub/c": 1 });
    expect(takes(document, { inputs: {}, takes: { sub: 2 } })).toMatchObject({ "sub/d": 2 });
    expect(takes(document, { inputs: {}, takes: { "sub/d": 7 } })).toMatchObject({ "sub/d": 7 });
  });

  test("is run to as a whole, or to one node in it", () => {
    const ids = (to: string[]) => [...sound(around, links(HERO), { inputs: {}, to }).nodes.keys()].sort();
    expect(ids(["sub"])).toEqual(["sub/c", "sub/d", "sub/w"]);
    expect(ids(["sub/d"])).toEqual(["sub/d", "sub/w"]);
    expect(plan(around, links(HERO), { inputs: {}, to: ["sub/nobody"] }).problems).toContainEqual(
      expect.objectContaining({ code: "UNKNOWN_NODE", node: "sub/nobody" }),
    );
  });

  test("takes part in loops from outside and brings its own", () => {
    const body = graph(["c:change"], [], {
      id: "body",
      ports: {
        inputs: [{ key: "in", to: [{ node: "c", port: "image" }] }],
        outputs: [{ key: "out", from: { node: "c", port: "image" } }],
      },
    });
    const looping = graph(
      [{ is: "w:words" }, "d:draw", "g:gate"],
      ["w.text > d.prompt", "d.image > g.image", "g.revision > d.revision x2"],
      { id: "looping", ports: { inputs: [], outputs: [{ key: "out", from: { node: "g", port: "pass" } }] } },
    );
    const document = graph(
      [{ is: "w:words" }, "d:draw", box("sub", "body"), "g:gate", box("own", "looping"), "keep:keep"],
      [
        "w.text > d.prompt",
        "d.image > sub.in",
        "sub.out > g.image",
        "g.revision > d.revision x3",
        "own.out > keep.image",
      ],
      { id: "outer" },
    );
    const { loops } = sound(document, links(body, looping));
    expect(loops.map(({ id, passes, body: nodes }) => [id, passes, [...nodes].sort()])).toEqual([
      ["e3", 3, ["d", "g", "sub/c"]],
      ["own/e2", 2, ["own/d", "own/g"]],
    ]);
  });

  test("one port may lead to several inputs", () => {
    const spread = graph(["a:change", "b:change"], [], {
      id: "spread",
      ports: {
        inputs: [
          {
            key: "in",
            to: [
              { node: "a", port: "image" },
              { node: "b", port: "image" },
            ],
          },
        ],
        outputs: [],
      },
    });
    const made = sound(
      graph([W, "d:draw", box("sub", "spread")], ["w.text > d.prompt", "d.image > sub.in"], { id: "o" }),
      links(spread),
    );
    expect(wires(made)).toEqual(expect.arrayContaining(["d.image > sub/a.image", "d.image > sub/b.image"]));
  });

  test("muted it gives nothing, bypassed it lets through what fits; neither is looked into", () => {
    const ports = { inputs: { picture: { kind: "image" } }, outputs: { drawn: { kind: "image" } } };
    const document = (mode: string) =>
      graph(
        [W, "d:draw", box("sub", "gone", { mode, config: { ports } }), "after:change"],
        ["w.text > d.prompt", "d.image > sub.picture", "sub.drawn > after.image"],
        { id: "outer" },
      );
    const muted = sound(document("mute"), links());
    expect([muted.nodes.get("sub")?.muted, muted.nodes.get("after")?.silent]).toEqual([true, true]);
    expect(wires(sound(document("bypass"), links()))).toContain("d.image > after.image");
  });

  test("a graph that shows no ports is open where it has to be", () => {
    const { ports: _, ...plain } = HERO;
    const document = graph([box("sub", "hero"), "after:change"], ["sub.d > sub.c-image", "sub.c > after.image"], {
      id: "o",
    });
    const { problems } = plan(document, links(plain as Graph));
    expect(problems.map(({ code, port }) => [code, port])).toEqual([
      ["UNKNOWN_PORT", "c-image"],
      ["PORT_REQUIRED", "image"],
    ]);
    const right = graph(
      [W, "p:draw", box("sub", "hero"), "after:change"],
      ["w.text > p.prompt", "p.image > sub.c", "sub.c > after.image"],
      { id: "o" },
    );
    expect(wires(sound(right, links(plain as Graph)))).toEqual(
      expect.arrayContaining(["p.image > sub/c.image", "sub/c.image > after.image"]),
    );
  });
});

const W = { is: "w:words", config: { text: "x" } };

describe("what keeps a graph from standing in another", () => {
  const codes = (document: Graph, linked: LinkedGraphs) =>
    plan(document, linked).problems.map(({ code, node, field }) => [code, node, field]);

  test("GR-017 a graph that holds itself is refused with the circle, at once or around a corner", () => {
    const itself = graph([box("me", "a")], [], { id: "a" });
    expect(codes(itself, links(itself))).toContainEqual(["TEMPLATE_RECURSION", "me", "graph"]);
    const a = graph([box("b", "b")], [], { id: "a" });
    const b = graph([box("c", "c")], [], { id: "b" });
    const c = graph([box("a", "a")], [], { id: "c" });
    const { problems } = plan(a, links(a, b, c));
    expect(problems).toMatchObject([
      { code: "TEMPLATE_RECURSION", node: "b/c/a", message: expect.stringContaining("a > b > c > a") },
    ]);
  });

  test(`GR-017 graphs go ${LIMITS.subgraphDepth} deep and no deeper`, () => {
    const chain = (length: number) =>
      Array.from({ length: length + 1 }, (_, at) =>
        graph([at === length ? W : box("in", `g${at + 1}`)], [], { id: `g${at}` }),
      );
    const deep = (length: number) => {
      const all = chain(length);
      return plan(all[0] as Graph, links(...all));
    };
    const { subgraphDepth } = LIMITS;
    expect([...(deep(subgraphDepth).plan?.nodes.keys() ?? [])]).toEqual([`${"in/".repeat(subgraphDepth)}w`]);
    expect(deep(subgraphDepth + 1).problems).toMatchObject([
      { code: "SUBGRAPH_TOO_DEEP", node: expect.stringMatching(/^in/) },
    ]);
  });

  test("graphs that multiply each other stop at the limit of one graph, early and said once", () => {
    const wide = (of: string, id: string) =>
      graph(
        Array.from({ length: 60 }, (_, at) => box(`n${at}`, of)),
        [],
        { id },
      );
    const all = links(wide("g2", "g1"), wide("g3", "g2"), wide("g4", "g3"), graph([W], [], { id: "g4" }));
    expect(codes(wide("g1", "g0"), all).filter(([code]) => code === "GRAPH_TOO_LARGE")).toHaveLength(1);
    const empty = links(wide("g2", "g1"), wide("g3", "g2"), wide("g4", "g3"), graph([], [], { id: "g4" }));
    expect(codes(wide("g1", "g0"), empty).map(([code]) => code)).toEqual(["GRAPH_TOO_LARGE"]);
  });

  test("a graph that is not there is named, and so is a port it does not show", () => {
    expect(codes(graph([box("sub", "hero")], [], { id: "o" }), links())).toContainEqual([
      "UNKNOWN_GRAPH",
      "sub",
      "graph",
    ]);
    const lost = graph([box("sub", "hero"), "after:change"], ["sub.nothing > after.image"], { id: "o" });
    expect(codes(lost, links(HERO))).toContainEqual(["UNKNOWN_PORT", "sub", undefined]);
  });

  test("inputs it does not have or cannot read are named at the node", () => {
    const document = graph([box("sub", "small", { config: { inputs: { size: "large", colour: "red" } } })], [], {
      id: "o",
    });
    const small = graph([W], [], {
      id: "small",
      inputs: [
        { key: "size", type: "number" },
        { key: "who", required: true },
      ],
    });
    expect(codes(document, links(small)).sort()).toEqual([
      ["BAD_INPUT", "sub", "inputs.size"],
      ["INPUT_MISSING", "sub", "inputs.who"],
      ["UNKNOWN_INPUT", "sub", "inputs.colour"],
    ]);
  });

  test("an input that hangs on a value nobody gave yet is not judged", () => {
    const document = graph([box("sub", "small", { config: { inputs: { who: "{{name}}" } } })], [], {
      id: "o",
      inputs: [{ key: "name", required: true }],
    });
    const small = graph([{ is: "w:words", config: { text: "{{who}}" } }], [], {
      id: "small",
      inputs: [{ key: "who", required: true }],
    });
    expect(plan(document, links(small), {}).problems).toMatchObject([
      { code: "INPUT_MISSING", level: "warning", field: "name" },
    ]);
  });

  test("an open port of a graph run by itself says who feeds it", () => {
    const { problems } = plan(HERO, links());
    expect(problems).toMatchObject([
      { code: "PORT_REQUIRED", node: "c", message: expect.stringContaining("the graph around this one") },
    ]);
  });

  test("whether it goes on after a failure is not its to say", () => {
    const document = graph([box("sub", "small", { config: { onError: "continue" } })], [], { id: "o" });
    expect(codes(document, links(graph([W], [], { id: "small" })))).toContainEqual(["BAD_SETTING", "sub", "onError"]);
  });
});
