import { describe, expect, test } from "vitest";
import type { Problem } from "#lib/protocol/problems.ts";
import { codesOf, graph, planOf, problemsOf } from "./small-catalogue.ts";

const where = ({ code, level, node, port, field }: Problem) => [code, level, node, port ?? field];
const W = { is: "w:words", config: { text: "a" } };

describe("cycles and loops", () => {
  test("GR-007 a cycle of two is refused with its path", () => {
    const [problem, ...others] = problemsOf(
      graph(["A:change", "B:change"], ["A.image > B.image", "B.image > A.image"]),
    );
    expect(problem).toMatchObject({ code: "GRAPH_CYCLE", node: "A", message: expect.stringContaining("A>B>A") });
    expect(others).toEqual([]);
  });

  test("GR-008 so is an edge from a node to itself", () => {
    expect(problemsOf(graph(["A:change"], ["A.image > A.image"]))).toMatchObject([
      { code: "GRAPH_CYCLE", message: expect.stringContaining("A>A") },
    ]);
  });

  test("every knot is named, each once", () => {
    const document = graph(
      ["A:best", "B:best", "C:best", "D:best", "E:best"],
      [
        "A.image > B.image",
        "B.image > A.image",
        "B.image > C.image",
        "C.image > D.image",
        "D.image > C.image",
        "D.image > E.image",
      ],
    );
    expect(problemsOf(document).map(({ message }) => /[A-Z](?:>[A-Z])+/.exec(message)?.[0])).toEqual([
      "A>B>A",
      "C>D>C",
    ]);
  });

  test("a long chain that bites its tail is found without overflowing", () => {
    const n = 500;
    const nodes = Array.from({ length: n }, (_, i) => `n${i}:change`);
    const edges = nodes.map((_, i) => `n${i}.image > n${(i + 1) % n}.image`);
    expect(codesOf(graph(nodes, edges))).toEqual(["GRAPH_CYCLE"]);
  });

  test("a loop edge that leads nowhere back is refused", () => {
    expect(
      problemsOf(
        graph([W, "d:draw", "g:gate", "k:keep"], ["w.text > d.prompt", "d.image > g.image", "g.pass > k.image x2"]),
      ).map(where),
    ).toEqual([["LOOP_NOT_BACK", "error", "g", "pass"]]);
  });

  test("a circle hides no mistake of the loops elsewhere, and makes up none where it is", () => {
    const nodes = [W, "d:draw", "a:best", "b:best", "c:best", "x:change", "y:change", "z:best"];
    const chain = ["w.text > d.prompt", "d.image > a.image", "a.image > b.image", "b.image > c.image"];
    const circle = ["x.image > y.image", "y.image > x.image", "y.image > z.image", "z.image > y.image x2"];
    expect(
      problemsOf(graph(nodes, [...chain, ...circle, "b.image > a.image x2", "c.image > b.image x3"])).map(where),
    ).toEqual([
      ["GRAPH_CYCLE", "error", "x", undefined],
      ["LOOP_OVERLAP", "error", "c", "image"],
    ]);
    expect(codesOf(graph(nodes, [...chain, ...circle, "a.image > c.image x2"]))).toEqual([
      "GRAPH_CYCLE",
      "LOOP_NOT_BACK",
    ]);
  });

  test("an edge to itself may be a loop", () => {
    const plan = planOf(
      graph([W, "d:draw", "c:change"], ["w.text > d.prompt", "d.image > c.image", "c.image > c.image x4"]),
    );
    expect([...(plan.loops[0]?.body ?? [])]).toEqual(["c"]);
  });

  const chain = ["d.image > a.image", "a.image > b.image", "b.image > c.image", "w.text > d.prompt"];
  const nodes = [W, "d:draw", "a:best", "b:best", "c:best"];

  test("loops nest", () => {
    const plan = planOf(graph(nodes, [...chain, "c.image > a.image x2", "b.image > a.image x3"]));
    expect(plan.nodes.get("a")?.loops.map(({ id, depth, parent }) => [id, depth, parent])).toEqual([
      ["e4", 0, undefined],
      ["e5", 1, "e4"],
    ]);
    expect(plan.nodes.get("c")?.loops.map(({ id }) => id)).toEqual(["e4"]);
    expect(plan.loops.map(({ exits }) => exits.map(({ id }) => id))).toEqual([[], ["e2"]]);
  });

  test("loops that overlap, or go around the same nodes, are refused", () => {
    expect(problemsOf(graph(nodes, [...chain, "b.image > a.image x2", "c.image > b.image x3"])).map(where)).toEqual([
      ["LOOP_OVERLAP", "error", "c", "image"],
    ]);
    expect(codesOf(graph(nodes, [...chain, "b.image > a.image x2", "b.image > a.image x3"]))).toEqual(["LOOP_OVERLAP"]);
  });

  test("loops beside each other that feed one another would wait for ever, and are refused", () => {
    const nodes = [W, "s:draw", "a:best", "b:best", "c:best", "d:best"];
    const sides = [
      "w.text > s.prompt",
      "s.image > a.image",
      "s.image > c.image",
      "a.image > b.image",
      "b.image > a.image x2",
      "c.image > d.image",
      "d.image > c.image x2",
    ];
    expect(problemsOf(graph(nodes, [...sides, "a.image > d.image", "c.image > b.image"])).map(where)).toEqual([
      ["LOOP_OVERLAP", "error", "d", "image"],
    ]);
    expect(codesOf(graph(nodes, [...sides, "a.image > d.image"]))).toEqual([]);
  });
});
