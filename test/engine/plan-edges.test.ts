import { describe, expect, test } from "vitest";
import type { Problem } from "#lib/protocol/problems.ts";
import { codesOf, graph, problemsOf } from "./small-catalogue.ts";

const where = ({ code, level, node, port, field }: Problem) => [code, level, node, port ?? field];
const W = { is: "w:words", config: { text: "a" } };

describe("wires", () => {
  test("loose ends and unknown ports are named", () => {
    const document = graph(
      [W, "d:draw"],
      [
        "w.text > d.prompt",
        "w.text > ghost.x",
        "ghost.y > d.spec",
        "w.nope > d.references",
        "w.text > d.nope",
        "w.constructor > d.spec",
      ],
    );
    expect(problemsOf(document).map(where)).toEqual([
      ["EDGE_DANGLING", "error", "w", "text"],
      ["EDGE_DANGLING", "error", "d", "spec"],
      ["UNKNOWN_PORT", "error", "w", "nope"],
      ["UNKNOWN_PORT", "error", "d", "nope"],
      ["UNKNOWN_PORT", "error", "w", "constructor"],
    ]);
  });

  test("GR-010 kinds that do not fit are named with the sentence that says why", () => {
    const [problem] = problemsOf(graph([W, "c:change"], ["w.text > c.image"]));
    expect(problem).toMatchObject({
      code: "PORT_TYPE_MISMATCH",
      node: "c",
      port: "image",
      message: expect.stringContaining("a text does not fit where an image is wanted"),
    });
  });

  test("kinds are followed through what carries any kind", () => {
    expect(
      codesOf(
        graph([W, "b:bend", "c:bend", "d:change"], ["w.text > b.value", "b.value > c.value", "c.value > d.image"]),
      ),
    ).toEqual(["PORT_TYPE_MISMATCH"]);
    expect(codesOf(graph([W, "b:bend", "d:draw"], ["w.text > b.value", "b.value > d.prompt"]))).toEqual([]);
  });

  test("image → thread, spec → text, number → text and verdict → text may be wired", () => {
    const document = graph(
      [W, "d:draw", "e:draw", "s:sheet", "n:count", "g:gate", "p:phrase"],
      [
        "w.text > d.prompt",
        "d.image > e.context",
        "s.spec > e.prompt",
        "d.image > g.image",
        "n.number > p.text",
        "g.verdict > p.text",
      ],
    );
    expect(codesOf(document)).toEqual([]);
  });

  test("a single-valued port takes one forward wire; a loop edge may share it, a many port takes all", () => {
    const two = graph([W, "v:words", "d:draw"], ["w.text > d.prompt", "v.text > d.prompt"]);
    expect(problemsOf(two).map(where)).toEqual([["PORT_TAKEN", "error", "d", "prompt"]]);
    const shared = graph(
      [W, "d:draw", "c:change", "e:change"],
      ["w.text > d.prompt", "d.image > c.image", "c.image > e.image", "e.image > c.image x2"],
    );
    expect(codesOf(shared)).toEqual([]);
    expect(codesOf(graph([W, "v:words", "p:phrase"], ["w.text > p.text", "v.text > p.text"]))).toEqual([]);
  });

  test("a required input must be wired, and a loop edge alone does not do it", () => {
    expect(problemsOf(graph(["t:two", "d:draw"], ["d.image > t.a"])).map(where)).toEqual([
      ["PORT_REQUIRED", "error", "t", "b"],
      ["PORT_REQUIRED", "error", "d", "prompt"],
    ]);
    expect(codesOf(graph(["c:change", "d:change"], ["c.image > d.image", "d.image > c.image x2"]))).toEqual([
      "PORT_REQUIRED",
    ]);
    for (const mode of ["mute", "bypass"]) expect(codesOf(graph([W, { is: "d:draw", mode }]))).toEqual([]);
  });
});
