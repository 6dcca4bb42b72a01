import { describe, expect, it } from "vitest";
import { type RunSource, type RunView, watchRun } from "#lib/client/watch-run.ts";
import type { RunEvent } from "#lib/protocol/events.ts";
import type { RunDocument, RunStatus } from "#lib/protocol/run.ts";

const doc = (seq: number, status: RunStatus, more: Partial<RunDocument> = {}): RunDocument => ({
  runId: "r",
  status,
  graphId: "g",
  graphName: "G",
  revision: "h",
  nodes: [{ id: "a", type: "x" }],
  inputs: {},
  outputs: {},
  steps: [],
  calls: [],
  files: [],
  costUsd: 0,
  paidCalls: 0,
  budgetUsd: 5,
  simulated: true,
  createdAt: 0,
  seq,
  ...more,
});
const event = (seq: number | undefined, body: object): RunEvent => ({ seq, at: 1, runId: "r", ...body }) as RunEvent;
const started = (seq: number) => event(seq, { type: "step.started", nodeId: "a", pass: 0, why: "first run" });
const ended = (seq: number, status: RunStatus = "succeeded") => event(seq, { type: "run.ended", status, costUsd: 0 });
const partial = (index: number, url: string) =>
  event(undefined, { type: "step.partial", nodeId: "a", pass: 0, item: 0, slot: 0, index, url });

/** A browser in miniature: documents are handed over one by one, time moves when a test says so. */
function world(first: RunDocument) {
  let answer: () => Promise<RunDocument> = async () => first;
  const timers = new Set<() => void>();
  const streams: { after: number; on: Parameters<RunSource["open"]>[1]; open: boolean }[] = [];
  const views: RunView[] = [];
  const failures: unknown[] = [];
  const source: RunSource = {
    load: () => answer(),
    open(after, on) {
      const stream = { after, on, open: true };
      streams.push(stream);
      return () => {
        stream.open = false;
      };
    },
    later(_ms, callback) {
      timers.add(callback);
      return () => timers.delete(callback);
    },
  };
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const watch = watchRun(source, { view: (view) => views.push(view), failed: (error) => failures.push(error) });
  return {
    watch,
    streams,
    failures,
    settle,
    get view() {
      return views.at(-1) as RunView;
    },
    get timers() {
      return timers.size;
    },
    answers(next: RunDocument | Error) {
      answer = async () => {
        if (next instanceof Error) throw next;
        return next;
      };
    },
    async tick() {
      for (const callback of [...timers]) {
        timers.delete(callback);
        callback();
      }
      await settle();
    },
    send: (sent: RunEvent) => streams.at(-1)?.on.event(sent),
  };
}

describe("watching a run", () => {
  it("follows from exactly where the document ends", async () => {
    const w = world(doc(7, "running"));
    await w.settle();
    expect(w.streams.map((s) => s.after)).toEqual([7]);
    w.send(started(8));
    expect(w.view.live.steps.get("a@0")?.state).toBe("running");
    w.send(started(8));
    expect(w.view.live.seq).toBe(8);
  });

  it("opens no stream for a run that rests", async () => {
    for (const status of ["succeeded", "failed", "cancelled", "paused"] as const) {
      const w = world(doc(3, status));
      await w.settle();
      expect(w.streams).toEqual([]);
    }
  });

  it("fetches the document again after news that it knows more about, and keeps what is newer than it", async () => {
    const w = world(doc(1, "running"));
    await w.settle();
    w.send(event(2, { type: "step.done", nodeId: "a", pass: 0, why: "", costUsd: 0, calls: 0, items: [], ports: {} }));
    w.send(event(3, { type: "step.started", nodeId: "b", pass: 0, why: "first run" }));
    w.answers(doc(2, "running", { outputs: { a: { text: [{ kind: "text", text: "hi" }] } } }));
    await w.tick();
    expect(w.view.document.outputs).toHaveProperty("a.text");
    expect(w.view.live.steps.get("b@0")?.state).toBe("running");
    expect(w.view.live.seq).toBe(3);
  });

  it("shows previews in place until the step settles", async () => {
    const w = world(doc(1, "running"));
    await w.settle();
    w.send(started(2));
    w.send(partial(0, "rough"));
    w.send(partial(1, "finer"));
    expect(w.view.partials.get("a@0")?.map((p) => p.url)).toEqual(["finer"]);
    w.send(event(3, { type: "step.done", nodeId: "a", pass: 0, why: "", costUsd: 0, calls: 1, items: [], ports: {} }));
    w.answers(doc(3, "running"));
    await w.tick();
    expect(w.view.partials.get("a@0")).toBeUndefined();
  });

  it("opens a broken stream again after the last event it knows", async () => {
    const w = world(doc(1, "running"));
    await w.settle();
    w.send(started(2));
    w.answers(doc(1, "running"));
    w.streams[0]?.on.broken();
    expect(w.view.connection).toBe("lost");
    expect(w.streams[0]?.open).toBe(false);
    await w.tick();
    expect(w.streams.map((s) => s.after)).toEqual([1, 2]);
    expect(w.view.connection).toBe("live");
  });

  it("keeps trying while the server is away, and says so", async () => {
    const w = world(doc(1, "running"));
    await w.settle();
    w.answers(new TypeError("fetch failed"));
    w.streams[0]?.on.broken();
    for (let i = 0; i < 3; i += 1) await w.tick();
    expect(w.failures).toHaveLength(3);
    w.answers(doc(9, "succeeded"));
    await w.tick();
    expect(w.view).toMatchObject({ connection: "closed", live: { status: "succeeded" } });
    expect(w.timers).toBe(0);
  });

  it("closes the stream when the run has ended and looks once more", async () => {
    const w = world(doc(1, "running"));
    await w.settle();
    w.answers(doc(2, "succeeded"));
    w.send(ended(2));
    expect(w.streams[0]?.open).toBe(false);
    await w.tick();
    expect(w.view.document.status).toBe("succeeded");
    expect(w.streams).toHaveLength(1);
  });

  it("follows again after a resume", async () => {
    const w = world(doc(5, "paused"));
    await w.settle();
    w.answers(doc(5, "queued"));
    await w.watch.refresh();
    expect(w.streams.map((s) => s.after)).toEqual([5]);
  });

  it("never goes back to an older document", async () => {
    const w = world(doc(5, "running"));
    await w.settle();
    w.answers(doc(4, "queued"));
    await w.watch.refresh();
    expect(w.view.document.seq).toBe(5);
  });

  it("says nothing more once it is closed", async () => {
    const w = world(doc(1, "running"));
    await w.settle();
    w.watch.close();
    const before = w.view;
    w.send(started(2));
    expect(w.view).toBe(before);
    expect(w.streams[0]?.open).toBe(false);
  });
});
