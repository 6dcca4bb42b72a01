import { createHash } from "node:crypto";
import { type Selectable, sql } from "kysely";
import type { DeliveryClaim, HookRow, HookStore, SealedText } from "#lib/runtime/ports.ts";
import type { Dialect } from "./dialect.ts";
import { fromJson, given, pageSize, toFlag, toJson } from "./json.ts";
import { ENDED } from "./run-rows.ts";
import type { Tx } from "./tables.ts";
import { incoming } from "./upsert.ts";
import type { HookTable } from "./ways-in-tables.ts";

/** Deliveries are remembered this long (ms); an older one that is signed anew starts a new run. */
const REMEMBERED_MS = 30 * 86_400_000;

const hashOf = (id: string): string => createHash("sha256").update(id).digest("hex");

/** Ways in, and the deliveries they took. */
export const hooks = ({ db, lock }: Dialect): HookStore => ({
  async put({ id, templateId, enabled, secret, createdAt, ...wish }) {
    await db
      .insertInto("hook")
      .values({
        id_hash: hashOf(id),
        id,
        template_id: templateId,
        enabled: toFlag(enabled),
        wish: JSON.stringify(wish),
        secret: toJson(secret),
        created_at: createdAt,
      })
      .onConflict((oc) => oc.column("id_hash").doUpdateSet(incoming("enabled", "wish", "secret")))
      .execute();
  },

  async get(id) {
    const row = await db.selectFrom("hook").selectAll().where("id_hash", "=", hashOf(id)).executeTakeFirst();
    return row && toHookRow(row);
  },

  async list(templateId) {
    let query = db
      .selectFrom("hook")
      .leftJoin("hook_delivery as d", "d.hook_id", "hook.id")
      .selectAll("hook")
      .select(({ fn }) => [fn.count<number>("d.delivery_id").as("deliveries"), fn.max("d.at").as("lastAt")])
      .groupBy("hook.id_hash")
      .orderBy("hook.created_at")
      .orderBy("hook.id");
    if (templateId !== undefined) query = query.where("hook.template_id", "=", templateId);
    const rows = await query.execute();
    return rows.map(({ deliveries, lastAt, ...row }) => ({
      ...toHookRow(row),
      deliveries: Number(deliveries),
      lastAt: given(lastAt as number | null),
    }));
  },

  remove: (id) =>
    db.transaction().execute(async (tx) => {
      await tx.deleteFrom("hook_delivery").where("hook_id", "=", id).execute();
      const gone = await tx.deleteFrom("hook").where("id_hash", "=", hashOf(id)).returning("id").executeTakeFirst();
      return gone !== undefined;
    }),

  async disableOf(templateId) {
    const changed = await db
      .updateTable("hook")
      .set({ enabled: 0 })
      .where("template_id", "=", templateId)
      .where("enabled", "=", 1)
      .returning("id")
      .execute();
    return changed.length;
  },

  claim: (hook, delivery, dayStart) =>
    db.transaction().execute(async (tx): Promise<DeliveryClaim> => {
      await lock(tx, `hook ${hook.id}`);
      const before = await tx
        .selectFrom("hook_delivery")
        .select(["delivery_id", "run_id", "budget_micro"])
        .where("hook_id", "=", hook.id)
        .where((eb) => eb.or([eb("delivery_id", "=", delivery.id), eb("signature", "=", delivery.signature)]))
        .executeTakeFirst();
      if (before) {
        const budgetMicro = before.budget_micro ?? delivery.wishMicro;
        return { before: { deliveryId: before.delivery_id, runId: given(before.run_id), budgetMicro } };
      }
      const cap = hook.dayBudgetMicro;
      const spentMicro = cap === null ? 0 : await spentOn(tx, hook.id, dayStart);
      const left = cap === null ? undefined : Math.max(0, cap - spentMicro);
      if (left === 0 && cap !== 0) return { refused: "day-budget", spentMicro };
      const share = left === undefined ? null : Math.min(left, delivery.wishMicro ?? left);
      await tx
        .deleteFrom("hook_delivery")
        .where("hook_id", "=", hook.id)
        .where("at", "<", delivery.at - REMEMBERED_MS)
        .execute();
      await tx
        .insertInto("hook_delivery")
        .values({
          hook_id: hook.id,
          delivery_id: delivery.id,
          signature: delivery.signature,
          run_id: null,
          budget_micro: share,
          at: delivery.at,
        })
        .execute();
      return { claimed: true, budgetMicro: share ?? delivery.wishMicro };
    }),

  async started(hookId, deliveryId, runId) {
    await db
      .updateTable("hook_delivery")
      .set({ run_id: runId })
      .where("hook_id", "=", hookId)
      .where("delivery_id", "=", deliveryId)
      .execute();
  },

  async release(hookId, deliveryId) {
    await db
      .deleteFrom("hook_delivery")
      .where("hook_id", "=", hookId)
      .where("delivery_id", "=", deliveryId)
      .where("run_id", "is", null)
      .execute();
  },

  async deliveries(hookId, limit) {
    const rows = await db
      .selectFrom("hook_delivery as d")
      .leftJoin("run", "run.id", "d.run_id")
      .select(["d.delivery_id", "d.run_id", "d.at", "run.status"])
      .where("d.hook_id", "=", hookId)
      .orderBy("d.at", "desc")
      .orderBy("d.delivery_id")
      .limit(pageSize(limit))
      .execute();
    return rows.map((row) => ({
      deliveryId: row.delivery_id,
      runId: given(row.run_id),
      at: row.at,
      status: given(row.status),
    }));
  },
});

/** What the day's deliveries came to: ended runs at what they spent, all others at the whole of their share. */
async function spentOn(tx: Tx, hookId: string, dayStart: number): Promise<number> {
  const { rows } = await sql<{ spent: number | null }>`
    select sum(case when run.status in (${sql.join(ENDED.map((status) => sql.lit(status)))}) then calls.spent
                    when coalesce(d.budget_micro, 0) > calls.spent then d.budget_micro else calls.spent end) as spent
    from (select d.run_id, d.budget_micro, d.delivery_id,
                 coalesce((select sum(c.spent_micro) from call c where c.run_id = d.run_id), 0) as spent
          from hook_delivery d where d.hook_id = ${hookId} and d.at >= ${dayStart}) as calls
    join hook_delivery d on d.hook_id = ${hookId} and d.delivery_id = calls.delivery_id
    left join run on run.id = d.run_id`.execute(tx);
  return Number(rows[0]?.spent ?? 0);
}

const toHookRow = (row: Selectable<HookTable>): HookRow => ({
  ...(JSON.parse(row.wish) as Omit<HookRow, "id" | "templateId" | "enabled" | "secret" | "createdAt">),
  id: row.id,
  templateId: row.template_id,
  enabled: row.enabled === 1,
  secret: fromJson<SealedText>(row.secret),
  createdAt: row.created_at,
});
