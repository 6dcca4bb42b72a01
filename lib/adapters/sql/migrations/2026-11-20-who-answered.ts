import { type Kysely, sql } from "kysely";

/** Who decided a waiting step and when; and what waits, newest first, without reading everything that ever ran. */
export async function up(db: Kysely<never>): Promise<void> {
  const { schema } = db as unknown as Kysely<Record<string, Record<string, unknown>>>;
  await schema.alterTable("step").addColumn("answered_at", "bigint").execute();
  await schema.alterTable("step").addColumn("answered_by", "text").execute();
  await sql`create index step_waiting on step (ended_at) where state = 'waiting'`.execute(db);
}
