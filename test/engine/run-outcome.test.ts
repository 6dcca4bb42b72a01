import { expect, test } from "vitest";
import { frontier, loopOver, runOutcome, successors } from "#lib/engine/settle.ts";
import { graph, planOf } from "./small-catalogue.ts";
import { revision, text } from "./small-values.ts";
import { type RowInShort, stepTable } from "./step-table.ts";

const W = { is: "w:words", config: { text: "a" } };
const plan = planOf(
  graph(
    [W, "v:words", { is: "d:draw", title: "Hero" }, { is: "e:draw", config: { onError: "continue" } }, "a:ask"],
    ["w.text > d.prompt", "v.text > e.prompt", "e.image > a.image"],
  ),
);
const w: RowInShort = { text: [text("a")] };
const fine: Record<string, RowInShort> = { w, v: w, d: { image: 1 }, e: { image: 1 }, a: { approved: 1 } };

test.each<[string, Record<string, RowInShort>, unknown]>([
  ["nothing has started", {}, undefined],
  ["something can still be decided", { ...fine, a: "queued" }, undefined],
  ["something runs", { ...fine, d: "running" }, undefined],
  ["all is done", fine, { status: "succeeded" }],
  ["all is skipped", { w: "skipped", v: "skipped", d: "skipped", e: "skipped", a: "skipped" }, { status: "succeeded" }],
  ["a person is asked", { ...fine, a: "waiting" }, { status: "waiting", steps: ["a@0"] }],
  [
    "a person is asked and something failed",
    { ...fine, a: "waiting", d: { fails: "x" } },
    { status: "waiting", steps: ["a@0"] },
  ],
  [
    "a call is in doubt, whatever else",
    { ...fine, a: "waiting", d: "in_doubt", v: { fails: "x" } },
    { status: "paused", reason: "in_doubt", steps: ["d@0"] },
  ],
  ["it was cancelled, whatever else", { ...fine, d: "in_doubt", a: "cancelled" }, { status: "cancelled" }],
  [
    "a step failed",
    { ...fine, d: { fails: "moderation" } },
    { status: "failed", error: { code: "moderation", message: "it was moderation" } },
  ],
  [
    "a step failed without a reason",
    { ...fine, d: "failed" },
    { status: "failed", error: { code: "failed", message: "Hero failed." } },
  ],
  [
    "the root is named, not what it took along",
    { ...fine, w: { fails: "upstream_failed" }, d: { fails: "root" } },
    { status: "failed", error: { code: "root", message: "it was root" } },
  ],
  ["the only failure was meant to go on", { ...fine, e: { fails: "x" }, a: "skipped" }, { status: "succeeded" }],
])("%s", (_name, rows, wanted) => expect(runOutcome(plan, stepTable(rows))).toEqual(wanted));

test("a resume finds all that can be decided, in the order of the plan", () => {
  expect([...frontier(plan, stepTable({}))]).toEqual([
    ["w@0", { act: "start" }],
    ["v@0", { act: "start" }],
  ]);
  expect([...frontier(plan, stepTable({ w, v: "running" })).keys()]).toEqual(["d@0"]);
  expect(
    [...frontier(plan, stepTable({ w: { fails: "x" }, v: w })).entries()].map(([key, { act }]) => [key, act]),
  ).toEqual([
    ["d@0", "fail"],
    ["e@0", "start"],
  ]);
});

test("successors are what is wired behind, the next pass of a loop that goes on, or what follows one that is over", () => {
  const looped = planOf(
    graph(
      [W, "d:draw", "g:gate", "k:keep", "m:keep"],
      ["w.text > d.prompt", "d.image > g.image", "g.revision > d.revision x2", "g.pass > k.image", "d.image > m.image"],
    ),
  );
  const steps = stepTable({ w, d: { image: 1 } });
  expect(successors(looped, steps, "w", 0)).toEqual([]);
  expect(successors(looped, steps, "d", 0)).toEqual(["g@0"]);
  steps.put("g", { revision: [revision("r")] });
  expect(successors(looped, steps, "g", 0)).toEqual(["d@1"]);
  const [loop] = looped.loops;
  expect(loop && loopOver(looped, steps, loop, 0)).toBe(false);
  steps.put("d@1", { image: 1 });
  expect(successors(looped, steps, "d", 1)).toEqual(["g@1"]);
  steps.put("g@1", { revision: [revision("r")] });
  expect(successors(looped, steps, "g", 1).sort()).toEqual(["k@0", "m@0"]);
  expect(loop && loopOver(looped, steps, loop, 1)).toBe(true);
  expect(successors(looped, steps, "nobody", 0)).toEqual([]);
});
