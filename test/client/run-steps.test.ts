import { expect, it } from "vitest";
import { stepGroups, stepsInOrder } from "#lib/client/run-steps.ts";
import type { RunView } from "#lib/client/watch-run.ts";
import { EMPTY_RUN, type FoldedStep } from "#lib/engine/fold.ts";
import type { CallView, RunDocument, Step } from "#lib/protocol/run.ts";

const step = (nodeId: string, pass: number, more: Partial<FoldedStep> = {}): FoldedStep => ({
  nodeId,
  pass,
  state: "done",
  cached: false,
  why: "first run",
  calls: 0,
  costUsd: 0,
  items: [],
  ...more,
});
const view = (document: Partial<RunDocument>, live: FoldedStep[]): RunView => ({
  document: { nodes: [], outputs: {}, steps: [], calls: [], ...document } as RunDocument,
  live: { ...EMPTY_RUN, steps: new Map(live.map((s) => [`${s.nodeId}@${s.pass}`, s])) },
  partials: new Map(),
  connection: "live",
});

it("shows the nodes in the order of the graph, those that have not begun included", () => {
  const nodes = [
    { id: "b", type: "x", title: "Second" },
    { id: "a", type: "x" },
  ];
  const shown = stepsInOrder(view({ nodes }, [step("a", 0)]));
  expect(shown.map((s) => [s.nodeId, s.title, s.step?.state])).toEqual([
    ["b", "Second", undefined],
    ["a", "a", "done"],
  ]);
});

it("shows the passes of a loop one after the other, with the outputs of all at the last", () => {
  const outputs = { a: { text: [{ kind: "text" as const, text: "both" }] } };
  const shown = stepsInOrder(view({ nodes: [{ id: "a", type: "x" }], outputs }, [step("a", 1), step("a", 0)]));
  expect(shown.map((s) => [s.pass, s.passes, Object.keys(s.outputs)])).toEqual([
    [0, 2, []],
    [1, 2, ["text"]],
  ]);
});

it("takes from the document what events leave out, and from events what is newer", () => {
  const held: Step = { ...step("a", 0, { state: "running", startedAt: 5 }), warnings: ["careful"] };
  const call = { nodeId: "a", pass: 0, key: "k" } as CallView;
  const [shown] = stepsInOrder(view({ nodes: [{ id: "a", type: "x" }], steps: [held], calls: [call] }, [step("a", 0)]));
  expect(shown?.step).toMatchObject({ state: "done", startedAt: 5, warnings: ["careful"] });
  expect(shown?.calls).toEqual([call]);
});

it("steps inside a subgraph stand together under the node they stand in, with the names of what is deeper", () => {
  const nodes = [
    { id: "before", type: "x" },
    { id: "sub", type: "box", title: "Hero shot", graph: "hero@3" },
    { id: "sub/draw", type: "x", title: "Draw" },
    { id: "sub/sky", type: "box", title: "Sky", graph: "sky@1" },
    { id: "sub/sky/clouds", type: "x" },
    { id: "after", type: "x" },
  ];
  const groups = stepGroups(stepsInOrder(view({ nodes }, [step("sub/draw", 0)])));
  expect(groups.map(({ holder, steps }) => [holder, steps.map((s) => [s.key, s.title])])).toEqual([
    [undefined, [["before@0", "before"]]],
    [
      { id: "sub", title: "Hero shot", graph: "hero@3" },
      [
        ["sub/draw@0", "Draw"],
        ["sub/sky/clouds@0", "Sky › clouds"],
      ],
    ],
    [undefined, [["after@0", "after"]]],
  ]);
});
