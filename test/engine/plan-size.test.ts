import { describe, expect, test } from "vitest";
import type { Problem } from "#lib/protocol/problems.ts";
import { codesOf, graph, planOf, problemsOf } from "./small-catalogue.ts";

const _where = ({ code, level, node, port, field }: Problem) => [code, level, node, port ?? field];
const W = { is: "w:words", config: { text: "a" } };

describe("size", () => {
  const bomb = (length: number, times: number) =>
    graph(
      [W, "d:draw", ...Array.from({ length }, (_, i) => ({ is: `f${i}:fan`, config: { times } }))],
      [
        "w.text > d.prompt",
        "d.image > f0.image",
        ...Array.from({ length: length - 1 }, (_, i) => `f${i}.image > f${i + 1}.image`),
      ],
    );

  test("GR-016 six stages of a hundred each are refused from the estimate, naming where it went over", () => {
    expect(problemsOf(bomb(6, 100))).toMatchObject([{ code: "EXECUTION_PLAN_TOO_LARGE", node: "f3" }]);
  });

  test("just below the limit is planned, just above is not", () => {
    expect(codesOf(bomb(3, 220))).toEqual([]);
    expect(codesOf(bomb(3, 224))).toEqual(["EXECUTION_PLAN_TOO_LARGE"]);
  });

  test("loops multiply: what grows in every pass is counted in every pass", () => {
    const loop = (variants: number, passes: number) =>
      graph(
        [W, { is: "d:draw", config: { variants } }, "g:gate"],
        ["w.text > d.prompt", "d.image > g.image", `g.revision > d.revision x${passes}`],
      );
    expect(codesOf(loop(4, 6))).toEqual([]);
    expect(codesOf(loop(4, 9))).toEqual(["EXECUTION_PLAN_TOO_LARGE"]);
    expect(codesOf(loop(1, 20))).toEqual([]);
  });

  test("deeply nested loops are refused without counting them out", () => {
    const ids = ["a", "b", "c", "d", "e"];
    const edges = ids.slice(1).map((id, i) => `${ids[i]}.image > ${id}.image`);
    const loops = ids.slice(1).map((id) => `${id}.image > a.image x20`);
    const document = graph(
      [W, "s:draw", ...ids.map((id) => `${id}:best`)],
      ["w.text > s.prompt", "s.image > a.image", ...edges, ...loops],
    );
    expect(codesOf(document)).toEqual(["EXECUTION_PLAN_TOO_LARGE"]);
  });

  test("references wired to many nodes in a row are not counted as items", () => {
    const nodes = Array.from({ length: 8 }, (_, i) => `d${i}:draw`);
    const edges = nodes.flatMap((_, i) => [
      `w.text > d${i}.prompt`,
      ...Array.from({ length: i }, (_, j) => `d${j}.image > d${i}.references`),
    ]);
    expect(codesOf(graph([W, ...nodes], edges))).toEqual([]);
  });

  test("a chain of 500 nodes is planned", () => {
    const nodes = Array.from({ length: 498 }, (_, i) => `n${i}:change`);
    const edges = nodes.map((_, i) => (i === 0 ? "d.image > n0.image" : `n${i - 1}.image > n${i}.image`));
    expect(planOf(graph([W, "d:draw", ...nodes], ["w.text > d.prompt", ...edges])).order).toHaveLength(500);
  });
});
