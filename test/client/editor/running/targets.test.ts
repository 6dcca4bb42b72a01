import { expect, it } from "vitest";
import type { NodeRun } from "#lib/client/editor/node-run.ts";
import { holdUpstream, targetsFromHere, upstream } from "#lib/client/editor/running/targets.ts";
import { aGraph } from "./a-run.ts";

it("from here leads through everything that hangs on the selection, and nothing beside it", () => {
  expect(targetsFromHere(aGraph(), ["hero"])).toEqual(["hero", "dusk"]);
  expect(targetsFromHere(aGraph(), ["words"])).toEqual(["words", "hero", "dusk", "winter"]);
  expect(targetsFromHere(aGraph(), ["winter"])).toEqual(["winter"]);
});

it("from here does not go round a loop", () => {
  const graph = aGraph();
  graph.edges.push({
    id: "back",
    source: "dusk",
    sourceHandle: "image",
    target: "hero",
    targetHandle: "revision",
    loop: { passes: 3 },
  });
  expect(targetsFromHere(graph, ["dusk"])).toEqual(["dusk"]);
  expect([...upstream(graph, ["hero"])].sort()).toEqual(["dusk", "hero", "words"]);
});

it("only this holds what comes before at the results it showed, where they can be named", () => {
  const run = (key: string, more: Partial<NodeRun> = {}) => ({ state: "done", key, items: 1, ...more }) as NodeRun;
  const graph = aGraph();
  const held = holdUpstream(
    graph,
    "dusk",
    new Map([
      ["words", run("kw", { items: 2 })],
      ["hero", run("kh")],
      ["winter", run("kx")],
    ]),
  );
  expect(held.nodes.map(({ id, pin }) => [id, pin])).toEqual([
    ["words", undefined],
    ["hero", "kh"],
    ["dusk", undefined],
    ["winter", undefined],
  ]);
  expect(graph.nodes.every(({ pin }) => pin === undefined)).toBe(true);
  expect(held.nodes[3]).toBe(graph.nodes[3]);
  expect(held.id).toBe(graph.id);
});
