import { describe, expect, it } from "vitest";
import type { CallRow, RunRow } from "#lib/runtime/ports.ts";
import type { Subject } from "./journal.ts";
import { aCall, held, noCaps } from "./rows.ts";

const DAY = 86_400_000;

export const moneyRules = (journal: Subject) => {
  const spend = async (
    runId: string,
    key: string,
    call: Partial<CallRow>,
    outcome?: { costMicro: number; estimated?: boolean; state?: "completed" | "in_doubt" | "failed" },
    run: Partial<RunRow> = {},
  ) => {
    const j = journal();
    const epoch = (await j.getRun(runId))?.epoch ?? (await held(j, runId, { simulated: false, ...run }));
    await j.reserve(runId, epoch, aCall(runId, key, call), noCaps, []);
    if (outcome) await j.settle(key, epoch, { state: "completed", estimated: false, ...outcome }, []);
  };

  describe("the money report", () => {
    it("sums by day, graph, model and batch; simulated work is counted apart and costs nothing", async () => {
      const { money } = journal();
      await spend("a", "a1", { createdAt: DAY, reservedMicro: 10, model: "m1" }, { costMicro: 6 }, { graphId: "g1" });
      await spend("a", "a2", { createdAt: 2 * DAY + 5, reservedMicro: 10, model: "m2" }, { costMicro: 4 });
      await spend("b", "b1", { createdAt: 2 * DAY, reservedMicro: 10, model: "m1" }, undefined, {
        graphId: "g2",
        batchId: "batch-1",
        rowIndex: 0,
      });
      await spend(
        "s",
        "s1",
        { createdAt: 2 * DAY, reservedMicro: 0, model: "m1" },
        { costMicro: 0 },
        { graphId: "g1", simulated: true },
      );
      expect(await money.byDay(0)).toEqual([
        { day: 1, spentMicro: 6, calls: 1 },
        { day: 2, spentMicro: 14, calls: 2 },
      ]);
      expect(await money.byDay(2 * DAY)).toEqual([{ day: 2, spentMicro: 14, calls: 2 }]);
      expect(await money.byGraph(0, 9)).toMatchObject([
        { graphId: "g1", spentMicro: 10, calls: 2, simulatedCalls: 1, runs: 2 },
        { graphId: "g2", spentMicro: 10, calls: 1, simulatedCalls: 0, runs: 1 },
      ]);
      expect(await money.byModel(0, 1)).toEqual([{ model: "m1", spentMicro: 16, calls: 2, simulatedCalls: 1 }]);
      expect(await money.byBatch(0, 9)).toMatchObject([{ batchId: "batch-1", spentMicro: 10, runs: 1 }]);
      expect(await money.simulated(0)).toEqual({ calls: 1, runs: 1 });
    });

    it("tells what is on its way and what is in doubt, with what is held for it", async () => {
      const { money } = journal();
      expect(await money.openSums()).toEqual({
        open: { reservedMicro: 0, calls: 0 },
        inDoubt: { reservedMicro: 0, calls: 0 },
      });
      await spend("a", "a1", { createdAt: 1, reservedMicro: 10 });
      await spend("a", "a2", { createdAt: 2, reservedMicro: 20 }, { costMicro: 0, state: "in_doubt" });
      await spend("a", "a3", { createdAt: 3, reservedMicro: 30 }, { costMicro: 1 });
      expect(await money.openSums()).toEqual({
        open: { reservedMicro: 10, calls: 1 },
        inDoubt: { reservedMicro: 20, calls: 1 },
      });
      expect(await money.openCalls("open", 9)).toMatchObject([
        { key: "a1", runId: "a", state: "intent", runStatus: "running" },
      ]);
      expect(await money.openCalls("in_doubt", 9)).toMatchObject([{ key: "a2", reservedMicro: 20 }]);
    });

    it("sets what was reckoned against what was paid, run by run; unknown usage stands at its reservation", async () => {
      const { money } = journal();
      await spend("a", "a1", { createdAt: 1, reservedMicro: 10 }, { costMicro: 6 }, { createdAt: 1 });
      await spend("a", "a2", { createdAt: 1, reservedMicro: 10 }, { costMicro: 0, estimated: true });
      await spend("b", "b1", { createdAt: 2, reservedMicro: 8 }, { costMicro: 8 }, { createdAt: 2 });
      await spend("c", "c1", { createdAt: 2, reservedMicro: 8 }, undefined, { createdAt: 3 });
      await spend("s", "s1", { createdAt: 2, reservedMicro: 8 }, { costMicro: 0 }, { simulated: true });
      expect(await money.reconciled(0, 9)).toMatchObject([
        { runId: "b", calls: 1, reservedMicro: 8, costMicro: 8, unknownCalls: 0 },
        { runId: "a", calls: 2, reservedMicro: 20, costMicro: 16, unknownCalls: 1 },
      ]);
      expect(await money.reconciledSum(0)).toEqual({ reservedMicro: 28, costMicro: 24 });
    });

    it("gives the ledger page by page in the order it was written, each call once", async () => {
      const { money } = journal();
      for (const [n, key] of ["k1", "k2", "k3", "k4"].entries()) await spend("a", key, { createdAt: n < 2 ? 5 : 6 });
      const first = await money.ledger({ since: 0, until: 10 }, 3);
      expect(first.map(({ key }) => key)).toEqual(["k1", "k2", "k3"]);
      expect((await money.ledger({ since: 0, until: 10 }, 3, first[2])).map(({ key }) => key)).toEqual(["k4"]);
      expect(await money.ledger({ since: 0, until: 6 }, 9)).toHaveLength(2);
      expect(first[0]).toMatchObject({ runId: "a", state: "intent", estimated: false });
    });
  });
};
