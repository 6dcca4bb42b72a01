import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { openSqliteJournal } from "#lib/adapters/sql/sqlite/open.ts";
import { StepError } from "#lib/protocol/failure.ts";
import { GraphInput } from "#lib/protocol/graph.ts";
import { HookWish } from "#lib/protocol/hooks.ts";
import type { Template } from "#lib/protocol/templates.ts";
import { createHooks } from "#lib/runtime/hooks/hooks.ts";
import { signatureOf } from "#lib/runtime/hooks/signature.ts";
import type { Sealer } from "#lib/runtime/ports.ts";
import { systemClock } from "#lib/runtime/system-clock.ts";
import type { StartTemplate } from "#lib/runtime/templates/templates-api.ts";
import { openSealer } from "#test/runtime/test-studio.ts";

const NOW = Date.UTC(2026, 10, 20, 12);
async function world(sealer: Sealer = openSealer) {
  const journal = await openSqliteJournal({ folder: await mkdtemp(join(tmpdir(), "hooks-")) });
  onTestFinished(() => journal.close());
  const started: StartTemplate[] = [];
  const state: { fails?: Error } = {};
  const template = { id: "poster", inputs: [GraphInput.parse({ key: "title" })] } as unknown as Template;
  const hooks = createHooks({
    store: journal.hooks,
    sealer,
    clock: { ...systemClock, now: () => NOW },
    templates: {
      get: async (id) => (id === "poster" ? template : undefined),
      async startRun(_id, request) {
        if (state.fails) throw state.fails;
        started.push(request);
        return { runId: `run_${started.length}`, created: true };
      },
    },
    takeRate: async () => 0,
    defaultBudgetMicro: 5_000_000,
  });
  const make = (wish: object = {}) => hooks.create(HookWish.parse({ templateId: "poster", ...wish }));
  const message = (secret: string, body: string, more: object = {}) => {
    const timestamp = NOW / 1000;
    return {
      timestamp: String(timestamp),
      signature: signatureOf(secret, timestamp, body),
      body: Buffer.from(body),
      ...more,
    };
  };
  return { journal, hooks, started, state, make, message };
}

describe("taking a delivery", () => {
  test("WH-001 a stored secret that cannot be opened, or is empty, closes the hook whatever is sent", async () => {
    for (const opened of [undefined, ""]) {
      const { hooks, make, message, started } = await world({ ...openSealer, open: () => opened });
      const { hook, secret } = await make();
      expect(hook.ready).toBe(false);
      for (const with_ of [secret, "", "undefined"])
        expect(await hooks.take(hook.id, message(with_, "{}"))).toMatchObject({ taken: false, why: "unsigned" });
      expect(started).toEqual([]);
    }
  });

  test("WH-001 one hook's secret opens no other hook, also when its row is copied", async () => {
    const { hooks, journal, make, message } = await world();
    const [one, two] = [await make(), await make()];
    expect(await hooks.take(two.hook.id, message(one.secret, "{}"))).toMatchObject({ why: "unsigned" });
    const [row, other] = [await journal.hooks.get(one.hook.id), await journal.hooks.get(two.hook.id)];
    if (row && other) await journal.hooks.put({ ...other, secret: row.secret });
    expect(await hooks.take(two.hook.id, message(one.secret, "{}"))).toMatchObject({ why: "unsigned" });
  });

  test("WH-003 five minutes are the window, to the second, on both sides", async () => {
    const { hooks, make } = await world();
    const { hook, secret } = await make();
    const at = (offset: number) => {
      const timestamp = NOW / 1000 + offset;
      return hooks.take(hook.id, {
        timestamp: String(timestamp),
        signature: signatureOf(secret, timestamp, "{}"),
        body: Buffer.from("{}"),
      });
    };
    const taken = [];
    for (const offset of [-301, -300, 300, 301]) taken.push((await at(offset)).taken);
    expect(taken).toEqual([false, true, true, false]);
  });

  test("WH-004 a full queue is told with when to come again, and the delivery may come again", async () => {
    const { hooks, make, message, state } = await world();
    const { hook, secret } = await make();
    state.fails = new StepError("QUEUE_FULL", "1000 runs are waiting already.");
    const delivery = message(secret, "{}", { deliveryId: "d" });
    expect(await hooks.take(hook.id, delivery)).toMatchObject({ why: "queue-full", waitS: 30 });
    state.fails = undefined;
    expect(await hooks.take(hook.id, delivery)).toMatchObject({ taken: true, runId: "run_1" });
  });

  test("WH-004 when the day's budget is spent, it says how long the day still is", async () => {
    const { hooks, make, message, started } = await world();
    const { hook, secret } = await make({ dayBudgetUsd: 8 });
    const take = (id: string) => hooks.take(hook.id, message(secret, `{"n":"${id}"}`, { deliveryId: id }));
    expect([(await take("1")).taken, (await take("2")).taken]).toEqual([true, true]);
    expect(started.map(({ budgetMicro }) => budgetMicro)).toEqual([5_000_000, 3_000_000]);
    expect(await take("3")).toMatchObject({ why: "day-budget", waitS: 12 * 3600 });
  });

  test("the run is started under a key of hook and delivery, with the depth of its caller", async () => {
    const { hooks, make, message, started } = await world();
    const { hook, secret } = await make({ mapping: { title: "post.title" }, budgetUsd: null });
    await hooks.take(hook.id, message(secret, '{"post":{"title":"Dawn"}}', { deliveryId: "d", depth: "2" }));
    expect(started).toEqual([
      {
        revision: undefined,
        inputs: { title: "Dawn" },
        budgetMicro: null,
        depth: 2,
        idempotencyKey: `hook ${hook.id} d`,
      },
    ]);
  });
});
