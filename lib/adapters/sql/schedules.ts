import type { Selectable } from "kysely";
import type { RunStatus } from "#lib/protocol/run.ts";
import type { FiringRow, ScheduleRow, ScheduleStore } from "#lib/runtime/ports.ts";
import type { Dialect } from "./dialect.ts";
import { given, pageSize, toFlag } from "./json.ts";
import type { Db } from "./tables.ts";
import { incoming } from "./upsert.ts";
import type { ScheduleFiringTable, ScheduleTable } from "./ways-in-tables.ts";

/** Schedules and when they fired. The primary key of a firing is what keeps two processes from firing one due time. */
export const schedules = ({ db }: Dialect): ScheduleStore => ({
  async put({ id, templateId, enabled, nextAt, createdAt, ...wish }) {
    await db
      .insertInto("schedule")
      .values({
        id,
        template_id: templateId,
        enabled: toFlag(enabled),
        wish: JSON.stringify(wish),
        next_at: nextAt ?? null,
        created_at: createdAt,
      })
      .onConflict((oc) => oc.column("id").doUpdateSet(incoming("enabled", "wish", "next_at")))
      .execute();
  },

  async get(id) {
    const row = await db.selectFrom("schedule").selectAll().where("id", "=", id).executeTakeFirst();
    return row && toScheduleRow(row);
  },

  async list(templateId) {
    let query = db.selectFrom("schedule").selectAll().orderBy("created_at").orderBy("id");
    if (templateId !== undefined) query = query.where("template_id", "=", templateId);
    const rows = (await query.execute()).map(toScheduleRow);
    const last = new Map((await newestFirings(db)).map((firing) => [firing.scheduleId, firing]));
    return rows.map((row) => ({ ...row, last: last.get(row.id) }));
  },

  remove: (id) =>
    db.transaction().execute(async (tx) => {
      await tx.deleteFrom("schedule_firing").where("schedule_id", "=", id).execute();
      const gone = await tx.deleteFrom("schedule").where("id", "=", id).returning("id").executeTakeFirst();
      return gone !== undefined;
    }),

  async disableOf(templateId) {
    const changed = await db
      .updateTable("schedule")
      .set({ enabled: 0 })
      .where("template_id", "=", templateId)
      .where("enabled", "=", 1)
      .returning("id")
      .execute();
    return changed.length;
  },

  async enabled() {
    return (await db.selectFrom("schedule").selectAll().where("enabled", "=", 1).execute()).map(toScheduleRow);
  },

  advance: (id, from, to, fire) =>
    db.transaction().execute(async (tx) => {
      const moved = await tx
        .updateTable("schedule")
        .set({ next_at: to ?? null })
        .where("id", "=", id)
        .where("enabled", "=", 1)
        .where("next_at", from === undefined ? "is" : "=", from ?? null)
        .returning("id")
        .executeTakeFirst();
      if (!moved || !fire) return moved !== undefined;
      const claimed = await tx
        .insertInto("schedule_firing")
        .values({ schedule_id: id, at: fire.at, fired_at: fire.firedAt, run_id: null, error: null })
        .onConflict((oc) => oc.columns(["schedule_id", "at"]).doNothing())
        .returning("at")
        .executeTakeFirst();
      return claimed !== undefined;
    }),

  async settle(scheduleId, at, outcome) {
    await db
      .updateTable("schedule_firing")
      .set("runId" in outcome ? { run_id: outcome.runId, error: null } : { error: outcome.error })
      .where("schedule_id", "=", scheduleId)
      .where("at", "=", at)
      .execute();
  },

  async unsettled(olderThan) {
    const rows = await db
      .selectFrom("schedule_firing")
      .selectAll()
      .where("run_id", "is", null)
      .where("error", "is", null)
      .where("fired_at", "<=", olderThan)
      .execute();
    return rows.map((row) => toFiringRow(row));
  },

  async firings(scheduleId, limit) {
    const rows = await db
      .selectFrom("schedule_firing")
      .leftJoin("run", "run.id", "schedule_firing.run_id")
      .selectAll("schedule_firing")
      .select("run.status")
      .where("schedule_id", "=", scheduleId)
      .orderBy("at", "desc")
      .limit(pageSize(limit))
      .execute();
    return rows.map(({ status, ...row }) => toFiringRow(row, status));
  },
});

/** The newest firing of every schedule, in one statement. */
async function newestFirings(db: Db): Promise<FiringRow[]> {
  const rows = await db
    .selectFrom("schedule_firing as f")
    .innerJoin(
      db
        .selectFrom("schedule_firing")
        .select(({ fn }) => ["schedule_id", fn.max("at").as("at")])
        .groupBy("schedule_id")
        .as("newest"),
      (join) => join.onRef("newest.schedule_id", "=", "f.schedule_id").onRef("newest.at", "=", "f.at"),
    )
    .leftJoin("run", "run.id", "f.run_id")
    .selectAll("f")
    .select("run.status")
    .execute();
  return rows.map(({ status, ...row }) => toFiringRow(row, status));
}

const toFiringRow = (row: Selectable<ScheduleFiringTable>, status?: RunStatus | null): FiringRow => ({
  scheduleId: row.schedule_id,
  at: row.at,
  firedAt: row.fired_at,
  runId: given(row.run_id),
  error: given(row.error),
  status: status ?? undefined,
});

const toScheduleRow = (row: Selectable<ScheduleTable>): ScheduleRow => ({
  ...(JSON.parse(row.wish) as Omit<ScheduleRow, "id" | "templateId" | "enabled" | "nextAt" | "createdAt">),
  id: row.id,
  templateId: row.template_id,
  enabled: row.enabled === 1,
  nextAt: given(row.next_at),
  createdAt: row.created_at,
});
