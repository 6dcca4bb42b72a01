import { describe, expect, it } from "vitest";
import type { NodeRun, NodeTake } from "#lib/client/editor/node-run.ts";
import { recipesOf } from "#lib/client/editor/running/current-take.ts";
import { shownRuns } from "#lib/client/editor/running/shown-runs.ts";
import type { Graph } from "#lib/protocol/graph.ts";
import { aGraph, anEstimate, aTake } from "./a-run.ts";

const aNodeRun = (more: Partial<NodeRun> = {}): NodeRun => ({
  runId: "r2",
  state: "done",
  cached: false,
  stale: false,
  pass: 0,
  passes: 1,
  rehydrated: false,
  costUsd: 0,
  key: "k2",
  items: 1,
  warnings: [],
  outputs: {},
  partials: [],
  calls: [],
  ...more,
});
const recipe = (graph: Graph, id = "hero") => recipesOf(graph).get(id) ?? "";
const first = (graph = aGraph()): NodeTake => aTake({ key: "k1", runId: "r1", take: 1, recipes: [recipe(graph)] });
const second = (graph = aGraph()): NodeTake =>
  aTake({ key: "k2", runId: "r2", take: 2, at: 2, recipes: [recipe(graph)] });
const hero = (document: Graph, run: NodeRun | undefined, takes: NodeTake[], estimate?: boolean) =>
  shownRuns(
    {
      document,
      recipes: recipesOf(document),
      runs: new Map(run ? [["hero", run]] : []),
      takes: new Map([["hero", takes]]),
      estimate:
        estimate === undefined
          ? undefined
          : anEstimate({
              nodes: [
                {
                  nodeId: "hero",
                  title: "",
                  cachedItems: estimate ? 0 : 1,
                  items: estimate ? 1 : 0,
                  calls: 0,
                  costUsd: 0,
                },
              ],
            }),
    },
    new Map(),
  ).get("hero");

describe("what a card shows", () => {
  it("is the newest run's result while the document is as it was", () => {
    const document = aGraph({ hero: { take: 2 } });
    expect(hero(document, aNodeRun(), [second(), first()])).toMatchObject({ runId: "r2", stale: false });
  });

  it("is the past result at once when the document goes back to it, without a run", () => {
    expect(hero(aGraph(), aNodeRun(), [second(), first()])).toMatchObject({ runId: "r1", key: "k1", stale: false });
  });

  it("is the result that goes with an earlier take of what comes before", () => {
    const [one, two] = [aGraph(), aGraph({ hero: { take: 2 } })];
    const dusk = [
      aTake({ key: "d2", runId: "r2", at: 2, recipes: [recipe(two, "dusk")] }),
      aTake({ key: "d1", runId: "r1", at: 1, recipes: [recipe(one, "dusk")] }),
    ];
    const shown = shownRuns(
      {
        document: one,
        recipes: recipesOf(one),
        runs: new Map([["dusk", aNodeRun({ key: "d2" })]]),
        takes: new Map([["dusk", dusk]]),
      },
      new Map(),
    );
    expect(shown.get("dusk")).toMatchObject({ key: "d1", stale: false });
  });

  it("is old when nothing fits the document any more", () => {
    const changed = aGraph({ words: { config: { text: "a boat" } } });
    expect(hero(changed, aNodeRun(), [second(), first()])).toMatchObject({ runId: "r2", stale: true });
    expect(hero(changed, undefined, [second(), first()])).toMatchObject({ runId: "r2", stale: true });
  });

  it("is not old where the estimate knows better, and is old where it does", () => {
    const changed = aGraph({ hero: { config: { quality: "auto" } } });
    expect(hero(changed, aNodeRun(), [second()], false)?.stale).toBe(false);
    expect(hero(changed, aNodeRun(), [second()], true)?.stale).toBe(true);
  });

  it("is not old when it was just made and is no past result yet", () => {
    expect(hero(aGraph(), aNodeRun({ key: "k9" }), [])?.stale).toBe(false);
  });

  it("is what goes on, whatever was there before", () => {
    for (const state of ["queued", "running", "waiting", "in_doubt"] as const)
      expect(hero(aGraph(), aNodeRun({ state }), [first()])?.state).toBe(state);
  });

  it("is the failure, until the document has a result again", () => {
    expect(hero(aGraph({ hero: { take: 3 } }), aNodeRun({ state: "failed" }), [first()])?.state).toBe("failed");
    expect(hero(aGraph(), aNodeRun({ state: "failed" }), [first()])?.state).toBe("done");
  });

  it("is the pinned result, whatever was run since", () => {
    expect(hero(aGraph({ hero: { pin: "k1", take: 7 } }), aNodeRun(), [second(), first()])?.key).toBe("k1");
  });
});
