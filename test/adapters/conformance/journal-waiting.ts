import { describe, expect, it } from "vitest";
import type { Subject } from "./journal.ts";
import { aStep, held } from "./rows.ts";

export const waitingRules = (journal: Subject) =>
  describe("what waits for people", () => {
    const waits = async (runId: string, steps: [nodeId: string, since: number][]) => {
      const epoch = await held(journal(), runId);
      await journal().write(runId, epoch, {
        run: { status: "waiting", releaseLease: true },
        steps: steps.map(([nodeId, endedAt]) => aStep(nodeId, { state: "waiting", endedAt })),
      });
    };

    it("is listed over all runs, what began to wait last first, page by page without gap or repetition", async () => {
      await waits("a", [
        ["one", 10],
        ["two", 30],
      ]);
      await waits("b", [
        ["one", 20],
        ["two", 30],
      ]);
      const all = await journal().waitingSteps({ limit: 10 });
      expect(all.map(({ runId, nodeId, since }) => [runId, nodeId, since])).toEqual([
        ["b", "two", 30],
        ["a", "two", 30],
        ["b", "one", 20],
        ["a", "one", 10],
      ]);
      const first = await journal().waitingSteps({ limit: 3 });
      const second = await journal().waitingSteps({ limit: 3, before: first.at(-1) });
      expect([...first, ...second]).toEqual(all);
      expect(await journal().countWaiting()).toBe(4);
    });

    it("is no more once it is answered or its run has ended", async () => {
      await waits("a", [["one", 10]]);
      await waits("b", [["one", 20]]);
      await waits("c", [["one", 30]]);
      await journal().answerStep("a", "one", 0, "yes");
      await journal().requestCancel("b");
      expect((await journal().waitingSteps({ limit: 10 })).map(({ runId }) => runId)).toEqual(["c"]);
      expect(await journal().countWaiting()).toBe(1);
    });

    it("keeps who decided and when, whatever a worker writes afterwards", async () => {
      await waits("a", [["one", 10]]);
      await journal().answerStep("a", "one", 0, "yes", "Anna, by a link");
      expect(await journal().answerStep("a", "one", 0, "no", "somebody else")).toBe("already");
      const run = await journal().claim("w", 60_000, "a");
      await journal().write("a", run?.epoch ?? 0, { steps: [aStep("one", { state: "done", outputs: {} })] });
      expect((await journal().steps("a"))[0]).toMatchObject({
        state: "done",
        answer: "yes",
        answeredBy: "Anna, by a link",
        answeredAt: expect.any(Number),
      });
    });
  });
