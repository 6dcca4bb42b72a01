import { describe, expect, it } from "vitest";
import type { Journal, NewBatchRow } from "#lib/runtime/ports.ts";
import type { Subject } from "./journal.ts";
import { aCall, aRun, aStep, asset } from "./rows.ts";

const row = (cell: string, todo: NewBatchRow["todo"] = "start"): NewBatchRow => ({ cells: [cell], todo });
const aBatch = (id: string, over: Partial<Parameters<Journal["batches"]["create"]>[0]> = {}) => ({
  id,
  name: "Spring",
  graphHash: "graph-hash",
  graphId: "sneaker-hero",
  graphName: "Sneaker hero",
  tableHash: "table",
  planHash: `plan of ${id}`,
  columns: ["product"],
  inputs: [],
  options: { map: { product: "product" }, shared: {}, rowBudgetMicro: null },
  inDoubt: "hold" as const,
  budgetMicro: null,
  simulated: true,
  createdAt: 1_000,
  ...over,
});
const never = { twinMs: 0 };

export const batchRules = (journal: Subject) => {
  const store = () => journal().batches;
  const made = async (id: string, rows: NewBatchRow[], over: Partial<ReturnType<typeof aBatch>> = {}) => {
    await store().create(aBatch(id, over), rows, never);
  };
  const runOf = (batchId: string, rowIndex: number, id: string) => aRun(id, { batchId, rowIndex, budgetMicro: null });
  /** Starts a row and brings its run to rest. */
  const played = async (
    batchId: string,
    index: number,
    id: string,
    status: "succeeded" | "failed" | "paused" | "waiting",
    reason?: "budget" | "quota",
  ) => {
    const { revision } = (await store().row(batchId, index))!;
    expect(await store().start(batchId, index, revision, runOf(batchId, index, id))).toBe(true);
    const { epoch } = (await journal().claim("worker", 60_000, id))!;
    const error = status === "failed" ? { code: "moderation", message: "Refused." } : null;
    await journal().write(id, epoch, { run: { status, reason, error, releaseLease: true } });
  };
  const statuses = async (id: string) => (await store().rows(id, { from: 0, limit: 99 })).map(({ status }) => status);

  describe("batches", () => {
    it("gives the first batch for the same key, and without one for the same plan sent again at once", async () => {
      const first = await store().create(aBatch("a", { planHash: "p" }), [row("x")], { twinMs: 1_000 });
      expect(first).toEqual({ batchId: "a", created: true });
      expect(await store().create(aBatch("b", { planHash: "p" }), [row("x")], { twinMs: 60_000 })).toEqual({
        batchId: "a",
        created: false,
      });
      expect(
        await store().create(aBatch("c", { planHash: "other" }), [row("y")], { key: "k", twinMs: 0 }),
      ).toMatchObject({ created: true });
      expect(await store().create(aBatch("d", { planHash: "third" }), [row("z")], { key: "k", twinMs: 0 })).toEqual({
        batchId: "c",
        created: false,
      });
      expect(
        await store().create(aBatch("e", { planHash: "p" }), [row("x")], { key: "k2", twinMs: 60_000 }),
      ).toMatchObject({ created: true });
    });

    it("keeps rows in order with their cells, page by page and by status", async () => {
      await made("a", [row("one"), row("two", "nothing"), row("three")]);
      expect((await store().rows("a", { from: 1, limit: 2 })).map(({ index, cells }) => [index, cells])).toEqual([
        [1, ["two"]],
        [2, ["three"]],
      ]);
      expect((await store().rows("a", { from: 0, limit: 9, status: "empty" })).map(({ index }) => index)).toEqual([1]);
      expect(await store().counts("a")).toMatchObject({ empty: 1, queued: 2, succeeded: 0 });
      expect(await store().get("a")).toMatchObject({ status: "queued", total: 3 });
      expect(await store().get("nobody")).toBeUndefined();
    });

    it("a row follows its run, and the batch its rows, without anybody else's doing", async () => {
      await made("a", [row("one"), row("two")]);
      await store().start("a", 0, 1, runOf("a", 0, "r0"));
      expect(await statuses("a")).toEqual(["queued", "queued"]);
      expect(await store().flying("a")).toEqual(["r0"]);
      const { epoch } = (await journal().claim("worker", 60_000, "r0"))!;
      expect(await statuses("a")).toEqual(["running", "queued"]);
      expect((await store().get("a"))?.status).toBe("running");
      await journal().write("r0", epoch, {
        run: { status: "failed", error: { code: "moderation", message: "Refused." } },
      });
      expect(await store().row("a", 0)).toMatchObject({ status: "failed", error: { code: "moderation" }, runId: "r0" });
      expect((await store().get("a"))?.status).toBe("running");
      await played("a", 1, "r1", "succeeded");
      expect(await store().get("a")).toMatchObject({ status: "failed", endedAt: expect.any(Number) });
      await journal().requeue("r0", {});
      expect((await store().get("a"))?.status).toBe("running");
      expect(await statuses("a")).toEqual(["queued", "succeeded"]);
    });

    it.each([
      ["waiting", [["waiting"], ["failed"], ["succeeded"]], undefined],
      ["paused", [["paused", "budget"], ["waiting"], ["failed"]], "budget"],
      ["succeeded", [["succeeded"], ["succeeded"], ["succeeded"]], undefined],
    ] as const)("rests as %s when its rows came to that", async (status, plays, reason) => {
      await made(
        "a",
        plays.map((_, n) => row(String(n))),
      );
      for (const [n, [to, why]] of plays.entries()) await played("a", n, `r${n}`, to, why);
      expect(await store().get("a")).toMatchObject({ status, ...(reason ? { reason } : {}) });
    });

    it("a row is started once, with the cells that were read, and not after it was called off", async () => {
      await made("a", [row("one"), row("two")]);
      const [one, two] = await Promise.all([
        store().start("a", 0, 1, runOf("a", 0, "r0")),
        store().start("a", 0, 1, runOf("a", 0, "again")),
      ]);
      expect([one, two]).toEqual([true, false]);
      expect(await journal().getRun("again")).toBeUndefined();
      await store().edit("a", 1, { cells: ["new"], run: false });
      expect(await store().start("a", 1, 1, runOf("a", 1, "r1"))).toBe(false);
      expect(await store().start("a", 1, 2, runOf("a", 1, "r1"))).toBe(true);
      await store().cancel("a");
      expect(await store().fail("a", 1, 2, { code: "x", message: "x" })).toBe(false);
    });

    it("gives rows to do in order, none that somebody has in hand, and none that is held", async () => {
      await made("a", [row("one"), row("two"), row("three", "nothing"), row("four")]);
      expect((await store().due("a", 2, new Set([0]))).map(({ index }) => index)).toEqual([1, 3]);
      expect((await store().active()).map(({ id }) => id)).toEqual(["a"]);
      await store().hold("a", "person");
      expect(await store().active()).toEqual([]);
      expect(await store().get("a")).toMatchObject({ status: "paused", reason: "person" });
      expect(await store().choose("a", "unfinished", {})).toBe(3);
      expect((await store().active()).map(({ id }) => id)).toEqual(["a"]);
    });

    it("no further row is started once the provider's quota is used up", async () => {
      await made("a", [row("one"), row("two")]);
      await played("a", 0, "r0", "paused", "quota");
      expect(await store().get("a")).toMatchObject({ status: "paused", reason: "quota", hold: "quota" });
      expect(await store().active()).toEqual([]);
      await store().choose("a", "unfinished", {});
      expect((await store().due("a", 9, new Set())).map(({ index, todo }) => [index, todo])).toEqual([
        [0, "resume"],
        [1, "start"],
      ]);
    });

    it("an edited row is stale, runs anew, and no longer listens to its old run", async () => {
      await made("a", [row("one"), row("two")]);
      await played("a", 0, "r0", "failed");
      await played("a", 1, "r1", "succeeded");
      expect(await store().edit("a", 0, { cells: ["uno"], pictures: { p: asset("a") }, run: false })).toMatchObject({
        row: { status: "stale", cells: ["uno"], runId: "r0", todo: "nothing" },
      });
      await journal().requeue("r0", {});
      expect(await statuses("a")).toEqual(["stale", "succeeded"]);
      expect(await store().choose("a", "stale", {})).toBe(1);
      expect(await store().due("a", 9, new Set())).toMatchObject([
        { index: 0, todo: "start", pictures: { p: asset("a") } },
      ]);
      expect(await store().start("a", 0, 2, runOf("a", 0, "r2"))).toBe(true);
      expect(await store().edit("a", 0, { cells: ["x"], run: false })).toBe("busy");
      expect(await store().edit("a", 7, { cells: ["x"], run: false })).toBe("unknown");
      expect([...(await journal().referencedAssets())]).toContain(asset("a"));
    });

    it.each([
      ["failed", [1]],
      ["empty", [2, 3]],
      ["stale", [4]],
      ["all", [0, 1, 2, 3, 4]],
      ["unfinished", [1, 3]],
      [
        [0, 4],
        [0, 4],
      ],
    ] as const)("sets going: %j", async (which, expected) => {
      await made("a", [row("done"), row("refused"), row("never", "nothing"), row("held"), row("edited")]);
      await played("a", 0, "r0", "succeeded");
      await played("a", 1, "r1", "failed");
      await played("a", 3, "r3", "paused", "budget");
      await played("a", 4, "r4", "succeeded");
      await store().edit("a", 4, { cells: ["new"], run: false });
      expect(await store().choose("a", which, { budgetMicro: 7 })).toBe(expected.length);
      expect((await store().due("a", 9, new Set())).map(({ index }) => index)).toEqual(expected);
      expect((await store().get("a"))?.budgetMicro).toBe(7);
    });

    it("a resume without anything unfinished takes what was never asked for, and with nothing left does nothing", async () => {
      await made("a", [row("one", "nothing"), row("two", "nothing")]);
      expect(await store().choose("a", "unfinished", {})).toBe(2);
      await played("a", 0, "r0", "succeeded");
      await played("a", 1, "r1", "succeeded");
      expect(await store().choose("a", "unfinished", {})).toBe(0);
      expect((await store().get("a"))?.status).toBe("succeeded");
      expect(await store().choose("nobody", "all", {})).toBeUndefined();
    });

    it("a cancel calls off what was not started and tells those under way, also after a crash", async () => {
      await made("a", [row("one"), row("two"), row("three"), row("four")]);
      await played("a", 0, "r0", "succeeded");
      await played("a", 1, "r1", "waiting");
      await store().start("a", 2, 1, runOf("a", 2, "r2"));
      const cancelled = await store().cancel("a");
      expect(cancelled?.runs).toEqual(["r2", "r1"]);
      expect(await statuses("a")).toEqual(["succeeded", "waiting", "queued", "cancelled"]);
      expect((await journal().getRun("r2"))?.cancelRequestedAt).toBeDefined();
      for (const run of cancelled?.runs ?? []) await journal().requestCancel(run);
      expect(await statuses("a")).toEqual(["succeeded", "cancelled", "cancelled", "cancelled"]);
      expect(await store().get("a")).toMatchObject({ status: "cancelled" });
      expect(await store().choose("a", "unfinished", {})).toBe(3);
      expect((await store().get("a"))?.status).toBe("running");
    });

    it("a row whose process ended goes on by itself, unless somebody called it off", async () => {
      await made("a", [row("one"), row("two")]);
      const error = { code: "interrupted", message: "Interrupted." };
      for (const n of [0, 1]) {
        await store().start("a", n, 1, runOf("a", n, `r${n}`));
        const { epoch } = (await journal().claim("worker", 60_000, `r${n}`))!;
        if (n === 1) await store().cancel("a");
        await journal().write(`r${n}`, epoch, { run: { status: "cancelled", error, releaseLease: true } });
        if (n === 0) {
          expect(await store().row("a", 0)).toMatchObject({ status: "queued", todo: "resume" });
          expect((await store().get("a"))?.status).toBe("running");
        }
      }
      expect(await statuses("a")).toEqual(["cancelled", "cancelled"]);
      expect((await store().get("a"))?.status).toBe("cancelled");
    });

    it("tells each changed row once, as it is now, from any place on", async () => {
      await made("a", [row("one"), row("two"), row("three")]);
      const places = async (seq: number, index: number) =>
        (await store().changed("a", { seq, index }, 99)).map(({ index, status }) => [index, status]);
      const { lastSeq } = (await store().get("a"))!;
      expect(await places(0, 0)).toHaveLength(3);
      expect(await places(lastSeq, 1)).toEqual([[2, "queued"]]);
      await played("a", 1, "r1", "succeeded");
      await played("a", 0, "r0", "failed");
      expect(await places(lastSeq, 99)).toEqual([
        [1, "succeeded"],
        [0, "failed"],
      ]);
      expect(await places((await store().row("a", 1))!.seq, 99)).toEqual([[0, "failed"]]);
      expect(await places((await store().get("a"))!.lastSeq, 99)).toEqual([]);
    });

    it("a batch's cap counts the calls of all its rows, besides the run's and the day's", async () => {
      await made("a", [row("one"), row("two")], { budgetMicro: 150 });
      const reserve = async (run: string, key: string, reservedMicro: number, runMicro: number | null = null) => {
        const { epoch } = (await journal().getRun(run))!;
        return await journal().reserve(
          run,
          epoch,
          aCall(run, key, { reservedMicro }),
          { runMicro, dayMicro: null, dayStart: 0 },
          [],
        );
      };
      for (const n of [0, 1]) {
        await store().start("a", n, 1, runOf("a", n, `r${n}`));
        await journal().claim("worker", 60_000, `r${n}`);
      }
      expect(await reserve("r0", "k0", 100)).toBe("reserved");
      expect(await reserve("r1", "k1", 60)).toEqual({
        refused: "budget",
        cap: "batch",
        capMicro: 150,
        spentMicro: 100,
      });
      expect(await reserve("r1", "k2", 50, 40)).toMatchObject({ cap: "run" });
      expect(await reserve("r1", "k3", 50)).toBe("reserved");
      expect(await store().cost("a")).toBe(150);
      expect([...(await store().costs(["r0", "r1", "r2"]))]).toEqual([
        ["r0", 100],
        ["r1", 50],
      ]);
    });

    it("finds what the last nodes of rows gave, passes joined", async () => {
      await made("a", [row("one")]);
      await store().start("a", 0, 1, runOf("a", 0, "r0"));
      const { epoch } = (await journal().claim("worker", 60_000, "r0"))!;
      const gives = (text: string) => ({
        state: "done" as const,
        outputs: { text: [{ kind: "text" as const, text }] },
      });
      await journal().write("r0", epoch, {
        steps: [aStep("last", gives("a")), aStep("last", { ...gives("b"), pass: 1 }), aStep("other", gives("c"))],
      });
      const found = await store().outputs(["r0"], ["last"]);
      expect([...(found.get("r0") ?? [])]).toEqual([
        [
          "last",
          {
            text: [
              { kind: "text", text: "a" },
              { kind: "text", text: "b" },
            ],
          },
        ],
      ]);
    });

    it("lists the newest first and finds the latest of a graph and a table", async () => {
      await made("a", [row("one")], { graphId: "g" });
      await made("b", [row("one")], { graphId: "g", tableHash: "other" });
      await made("c", [row("one")]);
      const ids = async (page: Parameters<Journal["batches"]["list"]>[0]) =>
        (await store().list(page)).map(({ id }) => id);
      expect((await ids({ limit: 9 })).toSorted()).toEqual(["a", "b", "c"]);
      const [first = ""] = await ids({ limit: 1 });
      expect(await ids({ limit: 9, before: first })).toHaveLength(2);
      expect((await ids({ limit: 9, graphId: "g" })).toSorted()).toEqual(["a", "b"]);
      expect((await store().latest("g", "table"))?.id).toBe("a");
      expect(await store().latest("g", "nothing")).toBeUndefined();
    });
  });
};
