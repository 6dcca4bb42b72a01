import { describe, expect, it } from "vitest";
import type { Subject } from "./journal.ts";
import { aRun } from "./rows.ts";

export const runRules = (journal: Subject) =>
  describe("runs", () => {
    it("gives back what was stored, without a trace of what was absent", async () => {
      const run = aRun("r", { batchId: "b", rowIndex: 3, budgetMicro: null });
      expect(await journal().createRun(run)).toEqual({ runId: "r", created: true });
      const row = await journal().getRun("r");
      expect(row).toEqual({ ...run, epoch: 0, lastSeq: 0 });
      expect(JSON.parse(JSON.stringify(row))).toEqual({ ...run, epoch: 0, lastSeq: 0 });
      expect(await journal().getRun("nobody")).toBeUndefined();
    });

    it("makes one run of one idempotency key, also when ten ask at once", async () => {
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, n) => journal().createRun(aRun(`r${n}`), "same-key")),
      );
      expect(answers.filter((answer) => answer.created)).toHaveLength(1);
      expect(new Set(answers.map((answer) => answer.runId)).size).toBe(1);
      expect(await journal().countRuns("queued")).toBe(1);
      expect(await journal().createRun(aRun("other"), "other-key")).toEqual({ runId: "other", created: true });
      expect(await journal().runOfKey("other-key")).toBe("other");
      expect(await journal().runOfKey("never-sent")).toBeUndefined();
    });

    it("makes one run of one row of a batch", async () => {
      await journal().createRun(aRun("r1", { batchId: "b", rowIndex: 0 }));
      expect(await journal().createRun(aRun("r2", { batchId: "b", rowIndex: 0 }))).toEqual({
        runId: "r1",
        created: false,
      });
      expect(await journal().createRun(aRun("r3", { batchId: "b", rowIndex: 1 }))).toMatchObject({ created: true });
      expect(await journal().createRun(aRun("r4", { batchId: "c", rowIndex: 0 }))).toMatchObject({ created: true });
    });

    it("refuses a second run of the same id", async () => {
      await journal().createRun(aRun("r"));
      await expect(journal().createRun(aRun("r"))).rejects.toThrow();
      expect(await journal().countRuns("queued")).toBe(1);
    });

    it("lists the newest first, page by page, also where times are equal", async () => {
      for (let n = 0; n < 7; n += 1) await journal().createRun(aRun(`r${n}`, { createdAt: n < 4 ? 500 : 1000 + n }));
      const seen: string[] = [];
      for (let before: string | undefined; ; ) {
        const page = await journal().listRuns({ limit: 2, before });
        seen.push(...page.map((run) => run.id));
        before = page.at(-1)?.id;
        if (page.length < 2) break;
      }
      expect(seen).toEqual(["r6", "r5", "r4", "r3", "r2", "r1", "r0"]);
      expect(await journal().listRuns({ limit: 2, before: "nobody" })).toEqual([]);
    });

    it("lists and counts by status", async () => {
      await journal().createRun(aRun("r1"));
      await journal().createRun(aRun("r2"));
      await journal().claim("w", 60_000, "r1");
      expect((await journal().listRuns({ limit: 9, status: "running" })).map((run) => run.id)).toEqual(["r1"]);
      expect(await journal().countRuns("queued")).toBe(1);
      expect(await journal().countRuns("failed")).toBe(0);
    });

    it("lists the rows of one batch, or only what is no row", async () => {
      await journal().createRun(aRun("alone", { createdAt: 1 }));
      await journal().createRun(aRun("row-1", { batchId: "b", rowIndex: 0, createdAt: 2 }));
      await journal().createRun(aRun("row-2", { batchId: "c", rowIndex: 0, createdAt: 3 }));
      const ids = async (batch?: string) => (await journal().listRuns({ limit: 9, batch })).map((run) => run.id);
      expect(await ids()).toEqual(["row-2", "row-1", "alone"]);
      expect(await ids("none")).toEqual(["alone"]);
      expect(await ids("b")).toEqual(["row-1"]);
    });

    it("lists the runs of one graph, page by page", async () => {
      for (let n = 0; n < 5; n += 1)
        await journal().createRun(aRun(`r${n}`, { graphId: n % 2 === 0 ? "even" : "odd", createdAt: 1000 + n }));
      const even = await journal().listRuns({ limit: 2, graphId: "even" });
      expect(even.map((run) => run.id)).toEqual(["r4", "r2"]);
      expect((await journal().listRuns({ limit: 2, graphId: "even", before: "r2" })).map((run) => run.id)).toEqual([
        "r0",
      ]);
      expect(await journal().listRuns({ limit: 2, graphId: "nobody's" })).toEqual([]);
    });

    it("RS-004 survives senseless page sizes", async () => {
      await journal().createRun(aRun("r1"));
      await journal().createRun(aRun("r2"));
      for (const limit of [-1, 0, Number.NaN, 0.5]) expect(await journal().listRuns({ limit })).toHaveLength(1);
      expect(await journal().listRuns({ limit: 1e9 })).toHaveLength(2);
    });
  });
