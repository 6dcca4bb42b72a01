import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withJson } from "./front-server.ts";
import { startWaysIn } from "./ways-in-front.ts";

let on: Awaited<ReturnType<typeof startWaysIn>>;
beforeAll(async () => {
  on = await startWaysIn();
});
afterAll(() => on.front.close());

const wish = (more: object = {}) => ({
  templateId: "poster",
  cron: "0 9 * * 1",
  timeZone: "Europe/Berlin",
  inputs: { title: "Monday" },
  ...more,
});
const make = (more: object = {}) => on.call("/api/schedules", withJson(wish(more)));
const change = (id: string, body: object) => on.call(`/api/schedules/${id}`, withJson(body, "PUT"));

describe("schedules over HTTP", () => {
  it("are made, listed with their next five times, changed, paused, let go on and removed", async () => {
    const { status, body } = await make({ name: "Weekly", budgetUsd: 1 });
    expect([status, body.next.length]).toEqual([201, 5]);
    expect(body.next.every((at: number) => new Date(at).getUTCDay() === 1)).toBe(true);
    expect((await on.call("/api/schedules?templateId=poster")).body.schedules).toMatchObject([
      { id: body.id, name: "Weekly", budgetUsd: 1 },
    ]);
    expect((await on.call("/api/schedules?templateId=other")).body.schedules).toEqual([]);
    expect((await change(body.id, { enabled: false })).body).toMatchObject({ enabled: false, name: "Weekly" });
    expect(
      (await change(body.id, { enabled: true, cron: "30 6 * * *", timeZone: "UTC" })).body.next[0] % 86_400_000,
    ).toBe(6.5 * 3_600_000);
    expect((await on.call(`/api/schedules/${body.id}`)).body).toMatchObject({
      cron: "30 6 * * *",
      inputs: { title: "Monday" },
    });
    expect((await on.call(`/api/schedules/${body.id}/firings`)).body.firings).toEqual([]);
    expect((await on.call(`/api/schedules/${body.id}`, { method: "DELETE" })).status).toBe(204);
    for (const method of ["GET", "DELETE"])
      expect((await on.call(`/api/schedules/${body.id}`, { method })).status).toBe(404);
    expect((await change(body.id, { enabled: true })).status).toBe(404);
  });

  it("refuse an expression, a zone, a template and inputs that are not right, each with its reason", async () => {
    const code = async (more: object) => (await make(more)).body.code;
    expect(await code({ cron: "61 * * * *" })).toBe("BAD_CRON");
    expect(await code({ cron: "0 0 31 2 *" })).toBe("BAD_CRON");
    expect(await code({ timeZone: "Mars/Olympus" })).toBe("BAD_CRON");
    expect(await code({ templateId: "nobody" })).toBe("UNKNOWN_TEMPLATE");
    expect(await code({ inputs: {} })).toBe("INPUT_MISSING");
    expect(await code({ inputs: { title: "a", mood: "furious" } })).toBe("BAD_INPUT");
    expect((await make({ budgetUsd: -1 })).status).toBe(422);
    expect((await on.call("/api/schedules")).body.schedules).toEqual([]);
  });

  it("tell what an expression would come to before it is saved", async () => {
    const ask = async (cron: string) =>
      (await on.call(`/api/schedules/next?${new URLSearchParams({ cron, timeZone: "UTC" })}`)).body;
    expect((await ask("0 9 * * 1")).next).toHaveLength(5);
    expect(await ask("never")).toMatchObject({ next: [], problem: expect.stringContaining("five fields") });
  });

  it("fire by themselves when their time has come, and say which run it was", async () => {
    const { body } = await make({ name: "Now", inputs: { title: "Now" } });
    const row = await on.studio.schedules.get(body.id);
    expect(row?.last).toBeUndefined();
    // Its time is set to a moment that has just passed, as if the expression had said so.
    await on.due(body.id);
    await expect
      .poll(async () => (await on.call(`/api/schedules/${body.id}/firings`)).body.firings, { timeout: 20_000 })
      .toMatchObject([{ runId: expect.stringMatching(/^run_/) }]);
    const [{ runId }] = (await on.call(`/api/schedules/${body.id}/firings`)).body.firings;
    expect(await on.finished(runId)).toMatchObject({
      status: "succeeded",
      inputs: { title: "Now" },
      template: { id: "poster" },
    });
    expect(
      (await on.call("/api/schedules")).body.schedules.find((one: { id: string }) => one.id === body.id).last,
    ).toMatchObject({ runId });
  });

  it("of a template that was brought in from elsewhere can be switched off all at once", async () => {
    await make();
    expect(await on.studio.schedules.disableOf("poster")).toBeGreaterThan(0);
    expect(
      (await on.call("/api/schedules")).body.schedules.every(({ enabled }: { enabled: boolean }) => !enabled),
    ).toBe(true);
  });
});
