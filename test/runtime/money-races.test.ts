import { describe, expect, it } from "vitest";
import { scriptedProvider } from "./scripted-provider.ts";
import { edge, graph, node, openTestStudio } from "./test-studio.ts";

const row = (tag: string, count: number) =>
  graph(
    [
      node("words", "text", { text: tag }),
      ...Array.from({ length: count }, (_, index) => node(`draw${index}`, "generate", {}, { take: index + 1 })),
    ],
    Array.from({ length: count }, (_, index) => edge("words.text", `draw${index}.prompt`)),
  );

describe("money while a run goes on", () => {
  it("BU-005 a cap below what is spent lets nothing new be sent, and what was drawn is kept", async () => {
    const { provider, sent } = scriptedProvider();
    const { studio, go } = await openTestStudio(provider, { concurrency: 1 });
    const first = await go(row("capped", 4), { budgetMicro: 45_000 });
    expect(first).toMatchObject({ status: "paused", reason: "budget" });
    const paid = sent.length;
    expect(paid).toBeGreaterThan(1);
    await studio.resume(first.runId, { budgetMicro: 5_000 });
    await studio.drive(first.runId);
    const lowered = await studio.run(first.runId);
    expect(lowered).toMatchObject({ status: "paused", reason: "budget", paidCalls: paid, costUsd: paid * 0.01 });
    expect(sent.length).toBe(paid);
    await studio.resume(first.runId, { budgetMicro: null });
    await studio.drive(first.runId);
    expect(await studio.run(first.runId)).toMatchObject({ status: "succeeded", paidCalls: 4 });
  });

  it("BU-005 many branches at once never reserve more than the cap, in any order of settling", async () => {
    const { provider, sent } = scriptedProvider({ latencyMs: 3 });
    const { go, journal } = await openTestStudio(provider, { concurrency: 16 });
    const run = await go(row("crowd", 16), { budgetMicro: 70_000 });
    expect(run).toMatchObject({ status: "paused", reason: "budget" });
    const calls = await journal.callsOfRun(run.runId);
    expect(calls.reduce((sum, call) => sum + call.costMicro, 0)).toBeLessThanOrEqual(70_000);
    expect(calls.length).toBe(sent.length);
  });

  it("CO-008 a cancel that races with paid calls leaves one end, and every call that was sent is in the ledger with its cost", async () => {
    const fake = scriptedProvider({ latencyMs: 1 });
    const { studio, journal } = await openTestStudio(fake.provider);
    const ends = new Set<string>();
    for (let trial = 0; trial < 60; trial += 1) {
      const before = fake.sent.length;
      const { runId } = await studio.startRun({ graph: row(`race ${trial}`, 2) });
      const driven = studio.drive(runId);
      await new Promise((resolve) => setTimeout(resolve, trial % 24));
      await studio.cancel(runId);
      await driven;
      const run = await studio.run(runId);
      ends.add(run?.status ?? "none");
      const calls = await journal.callsOfRun(runId);
      expect(calls.length).toBe(fake.sent.length - before);
      expect(calls.map((call) => call.state).filter((state) => state === "intent")).toEqual([]);
      const events = await journal.events(runId, 0, 1000);
      expect(events.filter((event) => event.type === "run.ended").length).toBe(1);
      expect(Math.round((run?.costUsd ?? 0) * 1e6)).toBe(calls.reduce((sum, call) => sum + call.costMicro, 0));
    }
    expect([...ends].filter((end) => end !== "cancelled" && end !== "succeeded")).toEqual([]);
  }, 60_000);
});
