import type { Kysely } from "kysely";

/** Hooks and what they took, schedules and when they fired, sealed secrets by name, and what left by signed messages. */
export async function up(db: Kysely<never>): Promise<void> {
  const { schema } = db as unknown as Kysely<Record<string, Record<string, unknown>>>;
  await schema
    .createTable("hook")
    .addColumn("id_hash", "text", (c) => c.primaryKey())
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("template_id", "text", (c) => c.notNull())
    .addColumn("enabled", "integer", (c) => c.notNull())
    .addColumn("wish", "text", (c) => c.notNull())
    .addColumn("secret", "text")
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .execute();
  await schema.createIndex("hook_template").on("hook").column("template_id").execute();
  await schema
    .createTable("hook_delivery")
    .addColumn("hook_id", "text", (c) => c.notNull())
    .addColumn("delivery_id", "text", (c) => c.notNull())
    .addColumn("signature", "text", (c) => c.notNull())
    .addColumn("run_id", "text")
    .addColumn("budget_micro", "bigint")
    .addColumn("at", "bigint", (c) => c.notNull())
    .addPrimaryKeyConstraint("hook_delivery_key", ["hook_id", "delivery_id"])
    .execute();
  await schema.createIndex("hook_delivery_signature").on("hook_delivery").columns(["hook_id", "signature"]).execute();
  await schema.createIndex("hook_delivery_newest").on("hook_delivery").columns(["hook_id", "at desc"]).execute();
  await schema
    .createTable("schedule")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("template_id", "text", (c) => c.notNull())
    .addColumn("enabled", "integer", (c) => c.notNull())
    .addColumn("wish", "text", (c) => c.notNull())
    .addColumn("next_at", "bigint")
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .execute();
  await schema.createIndex("schedule_template").on("schedule").column("template_id").execute();
  await schema
    .createTable("schedule_firing")
    .addColumn("schedule_id", "text", (c) => c.notNull())
    .addColumn("at", "bigint", (c) => c.notNull())
    .addColumn("fired_at", "bigint", (c) => c.notNull())
    .addColumn("run_id", "text")
    .addColumn("error", "text")
    .addPrimaryKeyConstraint("schedule_firing_key", ["schedule_id", "at"])
    .execute();
  await schema
    .createTable("secret")
    .addColumn("name", "text", (c) => c.primaryKey())
    .addColumn("origin", "text", (c) => c.notNull())
    .addColumn("sealed", "text", (c) => c.notNull())
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .execute();
  await schema
    .createTable("sent")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("run_id", "text", (c) => c.notNull())
    .addColumn("node_id", "text", (c) => c.notNull())
    .addColumn("host", "text", (c) => c.notNull())
    .addColumn("state", "text", (c) => c.notNull())
    .addColumn("attempts", "integer", (c) => c.notNull())
    .addColumn("status", "integer")
    .addColumn("error", "text")
    .addColumn("at", "bigint", (c) => c.notNull())
    .execute();
}
