import { describe, expect, it } from "vitest";
import { Fenced } from "#lib/runtime/ports.ts";
import type { Subject } from "./journal.ts";
import { anEntry, aResult, aStep, asset, held, skipped } from "./rows.ts";

export const writeRules = (journal: Subject) =>
  describe("writes", () => {
    it("writes everything of a write and gives it back", async () => {
      const epoch = await held(journal(), "r");
      const turn = { responseId: "resp_1", depth: 1, provider: "simulator", createdAt: 5, asset: asset("a") };
      const turnRow = {
        responseId: "resp_1",
        provider: "simulator",
        prompt: "a sneaker",
        stored: true,
        turn,
        createdAt: 5,
      };
      const info = { asset: asset("a"), bytes: 10, mediaType: "image/png", width: 3, height: 4 };
      const parts = { version: 1, take: 1, fields: { size: "x" }, inputs: {} };
      const step = aStep("hero", {
        state: "done",
        cached: true,
        outputs: { text: [{ kind: "text", text: "hi" }] },
        warnings: ["w"],
        rehydrated: false,
        costMicro: 7,
        calls: 1,
        startedAt: 1,
        endedAt: 2,
      });
      await journal().write("r", epoch, {
        run: { startedAt: 42 },
        steps: [step],
        results: [aResult("k", "r", { warnings: ["odd"], rehydrated: true })],
        turns: [turnRow],
        assets: [info],
        memory: [{ nodeId: "hero", runId: "r", parts }],
        entries: [anEntry("e1", { tags: ["web"], record: { prompt: "p" } })],
        events: [skipped("a"), skipped("b")],
      });
      expect(await journal().getRun("r")).toMatchObject({ startedAt: 42, lastSeq: 2, status: "running" });
      expect(await journal().steps("r")).toEqual([step]);
      expect((await journal().results(["k", "unknown"])).get("k")).toEqual(
        aResult("k", "r", { warnings: ["odd"], rehydrated: true }),
      );
      expect(await journal().turn("resp_1")).toEqual(turnRow);
      expect(await journal().assetInfo(asset("a"))).toEqual(info);
      expect((await journal().memory("sneaker-hero")).get("hero")).toEqual({ nodeId: "hero", runId: "r", parts });
      expect(await journal().entry("e1")).toEqual(anEntry("e1", { tags: ["web"], record: { prompt: "p" } }));
      expect(await journal().events("r", 0, 10)).toMatchObject([
        { seq: 1, runId: "r", type: "step.skipped", nodeId: "a", pass: 0, why: "no items" },
        { seq: 2, nodeId: "b" },
      ]);
    });

    it("writes all or nothing", async () => {
      const epoch = await held(journal(), "r");
      const bad = aStep("bad", { why: undefined as unknown as string });
      const write = { steps: [aStep("good"), bad], events: [skipped("a")], results: [aResult("k", "r")] };
      await expect(journal().write("r", epoch, write)).rejects.toThrow();
      expect(await journal().steps("r")).toEqual([]);
      expect((await journal().results(["k"])).size).toBe(0);
      expect((await journal().getRun("r"))?.lastSeq).toBe(0);
      await journal().write("r", epoch, { events: [skipped("a")] });
      expect(await journal().events("r", 0, 10)).toHaveLength(1);
    });

    it("numbers events from 1 without gaps when many write at once, and pages them", async () => {
      const epoch = await held(journal(), "r");
      await Promise.all(
        Array.from({ length: 40 }, (_, n) =>
          journal().write("r", epoch, { steps: [aStep(`n${n}`)], events: [skipped(`n${n}`), skipped(`m${n}`)] }),
        ),
      );
      const events = await journal().events("r", 0, 1000);
      expect(events.map((event) => event.seq)).toEqual(Array.from({ length: 80 }, (_, n) => n + 1));
      expect((await journal().events("r", 77, 2)).map((event) => event.seq)).toEqual([78, 79]);
      expect(await journal().events("r", 80, 2)).toEqual([]);
      expect(await journal().steps("r")).toHaveLength(40);
    });

    it("stores more events than one statement can carry", async () => {
      const epoch = await held(journal(), "r");
      await journal().write("r", epoch, { events: Array.from({ length: 1234 }, (_, n) => skipped(`n${n}`)) });
      expect((await journal().events("r", 1233, 5)).map((event) => event.seq)).toEqual([1234]);
    });

    it("never stores transient events, and spends no number on them", async () => {
      const epoch = await held(journal(), "r");
      const progress = { type: "step.progress", nodeId: "a", pass: 0, item: 0 } as const;
      await journal().write("r", epoch, { events: [progress, skipped("a"), progress] });
      expect(await journal().events("r", 0, 10)).toMatchObject([{ seq: 1, type: "step.skipped" }]);
    });

    it("refuses every write of a worker that lost its run or ended it", async () => {
      const epoch = await held(journal(), "r");
      await expect(journal().write("r", epoch - 1, { events: [skipped("a")] })).rejects.toThrow(Fenced);
      await expect(journal().write("nobody", 1, {})).rejects.toThrow(Fenced);
      await journal().write("r", epoch, { run: { status: "succeeded" } });
      await expect(journal().write("r", epoch, { steps: [aStep("late")] })).rejects.toThrow(Fenced);
      expect(await journal().steps("r")).toEqual([]);
    });

    it("I1: a done step keeps its result whatever is written later, until it is deleted", async () => {
      const epoch = await held(journal(), "r");
      const done = aStep("hero", { state: "done", outputs: { text: [{ kind: "text", text: "first" }] } });
      await journal().write("r", epoch, { steps: [aStep("hero")] });
      await journal().write("r", epoch, { steps: [done] });
      await journal().write("r", epoch, { steps: [aStep("hero", { state: "failed" })] });
      await journal().write("r", epoch, { steps: [{ ...done, outputs: {} }] });
      expect(await journal().steps("r")).toEqual([done]);
      await journal().write("r", epoch, { deleteSteps: [{ nodeId: "hero", pass: 0 }] });
      expect(await journal().steps("r")).toEqual([]);
      await journal().write("r", epoch, { steps: [aStep("hero"), aStep("hero", { pass: 1 })] });
      expect(await journal().steps("r")).toHaveLength(2);
    });

    it("ends a run with a time, a reason or an error, and lets go of it", async () => {
      const epoch = await held(journal(), "r");
      const error = { code: "moderation", message: "refused" };
      await journal().write("r", epoch, { run: { status: "failed", error } });
      const row = await journal().getRun("r");
      expect(row).toMatchObject({ status: "failed", error });
      expect(row?.endedAt).toBeGreaterThan(0);
      expect(row?.leaseOwner ?? row?.leaseUntil).toBeUndefined();
    });

    it("clears a reason and an error with null and keeps them when not mentioned", async () => {
      const epoch = await held(journal(), "r");
      const error = { code: "x", message: "y" };
      await journal().write("r", epoch, { run: { reason: "disk", error } });
      await journal().write("r", epoch, { run: { startedAt: 1 } });
      expect(await journal().getRun("r")).toMatchObject({ reason: "disk", error });
      await journal().write("r", epoch, { run: { reason: null, error: null } });
      const row = await journal().getRun("r");
      expect(row?.reason ?? row?.error).toBeUndefined();
    });

    it("remembers the newest parts of a node per graph", async () => {
      const epoch = await held(journal(), "r");
      const parts = (take: number) => ({ version: 1, take, fields: {}, inputs: {} });
      await journal().write("r", epoch, { memory: [{ nodeId: "hero", runId: "r0", parts: parts(1) }] });
      await journal().write("r", epoch, { memory: [{ nodeId: "hero", runId: "r", parts: parts(2) }] });
      expect([...(await journal().memory("sneaker-hero")).values()]).toEqual([
        { nodeId: "hero", runId: "r", parts: parts(2) },
      ]);
      expect((await journal().memory("other-graph")).size).toBe(0);
    });

    it("replaces a result that was made again, because the older one could not be used", async () => {
      const epoch = await held(journal(), "r");
      await journal().write("r", epoch, { results: [aResult("k", "r0")] });
      await journal().write("r", epoch, { results: [aResult("k", "r", { costMicro: 9 })] });
      expect((await journal().results(["k"])).get("k")).toMatchObject({ runId: "r", costMicro: 9 });
    });

    it("finds many results at once", async () => {
      const epoch = await held(journal(), "r");
      const keys = Array.from({ length: 900 }, (_, n) => `k${n}`);
      await journal().write("r", epoch, { results: keys.map((key) => aResult(key, "r")) });
      expect((await journal().results([...keys, "unknown"])).size).toBe(900);
      expect((await journal().results([])).size).toBe(0);
    });
  });
