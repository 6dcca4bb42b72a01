import { describe, expect, test } from "vitest";
import { gather } from "#lib/engine/gather.ts";
import { StepError } from "#lib/protocol/failure.ts";
import { graph, planOf } from "./small-catalogue.ts";
import { drawn, revision, text } from "./small-values.ts";
import { arrivals, stepTable } from "./step-table.ts";

const W = { is: "w:words", config: { text: "a" } };
const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof StepError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "nothing";
};

describe("items", () => {
  const plan = planOf(
    graph(
      [W, "d:draw", "e:draw", "t:two", "b:best", "g:gate"],
      [
        "w.text > d.prompt",
        "w.text > e.prompt",
        "d.image > t.a",
        "e.image > t.b",
        "d.image > b.image",
        "e.image > b.image",
        "d.image > g.image",
        "w.text > g.brief",
      ],
    ),
  );

  test("single values are shared, equal lengths are paired", () => {
    const steps = stepTable({ d: { image: 3 }, e: { image: 1 } });
    expect(arrivals(plan, steps, "t", "a")).toEqual([["d0image0"], ["d0image1"], ["d0image2"]]);
    expect(arrivals(plan, steps, "t", "b")).toEqual([["e0image0"], ["e0image0"], ["e0image0"]]);
    expect(arrivals(plan, stepTable({ d: { image: 2 }, e: { image: 2 } }), "t", "b")).toEqual([
      ["e0image0"],
      ["e0image1"],
    ]);
  });

  test("two different lengths are refused, naming both ports and lengths", () => {
    expect(refusal(() => gather(plan, stepTable({ d: { image: 2 }, e: { image: 3 } }), "t", 0))).toMatch(
      /LENGTH_MISMATCH.*a brings 2 and b brings 3/,
    );
  });

  test("a port for many receives the whole list, edges in order", () => {
    expect(arrivals(plan, stepTable({ d: { image: 2 }, e: { image: 1 } }), "b", "image")).toEqual([
      ["d0image0", "d0image1", "e0image0"],
    ]);
  });

  test("without single-valued inputs there is one item; an optional input without values is left out", () => {
    expect(gather(plan, stepTable({}), "w", 0).items).toEqual([{}]);
    const [item] = gather(plan, stepTable({ d: { image: 1 }, e: { image: 1 } }), "t", 0).items;
    expect(item?.c).toBeUndefined();
    expect(arrivals(plan, stepTable({ d: { image: 2 }, w: "skipped" }), "g", "brief")).toEqual([[], []]);
  });

  test("asked too early, it says so", () => {
    expect(refusal(() => gather(plan, stepTable({ d: { image: 1 } }), "t", 0))).toMatch(/^NOT_SETTLED/);
    expect(refusal(() => gather(plan, stepTable({}), "nobody", 0))).toMatch(/^UNKNOWN_NODE/);
  });
});

describe("kinds", () => {
  const plan = planOf(
    graph(
      [W, "d:draw", "e:draw", "n:count", "p:phrase"],
      ["w.text > d.prompt", "w.text > e.prompt", "d.image > e.context", "n.number > p.text"],
    ),
  );

  test("values arrive as the kind the port wants", () => {
    const steps = stepTable({
      w: { text: [text("a")] },
      d: { image: [drawn("d", "resp_1")] },
      n: { number: [{ kind: "number", number: 7 }] },
    });
    expect(gather(plan, steps, "e", 0).items[0]?.context).toMatchObject({
      kind: "thread",
      turn: { responseId: "resp_1" },
    });
    expect(arrivals(plan, steps, "p", "text")).toEqual([["7"]]);
  });

  test("an image without a turn cannot be continued", () => {
    expect(refusal(() => gather(plan, stepTable({ w: { text: [text("a")] }, d: { image: 1 } }), "e", 0))).toMatch(
      /^NO_THREAD/,
    );
  });
});

describe("loops", () => {
  const plan = planOf(
    graph(
      [W, "d:draw", "g:gate", "b:best", "k:keep", "c:change"],
      [
        "w.text > d.prompt",
        "d.image > g.image",
        "g.revision > d.revision x3",
        "d.image > b.image",
        "g.pass > k.image",
        "d.image > c.image",
      ],
    ),
  );
  const rows = stepTable({
    w: { text: [text("a")] },
    d: { image: 2 },
    g: { pass: 1, revision: [revision("x")] },
    "d@1": { image: 1 },
    "g@1": { pass: 1 },
  });

  test("what leaves is the concatenation over the passes, in order", () => {
    expect(arrivals(plan, rows, "b", "image")).toEqual([["d0image0", "d0image1", "d1image0"]]);
    expect(arrivals(plan, rows, "k", "image")).toEqual([["g0pass0", "g1pass0"]]);
    expect(arrivals(plan, rows, "c", "image")).toHaveLength(3);
  });

  test("a later pass receives what came back by the loop edge, and the rest as before", () => {
    const [item, ...others] = gather(plan, rows, "d", 1).items;
    expect(others).toEqual([]);
    expect(item).toMatchObject({ revision: { notes: "again" }, prompt: { text: "a" } });
    expect(gather(plan, rows, "d", 0).items[0]?.revision).toBeUndefined();
  });

  test("a port with both edges reads the forward one first and the loop edge later", () => {
    const both = planOf(
      graph(
        [W, "d:draw", "c:change", "e:change"],
        ["w.text > d.prompt", "d.image > c.image", "c.image > e.image", "e.image > c.image x3"],
      ),
    );
    const steps = stepTable({
      d: { image: 1 },
      c: { image: 1 },
      e: { image: 1 },
      "c@1": { image: 1 },
      "e@1": { image: 1 },
    });
    expect([0, 1, 2].map((pass) => arrivals(both, steps, `c@${pass}`, "image"))).toEqual([
      [["d0image0"]],
      [["e0image0"]],
      [["e1image0"]],
    ]);
  });

  test("a later pass whose items cannot be told apart any more must bring its other inputs in the same number", () => {
    const pair = planOf(
      graph(
        [W, "d:draw", "t:two", "b:best", "g:fan"],
        [
          "w.text > d.prompt",
          "d.image > t.a",
          "d.image > t.b",
          "t.image > b.image",
          "b.image > g.image",
          "g.image > t.b x2",
        ],
      ),
    );
    const rows = { d: { image: 4 }, t: { image: 4 }, b: { image: 1 } };
    expect(refusal(() => gather(pair, stepTable({ ...rows, g: { image: 2 } }), "t", 1))).toMatch(
      /LENGTH_MISMATCH.*a brings 4 and b brings 2/,
    );
    expect(arrivals(pair, stepTable({ ...rows, g: { image: 4 } }), "t@1", "a").flat()).toEqual(
      [0, 1, 2, 3].map((i) => `d0image${i}`),
    );
  });

  test("two loops may come back to one port: the inner one serves its later passes, the outer one its own", () => {
    const nested = planOf(
      graph(
        [W, "d:draw", "g:gate", "q:ask"],
        [
          "w.text > d.prompt",
          "d.image > g.image",
          "g.pass > q.image",
          "g.revision > d.revision x3",
          "q.revision > d.revision x2",
        ],
      ),
    );
    const steps = stepTable({
      w: { text: [text("a")] },
      d: { image: 1 },
      g: { revision: [revision("gate")] },
      "d@1": { image: 1 },
      "g@1": { pass: 1 },
      q: { revision: [revision("person")] },
      "d@3": { image: 1 },
      "g@3": { revision: [revision("gate2")] },
    });
    const from = (pass: number) => {
      const value = gather(nested, steps, "d", pass).items[0]?.revision;
      return value && "image" in value ? value.image : undefined;
    };
    expect(from(0)).toBeUndefined();
    expect(from(1)).toEqual(revision("gate").image);
    expect(from(3)).toEqual(revision("person").image);
    expect(from(4)).toEqual(revision("gate2").image);
  });
});
