import { type Kysely, sql } from "kysely";

/** Which item made which value, and when a waiting step is decided without a person. Only steps that wait are in the index. */
export async function up(db: Kysely<never>): Promise<void> {
  const { schema } = db as unknown as Kysely<Record<string, Record<string, unknown>>>;
  await schema.alterTable("step").addColumn("made_by", "text").execute();
  await schema.alterTable("step").addColumn("due_at", "bigint").execute();
  await schema.alterTable("step").addColumn("otherwise", "text").execute();
  await sql`create index step_due on step (due_at) where due_at is not null`.execute(db);
}
