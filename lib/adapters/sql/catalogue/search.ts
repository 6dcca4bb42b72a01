import { sql } from "kysely";
import type { EntryCard } from "#lib/protocol/catalogue.ts";
import { readSearch } from "#lib/protocol/search-words.ts";
import type { ArchiveCatalogue, EntryFilter, EntryPage } from "#lib/runtime/ports/archive.ts";
import type { Dialect } from "../dialect.ts";
import { pageSize } from "../json.ts";
import { toCard } from "./card-rows.ts";
import { baseConditions, facetConditions, textCondition } from "./filters.ts";

/** How deep a list of the best goes: nobody turns fifty pages, and each page counts through those before it. */
const MOST_RANKED = 5000;

type Found = { cards: EntryCard[]; next?: string };

/**
 * Pages of cards. The newest are paged by time and id; the best by their place among those that were there when the list began, so that what is archived
 * meanwhile moves nothing.
 */
export const search = (dialect: Dialect): Pick<ArchiveCatalogue, "search" | "card"> => ({
  async search(filter, page) {
    const phrases = readSearch(filter.text ?? "");
    const ranked = page.order === "best" && dialect.texts && phrases && phrases.length > 0;
    return ranked ? await best(dialect, filter, page) : await newest(dialect, filter, page);
  },

  async card(id) {
    const row = await dialect.db.selectFrom("archive_card").selectAll().where("id", "=", id).executeTakeFirst();
    return row && toCard(row);
  },
});

async function newest(dialect: Dialect, filter: EntryFilter, { limit, cursor }: EntryPage): Promise<Found> {
  const size = pageSize(limit);
  const after = cursor === undefined ? undefined : await placeOf(dialect, cursor);
  if (cursor !== undefined && !after) return { cards: [] };
  let query = dialect.db
    .selectFrom("archive_card as c")
    .selectAll("c")
    .where((eb) =>
      eb.and([
        ...baseConditions(eb, filter),
        ...facetConditions(eb, filter),
        ...textCondition(eb, filter.text, dialect.texts),
      ]),
    );
  if (after)
    query = query.where((eb) =>
      eb(eb.refTuple("c.created_at", "c.id"), "<", eb.tuple(eb.val(after.at), eb.val(after.id))),
    );
  const rows = await query
    .orderBy("c.created_at", "desc")
    .orderBy("c.id", "desc")
    .limit(size + 1)
    .execute();
  const last = rows.at(size - 1);
  return {
    cards: rows.slice(0, size).map(toCard),
    ...(rows.length > size && last ? { next: `n.${last.created_at.toString(36)}.${last.id}` } : {}),
  };
}

/** A cursor says where the page before ended, so that it holds even when that entry is gone; the id of an entry does as well. */
async function placeOf({ db }: Dialect, cursor: string): Promise<{ at: number; id: string } | undefined> {
  const [, at = "", id = ""] = /^n\.([0-9a-z]{1,11})\.(.+)$/s.exec(cursor) ?? [];
  if (id !== "") return { at: Number.parseInt(at, 36), id };
  const card = await db
    .selectFrom("archive_card")
    .select(["created_at as at", "id"])
    .where("id", "=", cursor)
    .executeTakeFirst();
  return card;
}

async function best({ db, texts }: Dialect, filter: EntryFilter, { limit, cursor }: EntryPage): Promise<Found> {
  const size = pageSize(limit);
  const phrases = readSearch(filter.text ?? "");
  if (!texts || !phrases) return { cards: [] };
  const [, at = "", place = ""] = /^b\.([0-9a-z]{1,11})\.(\d{1,6})$/.exec(cursor ?? "") ?? [];
  if (cursor !== undefined && place === "") return { cards: [] };
  const offset = Number(place || 0);
  const newestRow = at === "" ? undefined : Number.parseInt(at, 36);
  const rows = await db
    .selectFrom("archive_card as c")
    .innerJoin(sql<{ row: number; rank: number }>`(${texts.ranked(phrases)})`.as("hit"), (join) =>
      join.on(sql<boolean>`hit.row = c.text_row`),
    )
    .selectAll("c")
    .where((eb) => eb.and([...baseConditions(eb, filter), ...facetConditions(eb, filter)]))
    .$if(newestRow !== undefined, (query) => query.where("c.text_row", "<=", newestRow ?? 0))
    .orderBy(sql`hit.rank`)
    .orderBy("c.created_at", "desc")
    .orderBy("c.id", "desc")
    .limit(size + 1)
    .offset(offset)
    .execute();
  const more = rows.length > size && offset + size < MOST_RANKED;
  const began = newestRow ?? (more ? await lastRow(db) : 0);
  return {
    cards: rows.slice(0, size).map(toCard),
    ...(more ? { next: `b.${began.toString(36)}.${offset + size}` } : {}),
  };
}

const lastRow = async (db: Dialect["db"]): Promise<number> => {
  const { row } = await db
    .selectFrom("archive_card")
    .select((all) => all.fn.max<number | null>("text_row").as("row"))
    .executeTakeFirstOrThrow();
  return Number(row ?? 0);
};
