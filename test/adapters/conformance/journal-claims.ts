import { describe, expect, it } from "vitest";
import { Fenced } from "#lib/runtime/ports.ts";
import type { Subject } from "./journal.ts";
import { aRun, aStep, held } from "./rows.ts";

/** A lease of no length has run out at once, on any clock. */
const NOW = 0;

export const claimRules = (journal: Subject) =>
  describe("claims", () => {
    it("gives the most urgent, then the oldest queued run, and nothing when the queue is empty", async () => {
      await journal().createRun(aRun("old", { createdAt: 1 }));
      await journal().createRun(aRun("young", { createdAt: 2 }));
      await journal().createRun(aRun("urgent", { createdAt: 3, priority: 5 }));
      const taken = [];
      for (let n = 0; n < 4; n += 1) taken.push((await journal().claim("w", 60_000))?.id);
      expect(taken).toEqual(["urgent", "old", "young", undefined]);
    });

    it("PF-006 lets one of many win a run", async () => {
      await journal().createRun(aRun("r"));
      const claims = await Promise.all(Array.from({ length: 8 }, (_, n) => journal().claim(`w${n}`, 60_000, "r")));
      const won = claims.filter((claim) => claim !== undefined);
      expect(won).toHaveLength(1);
      expect(won[0]).toMatchObject({ id: "r", status: "running", epoch: 1 });
      expect(won[0]?.leaseUntil).toBeGreaterThan(0);
    });

    it("takes over a run whose lease ran out, before anything queued, and fences the old worker", async () => {
      await journal().createRun(aRun("orphan"));
      await journal().createRun(aRun("queued", { priority: 9 }));
      const before = await journal().claim("a", NOW, "orphan");
      const after = await journal().claim("b", 60_000);
      expect(after).toMatchObject({ id: "orphan", leaseOwner: "b", epoch: before!.epoch + 1 });
      await expect(journal().heartbeat("orphan", before!.epoch, 60_000)).rejects.toThrow(Fenced);
      await expect(journal().write("orphan", before!.epoch, { steps: [aStep("x")] })).rejects.toThrow(Fenced);
      expect(await journal().steps("orphan")).toEqual([]);
    });

    it("leaves a held, ended or unknown run alone", async () => {
      const epoch = await held(journal(), "r");
      expect(await journal().claim("other", 60_000, "r")).toBeUndefined();
      await journal().write("r", epoch, { run: { status: "succeeded" } });
      expect(await journal().claim("other", 60_000, "r")).toBeUndefined();
      expect(await journal().claim("other", 60_000, "nobody")).toBeUndefined();
      expect(await journal().claim("other", 60_000)).toBeUndefined();
    });

    it("prolongs a lease by a heartbeat and tells of a cancel", async () => {
      await journal().createRun(aRun("r"));
      const run = await journal().claim("w", NOW, "r");
      expect(await journal().heartbeat("r", run!.epoch, 60_000)).toEqual({ cancelRequested: false });
      expect(await journal().claim("other", 60_000)).toBeUndefined();
      await journal().requestCancel("r");
      expect(await journal().heartbeat("r", run!.epoch, 60_000)).toEqual({ cancelRequested: true });
    });

    it("frees a run that is let go of while running", async () => {
      const epoch = await held(journal(), "r");
      await journal().write("r", epoch, { run: { releaseLease: true } });
      expect(await journal().claim("other", 60_000)).toMatchObject({ id: "r", epoch: epoch + 1 });
    });

    it("gives an item to one live run at a time, and again to the run that has it", async () => {
      const a = await held(journal(), "a");
      const b = await held(journal(), "b");
      expect(await journal().claimItems(["item"], "a", a)).toEqual([]);
      expect(await journal().claimItems(["item"], "a", a)).toEqual([]);
      expect(await journal().claimItems(["item"], "b", b)).toEqual(["item"]);
      await journal().releaseItems("b", ["item"]);
      expect(await journal().claimItems(["item"], "b", b)).toEqual(["item"]);
      await journal().releaseItems("a", ["item", "never-claimed"]);
      expect(await journal().claimItems(["item"], "b", b)).toEqual([]);
    });

    it("hands over an item when its run has ended, lost its lease or was claimed anew", async () => {
      const b = await held(journal(), "b");
      const ended = await held(journal(), "ended");
      await journal().claimItems(["one"], "ended", ended);
      await journal().write("ended", ended, { run: { status: "failed" } });
      expect(await journal().claimItems(["one"], "b", b)).toEqual([]);
      await journal().createRun(aRun("dead"));
      const dead = await journal().claim("w", 60_000, "dead");
      await journal().claimItems(["two"], "dead", dead!.epoch);
      await journal().heartbeat("dead", dead!.epoch, NOW);
      expect(await journal().claimItems(["two"], "b", b)).toEqual([]);
      await journal().claimItems(["three"], "dead", dead!.epoch);
      await journal().claim("w2", 60_000, "dead");
      expect(await journal().claimItems(["three"], "b", b)).toEqual([]);
    });

    it("gives no item to a worker that lost its run", async () => {
      await journal().createRun(aRun("r"));
      const lost = await journal().claim("w", NOW, "r");
      await journal().claim("w2", 60_000, "r");
      await expect(journal().claimItems(["item"], "r", lost!.epoch)).rejects.toThrow(Fenced);
    });
  });
