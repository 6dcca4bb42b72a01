import { expect, test } from "vitest";
import { wayOf, waysHeeded } from "#lib/engine/settle.ts";
import { graph, planOf } from "./small-catalogue.ts";

const W = { is: "w:words", config: { text: "a" } };

test("an output leads somewhere while a wire or a pass of its loop takes on what leaves there", () => {
  const plan = planOf(
    graph(
      [W, "d:draw", "g:gate", "k:keep"],
      ["w.text > d.prompt", "d.image > g.image", "g.revision > d.revision x3", "g.pass > k.image"],
    ),
  );
  expect([0, 1, 2].map((pass) => wayOf(plan, "g", pass, "revision"))).toEqual(["open", "open", "over"]);
  expect([0, 2].map((pass) => wayOf(plan, "g", pass, "pass"))).toEqual(["open", "open"]);
  expect(wayOf(plan, "g", 0, "reject")).toBe("unwired");
  expect(wayOf(plan, "nobody", 0, "x")).toBe("unwired");
  expect(waysHeeded(plan, plan.nodes.get("g") as never, 0)).toBeUndefined();
});

test("in the middle of somebody else's loop what counts is the loop the output closes itself", () => {
  const plan = planOf(
    graph(
      [W, "d:draw", "g:gate", "q:ask"],
      [
        "w.text > d.prompt",
        "d.image > g.image",
        "g.pass > q.image",
        "g.revision > d.revision x2",
        "q.revision > d.revision x3",
      ],
    ),
  );
  // Passes of the gate count outer × 2 + inner.
  expect([0, 1, 2, 3, 4, 5].map((pass) => wayOf(plan, "g", pass, "revision"))).toEqual([
    "open",
    "over",
    "open",
    "over",
    "open",
    "over",
  ]);
  expect([0, 1, 2].map((pass) => wayOf(plan, "q", pass, "revision"))).toEqual(["open", "open", "over"]);
});
