import { describe, expect, it } from "vitest";
import { nodeRuns } from "#lib/client/editor/running/node-runs.ts";
import type { RunEvent } from "#lib/protocol/events.ts";
import { aDocument, aView, events } from "./a-run.ts";

const items = [{ index: 0, state: "done", cached: false, key: "k" }];
const begun = [
  { type: "run.started", graphId: "g", revision: "h", nodes: 4, epoch: 1 },
  { type: "step.started", nodeId: "words", pass: 0, why: "first run" },
  { type: "step.done", nodeId: "words", pass: 0, why: "first run", costUsd: 0, calls: 0, items, ports: { text: 1 } },
  { type: "step.queued", nodeId: "hero", pass: 0, items: 1 },
  { type: "step.started", nodeId: "hero", pass: 0, why: "prompt changed" },
];
const call = (state: string, costUsd: number) => ({
  type: "call.settled",
  nodeId: "hero",
  pass: 0,
  item: 0,
  call: "c",
  state,
  costUsd,
});
const reserved = { ...call("", 0.2), type: "call.reserved", model: "m", lane: "conversation" };
const runs = (list: RunEvent[], more = {}, view = {}) => nodeRuns(aView(list, more, view), new Map());

describe("a run node by node", () => {
  it("tells the state of each node that has begun, and nothing of the others", () => {
    const nodes = runs(events(...begun));
    expect([...nodes.keys()]).toEqual(["words", "hero"]);
    expect(nodes.get("words")).toMatchObject({ state: "done", why: "first run", key: "k", items: 1, endedAt: 3000 });
    expect(nodes.get("hero")).toMatchObject({ state: "running", why: "prompt changed", startedAt: 5000 });
    expect(nodes.get("hero")?.endedAt).toBeUndefined();
  });

  it("counts money as it is reserved and settled", () => {
    expect(runs(events(...begun, reserved)).get("hero")?.costUsd).toBe(0.2);
    expect(runs(events(...begun, reserved, call("completed", 0.15))).get("hero")?.costUsd).toBe(0.15);
  });

  it("shows previews only until the step settles", () => {
    const partials = new Map([["hero@0", [{ item: 0, slot: 0, index: 1, url: "data:" }]]]);
    expect(runs(events(...begun), {}, { partials }).get("hero")?.partials).toHaveLength(1);
    const done = { type: "step.done", nodeId: "hero", pass: 0, why: "", costUsd: 0, calls: 1, items, ports: {} };
    expect(runs(events(...begun, done), {}, { partials }).get("hero")?.partials).toEqual([]);
  });

  it("brings what only the document knows: outputs, calls, warnings", () => {
    const outputs = { words: { text: [{ kind: "text" as const, text: "a kite" }] } };
    const steps = [{ ...step("words"), warnings: ["careful"] }];
    const nodes = runs(events(...begun), { outputs, steps });
    expect(nodes.get("words")).toMatchObject({ outputs: outputs.words, warnings: ["careful"] });
    expect(nodes.get("hero")?.outputs).toEqual({});
  });

  it("says of a failed step why, what it cost and what was kept", () => {
    const error = { code: "moderation", message: "The prompt was refused." };
    const failed = {
      type: "step.failed",
      nodeId: "hero",
      pass: 0,
      state: "failed",
      why: "",
      costUsd: 0.1,
      calls: 1,
      items: [...items, { index: 1, state: "failed", cached: false }],
      error,
    };
    const hero = runs(events(...begun, reserved, call("completed", 0.1), failed)).get("hero");
    expect(hero).toMatchObject({ state: "failed", error, costUsd: 0.1, kept: "1 item of 2 kept" });
  });

  it("keeps a question only while it waits for its answer", () => {
    const asks = { type: "step.waiting", nodeId: "hero", pass: 0, question: "Which?" };
    expect(runs(events(...begun, asks)).get("hero")).toMatchObject({ state: "waiting", question: "Which?" });
    const again = { type: "step.started", nodeId: "hero", pass: 0, why: "" };
    expect(runs(events(...begun, asks, again)).get("hero")?.question).toBeUndefined();
  });

  it("tells the newest pass of a loop", () => {
    const second = { type: "step.started", nodeId: "hero", pass: 1, why: "pass 2" };
    expect(runs(events(...begun, second)).get("hero")).toMatchObject({ pass: 1, passes: 2, why: "pass 2" });
  });
});

const step = (nodeId: string) => ({
  nodeId,
  pass: 0,
  state: "done" as const,
  cached: false,
  why: "",
  calls: 0,
  costUsd: 0,
  items: [],
});

describe("identities", () => {
  it("stay for nodes without news, and the map itself stays when there is none", () => {
    const outputs = { words: { text: [{ kind: "text" as const, text: "a kite" }] } };
    const first = nodeRuns(aView(events(...begun), { outputs }), new Map());
    // The document is fetched again: everything in it is another object.
    const second = nodeRuns(aView(events(...begun), structuredClone({ outputs })), first);
    expect(second).toBe(first);
    const third = nodeRuns(aView(events(...begun, reserved), structuredClone({ outputs })), second);
    expect(third).not.toBe(second);
    expect(third.get("words")).toBe(first.get("words"));
    expect(third.get("hero")).not.toBe(first.get("hero"));
  });

  it("go with the run: another run has nodes of its own", () => {
    const first = nodeRuns(aView(events(...begun)), new Map());
    const other = nodeRuns({ ...aView(events(...begun)), document: { ...aDocument(), runId: "other" } }, first);
    expect(other.get("words")).not.toBe(first.get("words"));
  });
});
