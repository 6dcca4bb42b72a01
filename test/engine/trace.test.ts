import { describe, expect, test } from "vitest";
import { earlierItem } from "#lib/engine/settle.ts";
import { graph, planOf } from "./small-catalogue.ts";
import { image, revision } from "./small-values.ts";
import { arrivals, type RowInShort, stepTable } from "./step-table.ts";

const W = { is: "w:words", config: { text: "a" } };

/** Rows of which some say which item made which value: `from: { gate: { revision: [1] } }`. */
function tracedTable(rows: Record<string, RowInShort>, from: Record<string, Record<string, number[]>>) {
  const steps = stepTable(rows);
  for (const [key, ports] of Object.entries(from)) {
    const name = key.includes("@") ? key : `${key}@0`;
    const row = steps.get(name);
    if (!row) throw new Error(`no row ${key}`);
    steps.set(name, { ...row, from: ports });
  }
  return steps;
}

describe("a later pass takes what belongs to the items that came round", () => {
  const plan = planOf(
    graph(
      [W, "p:draw", "s:draw", "t:two", "g:gate", "brief:phrase"],
      [
        "w.text > p.prompt",
        "w.text > s.prompt",
        "p.image > t.a",
        "s.image > t.c",
        "p.image > t.b",
        "t.image > g.image",
        "w.text > brief.text",
        "brief.text > g.brief",
        "g.reject > t.b x4",
      ],
    ),
  );

  test("one of three, not three times the one", () => {
    const steps = tracedTable(
      { p: { image: 3 }, s: { image: 1 }, t: { image: 3 }, g: { pass: 2, reject: 1 } },
      { g: { pass: [0, 1], reject: [2] } },
    );
    expect(arrivals(plan, steps, "t@1", "a")).toEqual([["p0image2"]]);
    expect(arrivals(plan, steps, "t@1", "b")).toEqual([["g0reject0"]]);
    expect(arrivals(plan, steps, "t@1", "c")).toEqual([["s0image0"]]);
  });

  test("as many as there were, but others: not by their place in the list", () => {
    const steps = tracedTable(
      { p: { image: 2 }, s: { image: 2 }, t: { image: 4 }, g: { pass: 2, reject: 2 } },
      { t: { image: [0, 0, 1, 1] }, g: { pass: [0, 1], reject: [2, 3] } },
    );
    expect(arrivals(plan, steps, "t@1", "a")).toEqual([["p0image1"], ["p0image1"]]);
    expect(arrivals(plan, steps, "t@1", "c")).toEqual([["s0image1"], ["s0image1"]]);
  });

  test("through pass after pass, back to the first", () => {
    const steps = tracedTable(
      {
        p: { image: 4 },
        s: { image: 1 },
        t: { image: 4 },
        g: { pass: 1, reject: 3 },
        "t@1": { image: 3 },
        "g@1": { pass: 2, reject: 1 },
        "t@2": { image: 1 },
        "g@2": { reject: 1 },
      },
      { g: { pass: [0], reject: [1, 2, 3] }, "g@1": { pass: [0, 2], reject: [1] } },
    );
    expect(arrivals(plan, steps, "t@1", "a").flat()).toEqual(["p0image1", "p0image2", "p0image3"]);
    expect(arrivals(plan, steps, "t@2", "a").flat()).toEqual(["p0image2"]);
    expect(arrivals(plan, steps, "t@3", "a").flat()).toEqual(["p0image2"]);
    expect(earlierItem(plan, steps, "g", { pass: 2, item: 0 })).toEqual({ pass: 1, item: 1 });
    expect(earlierItem(plan, steps, "g", { pass: 1, item: 1 })).toEqual({ pass: 0, item: 2 });
    expect(earlierItem(plan, steps, "g", { pass: 0, item: 2 })).toBeUndefined();
    expect(earlierItem(plan, steps, "nobody", { pass: 1, item: 0 })).toBeUndefined();
  });

  test("a row that does not say which item made what is read in its own order", () => {
    const steps = stepTable({ p: { image: 3 }, s: { image: 1 }, t: { image: 3 }, g: { reject: 3 } });
    expect(arrivals(plan, steps, "t@1", "a").flat()).toEqual(["p0image0", "p0image1", "p0image2"]);
  });
});

test("in the middle of a loop as well as at its start, past nodes that make several of one", () => {
  const plan = planOf(
    graph(
      [W, "p:draw", "m:draw", "c:change", { is: "f:fan", config: { times: 2 } }, "t:two", "g:gate"],
      [
        "w.text > p.prompt",
        "w.text > m.prompt",
        "p.image > c.image",
        "c.image > f.image",
        "f.image > t.a",
        "m.image > t.b",
        "t.image > g.image",
        "g.reject > c.image x3",
      ],
    ),
  );
  const steps = tracedTable(
    { p: { image: 2 }, m: { image: 4 }, c: { image: 2 }, f: { image: 4 }, t: { image: 4 }, g: { pass: 2, reject: 2 } },
    { f: { image: [0, 0, 1, 1] }, g: { pass: [0, 2], reject: [1, 3] } },
  );
  steps.put("c@1", { image: 2 });
  steps.put("f@1", { image: 2 });
  expect(arrivals(plan, steps, "t@1", "b").flat()).toEqual(["m0image1", "m0image3"]);
});

test("in nested loops: what the inner one repeats, and what the outer one started over", () => {
  const plan = planOf(
    graph(
      [W, "p:draw", "d:draw", "t:two", "g:gate", "q:ask"],
      [
        "w.text > p.prompt",
        "w.text > d.prompt",
        "p.image > t.a",
        "d.image > t.b",
        "t.image > g.image",
        "g.pass > q.image",
        "g.reject > t.c x3",
        "q.rejected > t.b x2",
      ],
    ),
  );
  const steps = tracedTable(
    {
      p: { image: 3 },
      d: { image: 3 },
      t: { image: 3 },
      g: { pass: 2, reject: 1 },
      "t@1": { image: 1 },
      "g@1": { pass: 1 },
      q: { approved: 1, rejected: 2 },
      "t@3": { image: 2 },
      "g@3": { pass: 1, reject: 1 },
      "t@4": { image: 1 },
      "g@4": { pass: 1 },
    },
    {
      g: { pass: [0, 2], reject: [1] },
      "g@1": { pass: [0] },
      q: { approved: [1], rejected: [0, 2] },
      "g@3": { pass: [0], reject: [1] },
    },
  );
  const [a, b] = ["a", "b"].map((port) => (key: string) => arrivals(plan, steps, key, port).flat());
  expect(a?.("t@1")).toEqual(["p0image1"]);
  expect(b?.("t@1")).toEqual(["d0image1"]);
  // What the person sent back: the first of the first pass of the gate, and the one of its second.
  expect(a?.("t@3")).toEqual(["p0image0", "p0image1"]);
  expect(b?.("t@3")).toEqual(["q0rejected0", "q0rejected1"]);
  expect(a?.("t@4")).toEqual(["p0image1"]);
  expect(b?.("t@4")).toEqual(["q0rejected1"]);
});

test("a list that came back by the loop is never thinned out itself", () => {
  const plan = planOf(
    graph([W, "d:draw", "g:gate"], ["w.text > d.prompt", "d.image > g.image", "g.revision > d.revision x2"]),
  );
  const steps = tracedTable(
    {
      w: { text: [{ kind: "text", text: "a" }] },
      d: { image: [image("x"), image("y")] },
      g: { revision: [revision("x"), revision("y")] },
    },
    { d: { image: [0, 0] } },
  );
  expect(arrivals(plan, steps, "d@1", "prompt").flat()).toEqual(["a", "a"]);
  expect(arrivals(plan, steps, "d@1", "revision")).toHaveLength(2);
});
