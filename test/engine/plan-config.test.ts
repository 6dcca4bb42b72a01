import { describe, expect, test } from "vitest";
import { planGraph } from "#lib/engine/plan.ts";
import type { Problem } from "#lib/protocol/problems.ts";
import { CATALOGUE, codesOf, graph, planOf, problemsOf } from "./small-catalogue.ts";
import { asset } from "./small-values.ts";

const where = ({ code, level, node, port, field }: Problem) => [code, level, node, port ?? field];
const W = { is: "w:words", config: { text: "a" } };

describe("inputs", () => {
  const inputs = [
    { key: "product", required: true },
    { key: "size", type: "number", default: 20 },
    { key: "shot", type: "image" },
  ];
  const document = graph(
    [
      { is: "w:words", config: { text: "a {{product}}" } },
      "d:draw",
      { is: "c:change", config: { width: { $input: "size" } } },
      { is: "s:sheet", config: { assets: { $input: "shot" }, list: ["{{product}}"] } },
    ],
    ["w.text > d.prompt", "d.image > c.image"],
    { inputs },
  );

  test("they are filled in and checked by the node's own schema afterwards", () => {
    const { nodes } = planOf(document, { inputs: { product: "shoe", size: "30" } });
    expect([nodes.get("w")?.config, nodes.get("c")?.config]).toEqual([{ text: "a shoe" }, { width: 30 }]);
    expect(problemsOf(document, { inputs: { product: "shoe", size: 3000 } }).map(where)).toEqual([
      ["BAD_SETTING", "error", "c", "width"],
    ]);
  });

  test("one image where a list is wanted is wrapped", () => {
    const { nodes } = planOf(document, { inputs: { product: "shoe", shot: { asset: asset("a") } } });
    expect(nodes.get("s")?.config).toEqual({ assets: [{ asset: asset("a") }], list: ["shoe"] });
  });

  test("missing ones are errors, but not a second time where they would have been used", () => {
    expect(problemsOf(document, { inputs: {} }).map(where)).toEqual([["INPUT_MISSING", "error", undefined, "product"]]);
    expect(problemsOf(document, { inputs: { product: "x", nope: 1 } }).map(where)).toEqual([
      ["UNKNOWN_INPUT", "error", undefined, "nope"],
    ]);
  });

  test("without any inputs at all a graph can still be checked: missing ones are warnings, their fields not judged", () => {
    const needy = graph(
      [{ is: "c:change", config: { width: { $input: "n" } } }, W, "d:draw"],
      ["w.text > d.prompt", "d.image > c.image"],
      { inputs: [{ key: "n", type: "number", required: true }] },
    );
    const { plan, problems } = planGraph(needy, CATALOGUE, {});
    expect(problems.map(where)).toEqual([["INPUT_MISSING", "warning", undefined, "n"]]);
    expect(plan).toBeDefined();
  });

  test("unknown names and bad expressions name node and field", () => {
    const bad = graph([
      { is: "p:phrase", config: { text: "{{label}} {{1}} {{nope}}", plain: "{{label}}" } },
      { is: "s:sheet", config: { list: ["{{x(1)}}"], assets: { $input: "zz" } } },
    ]);
    expect(problemsOf(bad).map(where)).toEqual([
      ["UNKNOWN_VARIABLE", "error", "p", "text"],
      ["UNKNOWN_VARIABLE", "error", "p", "plain"],
      ["EXPRESSION_UNKNOWN_FUNCTION", "error", "s", "list.0"],
      ["UNKNOWN_VARIABLE", "error", "s", "assets"],
    ]);
  });

  test("EX-004 a function call is refused before anything runs", () => {
    expect(codesOf(graph([{ is: "w:words", config: { text: '{{env("OPENAI_API_KEY")}}' } }]))).toEqual([
      "EXPRESSION_UNKNOWN_FUNCTION",
    ]);
  });
});
