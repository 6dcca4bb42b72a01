import { expect, it } from "vitest";
import { stepsInOrder } from "#lib/client/run-steps.ts";
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
