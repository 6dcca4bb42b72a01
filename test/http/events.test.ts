import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FrontServer, startFront, withJson } from "./front-server.ts";

let front: FrontServer;
beforeEach(async () => {
  front = await startFront({ heartbeatMs: 40 });
});
afterEach(() => front.close());

const start = async () =>
  String(((await (await front.fetch("/api/runs", withJson({ graph: {} }))).json()) as { runId: string }).runId);
const step = (nodeId: string) => ({ type: "step.queued", nodeId, pass: 0, items: 1 });
const open = (id: string, headers: Record<string, string> = {}, signal?: AbortSignal) =>
  front.fetch(`/api/runs/${id}/events`, { headers, signal });
const settled = async (check: () => boolean) => {
  for (let i = 0; i < 200 && !check(); i += 1) await new Promise((r) => setTimeout(r, 20));
  expect(check()).toBe(true);
};
const parse = (text: string) =>
  text
    .split("\n\n")
    .filter((block) => block !== "" && !block.startsWith(":"))
    .map((block) => {
      const field = (name: string) =>
        block
          .split("\n")
          .filter((l) => l.startsWith(`${name}: `))
          .map((l) => l.slice(name.length + 2));
      return { event: field("event")[0], id: field("id")[0], data: field("data"), lines: block.split("\n").length };
    });

describe("the event stream of a run", () => {
  it("sends what was stored, then what happens, and ends with the run", async () => {
    const id = await start();
    front.studio.push(id, { type: "run.started" }, "running");
    const answer = await open(id);
    expect(answer.headers.get("content-type")).toMatch(/^text\/event-stream/);
    expect(answer.headers.get("x-accel-buffering")).toBe("no");
    expect(answer.headers.get("cache-control")).toContain("no-cache");
    front.studio.push(id, step("a"));
    front.studio.push(id, { type: "step.partial", url: "/x" });
    front.studio.push(id, { type: "run.ended", status: "succeeded" }, "succeeded");
    const events = parse(await answer.text());
    expect(events.map((e) => [e.event, e.id])).toEqual([
      ["run.started", "1"],
      ["step.queued", "2"],
      ["step.partial", undefined],
      ["run.ended", "3"],
    ]);
    expect(JSON.parse(events[1]?.data[0] ?? "")).toMatchObject({ seq: 2, runId: id, type: "step.queued", nodeId: "a" });
  });

  it("goes on after Last-Event-ID without a gap or a repeat", async () => {
    const id = await start();
    for (const node of ["a", "b", "c", "d"]) front.studio.push(id, step(node), "running");
    front.studio.push(id, { type: "run.ended" }, "succeeded");
    const ids = async (headers: Record<string, string>, query = "") =>
      parse(await (await front.fetch(`/api/runs/${id}/events${query}`, { headers })).text()).map((e) => e.id);
    expect(await ids({ "last-event-id": "2" })).toEqual(["3", "4", "5"]);
    expect(await ids({}, "?after=3")).toEqual(["4", "5"]);
    expect(await ids({ "last-event-id": "4" }, "?after=1")).toEqual(["5"]);
    expect(await ids({ "last-event-id": "5" })).toEqual([]);
    expect((await open(id, { "last-event-id": "latest" })).status).toBe(422);
  });

  it("SE-006 keeps line breaks and look-alike fields of a prompt inside one data line", async () => {
    const id = await start();
    front.studio.push(
      id,
      { ...step("a"), why: 'x\n\nevent: run.ended\ndata: {"status":"succeeded"}\r\rid: 99' },
      "running",
    );
    front.studio.push(id, { type: "run.ended" }, "failed");
    const events = parse(await (await open(id)).text());
    expect(events.map((e) => [e.event, e.id, e.data.length, e.lines])).toEqual([
      ["step.queued", "1", 1, 3],
      ["run.ended", "2", 1, 3],
    ]);
  });

  it("SE-007 says something while nothing happens", async () => {
    const id = await start();
    front.studio.push(id, { type: "run.started" }, "running");
    const reader = (await open(id)).body?.getReader();
    let text = "";
    while (text.split(": still here").length < 4) text += new TextDecoder().decode((await reader?.read())?.value);
    await reader?.cancel();
  });

  it("stays open while the run waits for a person, and goes on after the answer", async () => {
    const id = await start();
    front.studio.push(id, { type: "run.waiting", steps: ["review@0"] }, "waiting");
    const stream = open(id).then((answer) => answer.text());
    await settled(() => front.studio.readers === 0);
    front.studio.push(id, step("after"), "running");
    front.studio.push(id, { type: "run.ended" }, "succeeded");
    expect(parse(await stream).map((e) => e.event)).toEqual(["run.waiting", "step.queued", "run.ended"]);
  });

  it("lets go of the run when the client leaves", async () => {
    const id = await start();
    front.studio.push(id, { type: "run.started" }, "running");
    const gone = new AbortController();
    await open(id, {}, gone.signal);
    await settled(() => front.studio.readers === 1);
    gone.abort();
    await settled(() => front.studio.readers === 0);
  });

  it("SE-003 takes 20 streams of one caller, and another once one is closed", async () => {
    const id = await start();
    front.studio.push(id, { type: "run.started" }, "running");
    const doors = Array.from({ length: 20 }, () => new AbortController());
    const streams = await Promise.all(doors.map((door) => open(id, {}, door.signal)));
    expect(streams.map((s) => s.status)).toEqual(Array(20).fill(200));
    const late = await open(id);
    expect([late.status, late.headers.get("retry-after")]).toEqual([429, "2"]);
    expect((await front.fetch("/api/health")).status).toBe(200);
    doors[0]?.abort();
    await settled(() => front.studio.readers === 19);
    expect((await open(id, {}, AbortSignal.timeout(2_000))).status).toBe(200);
    for (const door of doors) door.abort();
    expect(streams).toHaveLength(20);
  });

  it("SE-008 reads no further ahead than a slow client takes", async () => {
    const id = await start();
    const big = "x".repeat(64 * 1024);
    for (let i = 0; i < 400; i += 1) front.studio.push(id, { ...step("a"), why: big }, "running");
    const answer = await open(id);
    const reader = answer.body?.getReader();
    await reader?.read();
    const before = process.memoryUsage().arrayBuffers + process.memoryUsage().external;
    await new Promise((r) => setTimeout(r, 300));
    const grown = process.memoryUsage().arrayBuffers + process.memoryUsage().external - before;
    expect(grown).toBeLessThan(16 * 1024 * 1024);
    await reader?.cancel();
  });
});
