import { type Kysely, sql } from "kysely";

type Loose = Kysely<Record<string, Record<string, unknown>>>;

/** Cards of the archive: what entries are found by, apart from their records, with an index for every facet; tags and collections. */
export async function up(db: Kysely<never>): Promise<void> {
  const { schema } = db as unknown as Loose;
  const text = ["graph_id", "template_id", "model", "verdict", "collection", "month", "run_id", "batch_id", "asset"];
  let card = schema.createTable("archive_card").addColumn("id", "text", (c) => c.primaryKey().notNull());
  card = card.addColumn("created_at", "bigint", (c) => c.notNull());
  for (const flag of ["deleted", "starred", "simulated"]) card = card.addColumn(flag, "integer", (c) => c.notNull());
  card = card.addColumn("deleted_at", "bigint", (c) => c.notNull());
  for (const name of [...text, "node_id", "graph_name", "name", "title", "alt", "media_type"])
    card = card.addColumn(name, "text", (c) => c.notNull());
  await card
    .addColumn("width", "integer")
    .addColumn("height", "integer")
    .addColumn("score", "double precision")
    .addColumn("tags", "text", (c) => c.notNull())
    .addColumn("text_row", "integer", (c) => c.notNull())
    .execute();
  await schema
    .createTable("archive_tag")
    .addColumn("tag", "text", (c) => c.notNull())
    .addColumn("entry_id", "text", (c) => c.notNull())
    .addColumn("deleted", "integer", (c) => c.notNull())
    .addPrimaryKeyConstraint("archive_tag_key", ["entry_id", "tag"])
    .execute();
  await schema
    .createTable("archive_collection")
    .addColumn("name", "text", (c) => c.primaryKey().notNull())
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .execute();
  await indexes(db as unknown as Loose);
  await moveIn(db as unknown as Loose);
}

async function indexes({ schema }: Loose): Promise<void> {
  const newest = ["created_at desc", "id desc"];
  const card = (name: string, columns: string[]) =>
    schema.createIndex(`archive_card_${name}`).on("archive_card").columns(columns).execute();
  await card("newest", ["deleted", ...newest]);
  for (const facet of ["graph_id", "template_id", "model", "verdict", "collection", "month", "starred", "simulated"])
    await card(facet, ["deleted", facet, ...newest]);
  for (const name of ["run_id", "batch_id", "asset"]) await card(name, [name]);
  await schema.createIndex("archive_card_text").unique().on("archive_card").column("text_row").execute();
  await schema.createIndex("archive_tag_tag").on("archive_tag").columns(["deleted", "tag", "entry_id"]).execute();
}

type Old = {
  made?: { model?: string; imageModel?: string };
  graph?: { id?: string; name?: string };
  verdicts?: { decision?: string; score?: number }[];
  simulated?: boolean;
  width?: number;
  height?: number;
};

/** Entries that were archived before there were cards. */
async function moveIn(db: Loose): Promise<void> {
  let row = 0;
  for (let after = ""; ; ) {
    const { rows } = await sql<Record<string, string>>`
      select * from archive_entry where id > ${after} order by id limit 200`.execute(db);
    const last = rows.at(-1);
    if (!last) return;
    after = String(last.id);
    for (const entry of rows) {
      row += 1;
      const record = JSON.parse(String(entry.record)) as Old;
      const verdict = record.verdicts?.at(-1);
      await db
        .insertInto("archive_card")
        .values({
          id: entry.id,
          created_at: entry.created_at,
          deleted: 0,
          starred: 0,
          simulated: record.simulated === true ? 1 : 0,
          deleted_at: 0,
          graph_id: record.graph?.id ?? "",
          template_id: "",
          model: record.made?.imageModel ?? record.made?.model ?? "",
          verdict: verdict?.decision ?? "none",
          collection: entry.collection ?? "",
          month: new Date(Number(entry.created_at)).toISOString().slice(0, 7),
          run_id: entry.run_id,
          batch_id: "",
          asset: entry.asset,
          node_id: entry.node_id,
          graph_name: record.graph?.name ?? "",
          name: entry.name,
          title: entry.title ?? "",
          alt: entry.alt ?? "",
          media_type: entry.media_type,
          width: record.width ?? null,
          height: record.height ?? null,
          score: verdict?.score ?? null,
          tags: entry.tags,
          text_row: row,
        })
        .execute();
      for (const tag of new Set(JSON.parse(String(entry.tags)) as string[]))
        await db.insertInto("archive_tag").values({ tag, entry_id: entry.id, deleted: 0 }).execute();
    }
  }
}
