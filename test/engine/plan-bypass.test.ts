import { describe, expect, test } from "vitest";
import type { Problem } from "#lib/protocol/problems.ts";
import { codesOf, graph, planOf } from "./small-catalogue.ts";

const _where = ({ code, level, node, port, field }: Problem) => [code, level, node, port ?? field];
const W = { is: "w:words", config: { text: "a" } };

describe("modes", () => {
  const edges = [
    "w.text > d.prompt",
    "d.image > c.image",
    "c.image > g.image",
    "g.pass > k.image",
    "g.reject > j.image",
  ];
  const nodes = (mode: string, which: string) =>
    [W, "d:draw", "c:change", "g:gate", "k:keep", "j:keep"].map((node) =>
      typeof node === "string" && node.startsWith(which) ? { is: node, mode } : node,
    );
  const wires = (document: ReturnType<typeof graph>) =>
    [...planOf(document).nodes.values()].flatMap((node) =>
      node.outgoing.map((e) => `${e.source}.${e.sourceHandle}>${e.target}.${e.targetHandle}`),
    );

  test("bypass joins the wires on both sides; every output takes the first input that fits", () => {
    expect(wires(graph(nodes("bypass", "c"), edges))).toContain("d.image>g.image");
    expect(wires(graph(nodes("bypass", "g"), edges)).sort()).toEqual([
      "c.image>j.image",
      "c.image>k.image",
      "d.image>c.image",
      "w.text>d.prompt",
    ]);
  });

  test("bypassed nodes in a row are all joined through, fan-in included", () => {
    const document = graph(
      [W, "d:draw", "e:draw", { is: "a:best", mode: "bypass" }, { is: "b:best", mode: "bypass" }, "k:keep"],
      [
        "w.text > d.prompt",
        "w.text > e.prompt",
        "d.image > a.image",
        "e.image > a.image",
        "a.image > b.image",
        "b.image > k.image",
      ],
    );
    expect(wires(document).filter((wire) => wire.endsWith("k.image"))).toEqual(["d.image>k.image", "e.image>k.image"]);
  });

  test("where nothing fits the output does not fire, and what needs it is known to stay silent", () => {
    const plan = planOf(graph(nodes("bypass", "d"), edges));
    expect(plan.nodes.get("c")).toMatchObject({ silent: true });
    expect(plan.nodes.get("c")?.incoming.size).toBe(0);
    expect(plan.nodes.get("k")?.silent).toBe(false);
  });

  test("bypassing a gate takes its loop away", () => {
    const document = graph(nodes("bypass", "g"), [...edges, "g.revision > d.revision x3"]);
    expect(planOf(document).loops).toEqual([]);
  });

  test("a loop edge joined through a bypassed node stays a loop", () => {
    const document = graph(
      [W, "d:draw", "a:best", { is: "b:best", mode: "bypass" }],
      ["w.text > d.prompt", "d.image > a.image", "a.image > b.image", "b.image > a.image x3"],
    );
    expect(planOf(document).loops).toMatchObject([{ source: "a", target: "a", passes: 3 }]);
  });

  test("a bypass cannot multiply wires without bounds", () => {
    const sources = Array.from({ length: 180 }, (_, i) => `s${i}:draw`);
    const sinks = Array.from({ length: 180 }, (_, i) => `k${i}:keep`);
    const document = graph(
      [W, ...sources, ...sinks, { is: "b:best", mode: "bypass" }],
      [
        ...sources.map((_, i) => `w.text > s${i}.prompt`),
        ...sources.map((_, i) => `s${i}.image > b.image`),
        ...sinks.map((_, i) => `b.image > k${i}.image`),
      ],
    );
    expect(codesOf(document)).toEqual(["EXECUTION_PLAN_TOO_LARGE"]);
  });

  test("muted nodes stay, and may be as unfinished as they like", () => {
    const plan = planOf(graph([W, { is: "c:change", mode: "mute", config: { width: 1000, odd: 1 } }]));
    expect(plan.nodes.get("c")).toMatchObject({ muted: true, silent: true });
  });
});
