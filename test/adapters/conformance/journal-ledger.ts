import { describe, expect, it } from "vitest";
import { Fenced } from "#lib/runtime/ports.ts";
import type { Subject } from "./journal.ts";
import { aCall, aRun, asset, held, noCaps, skipped } from "./rows.ts";

const done = { state: "completed", costMicro: 60_000, estimated: false } as const;

export const ledgerRules = (journal: Subject) =>
  describe("ledger", () => {
    it("keeps a call from its intent over its name to its answer, each with gapless events", async () => {
      const epoch = await held(journal(), "r");
      expect(await journal().reserve("r", epoch, aCall("r", "k#1"), noCaps, [skipped("reserved")])).toBe("reserved");
      expect(await journal().callsOfItem("item-key")).toEqual([
        { ...aCall("r", "k#1"), epoch, state: "intent", costMicro: 0, estimated: false },
      ]);
      await journal().accept("r", epoch, "k#1", { responseId: "resp_1", requestId: "req_1" }, [skipped("accepted")]);
      expect((await journal().openCalls())[0]).toMatchObject({
        state: "accepted",
        responseId: "resp_1",
        requestId: "req_1",
      });
      const turn = { responseId: "resp_1", depth: 1, provider: "simulator", createdAt: 5 };
      await journal().settle(
        "k#1",
        epoch,
        {
          ...done,
          answer: { text: "hi" },
          turn: { responseId: "resp_1", provider: "simulator", prompt: "p", stored: true, turn, createdAt: 5 },
          assets: [{ asset: asset("a"), bytes: 1, mediaType: "image/png" }],
        },
        [skipped("settled")],
      );
      const [call] = await journal().callsOfRun("r");
      expect(call).toMatchObject({ state: "completed", costMicro: 60_000, answer: { text: "hi" }, requestId: "req_1" });
      expect(call?.settledAt).toBeGreaterThan(0);
      expect(await journal().openCalls()).toEqual([]);
      expect(await journal().turn("resp_1")).toMatchObject({ prompt: "p" });
      expect(await journal().assetInfo(asset("a"))).toMatchObject({ bytes: 1 });
      expect((await journal().events("r", 0, 10)).map((event) => event.seq)).toEqual([1, 2, 3]);
    });

    it("says of many runs at once what their calls cost as they stand", async () => {
      const epoch = await held(journal(), "r");
      const other = await held(journal(), "s");
      await held(journal(), "idle");
      for (const key of ["1", "2", "3"]) await journal().reserve("r", epoch, aCall("r", key), noCaps, []);
      await journal().reserve("s", other, aCall("s", "4"), noCaps, []);
      await journal().settle("1", epoch, { ...done, costMicro: 10_000 }, []);
      await journal().settle("2", epoch, { ...done, costMicro: 5_000 }, []);
      expect(await journal().costOfRuns(["r", "s", "idle", "nowhere"])).toEqual(
        new Map([
          ["r", 15_000],
          ["s", 0],
        ]),
      );
      expect(await journal().costOfRuns([])).toEqual(new Map());
    });

    it("refuses what does not fit the run's cap: open calls count with their reservation", async () => {
      const epoch = await held(journal(), "r");
      const caps = { ...noCaps, runMicro: 250_000 };
      expect(await journal().reserve("r", epoch, aCall("r", "1"), caps, [])).toBe("reserved");
      expect(await journal().reserve("r", epoch, aCall("r", "2"), caps, [])).toBe("reserved");
      expect(await journal().reserve("r", epoch, aCall("r", "3"), caps, [skipped("x")])).toEqual({
        refused: "budget",
        cap: "run",
        capMicro: 250_000,
        spentMicro: 200_000,
      });
      expect(await journal().callsOfRun("r")).toHaveLength(2);
      expect((await journal().getRun("r"))?.lastSeq).toBe(0);
      await journal().settle("1", epoch, { ...done, costMicro: 10_000 }, []);
      expect(await journal().reserve("r", epoch, aCall("r", "3"), caps, [])).toBe("reserved");
    });

    it("keeps the reservation as spent while a call is in doubt, abandoned or its usage unknown", async () => {
      const epoch = await held(journal(), "r");
      for (const key of ["1", "2", "3", "4"]) await journal().reserve("r", epoch, aCall("r", key), noCaps, []);
      await journal().settle("1", epoch, { state: "in_doubt", costMicro: 0, estimated: false }, []);
      await journal().settle("2", epoch, { state: "completed", costMicro: 0, estimated: true }, []);
      await journal().settle("3", epoch, { state: "abandoned", costMicro: 100_000, estimated: true }, []);
      await journal().settle("4", epoch, { state: "failed", costMicro: 0, estimated: false }, []);
      const refusal = await journal().reserve("r", epoch, aCall("r", "5"), { ...noCaps, runMicro: 0 }, []);
      expect(refusal).toMatchObject({ cap: "run", capMicro: 0, spentMicro: 300_000 });
    });

    it("counts the day's cap over all runs, but not what was spent before", async () => {
      const a = await held(journal(), "a");
      const b = await held(journal(), "b");
      await journal().reserve("a", a, aCall("a", "yesterday", { createdAt: 10 }), noCaps, []);
      await journal().reserve("a", a, aCall("a", "today", { createdAt: 100 }), noCaps, []);
      const caps = { runMicro: null, dayMicro: 150_000, dayStart: 100 };
      expect(await journal().reserve("b", b, aCall("b", "k", { createdAt: 101 }), caps, [])).toEqual({
        refused: "budget",
        cap: "day",
        capMicro: 150_000,
        spentMicro: 100_000,
      });
      expect(await journal().spentToday(100)).toBe(100_000);
      expect(await journal().spentToday(0)).toBe(200_000);
      expect(await journal().spentToday(101)).toBe(0);
    });

    it("I5: never promises more than a cap when twenty reserve at once", async () => {
      const runs = await Promise.all(
        ["a", "b", "c", "d"].map(async (id) => ({ id, epoch: await held(journal(), id) })),
      );
      const caps = { runMicro: 300_000, dayMicro: 700_000, dayStart: 0 };
      const answers = await Promise.all(
        runs.flatMap(({ id, epoch }) =>
          Array.from({ length: 5 }, (_, n) => journal().reserve(id, epoch, aCall(id, `${id}${n}`), caps, [])),
        ),
      );
      expect(answers.filter((answer) => answer === "reserved")).toHaveLength(7);
      expect(await journal().spentToday(0)).toBe(700_000);
    });

    it("refuses a second call of the same key, and a reservation of a lost run", async () => {
      const epoch = await held(journal(), "r");
      await journal().reserve("r", epoch, aCall("r", "k"), noCaps, []);
      await expect(journal().reserve("r", epoch, aCall("r", "k"), noCaps, [skipped("x")])).rejects.toThrow();
      await expect(journal().reserve("r", epoch + 1, aCall("r", "k2"), noCaps, [])).rejects.toThrow(Fenced);
      expect(await journal().callsOfRun("r")).toHaveLength(1);
      expect((await journal().getRun("r"))?.lastSeq).toBe(0);
    });

    it("takes the same name twice, but never a second name nor a name twice", async () => {
      const epoch = await held(journal(), "r");
      for (const key of ["1", "2"]) await journal().reserve("r", epoch, aCall("r", key), noCaps, []);
      await journal().accept("r", epoch, "1", { responseId: "resp_1" }, [skipped("x")]);
      await journal().accept("r", epoch, "1", { responseId: "resp_1" }, [skipped("x")]);
      await expect(journal().accept("r", epoch, "1", { responseId: "resp_2" }, [])).rejects.toThrow();
      await expect(journal().accept("r", epoch, "2", { responseId: "resp_1" }, [])).rejects.toThrow();
      await expect(journal().accept("r", epoch, "unknown", { responseId: "resp_3" }, [])).rejects.toThrow();
      expect((await journal().events("r", 0, 10)).map((event) => event.seq)).toEqual([1]);
    });

    it("PF-002 keeps the name of a call whose worker lost its run meanwhile, and tells the worker", async () => {
      await journal().createRun(aRun("r"));
      const lost = await journal().claim("a", 0, "r");
      await journal().reserve("r", lost!.epoch, aCall("r", "k"), noCaps, []);
      const now = await journal().claim("b", 60_000, "r");
      await journal().settle("k", now!.epoch, { state: "in_doubt", costMicro: 100_000, estimated: true }, []);
      await expect(
        journal().accept("r", lost!.epoch, "k", { responseId: "resp_1" }, [skipped("late")]),
      ).rejects.toThrow(Fenced);
      expect((await journal().callsOfRun("r"))[0]).toMatchObject({ state: "accepted", responseId: "resp_1" });
      expect(await journal().events("r", 0, 10)).toEqual([]);
    });

    it("I1: a completed call never changes again", async () => {
      const epoch = await held(journal(), "r");
      await journal().reserve("r", epoch, aCall("r", "k"), noCaps, []);
      await journal().settle("k", epoch, { ...done, answer: { text: "first" } }, [skipped("x")]);
      const [before] = await journal().callsOfRun("r");
      await journal().settle("k", epoch, { ...done, costMicro: 1, answer: { text: "second" } }, [skipped("x")]);
      await journal().settle("k", epoch, { state: "failed", costMicro: 0, estimated: false }, [skipped("x")]);
      await journal().settle("k", undefined, { state: "in_doubt", costMicro: 0, estimated: true }, [skipped("x")]);
      expect(await journal().callsOfRun("r")).toEqual([before]);
      expect(await journal().events("r", 0, 10)).toHaveLength(1);
    });

    it("records a late completion of an abandoned call as spent", async () => {
      const epoch = await held(journal(), "r");
      await journal().reserve("r", epoch, aCall("r", "k"), noCaps, []);
      await journal().settle("k", epoch, { state: "cancelled", costMicro: 0, estimated: false }, []);
      await journal().settle("k", undefined, done, []);
      expect((await journal().callsOfRun("r"))[0]?.state).toBe("cancelled");
      await journal().settle("k", epoch, done, []);
      expect((await journal().callsOfRun("r"))[0]).toMatchObject({ state: "completed", costMicro: 60_000 });
      expect(await journal().spentToday(0)).toBe(60_000);
    });

    it("settles without an epoch what is still open, and tells the run only while it has not ended", async () => {
      const epoch = await held(journal(), "r");
      for (const key of ["1", "2"]) await journal().reserve("r", epoch, aCall("r", key), noCaps, [skipped("x")]);
      await journal().settle("1", undefined, done, [skipped("late")]);
      expect((await journal().events("r", 0, 10)).map((event) => event.seq)).toEqual([1, 2, 3]);
      await journal().write("r", epoch, { run: { status: "failed" } });
      await journal().settle("2", undefined, done, [skipped("too late")]);
      expect((await journal().callsOfRun("r")).map((call) => call.state)).toEqual(["completed", "completed"]);
      expect(await journal().events("r", 0, 10)).toHaveLength(3);
      expect((await journal().check()).problems).toEqual([]);
    });

    it("refuses to settle for a worker that lost its run, and a call nobody knows", async () => {
      const epoch = await held(journal(), "r");
      await journal().reserve("r", epoch, aCall("r", "k"), noCaps, []);
      await expect(journal().settle("k", epoch - 1, done, [])).rejects.toThrow(Fenced);
      await expect(journal().settle("unknown", undefined, done, [])).rejects.toThrow("unknown");
      expect((await journal().openCalls()).map((call) => call.key)).toEqual(["k"]);
    });

    it("lists the calls of an item with the newest attempt last", async () => {
      const epoch = await held(journal(), "r");
      for (const [slot, attempt] of [
        [0, 2],
        [1, 1],
        [0, 1],
        [0, 10],
      ] as const)
        await journal().reserve("r", epoch, aCall("r", `k/${slot}#${attempt}`, { slot, attempt }), noCaps, []);
      await journal().reserve("r", epoch, aCall("r", "other", { itemKey: "other" }), noCaps, []);
      const calls = await journal().callsOfItem("item-key");
      expect(calls.filter((call) => call.slot === 0).map((call) => call.attempt)).toEqual([1, 2, 10]);
      expect(calls).toHaveLength(4);
    });
  });
