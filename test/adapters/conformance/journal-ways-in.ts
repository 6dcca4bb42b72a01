import { describe, expect, it } from "vitest";
import type { HookRow, ScheduleRow } from "#lib/runtime/ports.ts";
import type { Subject } from "./journal.ts";
import { aCall, aRun, asset, held, noCaps } from "./rows.ts";

const aHook = (id: string, more: Partial<HookRow> = {}): HookRow => ({
  id,
  templateId: "poster",
  name: "CMS",
  mapping: { title: "post.title" },
  inputs: {},
  dayBudgetMicro: null,
  perMinute: 30,
  enabled: true,
  secret: { data: "sealed" },
  createdAt: 1,
  ...more,
});
const aSchedule = (id: string, more: Partial<ScheduleRow> = {}): ScheduleRow => ({
  id,
  templateId: "poster",
  name: "Monday",
  cron: "0 9 * * 1",
  timeZone: "UTC",
  inputs: {},
  missed: "once",
  enabled: true,
  nextAt: 1000,
  createdAt: 1,
  ...more,
});
const delivery = (id: string, more: object = {}) => ({
  id,
  signature: `sig-${id}`,
  at: 5000,
  wishMicro: null,
  ...more,
});

export const waysInRules = (journal: Subject) => {
  describe("hooks", () => {
    it("keeps a hook as it was put, by template, and forgets it with its deliveries", async () => {
      const { hooks } = journal();
      await hooks.put(aHook("a", { budgetMicro: 5, revision: 2 }));
      await hooks.put(aHook("b", { templateId: "other", secret: undefined }));
      await hooks.put(aHook("a", { name: "Tickets", budgetMicro: 5, revision: 2 }));
      expect(await hooks.get("a")).toEqual(aHook("a", { name: "Tickets", budgetMicro: 5, revision: 2 }));
      expect((await hooks.get("b"))?.secret).toBeUndefined();
      expect(await hooks.get("c")).toBeUndefined();
      expect(await hooks.list("poster")).toEqual([expect.objectContaining({ id: "a", deliveries: 0 })]);
      await hooks.claim(aHook("a"), delivery("d"), 0);
      expect(await hooks.list()).toMatchObject([{ id: "a", deliveries: 1, lastAt: 5000 }, { id: "b" }]);
      expect([await hooks.remove("a"), await hooks.remove("a")]).toEqual([true, false]);
      expect(await hooks.deliveries("a", 9)).toEqual([]);
    });

    it("takes a delivery once, by its id and by its signature, however many ask at once", async () => {
      const { hooks } = journal();
      const claims = await Promise.all(Array.from({ length: 10 }, () => hooks.claim(aHook("a"), delivery("d"), 0)));
      expect(claims.filter((claim) => "claimed" in claim)).toHaveLength(1);
      await hooks.started("a", "d", "run-1");
      expect(await hooks.claim(aHook("a"), delivery("d"), 0)).toMatchObject({ before: { runId: "run-1" } });
      const renamed = delivery("other-id", { signature: "sig-d" });
      expect(await hooks.claim(aHook("a"), renamed, 0)).toMatchObject({ before: { deliveryId: "d", runId: "run-1" } });
      expect(await hooks.claim(aHook("b"), delivery("d"), 0)).toMatchObject({ claimed: true });
    });

    it("lets a delivery come again whose run could not be created, but not one that has a run", async () => {
      const { hooks } = journal();
      await hooks.claim(aHook("a"), delivery("d"), 0);
      await hooks.release("a", "d");
      expect(await hooks.claim(aHook("a"), delivery("d"), 0)).toMatchObject({ claimed: true });
      await hooks.started("a", "d", "run-1");
      await hooks.release("a", "d");
      expect(await hooks.deliveries("a", 9)).toMatchObject([{ deliveryId: "d", runId: "run-1", at: 5000 }]);
    });

    it("WH-004 shares a cap for the day out: open runs hold all of their share, ended ones what they spent", async () => {
      const j = journal();
      const capped = aHook("a", { dayBudgetMicro: 100 });
      const claim = (id: string, wishMicro: number | null) => j.hooks.claim(capped, delivery(id, { wishMicro }), 0);
      expect(await claim("1", 40)).toEqual({ claimed: true, budgetMicro: 40 });
      expect(await claim("2", null)).toEqual({ claimed: true, budgetMicro: 60 });
      expect(await claim("3", 1)).toEqual({ refused: "day-budget", spentMicro: 100 });
      const epoch = await held(j, "run-1");
      await j.hooks.started("a", "1", "run-1");
      await j.reserve("run-1", epoch, aCall("run-1", "k", { reservedMicro: 10 }), noCaps, []);
      await j.settle("k", epoch, { state: "completed", costMicro: 7, estimated: false }, []);
      expect(await claim("4", 1)).toMatchObject({ refused: "day-budget" });
      await j.write("run-1", epoch, { run: { status: "succeeded", releaseLease: true } });
      expect(await claim("5", null)).toEqual({ claimed: true, budgetMicro: 33 });
      // Another day begins after all of these.
      expect(await j.hooks.claim(capped, delivery("6", { at: 9000 }), 9000)).toEqual({
        claimed: true,
        budgetMicro: 100,
      });
    });

    it("forgets deliveries of long ago", async () => {
      const { hooks } = journal();
      await hooks.claim(aHook("a"), delivery("d", { at: 0 }), 0);
      await hooks.claim(aHook("a"), delivery("e", { at: 31 * 86_400_000 }), 0);
      expect((await hooks.deliveries("a", 9)).map(({ deliveryId }) => deliveryId)).toEqual(["e"]);
    });

    it("switches all of a template off", async () => {
      const j = journal();
      await j.hooks.put(aHook("a"));
      await j.schedules.put(aSchedule("s"));
      expect([await j.hooks.disableOf("poster"), await j.schedules.disableOf("poster")]).toEqual([1, 1]);
      expect([await j.hooks.disableOf("poster"), await j.schedules.disableOf("poster")]).toEqual([0, 0]);
      expect((await j.hooks.get("a"))?.enabled).toBe(false);
      expect(await j.schedules.enabled()).toEqual([]);
    });
  });

  describe("schedules", () => {
    it("keeps a schedule as it was put, and forgets it with its firings", async () => {
      const { schedules } = journal();
      await schedules.put(aSchedule("s", { budgetMicro: null }));
      expect(await schedules.get("s")).toEqual(aSchedule("s", { budgetMicro: null }));
      await schedules.put(aSchedule("s", { nextAt: undefined, enabled: false }));
      expect((await schedules.list("poster"))[0]).toMatchObject({ id: "s", enabled: false, nextAt: undefined });
      expect(await schedules.list("other")).toEqual([]);
      expect([await schedules.remove("s"), await schedules.remove("s")]).toEqual([true, false]);
    });

    it("CL-003 a due time is fired once, whoever asks, and also when the next time was set back", async () => {
      const { schedules } = journal();
      await schedules.put(aSchedule("s"));
      const fire = { at: 1000, firedAt: 1001 };
      const both = await Promise.all([
        schedules.advance("s", 1000, 2000, fire),
        schedules.advance("s", 1000, 2000, fire),
      ]);
      expect(both.toSorted()).toEqual([false, true]);
      expect(await schedules.advance("s", 2000, 1000)).toBe(true);
      expect(await schedules.advance("s", 1000, 2000, fire)).toBe(false);
      expect((await schedules.get("s"))?.nextAt).toBe(2000);
      expect(await schedules.firings("s", 9)).toHaveLength(1);
    });

    it("tells firings nobody settled, and the newest one beside each schedule", async () => {
      const j = journal();
      await j.createRun(aRun("run-1"));
      await j.schedules.put(aSchedule("s"));
      await j.schedules.advance("s", 1000, 2000, { at: 1000, firedAt: 1000 });
      await j.schedules.advance("s", 2000, 3000, { at: 2000, firedAt: 2000 });
      await j.schedules.advance("s", 3000, undefined, { at: 3000, firedAt: 3000 });
      await j.schedules.settle("s", 1000, { runId: "run-1" });
      await j.schedules.settle("s", 3000, { error: "no such template" });
      expect(await j.schedules.unsettled(2500)).toMatchObject([{ scheduleId: "s", at: 2000 }]);
      expect(await j.schedules.unsettled(1500)).toEqual([]);
      expect((await j.schedules.list())[0]?.last).toMatchObject({ at: 3000, error: "no such template" });
      expect((await j.schedules.firings("s", 9)).at(-1)).toMatchObject({ runId: "run-1", status: "queued" });
      expect(await j.schedules.advance("s", undefined, 4000)).toBe(true);
    });

    it("a schedule that is off does not move", async () => {
      const { schedules } = journal();
      await schedules.put(aSchedule("s", { enabled: false }));
      expect(await schedules.advance("s", 1000, 2000, { at: 1000, firedAt: 1 })).toBe(false);
    });
  });

  describe("secrets and sent messages", () => {
    it("keeps the newest of each", async () => {
      const j = journal();
      const secret = { name: "cms", origin: "https://cms.test", sealed: { data: "x" }, createdAt: 1 };
      await j.secrets.put(secret);
      await j.secrets.put({ ...secret, sealed: { data: "y" } });
      expect(await j.secrets.get("cms")).toEqual({ ...secret, sealed: { data: "y" } });
      expect(await j.secrets.list()).toHaveLength(1);
      expect([await j.secrets.remove("cms"), await j.secrets.remove("cms")]).toEqual([true, false]);
      const row = { id: "d", runId: "r", nodeId: "n", host: "h", state: "sending" as const, attempts: 1, at: 1 };
      await j.sent.put(row);
      await j.sent.put({ ...row, state: "delivered", attempts: 2, status: 200 });
      expect(await j.sent.get("d")).toEqual({ ...row, state: "delivered", attempts: 2, status: 200 });
      expect(await j.sent.get("e")).toBeUndefined();
    });

    it("assets that hooks and schedules name are kept", async () => {
      const j = journal();
      await j.hooks.put(aHook("a", { inputs: { photo: { asset: asset("1") } } }));
      await j.schedules.put(aSchedule("s", { inputs: { photo: { asset: asset("2") } } }));
      expect([...(await j.referencedAssets())].toSorted()).toEqual(["1", "2"].map(asset));
    });
  });
};
