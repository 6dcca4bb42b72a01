import { describe, expect, it } from "vitest";
import { Fenced } from "#lib/runtime/ports.ts";
import type { Subject } from "./journal.ts";
import { aCall, aRun, aStep, held, noCaps, skipped } from "./rows.ts";

export const decisionRules = (journal: Subject) =>
  describe("decisions", () => {
    it("cancels a queued run at once, and says so in its events", async () => {
      await journal().createRun(aRun("r"));
      expect(await journal().requestCancel("r")).toMatchObject({ status: "cancelled", lastSeq: 1 });
      expect(await journal().events("r", 0, 10)).toMatchObject([{ seq: 1, type: "run.ended", status: "cancelled" }]);
      expect((await journal().getRun("r"))?.endedAt).toBeGreaterThan(0);
      expect(await journal().claim("w", 60_000)).toBeUndefined();
      expect(await journal().requestCancel("nobody")).toBeUndefined();
    });

    it("only marks a running run, whose worker must settle it", async () => {
      const epoch = await held(journal(), "r");
      const asked = await journal().requestCancel("r");
      expect(asked).toMatchObject({ status: "running", lastSeq: 0 });
      expect(asked?.cancelRequestedAt).toBeGreaterThan(0);
      await journal().write("r", epoch, { run: { status: "cancelled" } });
      expect(await journal().requestCancel("r")).toMatchObject({ status: "cancelled" });
    });

    it("cancels a waiting run with its waiting steps; done steps stay", async () => {
      const epoch = await held(journal(), "r");
      const waiting = { state: "waiting", items: [{ index: 0, state: "waiting", cached: false }] } as const;
      await journal().write("r", epoch, {
        run: { status: "waiting" },
        steps: [
          aStep("made", { state: "done", outputs: {} }),
          aStep("review", { ...waiting, items: [...waiting.items] }),
        ],
        events: [skipped("x"), { type: "run.waiting", steps: ["review@0"] }],
      });
      expect(await journal().requestCancel("r")).toMatchObject({ status: "cancelled" });
      const steps = new Map((await journal().steps("r")).map((step) => [step.nodeId, step]));
      expect(steps.get("made")?.state).toBe("done");
      expect(steps.get("review")).toMatchObject({ state: "cancelled", items: [{ state: "cancelled" }] });
      expect((await journal().events("r", 2, 10)).map((event) => [event.seq, event.type])).toEqual([
        [3, "step.failed"],
        [4, "run.ended"],
      ]);
    });

    it("BU-005 puts a paused run back with a changed budget and a changed policy", async () => {
      const epoch = await held(journal(), "r");
      await journal().requestCancel("r");
      await journal().write("r", epoch, {
        run: { status: "paused", reason: "budget", error: { code: "budget", message: "spent" }, endedAt: 5 },
      });
      expect(await journal().getRun("r")).toMatchObject({ status: "paused", reason: "budget" });
      const row = await journal().requeue("r", { budgetMicro: 9_000_000, inDoubt: "retry" });
      expect(row).toMatchObject({ status: "queued", budgetMicro: 9_000_000, params: { inDoubt: "retry" } });
      expect(row?.params.inputs).toEqual({ product: "trail sneaker" });
      for (const gone of ["reason", "error", "cancelRequestedAt", "endedAt", "leaseOwner", "leaseUntil"] as const)
        expect(row?.[gone]).toBeUndefined();
      expect(await journal().claim("w", 60_000)).toMatchObject({ id: "r", epoch: epoch + 1 });
    });

    it("takes null for no budget and leaves what is not mentioned", async () => {
      const epoch = await held(journal(), "r");
      await journal().write("r", epoch, { run: { status: "failed" } });
      expect(await journal().requeue("r", {})).toMatchObject({ budgetMicro: 5_000_000, params: { inDoubt: "hold" } });
      expect((await journal().requeue("r", { budgetMicro: null }))?.budgetMicro).toBeNull();
    });

    it("puts an orphan back, but not a live, waiting or unknown run; a succeeded one stays", async () => {
      const live = await held(journal(), "live");
      expect(await journal().requeue("live", {})).toBeUndefined();
      await journal().heartbeat("live", live, 0);
      expect(await journal().requeue("live", {})).toMatchObject({ status: "queued" });
      await expect(journal().write("live", live, { events: [skipped("x")] })).rejects.toThrow(Fenced);
      const waiting = await held(journal(), "waiting");
      await journal().write("waiting", waiting, { run: { status: "waiting" } });
      expect(await journal().requeue("waiting", {})).toBeUndefined();
      const done = await held(journal(), "done");
      await journal().write("done", done, { run: { status: "succeeded" } });
      expect(await journal().requeue("done", { budgetMicro: 1 })).toMatchObject({
        status: "succeeded",
        budgetMicro: 5_000_000,
      });
      expect(await journal().requeue("nobody", {})).toBeUndefined();
    });

    it("records one answer of a waiting step and wakes its run", async () => {
      const epoch = await held(journal(), "r");
      await journal().write("r", epoch, {
        run: { status: "waiting", releaseLease: true },
        steps: [aStep("review", { state: "waiting", question: { text: "good?" } }), aStep("other")],
      });
      expect(await journal().answerStep("r", "other", 0, {})).toBe("not-waiting");
      expect(await journal().answerStep("r", "review", 1, {})).toBe("unknown");
      expect(await journal().answerStep("nobody", "review", 0, {})).toBe("unknown");
      const answers = await Promise.all(
        ["a", "b", "c"].map((notes) => journal().answerStep("r", "review", 0, { notes })),
      );
      expect(answers.toSorted()).toEqual(["already", "already", "answered"]);
      const run = await journal().claim("w", 60_000);
      expect(run).toMatchObject({ id: "r", epoch: epoch + 1 });
      const review = (await journal().steps("r")).find((step) => step.nodeId === "review");
      expect(review).toMatchObject({ state: "waiting", question: { text: "good?" } });
      expect(review?.answer).toEqual({ notes: ["a", "b", "c"][answers.indexOf("answered")] });
    });

    it("does not lose an answer given while the worker was still busy", async () => {
      const epoch = await held(journal(), "r");
      await journal().write("r", epoch, { steps: [aStep("review", { state: "waiting" })] });
      expect(await journal().answerStep("r", "review", 0, "yes")).toBe("answered");
      await journal().write("r", epoch, { steps: [aStep("review", { state: "waiting" })] });
      await journal().write("r", epoch, { run: { status: "waiting", releaseLease: true } });
      expect(await journal().getRun("r")).toMatchObject({ status: "queued" });
      expect((await journal().steps("r"))[0]?.answer).toBe("yes");
    });

    it("lets a run wait in peace when nobody has answered", async () => {
      const epoch = await held(journal(), "r");
      await journal().write("r", epoch, {
        run: { status: "waiting" },
        steps: [
          aStep("answered-before", { state: "done", outputs: {}, answer: "yes" }),
          aStep("b", { state: "waiting" }),
        ],
      });
      expect((await journal().getRun("r"))?.status).toBe("waiting");
      expect(await journal().answerStep("r", "answered-before", 0, "no")).toBe("already");
    });

    it("takes no answer for a run that has ended", async () => {
      const epoch = await held(journal(), "r");
      await journal().write("r", epoch, {
        run: { status: "cancelled" },
        steps: [aStep("review", { state: "waiting" })],
      });
      expect(await journal().answerStep("r", "review", 0, "yes")).toBe("not-waiting");
    });

    it("says what a cancelled run has cost", async () => {
      const epoch = await held(journal(), "r");
      await journal().reserve("r", epoch, aCall("r", "k"), noCaps, []);
      await journal().settle("k", epoch, { state: "completed", costMicro: 40_000, estimated: false }, []);
      await journal().write("r", epoch, { run: { status: "paused", reason: "quota" } });
      await journal().requestCancel("r");
      expect((await journal().events("r", 0, 10)).at(-1)).toMatchObject({ type: "run.ended", costUsd: 0.04 });
    });
  });
