import type { Selectable } from "kysely";
import type { EntryChange } from "#lib/protocol/catalogue.ts";
import type { ArchiveCatalogue } from "#lib/runtime/ports/archive.ts";
import { putCollection, putTags } from "../archive.ts";
import type { ArchiveCardTable } from "../archive-tables.ts";
import type { Dialect } from "../dialect.ts";
import { inChunks } from "../json.ts";
import type { Tx } from "../tables.ts";
import { uniqueTags } from "./card-rows.ts";
import { entryTexts, plainWords } from "./entry-texts.ts";

/** Most tags an entry may have, however they came together. */
const MOST_TAGS = 50;

/** What people make of entries after they were archived. */
export const changes = (dialect: Dialect): Pick<ArchiveCatalogue, "change" | "records"> => ({
  change: (ids, change, at) =>
    dialect.db.transaction().execute(async (tx) => {
      // Tags are read, changed and written: two people at once must not lose one of theirs.
      await dialect.lock(tx, "archive texts");
      if (change.collection) await putCollection(tx, change.collection, at);
      let changed = 0;
      for (const id of new Set(ids)) {
        const card = await tx.selectFrom("archive_card").selectAll().where("id", "=", id).executeTakeFirst();
        if (!card) continue;
        await changeOne(dialect, tx, card, change, at);
        changed += 1;
      }
      return changed;
    }),

  async records(ids) {
    const found = new Map<string, Record<string, unknown>>();
    for (const chunk of inChunks(ids, 200))
      for (const row of await dialect.db
        .selectFrom("archive_entry")
        .select(["id", "record"])
        .where("id", "in", chunk)
        .execute())
        found.set(row.id, JSON.parse(row.record) as Record<string, unknown>);
    return found;
  },
});

async function changeOne(
  dialect: Dialect,
  tx: Tx,
  card: Selectable<ArchiveCardTable>,
  change: EntryChange,
  at: number,
): Promise<void> {
  const before = JSON.parse(card.tags) as string[];
  const tags = tagsAfter(before, change);
  const next = {
    ...(change.title === undefined ? {} : { title: change.title ?? "" }),
    ...(change.alt === undefined ? {} : { alt: change.alt ?? "" }),
    ...(change.collection === undefined ? {} : { collection: change.collection ?? "" }),
    ...(change.starred === undefined ? {} : { starred: change.starred ? (1 as const) : (0 as const) }),
    ...(change.deleted === undefined ? {} : binned(card, change.deleted, at)),
    ...(tags === before ? {} : { tags: JSON.stringify(tags) }),
  };
  if (Object.keys(next).length === 0) return;
  await tx.updateTable("archive_card").set(next).where("id", "=", card.id).execute();
  if (tags !== before || change.deleted !== undefined) await putTags(tx, card.id, tags);
  if (tags !== before || "title" in next || "alt" in next || "collection" in next)
    await putWords(dialect, tx, { ...card, ...next });
}

const binned = (card: Selectable<ArchiveCardTable>, deleted: boolean, at: number) =>
  deleted
    ? { deleted: 1 as const, deleted_at: card.deleted === 1 ? card.deleted_at : at }
    : { deleted: 0 as const, deleted_at: 0 };

/** The very same list when nothing about it changes. */
function tagsAfter(before: string[], { tags, addTags, removeTags }: EntryChange): string[] {
  if (!tags && !addTags && !removeTags) return before;
  const away = new Set(removeTags?.map((tag) => tag.trim()));
  return uniqueTags([...(tags ?? before), ...(addTags ?? [])])
    .filter((tag) => !away.has(tag))
    .slice(0, MOST_TAGS);
}

/** An entry is found by what it is called now. */
export async function putWords(dialect: Dialect, tx: Tx, card: Selectable<ArchiveCardTable>): Promise<void> {
  const entry = await tx.selectFrom("archive_entry").select("record").where("id", "=", card.id).executeTakeFirst();
  const texts = entryTexts({
    ...card,
    tags: JSON.parse(card.tags) as string[],
    record: JSON.parse(entry?.record ?? "{}") as Record<string, unknown>,
  });
  await tx
    .updateTable("archive_entry")
    .set({ words: plainWords(texts) })
    .where("id", "=", card.id)
    .execute();
  await dialect.texts?.put(tx, card.text_row, texts);
}
