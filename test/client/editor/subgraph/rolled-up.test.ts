import { describe, expect, test } from "vitest";
import { insideOf } from "#lib/client/editor/running/inside-of.ts";
import { nodeRuns } from "#lib/client/editor/running/node-runs.ts";
import { stateOfAll } from "#lib/client/editor/running/rolled-up.ts";
import { shownRuns } from "#lib/client/editor/running/shown-runs.ts";
import type { RunView } from "#lib/client/watch-run.ts";
import { foldEvents } from "#lib/engine/fold.ts";
import type { RunDocument, Step } from "#lib/protocol/run.ts";

const step = (nodeId: string, state: Step["state"], more: Partial<Step> = {}): Step => ({
  nodeId,
  pass: 0,
  state,
  cached: false,
  why: "first run",
  calls: 0,
  costUsd: 0,
  items: [],
  ...more,
});
const view = (steps: Step[]): RunView => {
  const document = {
    runId: "run_1",
    status: "running",
    graphId: "outer",
    graphName: "Outer",
    revision: "x",
    nodes: [
      { id: "sub", type: "box", graph: "hero@1" },
      { id: "sub/draw", type: "draw", title: "Draw" },
      { id: "sub/deep", type: "box", graph: "sky@2" },
      { id: "sub/deep/sky", type: "draw" },
      { id: "after", type: "draw" },
    ],
    inputs: {},
    outputs: { sub: { picture: [{ kind: "text", text: "p" }] }, "sub/draw": { image: [{ kind: "text", text: "p" }] } },
    steps,
    calls: [],
    files: [],
    costUsd: 0,
    paidCalls: 0,
    budgetUsd: null,
    simulated: true,
    createdAt: 1,
    seq: 0,
  } as unknown as RunDocument;
  return {
    document,
    live: { ...foldEvents([]), status: "running", steps: new Map(steps.map((one) => [`${one.nodeId}@0`, one])) },
    partials: new Map(),
    connection: "live",
  };
};

describe("a node that stands for a graph", () => {
  test("shows what goes on inside as one state, worst and busiest first", () => {
    expect(stateOfAll(["done", "failed", "running"])).toBe("failed");
    expect(stateOfAll(["done", "waiting", "running"])).toBe("waiting");
    expect(stateOfAll(["done", "queued"])).toBe("running");
    expect(stateOfAll(["queued"])).toBe("queued");
    expect(stateOfAll(["done", "skipped"])).toBe("done");
    expect(stateOfAll([])).toBeUndefined();
  });

  test("gives what its ports lead to, and tells its steps by name", () => {
    const runs = nodeRuns(
      view([step("sub/draw", "done", { cached: true }), step("sub/deep/sky", "running")]),
      new Map(),
    );
    expect(runs.get("sub")).toMatchObject({
      state: "running",
      outputs: { picture: [{ text: "p" }] },
      inner: [
        { nodeId: "sub/draw", title: "Draw", state: "done", cached: true },
        { nodeId: "sub/deep/sky", title: undefined, type: "draw", state: "running" },
      ],
    });
    expect(runs.get("sub/deep")).toMatchObject({ state: "running", inner: [{ nodeId: "sub/deep/sky" }] });
    expect(nodeRuns(view([step("after", "done")]), new Map()).has("sub")).toBe(false);
  });

  test("is out of date when something inside would be paid for again, not when local work is done again", () => {
    const runs = nodeRuns(view([step("sub/draw", "done")]), new Map());
    const shown = (calls: number) =>
      shownRuns(
        {
          document: {
            nodes: [
              { id: "sub", type: "box", typeVersion: 1, position: { x: 0, y: 0 }, config: {}, take: 1, mode: "on" },
            ],
          },
          recipes: new Map(),
          runs,
          takes: new Map(),
          estimate: {
            costUsd: 0,
            calls,
            cachedNodes: 0,
            simulated: true,
            problems: [],
            nodes: [{ nodeId: "sub/draw", title: "Draw", cachedItems: 0, items: 1, calls, costUsd: 0 }],
          },
        },
        new Map(),
      ).get("sub")?.stale;
    expect([shown(1), shown(0)]).toEqual([true, false]);
  });

  test("opened, its graph shows the same run under its own names", () => {
    const inside = insideOf(
      view([step("sub/draw", "done"), step("sub/deep/sky", "done"), step("after", "done")]),
      "sub",
    );
    const runs = nodeRuns(inside, new Map());
    expect([...runs.keys()]).toEqual(["draw", "deep/sky", "deep"]);
    expect(runs.get("draw")?.outputs).toMatchObject({ image: [{ text: "p" }] });
    expect(runs.get("deep")).toMatchObject({ state: "done", inner: [{ nodeId: "deep/sky" }] });
  });
});
