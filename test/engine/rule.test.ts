import { describe, expect, test } from "vitest";
import { parseStepKey, passInfo, rule, stepKey } from "#lib/engine/settle.ts";
import type { Plan, Ruling } from "#lib/engine/types.ts";
import { graph, planOf } from "./small-catalogue.ts";
import { revision, text } from "./small-values.ts";
import { type RowInShort, stepTable } from "./step-table.ts";

const W = { is: "w:words", config: { text: "a" } };
const go = { onError: "continue" };

/** The ruling on a step, in short. */
function ruled(plan: Plan, rows: Record<string, RowInShort>, key: string): string {
  const { nodeId, pass } = parseStepKey(key);
  const ruling: Ruling = rule(plan, stepTable(rows), nodeId, pass);
  if (ruling.act === "skip") return `skip: ${ruling.why}`;
  if (ruling.act === "fail" || ruling.act === "block")
    return `${ruling.act}: ${ruling.error.code}: ${ruling.error.message}`;
  return ruling.act;
}

describe("1. a step is decided when every forward edge into it has settled", () => {
  const plan = planOf(
    graph(
      [W, "d:draw", "e:draw", "t:two"],
      ["w.text > d.prompt", "w.text > e.prompt", "d.image > t.a", "e.image > t.b"],
    ),
  );
  const d = { image: 1 };

  test("what needs nothing starts at once", () => expect(ruled(plan, {}, "w")).toBe("start"));

  test.each<[Record<string, RowInShort>, string]>([
    [{}, "wait"],
    [{ d }, "wait"],
    [{ d, e: "queued" }, "wait"],
    [{ d, e: "running" }, "wait"],
    [{ d, e: "waiting" }, "wait"],
    [{ d: { fails: "x" }, e: "running" }, "wait"],
    [{ d: "in_doubt", e: "waiting" }, "wait"],
    [{ d, e: { image: 1 } }, "start"],
    [{ d, e: { image: 3 } }, "start"],
  ])("a join waits for both parents: %j → %s", (rows, wanted) => expect(ruled(plan, rows, "t")).toBe(wanted));

  test("an unknown step is nothing to decide", () => expect(ruled(plan, {}, "nobody")).toBe("wait"));
});

describe("2. it fails when a step it reads failed", () => {
  const plan = planOf(
    graph(
      [W, { is: "d:draw", title: "Hero" }, { is: "e:draw", config: go }, "t:two", "c:change", "k:keep", "p:phrase"],
      [
        "w.text > d.prompt",
        "w.text > e.prompt",
        "d.image > t.a",
        "d.image > t.b",
        "e.image > t.c",
        "t.image > c.image",
        "e.image > k.image",
        "e.error > p.text",
      ],
    ),
  );
  const failed: RowInShort = { fails: "moderation" };

  test("naming the step and its reason, and the root of a chain of failures", () => {
    expect(ruled(plan, { d: failed, e: { image: 1 } }, "t")).toBe(
      "fail: upstream_failed: Hero failed: it was moderation",
    );
    const steps = stepTable({ d: failed, e: { image: 1 } });
    const first = rule(plan, steps, "t", 0);
    if (first.act !== "fail") throw new Error(first.act);
    steps.set("t@0", { nodeId: "t", pass: 0, state: "failed", error: first.error });
    expect(rule(plan, steps, "c", 0)).toEqual({ act: "fail", error: first.error });
    expect(first.error.details).toEqual({ node: "d", code: "moderation" });
  });

  test("also when the port could have done without: half a wish may cost money", () => {
    const optional = planOf(
      graph([W, "d:draw", "e:draw"], ["w.text > e.prompt", "w.text > d.prompt", "d.image > e.references"]),
    );
    expect(ruled(optional, { w: { text: [text("a")] }, d: failed }, "e")).toMatch(/^fail/);
  });

  test("a failure outweighs a cancel and a doubt", () => {
    expect(ruled(plan, { d: failed, e: "in_doubt" }, "t")).toMatch(/^fail/);
    expect(ruled(plan, { d: failed, e: "cancelled" }, "t")).toMatch(/^fail/);
  });

  test("a failed step that goes on fires its error output and no other", () => {
    expect(ruled(plan, { d: { image: 1 }, e: failed }, "t")).toBe("start");
    expect(ruled(plan, { e: failed }, "p")).toBe("start");
    expect(ruled(plan, { e: failed }, "k")).toBe("skip: nothing arrived at image");
  });

  test("a failed step that goes on keeps what some of its items gave", () => {
    const rows = { e: { fails: "x", gave: { image: [revision("r").image], error: [text("one failed")] } } };
    expect(ruled(plan, rows, "k")).toBe("start");
  });
});

describe("3. else it is cancelled, else blocked", () => {
  const plan = planOf(
    graph(
      [W, "d:draw", "e:draw", "t:two"],
      ["w.text > d.prompt", "w.text > e.prompt", "d.image > t.a", "e.image > t.b"],
    ),
  );

  test("with what it reads", () => {
    expect(ruled(plan, { d: "cancelled", e: "in_doubt" }, "t")).toBe("cancel");
    expect(ruled(plan, { d: "in_doubt", e: { image: 1 } }, "t")).toBe("block: upstream_in_doubt: d is in doubt.");
    expect(ruled(plan, { d: "skipped", e: "blocked" }, "t")).toMatch(/^block/);
  });
});

describe("4. muted steps are skipped, once it is their turn", () => {
  const plan = planOf(
    graph(
      [W, { is: "d:draw", mode: "mute" }, "s:sheet", "e:draw", "k:keep", "c:change"],
      [
        "w.text > d.prompt",
        "d.image > s.references",
        "s.spec > e.spec",
        "w.text > e.prompt",
        "d.image > k.image",
        "d.image > c.image",
      ],
    ),
  );
  const rows: Record<string, RowInShort> = { w: { text: [text("a")] }, d: "skipped" };

  test("with that reason", () => {
    expect(ruled(plan, {}, "d")).toBe("wait");
    expect(ruled(plan, rows, "d")).toBe("skip: muted");
    expect(ruled(plan, { w: { fails: "x" } }, "d")).toMatch(/^fail/);
  });

  test("a muted reference does not take along the sheet that can do without it", () => {
    expect(ruled(plan, rows, "s")).toBe("start");
  });

  test("but what needs it, and an effect on the world that nothing reaches, is skipped", () => {
    expect(ruled(plan, rows, "c")).toBe("skip: nothing arrived at image");
    expect(ruled(plan, rows, "k")).toBe("skip: nothing arrived at image");
  });
});

describe("5. what received nothing is skipped", () => {
  const plan = planOf(
    graph(
      [W, "d:draw", "g:gate", "j:keep", "p:phrase", "e:draw", "h:draw"],
      [
        "w.text > d.prompt",
        "d.image > g.image",
        "g.reject > j.image",
        "g.verdict > p.text",
        "p.text > e.prompt",
        "w.text > h.prompt",
        "g.reject > h.references",
      ],
    ),
  );
  const rows: Record<string, RowInShort> = { w: { text: [text("a")] }, d: { image: 1 }, g: { pass: 1 } };

  test("a required input that received nothing", () => {
    expect(ruled(plan, { ...rows, d: "skipped" }, "g")).toBe("skip: nothing arrived at image");
    expect(ruled(plan, { ...rows, d: { image: 0 } }, "g")).toBe("skip: nothing arrived at image");
    expect(ruled(plan, { p: "skipped" }, "e")).toBe("skip: nothing arrived at prompt");
  });

  test("a branch not taken takes along what hangs on it alone", () => {
    expect(ruled(plan, rows, "j")).toBe("skip: nothing arrived at image");
    expect(ruled(plan, rows, "p")).toBe("skip: nothing arrived at text");
  });

  test("but not what another wire reaches", () => expect(ruled(plan, rows, "h")).toBe("start"));

  test("a required input whose wire a bypass took away", () => {
    const cut = planOf(
      graph([W, { is: "d:draw", mode: "bypass" }, "c:change"], ["w.text > d.prompt", "d.image > c.image"]),
    );
    expect(ruled(cut, {}, "c")).toBe("skip: nothing is wired to image");
  });
});

describe("loops", () => {
  const plan = planOf(
    graph(
      [W, "d:draw", "c:change", "g:gate", "k:keep", "m:keep", "j:keep"],
      [
        "w.text > d.prompt",
        "d.image > c.image",
        "c.image > g.image",
        "g.revision > d.revision x3",
        "g.pass > k.image",
        "c.image > m.image",
        "g.reject > j.image",
      ],
    ),
  );
  const again = { revision: [revision("r")] };
  const start: Record<string, RowInShort> = { w: { text: [text("a")] }, d: { image: 1 }, c: { image: 1 } };
  const second: Record<string, RowInShort> = { ...start, g: again, "d@1": { image: 1 }, "c@1": { image: 1 } };

  test("a later pass exists once the loop edge fired, while passes remain", () => {
    expect(ruled(plan, start, "d@1")).toBe("wait");
    expect(ruled(plan, { ...start, g: { pass: 1 } }, "d@1")).toBe("wait");
    expect(ruled(plan, { ...start, g: again }, "d@1")).toBe("start");
    expect(ruled(plan, { ...start, g: again }, "c@1")).toBe("wait");
    expect(ruled(plan, { ...second, "g@1": again }, "d@2")).toBe("start");
    expect(
      ruled(plan, { ...second, "g@1": again, "d@2": { image: 1 }, "c@2": { image: 1 }, "g@2": again }, "d@3"),
    ).toBe("wait");
  });

  test("inside the body a step reads the same pass", () => {
    expect(ruled(plan, { ...start, g: again, "d@1": "skipped" }, "c@1")).toBe("skip: nothing arrived at image");
    expect(ruled(plan, { ...start, g: again, "d@1": { fails: "x" } }, "c@1")).toMatch(/^fail/);
  });

  test("what leaves the body waits until the loop is over, whichever node it leaves from", () => {
    expect(ruled(plan, start, "m")).toBe("wait");
    expect(ruled(plan, { ...start, g: again }, "m")).toBe("wait");
    expect(ruled(plan, second, "m")).toBe("wait");
    for (const key of ["k", "m"]) expect(ruled(plan, { ...second, "g@1": { pass: 1 } }, key)).toBe("start");
    expect(ruled(plan, { ...second, "g@1": { pass: 1 } }, "j")).toBe("skip: nothing arrived at image");
  });

  test("the last pass ends the loop even if its edge fires, and not before it has settled", () => {
    const third = { ...second, "g@1": again, "d@2": { image: 1 }, "c@2": { image: 1 } };
    expect(ruled(plan, third, "m")).toBe("wait");
    expect(ruled(plan, { ...third, "g@2": { ...again, reject: 1 } }, "j")).toBe("start");
  });

  test("a loop that ended in trouble is not answered: what leaves it shares its fate", () => {
    expect(ruled(plan, { ...second, "g@1": { fails: "x" } }, "m")).toBe("fail: upstream_failed: g failed: it was x");
    expect(ruled(plan, { ...second, "g@1": { fails: "x" } }, "k")).toMatch(/^fail: upstream_failed: g failed/);
    expect(ruled(plan, { ...second, "g@1": "in_doubt" }, "m")).toBe("block: upstream_in_doubt: g is in doubt.");
    expect(ruled(plan, { ...second, "g@1": "cancelled" }, "m")).toBe("cancel");
    expect(ruled(plan, { ...second, "g@1": "waiting" }, "m")).toBe("wait");
  });

  test("a muted gate never sends anything back", () => {
    const muted = planOf(
      graph(
        [W, "d:draw", { is: "g:gate", mode: "mute" }, "k:keep"],
        ["w.text > d.prompt", "d.image > g.image", "g.revision > d.revision x3", "d.image > k.image"],
      ),
    );
    expect(ruled(muted, { d: { image: 1 }, g: "skipped" }, "k")).toBe("start");
    expect(ruled(muted, { d: { image: 1 }, g: "skipped" }, "d@1")).toBe("wait");
  });

  test("the step is told where it stands in its loop", () => {
    expect([0, 1, 2].map((pass) => passInfo(plan, "d", pass))).toEqual([
      { index: 0, last: false },
      { index: 1, last: false },
      { index: 2, last: true },
    ]);
    expect(passInfo(plan, "k", 0)).toEqual({ index: 0, last: true });
  });
});

describe("loops in loops", () => {
  // outer: a b c (2 passes), inner: a b (3 passes); pass = outer × 3 + inner
  const plan = planOf(
    graph(
      [W, "s:draw", "a:best", "b:best", "c:best", "k:best"],
      [
        "w.text > s.prompt",
        "s.image > a.image",
        "a.image > b.image",
        "b.image > c.image",
        "c.image > k.image",
        "c.image > a.image x2",
        "b.image > a.image x3",
      ],
    ),
  );
  const one = { image: 1 };
  const none = { image: 0 };

  test("the inner loop starts over in every pass of the outer one", () => {
    expect(ruled(plan, { s: one, a: one, b: one }, "a@1")).toBe("start");
    expect(ruled(plan, { s: one, a: one, b: none }, "c")).toBe("skip: nothing arrived at image");
    const outer = { s: one, a: one, b: one, "a@1": one, "b@1": none, c: one };
    expect(ruled(plan, outer, "a@3")).toBe("start");
    expect(ruled(plan, outer, "a@4")).toBe("wait");
    expect(ruled(plan, { ...outer, "a@3": one, "b@3": one }, "a@4")).toBe("start");
    expect(ruled(plan, outer, "k")).toBe("wait");
    expect(ruled(plan, { ...outer, "a@3": one, "b@3": none, "c@1": none }, "k")).toBe("start");
  });

  test("the innermost loop is the one a step is told about", () => {
    expect(passInfo(plan, "a", 5)).toEqual({ index: 2, last: true });
    expect(passInfo(plan, "a", 3)).toEqual({ index: 0, last: false });
    expect(passInfo(plan, "c", 1)).toEqual({ index: 1, last: true });
  });
});

test("step keys are read and written", () => {
  expect(stepKey("a", 2)).toBe("a@2");
  expect(parseStepKey("a@12")).toEqual({ nodeId: "a", pass: 12 });
  expect(parseStepKey("a")).toEqual({ nodeId: "a", pass: 0 });
});
