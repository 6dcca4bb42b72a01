import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createReplay, eventWords, titlesOf, viewAt } from "#lib/client/replay.ts";
import type { RunView } from "#lib/client/watch-run.ts";
import { foldEvents } from "#lib/engine/fold.ts";
import type { EventBody, RunEvent } from "#lib/protocol/events.ts";
import type { RunDocument } from "#lib/protocol/run.ts";

const stored = (bodies: EventBody[]): RunEvent[] =>
  bodies.map((body, index) => ({ ...body, runId: "run_1", at: 1000 + index, seq: index + 1 }) as RunEvent);
const key = (nodeId: string, pass = 0) => ({ nodeId, pass });
const call = (nodeId: string) => ({ ...key(nodeId), item: 0, call: `call ${nodeId}` });
const done = (nodeId: string, pass = 0, ports: Record<string, number> = { image: 1 }): EventBody => ({
  type: "step.done",
  ...key(nodeId, pass),
  why: "first run",
  costUsd: 0.01,
  calls: 1,
  items: [],
  ports,
});
const EVENTS = stored([
  { type: "run.started", graphId: "g", revision: "r", nodes: 2, epoch: 1 },
  { type: "step.started", ...key("draw"), why: "first run" },
  { type: "call.reserved", ...call("draw"), model: "m", lane: "oneshot", costUsd: 0.04 },
  { type: "call.settled", ...call("draw"), state: "completed", costUsd: 0.01 },
  done("draw"),
  done("draw", 1, { image: 2 }),
  { type: "step.cached", ...key("sub/in"), why: "cached", items: [], ports: { text: 1 } },
  done("sub/out"),
  { type: "run.ended", status: "succeeded", costUsd: 0.01 },
]);
const text = (words: string) => ({ kind: "text" as const, text: words });
const VIEW = {
  document: {
    runId: "run_1",
    status: "succeeded",
    nodes: [
      { id: "draw", type: "x", title: "Draw" },
      { id: "sub", type: "box", graph: "s@1" },
      { id: "sub/in", type: "x" },
      { id: "sub/out", type: "x" },
    ],
    outputs: {
      draw: { image: [text("1"), text("2"), text("3")] },
      sub: { picture: [text("p")] },
      "sub/in": { text: [text("t")] },
      "sub/out": { image: [text("p")] },
    },
    steps: [],
    calls: [{ key: "call draw", ...key("draw"), costUsd: 0.01, state: "completed" }],
    costUsd: 0.01,
  } as unknown as RunDocument,
  live: foldEvents(EVENTS),
  partials: new Map(),
  connection: "closed",
} as RunView;
const shown = (at: number) => viewAt(VIEW, createReplay(EVENTS), at);

describe("looking back at a run", () => {
  test("shows what there was after each event, and at the end what there is now", () => {
    expect([shown(0).live.status, shown(0).document.calls]).toEqual(["queued", []]);
    expect(shown(2).live.steps.get("draw@0")?.state).toBe("running");
    expect(shown(2).document.outputs.draw).toEqual({});
    expect(shown(3).document.calls).toMatchObject([{ state: "intent", costUsd: 0.04 }]);
    expect(shown(5).document.outputs.draw).toEqual({ image: [text("1")] });
    expect(shown(6).document.outputs.draw?.image).toHaveLength(3);
    expect(shown(EVENTS.length).live).toEqual(VIEW.live);
    expect(shown(EVENTS.length).document.outputs).toEqual(VIEW.document.outputs);
  });

  test("a node that stands for a graph gives what it gave once everything in it has settled", () => {
    expect(shown(6).document.outputs.sub).toEqual({});
    expect(shown(8).document.outputs.sub).toEqual({ picture: [text("p")] });
  });

  test("any order of looking gives the same as folding from the beginning", () => {
    const long = stored(Array.from({ length: 200 }, (_, n) => done(`n${n % 7}`, Math.floor(n / 7))));
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 210 }), { maxLength: 12 }), (places) => {
        const replay = createReplay(long);
        for (const at of places) expect(replay.stateAt(at)).toEqual(foldEvents(long.slice(0, Math.max(0, at))));
      }),
      { numRuns: 60 },
    );
  });

  test("every event is told in words with the name of its node", () => {
    const titleOf = titlesOf(VIEW.document);
    const words = EVENTS.map((event) => eventWords(event, titleOf));
    expect(words).toEqual([
      "The run began",
      "Draw began: first run",
      "Draw asks the model for at most $0.04",
      "Draw: the call cost $0.01",
      "Draw done, $0.01",
      "Draw, pass 2 done, $0.01",
      "in came from the cache",
      "out done, $0.01",
      "The run succeeded",
    ]);
  });
});
