import type { DatabaseSync } from "node:sqlite";
import { sql } from "kysely";
import { entryTexts } from "#lib/adapters/sql/catalogue/entry-texts.ts";
import type { TextIndex } from "#lib/adapters/sql/dialect.ts";
import type { Db } from "#lib/adapters/sql/tables.ts";
import type { Phrase } from "#lib/protocol/search-words.ts";

/** Texts are folded before they come here, so the tokenizer has only spaces to see. Words themselves are not stored a second time. */
const CREATE = `create virtual table archive_text using fts5(called, about, said, content='', contentless_delete=1,
  tokenize='unicode61 remove_diacritics 0', prefix='2 3', detail=full)`;
/** How much more a word counts in what an entry is called and is about than in its prompts. */
const WEIGHTS = "8.0, 4.0, 1.0";

/** Nothing but letters and digits reaches the query language. */
const expression = (phrases: readonly Phrase[]): string =>
  phrases.map(({ words, begun }) => `"${words.join(" ")}"${begun ? "*" : ""}`).join(" ");

/** The archive's texts in an FTS5 table (SQLite documentation, "FTS5", 4.4 contentless-delete tables). */
export const sqliteTexts: TextIndex = {
  async put(tx, row, [called, about, said]) {
    await sql`insert or replace into archive_text(rowid, called, about, said) values (${row}, ${called}, ${about}, ${said})`.execute(
      tx,
    );
  },
  matching: (phrases) => sql`select rowid as row from archive_text where archive_text match ${expression(phrases)}`,
  ranked: (phrases) =>
    sql`select rowid as row, bm25(archive_text, ${sql.raw(WEIGHTS)}) as rank from archive_text where archive_text match ${expression(phrases)}`,
};

/** Makes the index where a file has none, from the entries that are there. */
export async function keepTexts(handle: DatabaseSync, db: Db): Promise<void> {
  const there = () => handle.prepare("select 1 from sqlite_master where name = 'archive_text'").get() !== undefined;
  if (there()) return;
  await db.transaction().execute(async (tx) => {
    if (there()) return;
    handle.exec(CREATE);
    for (let after = 0; ; ) {
      const rows = await tx
        .selectFrom("archive_card as c")
        .innerJoin("archive_entry as e", "e.id", "c.id")
        .select(["c.text_row", "c.name", "c.title", "c.alt", "c.collection", "c.tags", "e.record"])
        .where("c.text_row", ">", after)
        .orderBy("c.text_row")
        .limit(200)
        .execute();
      const last = rows.at(-1);
      if (!last) return;
      after = last.text_row;
      for (const { text_row, tags, record, ...card } of rows)
        await sqliteTexts.put(
          tx,
          text_row,
          entryTexts({ ...card, tags: JSON.parse(tags), record: JSON.parse(record) }),
        );
    }
  });
}
