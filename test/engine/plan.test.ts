import { describe, expect, test } from "vitest";
import { planGraph } from "#lib/engine/plan.ts";
import type { Problem } from "#lib/protocol/problems.ts";
import { CATALOGUE, codesOf, graph, planOf, problemsOf } from "./small-catalogue.ts";

const where = ({ code, level, node, port, field }: Problem) => [code, level, node, port ?? field];
const W = { is: "w:words", config: { text: "a" } };

describe("a sound graph", () => {
  test("everything is resolved and indexed once", () => {
    const plan = planOf(
      graph(
        [W, { is: "d:draw", title: "Hero", take: 3, pin: "k" }, "g:gate", "k:keep", "n:remark"],
        ["w.text > d.prompt", "d.image > g.image", "g.pass > k.image", "g.revision > d.revision x3"],
        { id: "g1", name: "One" },
      ),
    );
    expect([...plan.nodes.keys()]).toEqual(["w", "d", "g", "k"]);
    expect(plan).toMatchObject({ graphId: "g1", graphName: "One", order: ["w", "d", "g", "k"] });
    const d = plan.nodes.get("d");
    expect(d).toMatchObject({
      title: "Hero",
      take: 3,
      pin: "k",
      rank: 1,
      onError: "stop",
      muted: false,
      silent: false,
      config: { variants: 1, size: "auto" },
    });
    expect([...(d?.incoming.keys() ?? [])]).toEqual(["prompt"]);
    expect([...(d?.loopIncoming.keys() ?? [])]).toEqual(["revision"]);
    expect(d?.loops).toMatchObject([{ id: "e3", target: "d", source: "g", passes: 3, depth: 0 }]);
    expect([...(d?.loops[0]?.body ?? [])].sort()).toEqual(["d", "g"]);
    expect(d?.loops[0]?.exits.map(({ id }) => id)).toEqual(["e2"]);
    expect(plan.nodes.get("k")?.loops).toEqual([]);
  });

  test("takes given for a run go before those of the document", () => {
    const { nodes } = planOf(graph([W, { is: "v:words", take: 2 }]), { inputs: {}, takes: { w: 5 } });
    expect([nodes.get("w")?.take, nodes.get("v")?.take]).toEqual([5, 2]);
  });

  test("planning twice gives the same plan", () => {
    const document = graph([W, "d:draw", "g:gate"], ["w.text > d.prompt", "d.image > g.image"]);
    expect(JSON.stringify(planOf(document))).toBe(JSON.stringify(planOf(document)));
  });
});

describe("nodes", () => {
  test.each(["exec", "eval", "../../nodes/evil", "node:fs", "__proto__", "constructor"])(
    "GR-018 the type %s is looked up, not imported",
    (type) => {
      const document = graph([W]);
      document.nodes.push({ ...(document.nodes[0] as (typeof document.nodes)[0]), id: "x", type });
      expect(problemsOf(document).map(where)).toEqual([["UNKNOWN_NODE_TYPE", "error", "x", undefined]]);
    },
  );

  test("a node of unknown type is named once, not again for its wires", () => {
    expect(codesOf(graph(["x:alien", "d:draw", "y:alien"], ["x.text > d.prompt", "d.image > y.z"]))).toEqual([
      "UNKNOWN_NODE_TYPE",
      "UNKNOWN_NODE_TYPE",
    ]);
  });

  test("GR-025 a graph without anything to run says so", () => {
    expect(codesOf(graph([]))).toEqual(["NOTHING_TO_RUN"]);
    expect(codesOf(graph(["n:remark"]))).toEqual(["NOTHING_TO_RUN"]);
    expect(codesOf(graph([{ ...W, mode: "mute" }]))).toEqual(["NOTHING_TO_RUN"]);
  });

  test("a newer type is refused, an older one brought up, a lost migration named", () => {
    expect(problemsOf(graph([{ is: "m:modern", typeVersion: 4 }])).map(where)).toEqual([
      ["TYPE_VERSION_TOO_NEW", "error", "m", "typeVersion"],
    ]);
    const plan = planOf(graph([{ is: "m:modern", typeVersion: 2, config: { name: "old" } }]));
    expect(plan.nodes.get("m")?.config).toEqual({ label: "old" });
    expect(codesOf(graph([{ is: "m:modern", config: {} }]))).toEqual(["TYPE_MIGRATION_FAILED"]);
  });

  test("settings are parsed; wrong ones name node and field, unknown ones are only warned about", () => {
    const document = graph(
      [W, { is: "c:change", config: { width: 1000, glow: 1 } }, { is: "d:draw", config: { variants: "x", size: 5 } }],
      ["w.text > d.prompt", "d.image > c.image"],
    );
    expect(problemsOf(document).map(where)).toEqual([
      ["UNKNOWN_SETTING", "warning", "c", "glow"],
      ["BAD_SETTING", "error", "c", "width"],
      ["BAD_SETTING", "error", "d", "variants"],
      ["BAD_SETTING", "error", "d", "size"],
    ]);
    expect(document.nodes[1]?.config.glow).toBe(1);
    const odd = graph([{ is: "w:words", config: { constructor2: 1, toString: 2 } }]);
    expect(problemsOf(odd).map(where)).toEqual([
      ["UNKNOWN_SETTING", "warning", "w", "constructor2"],
      ["UNKNOWN_SETTING", "warning", "w", "toString"],
    ]);
    expect(planOf(odd).nodes.get("w")?.config).toEqual({ text: "" });
  });

  test("onError is common to all types: it opens the error output and never reaches the type", () => {
    const document = graph([{ ...W, config: { text: "a", onError: "continue" } }, "p:phrase"], ["w.error > p.text"]);
    const node = planOf(document).nodes.get("w");
    expect(node).toMatchObject({ onError: "continue", config: { text: "a" }, outputs: { error: { kind: "text" } } });
    expect(problemsOf(graph([W, "p:phrase"], ["w.error > p.text"])).map(where)).toEqual([
      ["UNKNOWN_PORT", "error", "w", "error"],
    ]);
    expect(codesOf(graph([{ ...W, config: { onError: "retry" } }]))).toEqual(["BAD_SETTING"]);
  });

  test("what settings and wires say together is asked of the type", () => {
    const catalogue = {
      ...CATALOGUE,
      get: (type: string) => {
        const known = CATALOGUE.get(type);
        const checkWiring = (config: Record<string, unknown>, wired: ReadonlySet<string>) =>
          config.size === "auto" && wired.has("references")
            ? [{ level: "error" as const, code: "CLASH", port: "references", message: "no" }]
            : [];
        return known && { ...known, checkWiring };
      },
    };
    const document = graph(
      [W, "d:draw", "e:draw"],
      ["w.text > d.prompt", "w.text > e.prompt", "d.image > e.references"],
    );
    expect(planGraph(document, catalogue, { inputs: {} }).problems.map(where)).toEqual([
      ["CLASH", "error", "e", "references"],
    ]);
  });

  test("a wrong setting does not hide what the wires say", () => {
    const drawn = CATALOGUE.get("draw");
    const checkWiring = () => [{ level: "error" as const, code: "CLASH", port: "references", message: "no" }];
    const catalogue = {
      ...CATALOGUE,
      get: (type: string) => (type === "draw" && drawn ? { ...drawn, checkWiring } : CATALOGUE.get(type)),
    };
    const document = graph([W, { is: "d:draw", config: { onError: "retry" } }], ["w.text > d.prompt"]);
    expect(planGraph(document, catalogue, { inputs: {} }).problems.map(({ code }) => code)).toEqual([
      "BAD_SETTING",
      "CLASH",
    ]);
  });
});

describe("a part of a graph", () => {
  const document = graph(
    [W, "d:draw", "g:gate", "k:keep", "x:two", "y:alien"],
    ["w.text > d.prompt", "d.image > g.image", "g.pass > k.image", "g.revision > d.revision x3", "d.image > y.z"],
  );

  test("only the named nodes and what they need, with whole loop bodies", () => {
    const { plan, problems } = planGraph(document, CATALOGUE, { inputs: {}, to: ["d"] });
    expect(problems).toEqual([]);
    expect(plan?.order).toEqual(["w", "d", "g"]);
    expect(planOf(document, { inputs: {}, to: ["w"] }).order).toEqual(["w"]);
  });

  test("nodes that are not there are named, for takes too", () => {
    expect(
      problemsOf(document, { inputs: {}, to: ["d", "nope"], takes: { gone: 2, d: 0, w: 1.5 } }).map(where),
    ).toEqual([
      ["UNKNOWN_NODE", "error", "nope", undefined],
      ["UNKNOWN_NODE", "error", "gone", undefined],
      ["BAD_TAKE", "error", "d", undefined],
      ["BAD_TAKE", "error", "w", undefined],
    ]);
  });
});
