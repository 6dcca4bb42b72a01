import type { Selectable } from "kysely";
import type { ArchiveRow, Journal } from "#lib/runtime/ports.ts";
import type { ArchiveCardTable } from "./archive-tables.ts";
import { cardOf, uniqueTags } from "./catalogue/card-rows.ts";
import { entryTexts, plainWords } from "./catalogue/entry-texts.ts";
import type { Dialect } from "./dialect.ts";
import { pageSize } from "./json.ts";
import type { ArchiveEntryTable, Db, Tx } from "./tables.ts";
import { incoming } from "./upsert.ts";

/** Entries with their records, newest first, as people have them now: title, alt text, tags and collection are the card's. */
export const archive = ({ db }: Dialect): Pick<Journal, "entries" | "entry"> => ({
  async entries({ runId, limit, before }) {
    let query = joined(db).where("c.deleted", "=", 0).orderBy("c.created_at", "desc").orderBy("c.id", "desc");
    if (runId !== undefined) query = query.where("c.run_id", "=", runId);
    if (before !== undefined) {
      const cursor = await db
        .selectFrom("archive_card")
        .select(["created_at", "id"])
        .where("id", "=", before)
        .executeTakeFirst();
      if (!cursor) return [];
      query = query.where((eb) =>
        eb(eb.refTuple("c.created_at", "c.id"), "<", eb.tuple(eb.val(cursor.created_at), eb.val(cursor.id))),
      );
    }
    return (await query.limit(pageSize(limit)).execute()).map(toArchiveRow);
  },

  async entry(id) {
    const row = await joined(db).where("c.id", "=", id).executeTakeFirst();
    return row && toArchiveRow(row);
  },
});

const joined = (db: Db) =>
  db
    .selectFrom("archive_card as c")
    .innerJoin("archive_entry as e", "e.id", "c.id")
    .select(["c.title", "c.alt", "c.tags", "c.collection"])
    .select(["e.id", "e.run_id", "e.node_id", "e.pass", "e.item", "e.position", "e.name", "e.asset", "e.media_type"])
    .select(["e.record", "e.created_at"]);

type Joined = Pick<Selectable<ArchiveCardTable>, "title" | "alt" | "tags" | "collection"> &
  Pick<
    Selectable<ArchiveEntryTable>,
    | "id"
    | "run_id"
    | "node_id"
    | "pass"
    | "item"
    | "position"
    | "name"
    | "asset"
    | "media_type"
    | "record"
    | "created_at"
  >;

/** Stores an entry and what it is found by. One that is written again replaces its record; its star and its place in the bin stay. */
export async function putEntry(dialect: Pick<Dialect, "texts" | "lock">, tx: Tx, entry: ArchiveRow): Promise<void> {
  const texts = entryTexts(entry);
  await tx
    .insertInto("archive_entry")
    .values({
      id: entry.id,
      run_id: entry.runId,
      node_id: entry.nodeId,
      pass: entry.pass,
      item: entry.item,
      position: entry.position,
      name: entry.name,
      asset: entry.asset,
      media_type: entry.mediaType,
      collection: entry.collection ?? null,
      title: entry.title ?? null,
      alt: entry.alt ?? null,
      tags: JSON.stringify(entry.tags),
      record: JSON.stringify(entry.record),
      words: plainWords(texts),
      created_at: entry.createdAt,
    })
    .onConflict((oc) =>
      oc.column("id").doUpdateSet({
        ...incoming("name", "asset", "media_type", "collection", "title", "alt", "tags", "record", "words"),
        ...incoming("run_id", "node_id", "pass", "item", "position", "created_at"),
      }),
    )
    .execute();
  const row = await textRow(dialect, tx, entry.id);
  const { id: _, deleted: _deleted, deleted_at: _at, starred: _starred, text_row: _row, ...rest } = cardOf(entry, row);
  await tx
    .insertInto("archive_card")
    .values(cardOf(entry, row))
    .onConflict((oc) => oc.column("id").doUpdateSet(rest))
    .execute();
  await putTags(tx, entry.id, uniqueTags(entry.tags));
  if (entry.collection) await putCollection(tx, entry.collection, entry.createdAt);
  await dialect.texts?.put(tx, row, texts);
}

/** The number an entry's texts have, or the next one that is free. */
async function textRow({ lock }: Pick<Dialect, "lock">, tx: Tx, id: string): Promise<number> {
  const known = await tx.selectFrom("archive_card").select("text_row").where("id", "=", id).executeTakeFirst();
  if (known) return known.text_row;
  await lock(tx, "archive texts");
  const last = await tx
    .selectFrom("archive_card")
    .select((all) => all.fn.max<number | null>("text_row").as("row"))
    .executeTakeFirst();
  return Number(last?.row ?? 0) + 1;
}

/** An entry's tags are these from now on. */
export async function putTags(tx: Tx, id: string, tags: readonly string[]): Promise<void> {
  await tx.deleteFrom("archive_tag").where("entry_id", "=", id).execute();
  if (tags.length === 0) return;
  const card = await tx.selectFrom("archive_card").select("deleted").where("id", "=", id).executeTakeFirst();
  const deleted = card?.deleted ?? 0;
  await tx
    .insertInto("archive_tag")
    .values(tags.map((tag) => ({ tag, entry_id: id, deleted })))
    .execute();
}

export async function putCollection(on: Db | Tx, name: string, at: number): Promise<void> {
  await on
    .insertInto("archive_collection")
    .values({ name, created_at: at })
    .onConflict((oc) => oc.column("name").doNothing())
    .execute();
}

const toArchiveRow = (row: Joined): ArchiveRow => ({
  id: row.id,
  runId: row.run_id,
  nodeId: row.node_id,
  pass: row.pass,
  item: row.item,
  position: row.position,
  name: row.name,
  asset: row.asset,
  mediaType: row.media_type,
  collection: row.collection || undefined,
  title: row.title || undefined,
  alt: row.alt || undefined,
  tags: JSON.parse(row.tags) as string[],
  record: JSON.parse(row.record) as Record<string, unknown>,
  createdAt: row.created_at,
});
