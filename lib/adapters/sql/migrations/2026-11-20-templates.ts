import { type Kysely, sql } from "kysely";

/** Published revisions of graphs, and which template a run was made from. Only runs of templates are in the index. */
export async function up(db: Kysely<never>): Promise<void> {
  const { schema } = db as unknown as Kysely<Record<string, Record<string, unknown>>>;
  await schema
    .createTable("template")
    .addColumn("id", "text", (c) => c.notNull().primaryKey())
    .addColumn("revision", "integer", (c) => c.notNull())
    .addColumn("current", "integer")
    .execute();
  await schema
    .createTable("template_revision")
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("revision", "integer", (c) => c.notNull())
    .addColumn("graph_hash", "text", (c) => c.notNull())
    .addColumn("graph_revision", "integer", (c) => c.notNull())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("description", "text", (c) => c.notNull())
    .addColumn("notes", "text", (c) => c.notNull())
    .addColumn("form", "text", (c) => c.notNull())
    .addColumn("cover", "text")
    .addColumn("asks", "integer", (c) => c.notNull())
    .addColumn("published_at", "bigint", (c) => c.notNull())
    .addPrimaryKeyConstraint("template_revision_key", ["id", "revision"])
    .execute();
  await schema.alterTable("run").addColumn("template_id", "text").execute();
  await sql`create index run_template on run (template_id, created_at desc, id desc) where template_id is not null`.execute(
    db,
  );
}
