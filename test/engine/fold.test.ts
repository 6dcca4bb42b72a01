import { describe, expect, test } from "vitest";
import { foldEvents } from "#lib/engine/fold.ts";
import type { EventBody, RunEvent } from "#lib/protocol/events.ts";

const story = (...bodies: EventBody[]): RunEvent[] =>
  bodies.map((body, i) => ({ ...body, runId: "r", at: 100 + i, seq: i + 1 }));
const a = { nodeId: "a", pass: 0 };
const started: EventBody = { type: "run.started", graphId: "g", revision: "h", nodes: 2, epoch: 1 };
const done = {
  type: "step.done",
  ...a,
  why: "first run",
  costUsd: 0.04,
  calls: 1,
  items: [{ index: 0, state: "done", cached: false }],
  ports: { image: 1 },
} as const;
const call = { ...a, item: 0, call: "k/0#1" };

describe("steps", () => {
  test("from queued to done, with what it cost and gave", () => {
    const events = story(
      started,
      { type: "step.queued", ...a, items: 2 },
      { type: "step.started", ...a, why: "first run" },
      { ...done, items: [...done.items], warnings: ["w"], rehydrated: true },
    );
    expect(foldEvents(events.slice(0, 2)).steps.get("a@0")).toMatchObject({
      state: "queued",
      items: [{ index: 0, state: "queued" }, { index: 1 }],
    });
    expect(foldEvents(events.slice(0, 3)).steps.get("a@0")).toMatchObject({
      state: "running",
      why: "first run",
      startedAt: 102,
      items: [{ state: "running" }, {}],
    });
    expect(foldEvents(events).steps.get("a@0")).toEqual({
      nodeId: "a",
      pass: 0,
      state: "done",
      cached: false,
      why: "first run",
      calls: 1,
      costUsd: 0.04,
      items: done.items,
      ports: { image: 1 },
      warnings: ["w"],
      rehydrated: true,
      startedAt: 102,
      endedAt: 103,
    });
  });

  test("cached, skipped, failed, blocked and waiting ones", () => {
    const { steps } = foldEvents(
      story(
        started,
        { type: "step.cached", ...a, why: "cached from run x", items: [], ports: { image: 1 } },
        { type: "step.skipped", nodeId: "b", pass: 1, why: "muted" },
        {
          type: "step.failed",
          nodeId: "c",
          pass: 0,
          state: "failed",
          why: "",
          costUsd: 0.1,
          calls: 1,
          items: [],
          error: { code: "moderation", message: "no" },
        },
        {
          type: "step.failed",
          nodeId: "d",
          pass: 0,
          state: "in_doubt",
          why: "",
          costUsd: 0,
          calls: 1,
          items: [],
          error: { code: "in_doubt", message: "?" },
        },
        { type: "step.queued", nodeId: "e", pass: 0, items: 1 },
        { type: "step.waiting", nodeId: "e", pass: 0, question: "good?" },
      ),
    );
    expect([...steps].map(([key, { state, cached }]) => [key, state, cached])).toEqual([
      ["a@0", "done", true],
      ["b@1", "skipped", false],
      ["c@0", "failed", false],
      ["d@0", "in_doubt", false],
      ["e@0", "waiting", false],
    ]);
    expect(steps.get("c@0")).toMatchObject({ error: { code: "moderation" }, costUsd: 0.1 });
    expect(steps.get("e@0")).toMatchObject({ question: "good?", items: [{ index: 0, state: "waiting" }] });
    const told = foldEvents(
      story({
        type: "step.waiting",
        nodeId: "e",
        pass: 0,
        dueAt: 7,
        items: [
          { index: 0, state: "done", cached: false },
          { index: 1, state: "waiting", cached: false, about: [{ kind: "text", text: "look" }] },
        ],
      }),
    ).steps.get("e@0");
    expect(told).toMatchObject({ dueAt: 7, items: [{ state: "done" }, { about: [{ text: "look" }] }] });
  });

  test("a step that is queued again starts afresh", () => {
    const failed: EventBody = {
      type: "step.failed",
      ...a,
      state: "failed",
      why: "",
      costUsd: 1,
      calls: 1,
      items: [],
      error: { code: "x", message: "x" },
    };
    const { steps } = foldEvents(story(started, failed, started, { type: "step.queued", ...a, items: 1 }));
    expect(steps.get("a@0")).toMatchObject({ state: "queued", costUsd: 0, calls: 0 });
    expect(steps.get("a@0")?.error).toBeUndefined();
  });

  test("progress and partial pictures change nothing", () => {
    const events = story(started);
    const live: RunEvent[] = [
      { type: "step.progress", ...a, item: 0, runId: "r", at: 5 },
      { type: "step.partial", ...a, item: 0, slot: 0, index: 0, url: "u", runId: "r", at: 6 },
    ];
    expect(foldEvents([...events, ...live])).toEqual(foldEvents(events));
  });
});

describe("the run", () => {
  test("its status follows its events, over a resume too", () => {
    const events = story(
      started,
      { type: "run.waiting", steps: ["a@0"] },
      started,
      { type: "run.ended", status: "paused", reason: "budget", costUsd: 1, error: { code: "budget", message: "b" } },
      started,
      { type: "run.ended", status: "succeeded", costUsd: 1 },
    );
    const at = (n: number) => foldEvents(events.slice(0, n));
    expect([0, 1, 2, 3, 4, 5, 6].map((n) => at(n).status)).toEqual([
      "queued",
      "running",
      "waiting",
      "running",
      "paused",
      "running",
      "succeeded",
    ]);
    expect(at(4)).toMatchObject({ reason: "budget", error: { code: "budget" }, endedAt: 103 });
    expect(at(5)).toMatchObject({ reason: undefined, error: undefined, endedAt: undefined, startedAt: 100 });
    expect(at(6)).toMatchObject({ seq: 6, endedAt: 105, reason: undefined });
  });

  test("events that come twice count once, and earlier states are not changed", () => {
    const events = story(started, { ...done, items: [] });
    const first = foldEvents(events.slice(0, 1));
    expect(foldEvents(events, first)).toEqual(foldEvents(events));
    const reserved: EventBody = { type: "call.reserved", ...call, model: "m", lane: "judge", costUsd: 0.3 };
    const paid = foldEvents(story(reserved, { type: "call.settled", ...call, state: "completed", costUsd: 0.1 }));
    expect(foldEvents(story(reserved), paid)).toEqual(paid);
    expect(first.steps.size).toBe(0);
  });

  test("calls are reserved, sent and settled; the cost is exact to the micro-dollar", () => {
    const reserved: EventBody = { type: "call.reserved", ...call, model: "m", lane: "conversation", costUsd: 0.3 };
    const sent: EventBody = { type: "call.sent", ...call, responseId: "resp_1" };
    const settled: EventBody = { type: "call.settled", ...call, state: "completed", costUsd: 0.1 };
    const other: EventBody = { ...reserved, call: "k/1#1", costUsd: 0.2 };
    const at = (...events: EventBody[]) => foldEvents(story(...events));
    expect(at(reserved).calls.get(call.call)).toEqual({
      key: call.call,
      ...a,
      item: 0,
      model: "m",
      lane: "conversation",
      state: "intent",
      costUsd: 0.3,
    });
    expect(at(reserved, other).costUsd).toBe(0.5);
    expect(at(reserved, other, sent).calls.get(call.call)).toMatchObject({ state: "accepted", responseId: "resp_1" });
    expect(at(reserved, other, sent, settled)).toMatchObject({ costUsd: 0.3 });
    expect(
      at(reserved, { ...settled, state: "in_doubt", costUsd: 0.3, error: { code: "x", message: "x" } }).calls.get(
        call.call,
      ),
    ).toMatchObject({ state: "in_doubt", error: { code: "x" } });
  });
});
