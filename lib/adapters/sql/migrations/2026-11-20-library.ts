import { type Kysely, sql } from "kysely";
import { sheetIdOf } from "#lib/protocol/sheet-ref.ts";

/** Spec sheets with their versions. Those that nodes had kept as small records before become sheets of the library. */
export async function up(db: Kysely<never>): Promise<void> {
  const { schema } = db as unknown as Kysely<Record<string, Record<string, unknown>>>;
  await schema
    .createTable("sheet")
    .addColumn("id", "text", (c) => c.notNull().primaryKey())
    .addColumn("revision", "integer", (c) => c.notNull())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("newest", "integer", (c) => c.notNull())
    .addColumn("tags", "text", (c) => c.notNull())
    .addColumn("archived", "integer", (c) => c.notNull())
    .addColumn("words", "text", (c) => c.notNull())
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .addColumn("updated_at", "bigint", (c) => c.notNull())
    .execute();
  await schema
    .createTable("sheet_version")
    .addColumn("sheet_id", "text", (c) => c.notNull())
    .addColumn("version", "integer", (c) => c.notNull())
    .addColumn("text", "text", (c) => c.notNull())
    .addColumn("extends", "text")
    .addColumn("parent", "text")
    .addColumn("samples", "text", (c) => c.notNull())
    .addColumn("hash", "text", (c) => c.notNull())
    .addColumn("note", "text")
    .addColumn("made_from", "text")
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .addPrimaryKeyConstraint("sheet_version_key", ["sheet_id", "version"])
    .execute();
  await schema
    .createTable("sheet_snapshot")
    .addColumn("hash", "text", (c) => c.notNull().primaryKey())
    .addColumn("json", "text", (c) => c.notNull())
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .execute();
  await sql`create index sheet_changed on sheet (updated_at, id)`.execute(db);
  await sql`create index sheet_parent on sheet_version (parent) where parent is not null`.execute(db);
  await takeOver(db);
}

type Kept = {
  version?: number;
  savedAt?: number;
  sheet?: { text?: string; hash?: string; name?: string; samples?: Record<string, unknown>[] };
};

async function takeOver(db: Kysely<never>): Promise<void> {
  const { rows } = await sql<{ id: string; value: string }>`
    select id, value from note where kind = 'sheet' and id like '%@%' order by id`.execute(db);
  for (const row of rows) {
    const { sheet, version, savedAt = 0 } = JSON.parse(row.value) as Kept;
    const name = row.id.slice(0, row.id.lastIndexOf("@"));
    const id = sheetIdOf(name);
    if (id === "" || !sheet?.text || !sheet.hash || !version) continue;
    const samples = (sheet.samples ?? []).map(({ asset, width, height, mediaType, role, note }) => ({
      ...{ asset, width, height, mediaType, role, note },
      send: true,
    }));
    await sql`insert into sheet_version (sheet_id, version, text, samples, hash, created_at)
      values (${id}, ${version}, ${sheet.text}, ${JSON.stringify(samples)}, ${sheet.hash}, ${savedAt})
      on conflict do nothing`.execute(db);
    await sql`insert into sheet (id, revision, name, newest, tags, archived, words, created_at, updated_at)
      values (${id}, 1, ${name}, ${version}, '[]', 0, ${`${name}\n${sheet.text}`.toLowerCase()}, ${savedAt}, ${savedAt})
      on conflict (id) do update set newest = case when excluded.newest > sheet.newest then excluded.newest else sheet.newest end, words = excluded.words`.execute(
      db,
    );
  }
}
