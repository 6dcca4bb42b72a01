import { type Kysely, sql } from "kysely";

/** Tables, their rows, and which batch a call was paid for. A row that was edited has several runs, so its place no longer names one. */
export async function up(db: Kysely<never>): Promise<void> {
  const { schema } = db as unknown as Kysely<Record<string, Record<string, unknown>>>;
  await schema
    .createTable("batch")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("graph_hash", "text", (c) => c.notNull())
    .addColumn("graph_id", "text", (c) => c.notNull())
    .addColumn("graph_name", "text", (c) => c.notNull())
    .addColumn("table_hash", "text", (c) => c.notNull())
    .addColumn("plan_hash", "text", (c) => c.notNull())
    .addColumn("idempotency_key", "text", (c) => c.unique())
    .addColumn("columns", "text", (c) => c.notNull())
    .addColumn("inputs", "text", (c) => c.notNull())
    .addColumn("options", "text", (c) => c.notNull())
    .addColumn("in_doubt", "text", (c) => c.notNull())
    .addColumn("budget_micro", "bigint")
    .addColumn("status", "text", (c) => c.notNull())
    .addColumn("reason", "text")
    .addColumn("hold", "text")
    .addColumn("cancel_requested_at", "bigint")
    .addColumn("total", "integer", (c) => c.notNull())
    .addColumn("simulated", "integer", (c) => c.notNull())
    .addColumn("last_seq", "integer", (c) => c.notNull())
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .addColumn("started_at", "bigint")
    .addColumn("ended_at", "bigint")
    .execute();
  await schema.createIndex("batch_newest").on("batch").columns(["created_at desc", "id desc"]).execute();
  await schema.createIndex("batch_of_table").on("batch").columns(["graph_id", "table_hash", "created_at"]).execute();
  await schema.createIndex("batch_plan").on("batch").columns(["plan_hash", "created_at"]).execute();
  await schema.createIndex("batch_status").on("batch").columns(["status", "created_at"]).execute();
  await schema
    .createTable("batch_row")
    .addColumn("batch_id", "text", (c) => c.notNull())
    .addColumn("row_index", "integer", (c) => c.notNull())
    .addColumn("cells", "text", (c) => c.notNull())
    .addColumn("pictures", "text")
    .addColumn("status", "text", (c) => c.notNull())
    .addColumn("reason", "text")
    .addColumn("error", "text")
    .addColumn("run_id", "text")
    .addColumn("todo", "integer", (c) => c.notNull())
    .addColumn("edited", "integer", (c) => c.notNull())
    .addColumn("revision", "integer", (c) => c.notNull())
    .addColumn("seq", "integer", (c) => c.notNull())
    .addPrimaryKeyConstraint("batch_row_key", ["batch_id", "row_index"])
    .execute();
  await schema
    .createIndex("batch_row_status")
    .on("batch_row")
    .columns(["batch_id", "status", "todo", "row_index"])
    .execute();
  await schema.createIndex("batch_row_seq").on("batch_row").columns(["batch_id", "seq", "row_index"]).execute();
  await sql`create index batch_row_due on batch_row (batch_id, row_index) where todo <> 0`.execute(db);
  await sql`create index batch_row_flying on batch_row (batch_id, row_index) where todo = 0 and status in ('queued', 'running')`.execute(
    db,
  );
  await schema.dropIndex("run_row").execute();
  await sql`create index run_row on run (batch_id, row_index) where batch_id is not null`.execute(db);
  await schema.alterTable("call").addColumn("batch_id", "text").execute();
  await sql`create index call_batch on call (batch_id, spent_micro, state, reserved_micro, cost_micro) where batch_id is not null`.execute(
    db,
  );
}
