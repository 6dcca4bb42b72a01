import { type Selectable, sql } from "kysely";
import type { ArchiveRow, Journal } from "#lib/runtime/ports.ts";
import type { Dialect } from "./dialect.ts";
import { given, pageSize } from "./json.ts";
import type { ArchiveEntryTable, Tx } from "./tables.ts";
import { incoming } from "./upsert.ts";

/** The catalogue of finished assets, newest first. A search finds entries that hold every word somewhere. */
export const archive = ({ db }: Dialect): Pick<Journal, "entries" | "entry"> => ({
  async entries({ text, runId, limit, before }) {
    let query = db.selectFrom("archive_entry").selectAll().orderBy("created_at", "desc").orderBy("id", "desc");
    if (runId !== undefined) query = query.where("run_id", "=", runId);
    for (const word of searchWords(text ?? ""))
      query = query.where(sql<boolean>`words like ${`%${literally(word)}%`} escape '\\'`);
    if (before !== undefined) {
      const cursor = await db
        .selectFrom("archive_entry")
        .select(["created_at", "id"])
        .where("id", "=", before)
        .executeTakeFirst();
      if (!cursor) return [];
      query = query.where((eb) =>
        eb(eb.refTuple("created_at", "id"), "<", eb.tuple(eb.val(cursor.created_at), eb.val(cursor.id))),
      );
    }
    return (await query.limit(pageSize(limit)).execute()).map(toArchiveRow);
  },

  async entry(id) {
    const row = await db.selectFrom("archive_entry").selectAll().where("id", "=", id).executeTakeFirst();
    return row && toArchiveRow(row);
  },
});

export async function putEntry(tx: Tx, entry: ArchiveRow): Promise<void> {
  const { name, title, alt, collection, tags, asset, record } = entry;
  await tx
    .insertInto("archive_entry")
    .values({
      id: entry.id,
      run_id: entry.runId,
      node_id: entry.nodeId,
      pass: entry.pass,
      item: entry.item,
      position: entry.position,
      name,
      asset,
      media_type: entry.mediaType,
      collection: collection ?? null,
      title: title ?? null,
      alt: alt ?? null,
      tags: JSON.stringify(tags),
      record: JSON.stringify(record),
      words: folded([...texts({ name, title, alt, collection, tags, asset, record })].join("\n")),
      created_at: entry.createdAt,
    })
    .onConflict((oc) =>
      oc.column("id").doUpdateSet({
        ...incoming("name", "asset", "media_type", "collection", "title", "alt", "tags", "record", "words"),
        ...incoming("run_id", "node_id", "pass", "item", "position", "created_at"),
      }),
    )
    .execute();
}

const folded = (text: string): string => text.normalize("NFC").toLowerCase();
const searchWords = (text: string): string[] => folded(text.slice(0, 500)).split(/\s+/).filter(Boolean).slice(0, 16);
const literally = (word: string): string => word.replace(/[\\%_]/g, "\\$&");

/** Every string in a value, however deep. */
function* texts(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (value && typeof value === "object") for (const inner of Object.values(value)) yield* texts(inner);
}

const toArchiveRow = (row: Selectable<ArchiveEntryTable>): ArchiveRow => ({
  id: row.id,
  runId: row.run_id,
  nodeId: row.node_id,
  pass: row.pass,
  item: row.item,
  position: row.position,
  name: row.name,
  asset: row.asset,
  mediaType: row.media_type,
  collection: given(row.collection),
  title: given(row.title),
  alt: given(row.alt),
  tags: JSON.parse(row.tags) as string[],
  record: JSON.parse(row.record) as Record<string, unknown>,
  createdAt: row.created_at,
});
